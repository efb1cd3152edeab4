from contextvars import ContextVar

from odoo import api, models

#: Set while a register sends paid orders: money was taken, nothing may be raised.
#: Not a context key, as those are chosen by the client.
SETTLING = ContextVar("order_review_pos_settling", default=False)


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def sync_from_ui(self, orders):
        """Override of `pos_sale` to hold quotations instead of refusing the payment."""
        token = SETTLING.set(True)
        try:
            return super().sync_from_ui(orders)
        finally:
            SETTLING.reset(token)

    def _review_sync_again(self):
        """Have quotations that were released adjust to what was handed over already.

        A register that sends an order it has sent before changes nothing on the order
        itself; `pos_sale` then takes the goods off the deliveries of the quotation.
        """
        self.env["pos.order"].sync_from_ui(
            [
                {
                    "uuid": order.uuid,
                    "name": order.name,
                    "state": order.state,
                    "lines": [],
                }
                for order in self
            ]
        )
