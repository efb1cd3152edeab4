from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """Override of `stock`: nothing leaves unchecked; what arrives is offered."""
        self._prebook_check_checked_out()
        done = super()._action_done(cancel_backorder=cancel_backorder)
        done._prebook_arrived()
        return done

    def _prebook_check_checked_out(self):
        """Raise if more goes to a customer than is checked out.

        Prebooks that are procured when they are booked have a delivery early; it waits
        for the check-out like the invoice does.
        """
        moves = self.filtered(
            lambda move: (
                move.sale_line_id.sudo().prebook_state == "draft"
                and move.state not in ("done", "cancel", "draft")
                and move.location_dest_id._is_outgoing()
                and move.product_id == move.sale_line_id.product_id
            )
        )
        picked = moves.filtered("picked") or moves
        leaving = defaultdict(float)
        for move in picked:
            line = move.sale_line_id.sudo()
            leaving[line] += move.product_uom._compute_quantity(
                move.quantity, line.product_uom_id
            )
        for line, quantity in leaving.items():
            allowed = line.prebook_qty_checked_out - line.qty_delivered
            if line.product_uom_id.compare(quantity, allowed) > 0:
                raise UserError(
                    self.env._(
                        "%(product)s of %(order)s: %(allowed)s may be delivered, the "
                        "rest of this prebook is not checked out. Check it out first.",
                        product=line.product_id.display_name,
                        order=line.order_id.name,
                        allowed=line._prebook_in_words(max(allowed, 0.0)),
                    )
                )

    def _prebook_arrived(self):
        """Queue the products of moves that brought goods in."""
        moves = self.filtered(
            lambda move: (
                move.state == "done"
                and move.location_dest_id.usage == "internal"
                and move.location_id.usage != "internal"
            )
        )
        self.env["sale.prebook.arrival"]._queue(moves.product_id)
