from odoo import api, fields, models


class SaleReorderListLine(models.Model):
    """One product of a reorder list."""

    _name = "sale.reorder.list.line"
    _description = "Reorder List Line"
    _order = "list_id, sequence, id"

    list_id = fields.Many2one(
        "sale.reorder.list", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="cascade"
    )
    uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        compute="_compute_uom_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)

    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity of a list must be above 0."
    )
    _product_uniq = models.UniqueIndex(
        "(list_id, product_id, uom_id)", "The list holds this product already."
    )

    @api.depends("product_id")
    def _compute_uom_id(self):
        for line in self:
            line.uom_id = line.uom_id or line.product_id.uom_id

    def write(self, vals):
        """Override to refuse that a line is moved into somebody else's list."""
        result = super().write(vals)
        if "list_id" in vals:
            self.check_access("write")
        return result
