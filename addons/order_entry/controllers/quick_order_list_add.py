from odoo.exceptions import AccessError, MissingError
from odoo.http import request, route

from odoo.addons.website_sale.models.website import CART_SESSION_CACHE_KEY

from .quick_order import _whole
from .quick_order_list import LIST_URL, QuickOrderList


class QuickOrderListAdd(QuickOrderList):
    """Adding a list to the cart, a portion per request."""

    @route(
        f"{LIST_URL}/<int:list_id>/add",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def quick_list_add(self, list_id, **post):
        """Add the next portion of the good rows and show how far it is."""
        try:
            list_sudo = self._quick_list_get(list_id)
        except (AccessError, MissingError):
            return request.redirect(LIST_URL)
        choices = {
            name[4:]: value
            for name, value in post.items()
            if name.startswith("row_") and value
        }
        self._quick_list_add_portion(list_sudo, choices)
        return request.redirect(f"{LIST_URL}/{list_id}")

    @route(
        f"{LIST_URL}/<int:list_id>/portion",
        type="jsonrpc",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def quick_list_portion(self, list_id, choices=None):
        """The same for a page that goes on by itself.

        :param dict choices: product ids for ambiguous rows, by number of the row
        :return: how far it is, ``busy`` where another tab is at it, and
            ``cart_quantity``
        """
        list_sudo = self._quick_list_get(list_id)
        progress = self._quick_list_add_portion(list_sudo, choices or {})
        order_sudo = request.cart
        return {
            **progress,
            "cart_quantity": order_sudo.cart_quantity if order_sudo else 0,
        }

    def _quick_list_add_portion(self, list_sudo, choices):
        """Add some rows of a list to the cart of the visitor.

        :param list_sudo: list that is the visitor's
        :param dict choices: product ids by row number, as they were sent
        """
        return list_sudo._add(
            lambda: self._quick_list_cart(list_sudo),
            {_whole(number): _whole(value) for number, value in choices.items()},
        )

    def _quick_list_cart(self, list_sudo):
        """The cart of the visitor, made where there is none.

        Of two requests at once, the second may still have the session of a visitor
        without cart: it goes on in the cart that the first one made.
        """
        website, known_sudo = request.website, list_sudo.order_id
        if (
            not request.cart
            and known_sudo.placed_by_id == request.env.user.partner_id
            and known_sudo.on_behalf_of_id == website._on_behalf_partner()
        ):
            request.session[CART_SESSION_CACHE_KEY] = known_sudo.id
            request.cart = website._get_and_cache_current_cart()
        return request.cart or website._create_cart()

    @route(
        f"{LIST_URL}/<int:list_id>/again",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        sitemap=False,
    )
    def quick_list_again(self, list_id, **_post):
        """Look up again what was not added: limits and stock may have changed."""
        try:
            list_sudo = self._quick_list_get(list_id)
        except (AccessError, MissingError):
            return request.redirect(LIST_URL)
        if list_sudo._lock():
            list_sudo._look_up()
        return request.redirect(f"{LIST_URL}/{list_id}")
