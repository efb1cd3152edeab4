from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class SaleReviewCorrection(models.Model):
    """One automatic change of an order: which rule, what it was, what it became."""

    _name = "sale.review.correction"
    _description = "Automatic Order Correction"
    _order = "id desc"
    _rec_name = "rule_id"

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True
    )
    line_id = fields.Many2one("sale.order.line", ondelete="set null", readonly=True)
    product_id = fields.Many2one("product.product", ondelete="set null", readonly=True)
    rule_id = fields.Many2one(
        "sale.review.rule", ondelete="set null", index=True, readonly=True
    )
    rule_name = fields.Char(readonly=True)
    field = fields.Selection(
        [
            ("quantity", "Quantity"),
            ("product", "Product"),
            ("add", "Product added"),
            ("carrier", "Delivery method"),
        ],
        required=True,
        readonly=True,
        string="Changed",
    )
    old_value = fields.Char(readonly=True)
    new_value = fields.Char(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("Corrections are recorded by the rules that make them.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if vals:
            raise UserError(self.env._("Corrections cannot be changed."))
        return super().write(vals)
