from odoo import fields, models


class TrackProduct(models.Model):
    """What a distributor says of an item."""

    _name = "track.product"
    _inherit = ["track.posted"]
    _description = "Distributor's Product Information"
    _order = "item_code, id"
    _rec_name = "item_code"
    _rec_names_search = ["item_code", "pattern", "color", "description"]

    item_code = fields.Char("Item", required=True, readonly=True)
    description = fields.Char(readonly=True)
    pattern = fields.Char(readonly=True)
    color = fields.Char(readonly=True)
    width = fields.Char(readonly=True)
    repeat = fields.Char(readonly=True)
    content = fields.Char(readonly=True)
    price = fields.Float(readonly=True)
    currency = fields.Char(readonly=True)
    unit = fields.Char(readonly=True)
    discontinued = fields.Boolean(readonly=True)
