"""Paying and signing while somebody orders for another."""

from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import request, route

from odoo.addons.sale.controllers.portal import CustomerPortal


class OnBehalfPayment(CustomerPortal):
    @route()
    def portal_quote_accept(self, order_id, access_token=None, **kwargs):
        """Override of `sale`: a right that ended does not sign any more."""
        token = access_token or request.httprequest.args.get("access_token")
        try:
            self._document_check_access(
                "sale.order", order_id, access_token=token
            )._check_on_behalf_right()
        except (AccessError, MissingError):
            return {"error": request.env._("Invalid order.")}
        except ValidationError as refusal:
            return {"error": str(refusal)}
        return super().portal_quote_accept(
            order_id, access_token=access_token, **kwargs
        )

    def _get_payment_values(self, order_sudo, **kwargs):
        """Override of `sale` to offer nobody's saved cards for another's order."""
        values = super()._get_payment_values(order_sudo, **kwargs)
        return hide_saved_cards(values, order_sudo)


def hide_saved_cards(values, order_sudo):
    """Take saved cards out of the means of payment for an order placed for another.

    They belong to one person: those of the visitor are not offered for the order of
    another, nor is a card entered now saved in anybody's name.

    :param dict values: values of the payment form
    :return: the values
    """
    if order_sudo.on_behalf_of_id:
        values["tokens_sudo"] = values["tokens_sudo"].browse()
        values["show_tokenize_input_mapping"] = dict.fromkeys(
            values["show_tokenize_input_mapping"], False
        )
    return values
