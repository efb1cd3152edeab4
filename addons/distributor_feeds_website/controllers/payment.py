from odoo.exceptions import AccessError, MissingError
from odoo.http import route

from odoo.addons.website_sale.controllers.payment import PaymentPortal


class PromisePayment(PaymentPortal):
    @route()
    def shop_payment_transaction(self, order_id, access_token, **kwargs):
        """Override of `website_sale` to ask distributors before the order is locked.

        What they say is looked at in `sale.order._check_cart_is_ready_to_be_paid`.
        """
        try:
            order = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            order = None  # core has the words for it
        if order:
            order._ask_distributors()
        return super().shop_payment_transaction(order_id, access_token, **kwargs)
