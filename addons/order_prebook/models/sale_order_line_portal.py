from odoo import models
from odoo.exceptions import UserError


class SaleOrderLine(models.Model):
    """What customers do with their own prebooks; whose they are is checked before."""

    _inherit = "sale.order.line"

    def _prebook_customer_check_out(self, quantity):
        """Check out a quantity of this line for the customer, if the company lets him.

        :param str quantity: as he typed it
        """
        self.ensure_one()
        if not self.order_id._prebook_customer_may_check_out():
            raise UserError(
                self.env._(
                    "Customers do not check out themselves here. Please ask your "
                    "salesperson."
                )
            )
        try:
            number = float(quantity)
        except ValueError:
            raise UserError(
                self.env._(
                    "%(product)s: give the quantity as a number, like 3 or 2.5.",
                    product=self.product_id.display_name,
                )
            ) from None
        self._prebook_release({self: number})

    def _prebook_customer_cancel(self):
        """Cancel what is open of this line for the customer."""
        self.ensure_one()
        self._prebook_cancel()
