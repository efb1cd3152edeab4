from odoo.exceptions import AccessError, ValidationError
from odoo.http import request, route

from odoo.addons.sale.controllers import portal
from odoo.addons.website_sale.controllers import payment


class ShopPaymentPortal(payment.PaymentPortal):
    def _validate_transaction_for_order(self, transaction, sale_order):
        """Override of `website_sale` to refuse promises where money is asked for."""
        result = super()._validate_transaction_for_order(transaction, sale_order)
        sale_order._review_check_payment(transaction.provider_id, transaction.amount)
        return result


class OrderPaymentPortal(portal.PaymentPortal):
    @route()
    def portal_order_transaction(self, order_id, access_token, **kwargs):
        """Override of `sale` to refuse before a transaction is made.

        :raise ValidationError: when the order may not be confirmed, or not like this
        """
        try:
            order_sudo = self._document_check_access(
                "sale.order", order_id, access_token
            )
        except AccessError as error:
            raise ValidationError(
                request.env._("The access token is invalid.")
            ) from error
        if order_sudo.state in ("draft", "sent"):
            order_sudo = order_sudo._review_in_language()
            order_sudo._review_check_door()
            order_sudo._review_check_payment(
                self._review_get_provider(**kwargs), float(kwargs.get("amount") or 0)
            )
        return super().portal_order_transaction(order_id, access_token, **kwargs)

    def _review_get_provider(
        self, provider_id=None, token_id=None, flow=None, **kwargs
    ):
        """The provider that a payment would go through.

        :rtype: payment.provider recordset, with superuser rights
        """
        provider_sudo = request.env["payment.provider"].sudo()
        if flow == "token":
            return provider_sudo.env["payment.token"].browse(token_id).provider_id
        return provider_sudo.browse(provider_id)
