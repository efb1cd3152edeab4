from odoo.http import request

from odoo.addons.website_sale.controllers.main import WebsiteSale


class Checkout(WebsiteSale):
    def _check_cart(self, order_sudo):
        """Override of `website_sale`: back to the cart if it lost something."""
        if order_sudo and order_sudo._cart_expire():
            return request.redirect("/shop/cart")
        return super()._check_cart(order_sudo)
