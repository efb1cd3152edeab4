from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

#: The states in which whoever is named may use the service.
OPEN_STATES = ("trial", "running", "grace")


class TradeSubscription(models.Model):
    """Somebody pays for a service, and somebody uses it, for some time."""

    _name = "trade.subscription"
    _inherit = ["trade.period", "mail.thread"]
    _description = "Trade Subscription"
    _order = "service_id, payer_id, id"
    _rec_names_search = ["service_id", "payer_id"]
    _check_company_auto = True

    service_id = fields.Many2one(
        "trade.service", required=True, index=True, ondelete="restrict", tracking=True
    )
    payer_id = fields.Many2one(
        "res.partner",
        string="Paid By",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "trade_subscription_partner_rel",
        "subscription_id",
        "partner_id",
        string="Used By",
        check_company=True,
        tracking=True,
        # one of them is not to learn who the others are, not even by searching
        groups="base.group_user",
        help="Who may use it. A company stands for everybody in it. Left empty, it is "
        "the one who pays.",
    )
    distributor_id = fields.Many2one(
        "res.partner",
        string="Only for Data Of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="A distributor. Empty: the service shows the data of all distributors.",
    )
    date_from = fields.Date(required=True)
    trial_until = fields.Date(
        tracking=True,
        help="The last day on which it is tried. It goes on afterwards, unless it ends "
        "on the same day.",
    )
    grace_days = fields.Integer(
        tracking=True,
        help="For so many days after its end it can still be used.",
    )
    access_until = fields.Date(
        string="Usable Until",
        compute="_compute_access_until",
        store=True,
        help="The last day, with the days of grace. Empty: no end.",
    )
    state = fields.Selection(
        selection_add=[
            ("trial", "Trial"),
            ("running",),
            ("grace", "Grace"),
            ("ended",),
        ]
    )

    _grace_days_sane = models.Constraint(
        "CHECK (grace_days BETWEEN 0 AND 366)", "Give between 0 and 366 days of grace."
    )

    @api.depends("date_until", "grace_days")
    def _compute_access_until(self):
        for subscription in self:
            end = subscription.date_until
            if end:
                # beyond the last day there is, forms may still say anything
                days = end.toordinal() + max(subscription.grace_days, 0)
                end = date.fromordinal(min(days, date.max.toordinal()))
            subscription.access_until = end

    @api.depends("service_id", "payer_id")
    def _compute_display_name(self):
        # who may see a subscription may know who pays
        for subscription in self.sudo():
            names = (subscription.service_id.name, subscription.payer_id.name)
            subscription.display_name = " – ".join(filter(None, names))

    @api.depends("trial_until", "access_until")
    def _compute_state(self):
        return super()._compute_state()

    @api.constrains("trial_until", "date_from", "date_until")
    def _check_trial_until(self):
        for subscription in self.filtered("trial_until"):
            end = subscription.date_until or date.max
            if not subscription.date_from <= subscription.trial_until <= end:
                raise ValidationError(
                    self.env._(
                        "The trial of %(subscription)s ends on %(date)s. Choose a day "
                        "between its first day and its last one.",
                        subscription=subscription.display_name,
                        date=subscription.trial_until,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        subscriptions = super().create(vals_list)
        subscriptions._let_payers_use()
        return subscriptions

    def write(self, vals):
        result = super().write(vals)
        if "partner_ids" in vals:
            self._let_payers_use()
        return result

    def _let_payers_use(self):
        """Who pays uses it where nobody else is named."""
        unused = self.filtered(lambda subscription: not subscription.partner_ids)
        for payer, subscriptions in unused.grouped("payer_id").items():
            subscriptions.partner_ids = payer

    @api.model
    def _state_domains(self, date):
        """Override: a trial comes first, days of grace come last."""
        domains = super()._state_domains(date)
        trial = Domain("trial_until", ">=", date)
        grace = Domain("access_until", ">=", date)
        return {
            "future": domains["future"],
            "trial": domains["running"] & trial,
            "running": domains["running"] & ~trial,
            "grace": domains["ended"] & grace,
            "ended": domains["ended"] & ~grace,
        }

    @api.model
    def _open_domain(self, code, partners, distributors=None):
        """What lets somebody use a service today, in the companies the user works in.

        :param str code: code of the service
        :param partners: ``res.partner`` that may be named as users, companies included
        :param distributors: ``res.partner`` whose data are asked for; ``None`` for any
        :rtype: Domain
        """
        domain = self._visible_companies_domain() & Domain(
            [
                ("service_id.code", "=", code),
                ("partner_ids", "in", partners.ids),
                ("state", "in", OPEN_STATES),
            ]
        )
        if distributors is not None:
            domain &= Domain("distributor_id", "in", [*distributors.ids, False])
        return domain
