from typing import NamedTuple

from odoo import models


class LineProgress(NamedTuple):
    """How far a line of an order is, in the unit of the line."""

    ordered: float
    shipped: float
    open: float
    back_ordered: float
    expected: object  # datetime of the back order, or None


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _portal_progress(self):
        """How much of these lines was shipped, and how much is to come.

        Back-ordered is what waits on a transfer that was split off one that left.

        :return: ``{line id: LineProgress}`` of lines with goods
        :rtype: dict[int, LineProgress]
        """
        progress = {}
        for line in self:
            if line.display_type or line.product_id.type != "consu":
                continue
            unit = line.product_uom_id
            waits = line.move_ids.filtered(
                lambda move: (
                    move.state not in ("done", "cancel")
                    and move.picking_id.backorder_id
                    and move.location_dest_id.usage == "customer"
                )
            )
            # of kits the parts wait; how many kits that are is not said
            same = waits.filtered(lambda move, line=line: move.product_id == line.product_id)
            back = sum(
                move.product_uom._compute_quantity(move.product_uom_qty, unit)
                for move in same
            )
            is_open = line.state == "sale"
            left = max(line.product_uom_qty - line.qty_delivered, 0) if is_open else 0
            progress[line.id] = LineProgress(
                line.product_uom_qty,
                line.qty_delivered,
                left,
                min(back, left),
                min(waits.mapped("date"), default=None),
            )
        return progress
