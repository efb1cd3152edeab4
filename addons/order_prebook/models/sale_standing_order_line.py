from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..numbers import refuse_not_finite


class SaleStandingOrderLine(models.Model):
    _name = "sale.standing.order.line"
    _description = "Standing Order Line"
    _order = "sequence, id"
    _check_company_auto = True

    standing_order_id = fields.Many2one(
        "sale.standing.order", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="standing_order_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product",
        required=True,
        domain="[('sale_ok', '=', True)]",
        ondelete="restrict",
        check_company=True,
    )
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
    )

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.product_id.uom_id

    @api.constrains("quantity", "uom_id", "product_id")
    def _check_quantity(self):
        for line in self:
            if line.quantity <= 0:
                raise ValidationError(
                    self.env._(
                        "%(product)s: the quantity must be above zero.",
                        product=line.product_id.display_name,
                    )
                )
            if not line.uom_id._has_common_reference(line.product_id.uom_id):
                raise ValidationError(
                    self.env._(
                        "%(product)s is not sold in %(unit)s.",
                        product=line.product_id.display_name,
                        unit=line.uom_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        refuse_not_finite(self.env, vals_list, "quantity")
        return super().create(vals_list)

    def write(self, vals):
        refuse_not_finite(self.env, [vals], "quantity")
        return super().write(vals)
