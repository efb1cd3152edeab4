from odoo import api, fields, models
from odoo.exceptions import UserError


class DistributorAccount(models.Model):
    """A company's account at a distributor: whose prices they are, and how far to
    trust them."""

    _name = "distributor.account"
    _description = "Account at a Distributor"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(
        compute="_compute_name",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    active = fields.Boolean(default=True)
    distributor_id = fields.Many2one(
        "res.partner", required=True, index=True, tracking=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        default=lambda self: self.env.company,
        help="Empty: the offers are for all companies.",
    )
    account_number = fields.Char(help="Your customer number at the distributor.")
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Of prices whose file does not name a currency.",
    )
    safety_qty = fields.Float(
        "Safety Quantity",
        digits="Product Unit",
        help="So many pieces of each product are never promised: somebody else may be "
        "faster.",
    )
    stale_hours = fields.Float(
        "Trust Stock For",
        default=48,
        help="Hours after which the stock in a feed is no longer promised.",
    )
    lead_days = fields.Integer(
        "Delivery Days", default=2, help="Working days from order to door."
    )
    feed_ids = fields.One2many("distributor.feed", "account_id", "Feeds")
    offer_count = fields.Integer(compute="_compute_offer_count")
    unmatched_count = fields.Integer(compute="_compute_offer_count")
    ambiguous_count = fields.Integer(compute="_compute_ambiguous_count")

    _stale_hours_positive = models.Constraint(
        "CHECK (stale_hours > 0)", "Stock must be trusted for more than zero hours."
    )
    _safety_not_negative = models.Constraint(
        "CHECK (safety_qty >= 0)", "The safety quantity cannot be negative."
    )
    _lead_not_negative = models.Constraint(
        "CHECK (lead_days >= 0)", "The delivery days cannot be negative."
    )

    @api.depends("distributor_id")
    def _compute_name(self):
        for account in self:
            account.name = account.name or account.distributor_id.display_name

    def _compute_offer_count(self):
        groups = self.env["distributor.offer"]._read_group(
            [("account_id", "in", self.ids)],
            ["account_id"],
            ["__count", "product_id:count"],
        )
        counts = {account.id: (total, matched) for account, total, matched in groups}
        for account in self:
            total, matched = counts.get(account.id, (0, 0))
            account.offer_count = total
            account.unmatched_count = total - matched

    def _compute_ambiguous_count(self):
        groups = self.env["distributor.offer"]._read_group(
            [("account_id", "in", self.ids), ("matched_by", "=", "ambiguous")],
            ["account_id"],
            ["__count"],
        )
        counts = {account.id: count for account, count in groups}
        for account in self:
            account.ambiguous_count = counts.get(account.id, 0)

    def write(self, vals):
        """Carry what offers repeat of their account over to them."""
        result = super().write(vals)
        columns = {
            name: vals[name]
            for name in ("distributor_id", "company_id")
            if name in vals
        }
        if columns:
            self.env["distributor.offer"].sudo().search(
                [("account_id", "in", self.ids)]
            ).write(columns)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_offers(self):
        offers = self.env["distributor.offer"].sudo()
        if offers.search_count([("account_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "This account has offers: archive it, or remove its feeds with "
                    "their "
                    "offers first."
                )
            )
