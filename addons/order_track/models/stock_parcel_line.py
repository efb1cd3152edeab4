from odoo import api, fields, models
from odoo.exceptions import ValidationError


class StockParcelLine(models.Model):
    """So many pieces of a move are in a parcel."""

    _name = "stock.parcel.line"
    _description = "Content of a Parcel"
    _order = "parcel_id, id"

    parcel_id = fields.Many2one(
        "stock.parcel", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="parcel_id.company_id", store=True, index=True)
    move_id = fields.Many2one(
        "stock.move",
        string="Moved Goods",
        required=True,
        index=True,
        ondelete="cascade",
    )
    product_id = fields.Many2one(related="move_id.product_id")
    product_uom_id = fields.Many2one(related="move_id.product_uom", string="Unit")
    quantity = fields.Float(digits="Product Unit", default=1)

    _positive = models.Constraint(
        "CHECK (quantity > 0)", "Give how many pieces are in the parcel, more than 0."
    )
    _once = models.UniqueIndex(
        "(parcel_id, move_id)",
        "This product is in the parcel already. Change its quantity.",
    )

    @api.depends("product_id")
    def _compute_display_name(self):
        # who sees what is in his parcel may know what it is called
        for line in self.sudo():
            line.display_name = line.product_id.display_name

    @api.constrains("parcel_id", "move_id")
    def _check_same_transfer(self):
        for line in self:
            if line.move_id.picking_id != line.parcel_id.picking_id:
                raise ValidationError(
                    self.env._(
                        "%(product)s is not on the transfer of parcel %(parcel)s. "
                        "Choose goods of that transfer.",
                        product=line.product_id.display_name,
                        parcel=line.parcel_id.name,
                    )
                )
