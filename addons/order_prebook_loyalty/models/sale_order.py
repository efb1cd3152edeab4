from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _validate_order(self):
        """Override of `sale_loyalty` to confirm free orders that are not invoiced yet.

        Orders that a reward makes free are invoiced at once there. With open prebooks
        there may be nothing to invoice, which must not keep the order from being
        confirmed.
        """
        return super(
            SaleOrder, self.with_context(raise_if_nothing_to_invoice=False)
        )._validate_order()
