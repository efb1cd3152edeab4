from odoo import fields, models

from odoo.addons.trade_network.fields import UncheckedMany2one


class TrackReserve(models.Model):
    """So much of an item is held for a client, until a day."""

    _name = "track.reserve"
    _inherit = ["track.accounted"]
    _description = "Reserve at a Distributor"
    _order = "held_until desc NULLS LAST, id desc"
    _rec_names_search = ["name", "item_code", "sidemark"]

    name = fields.Char("Reserve", readonly=True)
    item_code = fields.Char("Item", required=True, readonly=True, index=True)
    description = fields.Char(readonly=True)
    pattern = fields.Char(readonly=True)
    color = fields.Char(readonly=True)
    dye_lot = fields.Char(readonly=True)
    piece = fields.Char(readonly=True)
    quantity = fields.Float(readonly=True)
    unit = fields.Char(readonly=True)
    sidemark = fields.Char("Client", readonly=True, help="For whom it is held.")
    reserved_on = fields.Date(readonly=True)
    held_until = fields.Date(readonly=True, help="The last day it is held.")
    order_ref = fields.Char("Order Number", readonly=True)
    order_id = UncheckedMany2one(
        "track.order", readonly=True, index="btree_not_null",
        help="The order it became.",
    )  # fmt: skip
    stock_id = UncheckedMany2one("track.stock", readonly=True, index="btree_not_null")
    requested_by_id = fields.Many2one(
        "res.users", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("held", "Held"),
            ("expired", "Expired"),
            ("released", "Released"),
            ("converted", "Ordered"),
        ],
        string="Status",
        default="held",
        required=True,
        readonly=True,
    )

    _running = models.Index("(held_until) WHERE state = 'held'")
