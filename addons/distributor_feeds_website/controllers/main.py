from odoo.http import request, route

from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.addons.website_sale.models.website import CART_SESSION_CACHE_KEY


class PromiseShop(WebsiteSale):
    def _get_additional_shop_values(self, values, **kwargs):
        """Override of `website_sale` to say of all tiles at once what is in stock."""
        result = super()._get_additional_shop_values(values, **kwargs)
        if products := values.get("products"):
            result["tile_promises"] = request.website._tile_promises(products)
        return result

    @route()
    def shop_payment(self, **post):
        """Override of `website_sale` to ask distributors before the payment page.

        The cart is read by its number: `request.cart` may write, and who waits for
        distributors must not hold the order.
        """
        cart_id = request.session.get(CART_SESSION_CACHE_KEY)
        cart = request.env["sale.order"].sudo().browse(cart_id or []).exists()
        if cart.website_id == request.website:
            cart._ask_distributors()
        return super().shop_payment(**post)

    def _get_shop_payment_values(self, order, **kwargs):
        """Override of `website_sale`: changes are accepted before anybody can pay.

        Not in `_get_shop_payment_errors`, which is also asked after the payment.
        """
        values = super()._get_shop_payment_values(order, **kwargs)
        order._keep_first_shown()
        if gate := order._promise_gate():
            values["promise_gate"] = gate
            advice = (
                request.env._("Please go back to your cart and change the quantities.")
                if gate["blocking"]
                else request.env._(
                    "Please look at the changes and accept them to go on."
                )
            )
            values["errors"] = [*values["errors"], (gate["title"], advice)]
        return values
