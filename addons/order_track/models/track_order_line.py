from odoo import fields, models

from odoo.addons.trade_network.fields import UncheckedMany2one


class TrackOrderLine(models.Model):
    """An item of an order in the distributor's system."""

    _name = "track.order.line"
    _description = "Line of a Distributor's Order"
    _order = "order_id, sequence, id"
    _log_access = False
    _rec_name = "item_code"

    order_id = UncheckedMany2one(
        "track.order", required=True, readonly=True, index=True
    )
    sequence = fields.Integer(readonly=True)
    line_ref = fields.Char("Line", readonly=True)
    item_code = fields.Char("Item", readonly=True, index="btree_not_null")
    description = fields.Char(readonly=True)
    pattern = fields.Char(readonly=True)
    color = fields.Char(readonly=True)
    dye_lot = fields.Char(readonly=True)
    quantity = fields.Float(readonly=True)
    unit = fields.Char(readonly=True)
    shipped = fields.Float(readonly=True)
    back_ordered = fields.Float("Back-Ordered", readonly=True)
    expected_on = fields.Date(
        "Expected", readonly=True, help="When the distributor expects what is missing."
    )
    cancelled = fields.Float(readonly=True)
    price = fields.Float("Unit Price", readonly=True)
    currency = fields.Char(readonly=True)
