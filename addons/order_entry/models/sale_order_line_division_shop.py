from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_displayed_quantity(self):
        """Override of `website_sale`: in the cart, how much every recipient gets."""
        if not self.order_id.division_id or not self._is_divided():
            return super()._get_displayed_quantity()
        share = self.division_qty
        return int(share) if float(share).is_integer() else share
