from odoo import api, fields, models

from ..numbers import refuse_not_finite


class SalePrebookCheckoutLine(models.TransientModel):
    _name = "sale.prebook.checkout.line"
    _description = "Prebook to Check Out"

    wizard_id = fields.Many2one(
        "sale.prebook.checkout", required=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "sale.order.line", required=True, readonly=True, ondelete="cascade"
    )
    order_id = fields.Many2one(related="line_id.order_id")
    partner_id = fields.Many2one(related="line_id.order_partner_id", string="Customer")
    product_id = fields.Many2one(related="line_id.product_id")
    open = fields.Float(related="line_id.prebook_qty_open")
    arrived = fields.Float(related="line_id.prebook_qty_arrived")
    uom_id = fields.Many2one(related="line_id.product_uom_id")
    quantity = fields.Float(string="Check Out", digits="Product Unit")

    @api.model_create_multi
    def create(self, vals_list):
        refuse_not_finite(self.env, vals_list, "quantity")
        return super().create(vals_list)

    def write(self, vals):
        refuse_not_finite(self.env, [vals], "quantity")
        return super().write(vals)
