from odoo.http import request, route

from odoo.addons.website_sale.controllers.cart import Cart as WebsiteSaleCart


class Cart(WebsiteSaleCart):
    @route()
    def cart(self, **kwargs):
        """Override of `website_sale` to take out what is not held any more."""
        if request.cart:
            request.cart._cart_expire()
        return super().cart(**kwargs)
