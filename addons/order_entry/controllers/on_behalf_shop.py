"""The shop while somebody orders for another."""

from werkzeug.exceptions import Forbidden

from odoo.http import request, route

from odoo.addons.website_sale.controllers.main import WebsiteSale

from .on_behalf_payment import hide_saved_cards


class OnBehalfShop(WebsiteSale):
    @route()
    def shop_address(self, *args, **kwargs):
        """Override of `website_sale`: addresses of others are for them to change."""
        if self._on_behalf_reads_addresses_only():
            return request.redirect("/shop/checkout")
        return super().shop_address(*args, **kwargs)

    @route()
    def shop_address_submit(self, *args, **kwargs):
        """Override of `website_sale`: addresses of others are for them to change."""
        if self._on_behalf_reads_addresses_only():
            raise Forbidden(
                request.env._("You may choose among his addresses, not change them.")
            )
        return super().shop_address_submit(*args, **kwargs)

    def _get_shop_payment_values(self, order, **kwargs):
        """Override of `website_sale`, which asks past overrides of the portal's."""
        values = super()._get_shop_payment_values(order, **kwargs)
        return hide_saved_cards(values, order)

    def _on_behalf_reads_addresses_only(self):
        order_sudo = request.cart
        return bool(
            order_sudo.on_behalf_of_id
            and not order_sudo.on_behalf_of_id._may_edit_others()
        )
