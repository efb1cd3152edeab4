from odoo import fields, models

from odoo.addons.trade_network.fields import UncheckedMany2one

from .track_stock import make_generated


class TrackStockPiece(models.Model):
    """A piece, roll or dye lot of an item."""

    _name = "track.stock.piece"
    _description = "Piece in a Distributor's Stock"
    _order = "stock_id, sequence, id"
    _log_access = False
    _rec_name = "piece"

    stock_id = UncheckedMany2one(
        "track.stock", required=True, readonly=True, index=True
    )
    sequence = fields.Integer(readonly=True)
    dye_lot = fields.Char(readonly=True)
    piece = fields.Char(readonly=True)
    place = fields.Char(readonly=True)
    quantity = fields.Float(readonly=True)
    reserved = fields.Float(readonly=True)
    free = fields.Float(readonly=True, help="The database computes it.")

    def init(self):
        """Let PostgreSQL do the sum."""
        make_generated(self, "free", "COALESCE(quantity, 0) - COALESCE(reserved, 0)")
