from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SaleReviewDecision(models.Model):
    """Who let a finding pass, when and why, with the facts that were decided upon.

    Append-only: a decision is never changed or deleted, by anybody.  It lapses by
    itself once more is asked than it covers.
    """

    _name = "sale.review.decision"
    _description = "Order Review Decision"
    _order = "id desc"
    _rec_name = "rule_id"

    order_id = fields.Many2one(
        "sale.order", index="btree_not_null", ondelete="set null", readonly=True
    )
    order_ref = fields.Char(
        string="Order Reference", readonly=True, help="Kept when the order is deleted."
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    rule_id = fields.Many2one(
        "sale.review.rule",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    action = fields.Selection(
        [
            ("acknowledge", "Acknowledged"),
            ("release", "Released"),
            ("override", "Overridden"),
        ],
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, string="Customer")
    decided_at = fields.Datetime(
        required=True, readonly=True, default=lambda self: fields.Datetime.now()
    )
    reason = fields.Text(readonly=True)
    # the facts
    product_id = fields.Many2one("product.product", readonly=True, ondelete="restrict")
    subject = fields.Char(
        readonly=True, help="What was counted: a product, a template or a line."
    )
    asked = fields.Float(digits=(16, 4), readonly=True)
    allowed = fields.Float(digits=(16, 4), readonly=True)
    used = fields.Float(digits=(16, 4), readonly=True)
    price = fields.Float(digits=(16, 4), readonly=True)
    partner_shipping_id = fields.Many2one(
        "res.partner", string="Ship To", readonly=True, ondelete="restrict"
    )

    @api.model_create_multi
    def create(self, vals_list):
        # rights come from the methods of the order, which check them and then use sudo
        if not self.env.su:
            raise AccessError(
                self.env._("Decisions are recorded on the order, with a reason.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if vals:
            raise UserError(self.env._("Decisions cannot be changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("Decisions cannot be deleted."))
