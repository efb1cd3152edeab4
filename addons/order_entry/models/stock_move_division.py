from odoo import models

#: Put into the context by the job that makes many deliveries: reserving comes later.
#: An object, so that nobody outside of this process can send it.
RESERVE_LATER = object()

#: Put into the context where moves are confirmed that were created a moment before:
#: creating them has checked that their companies fit together.
JUST_CREATED = object()


class StockMove(models.Model):
    _inherit = "stock.move"

    def _should_assign_at_confirm(self):
        """Override of `stock` to reserve many deliveries in a next step."""
        if self.env.context.get("division_reserve") is RESERVE_LATER:
            return self._should_bypass_reservation()
        return super()._should_assign_at_confirm()

    def _check_company(self, fnames=None):
        """Override of `base` not to check many moves twice in a row."""
        if self.env.context.get("division_moves") is JUST_CREATED:
            return None
        return super()._check_company(fnames)

    def _update_orderpoints(self):
        """Override of `stock` to look once for each product and pair of places.

        The outcome is the same: core looks at nothing else of a move.
        """
        alike = {
            (move.product_id, move.location_id, move.location_dest_id): move
            for move in self
        }
        some = self.browse().concat(*alike.values())
        return super(StockMove, some)._update_orderpoints()

    def _get_new_picking_values(self):
        """Override of `stock` to say whose share of a division order it carries."""
        values = super()._get_new_picking_values()
        if self.sale_line_id.order_id.division_id:
            recipient = (
                self.env["sale.order.recipient"]
                .sudo()
                .search([("stock_reference_id", "in", self.reference_ids.ids)], limit=2)
            )
            if len(recipient) == 1:
                values["division_recipient_id"] = recipient.id
        return values
