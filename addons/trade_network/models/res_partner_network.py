from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    trade_relation_ids = fields.One2many(
        "trade.relation",
        "partner_id",
        string="Relations to Distributors",
        groups="trade_network.group_trade_user",
    )
    trade_customer_relation_ids = fields.One2many(
        "trade.relation",
        "distributor_id",
        string="Relations as Distributor",
        groups="trade_network.group_trade_user",
    )
    trade_subscription_ids = fields.Many2many(
        "trade.subscription",
        "trade_subscription_partner_rel",
        "partner_id",
        "subscription_id",
        string="Services Used",
        copy=False,
        groups="trade_network.group_trade_user",
    )
    trade_paid_subscription_ids = fields.One2many(
        "trade.subscription",
        "payer_id",
        string="Services Paid",
        groups="trade_network.group_trade_user",
    )

    def _trade_self_and_company(self):
        """These partners and their companies.

        What is said of a company holds for all its people; what is said of one of them
        does not hold for the company.

        :return: ``res.partner``, in sudo: whoever asks may not read the company
        """
        partners_sudo = self.sudo()
        return partners_sudo | partners_sudo.commercial_partner_id

    def _trade_partners(self, role_code, date=None):
        """Who deals with these distributors on a day, whatever the user may read.

        :param str role_code: as what, for example ``"showroom"``
        :param date date: the day; today by default
        :return: ``res.partner``, archived ones left out, with the rights of the user
        """
        relations = self._trade_relations("distributor_id", date)
        relations = relations.filtered(lambda rel: rel.role_id.code == role_code)
        return relations.partner_id.filtered("active").with_env(self.env)

    def _trade_distributors(self, date=None):
        """Whom these partners deal with on a day, whatever the user may read.

        :param date date: the day; today by default
        :return: ``res.partner``, archived ones left out, with the rights of the user
        """
        relations = self._trade_relations("partner_id", date)
        return relations.distributor_id.filtered("active").with_env(self.env)

    def _trade_relations(self, side, date=None):
        """Relations of these partners and their companies that hold on a day.

        :param str side: which end they are, ``"distributor_id"`` or ``"partner_id"``
        :param date date: the day; today by default
        :return: ``trade.relation`` of the user's companies, in sudo
        """
        relation_sudo = self.env["trade.relation"].sudo()
        date = date or fields.Date.context_today(self)
        return relation_sudo.search(
            relation_sudo._visible_companies_domain()
            & relation_sudo._state_domains(date)["running"]
            & Domain(side, "in", self._trade_self_and_company().ids)
        )

    def _has_trade_service(self, code, distributor=None):
        """Whether a partner may use a service today, whatever the user may read.

        :param str code: code of the service
        :param distributor: ``res.partner`` whose data are asked for; ``None`` for those
            of any
        :rtype: bool
        """
        self.ensure_one()
        subscription_sudo = self.env["trade.subscription"].sudo()
        if distributor is not None:
            distributor = distributor._trade_self_and_company()
        domain = subscription_sudo._open_domain(
            code, self._trade_self_and_company(), distributor
        )
        return bool(subscription_sudo.search_count(domain, limit=1))
