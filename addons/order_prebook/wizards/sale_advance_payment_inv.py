from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class SaleAdvancePaymentInv(models.TransientModel):
    _inherit = "sale.advance.payment.inv"

    def _create_invoices(self, sale_orders):
        """Override of `sale`: down payments only on what is not an open prebook."""
        if self.advance_payment_method != "delivered":
            for order in sale_orders.filtered(lambda one: one.prebook_state == "draft"):
                self._prebook_check_down_payment(order)
        return super()._create_invoices(sale_orders)

    def _prebook_check_down_payment(self, order):
        """Raise if an advance invoice would ask for what is not checked out."""
        self.ensure_one()
        amount = self.fixed_amount
        if self.advance_payment_method == "percentage":
            amount = order.amount_total * self.amount / 100
        most = order._prebook_amount_released()
        if order.currency_id.compare_amounts(amount, most) > 0:
            raise UserError(
                self.env._(
                    "%(order)s has open prebooks, which are not invoiced before they "
                    "are checked out. At most %(amount)s can be invoiced in advance. "
                    "Check out prebooks, or send a payment link instead.",
                    order=order.name,
                    amount=format_amount(self.env, most, order.currency_id),
                )
            )
