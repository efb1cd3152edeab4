from odoo import fields, models


class DistributorStockKeyShow(models.AbstractModel):
    """Shows a key once; it is never stored."""

    _name = "distributor.stock.key.show"
    _description = "Show a Key to Ask for Stock"

    # The form asks for it.
    id = fields.Id()
    key = fields.Char(readonly=True)
