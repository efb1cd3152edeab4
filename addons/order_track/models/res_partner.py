from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    track_rep_ids = fields.Many2many(
        "res.partner",
        "res_partner_track_rep_rel",
        "partner_id",
        "rep_id",
        string="Sales Reps",
        domain=[("is_sales_rep", "=", True)],
        copy=False,
        # neither customers nor reps are told who else works with a customer
        groups="sales_team.group_sale_salesman",
        help="They see this customer, its addresses and its orders in the portal. An "
        "agency stands for all its people.",
    )

    @api.constrains("track_rep_ids")
    def _check_track_reps(self):
        for partner in self.sudo().filtered("track_rep_ids"):
            company = partner.commercial_partner_id
            if partner != company:
                raise ValidationError(
                    self.env._(
                        "%(name)s is a contact of %(company)s. Set the sales reps on "
                        "the company.",
                        name=partner.name,
                        company=company.name,
                    )
                )
            others = partner.track_rep_ids.filtered(lambda rep: not rep.is_sales_rep)
            if others:
                raise ValidationError(
                    self.env._(
                        "%(name)s is no sales rep. Give the partner that role in the "
                        "trade network first.",
                        name=others[0].name,
                    )
                )

    @api.model
    def _track_rep_names(self):
        """Those in whose name the user works as a rep: himself and his agency.

        :return: ids of partners
        :rtype: list[int]
        """
        partner = self.env.user.partner_id
        return [partner.id, partner.commercial_partner_id.id]

    @api.model
    def _track_customer_companies(self):
        """The user's customers as a rep, without their contacts.

        :rtype: Domain
        """
        # as superuser: the field is not for reps, whom it names
        found = self.sudo()._search([("track_rep_ids", "in", self._track_rep_names())])
        return Domain("id", "in", found)

    @api.model
    def _track_customers(self):
        """The user's customers as a rep, with their contacts.

        :rtype: Domain
        """
        companies = self.sudo()._search(self._track_customer_companies())
        return Domain("commercial_partner_id", "in", companies)

    @api.model
    def _track_is_rep(self):
        """Whether the user is a rep in the portal."""
        return self.env.user.has_group("trade_network.group_trade_sales_rep")

    def _track_only_rep(self):
        """Those of these that the user may look at as a rep alone."""
        if not self._track_is_rep():
            return self.browse()
        own = Domain("id", "child_of", self.env.user.commercial_partner_id.ids)
        domain = Domain("id", "in", self.ids) & self._track_customers() & ~own
        found = self.sudo().with_context(active_test=False).search(domain)
        return self.browse(found.ids)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Override: what is written to customers is not written to their reps."""
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        return operations | dict.fromkeys(self._track_only_rep(), "write")
