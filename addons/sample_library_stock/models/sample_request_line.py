from odoo import api, fields, models

from .stock_move import OPEN


class SampleRequestLine(models.Model):
    _inherit = "sample.request.line"

    move_ids = fields.One2many(
        "stock.move", "sample_line_id", groups="stock.group_stock_user"
    )
    reserved_qty = fields.Integer(
        string="Reserved",
        compute="_compute_stock",
        compute_sudo=True,
        help="How much of it is set aside in the warehouse.",
    )
    in_stock = fields.Boolean(
        string="Kept in Stock", compute="_compute_stock", compute_sudo=True
    )

    @api.depends("move_ids.quantity", "move_ids.state")
    def _compute_stock(self):
        for line in self:
            moves = line._open_moves()
            line.in_stock = bool(moves)
            line.reserved_qty = int(sum(moves.mapped("quantity")))

    def _open_moves(self):
        """What has not left the warehouse yet, first-come."""
        return (
            self.sudo().move_ids.filtered(lambda move: move.state in OPEN).sorted("id")
        )
