from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import route

from odoo.addons.sale.controllers.portal import PaymentPortal


class PromisePortal(PaymentPortal):
    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Override of `sale`: a cart paid here would pass by the shop's own check."""
        try:
            order = self._document_check_access("sale.order", order_id, access_token)
        except (AccessError, MissingError):
            order = None  # core has the words for it
        if order and order.website_id:
            order._ask_distributors()
            if gate := order._promise_gate():
                raise ValidationError("\n".join([gate["title"], *gate["lines"]]))
        return super().portal_order_transaction(order_id, access_token, **kwargs)
