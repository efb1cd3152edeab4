import logging

from werkzeug.exceptions import Forbidden, NotFound

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.website_sale.controllers.cart import Cart

from .form import whole

_logger = logging.getLogger(__name__)


class DivisionCart(Cart):
    @route("/shop/division", type="http", auth="user", methods=["POST"], website=True)
    def shop_division(self, division_id="", **_post):
        """Order the cart for a division that the visitor manages, or for himself again.

        :param str division_id: id of the division; empty for an ordinary cart
        """
        order_sudo = request.cart
        if not order_sudo:
            return request.redirect("/shop/cart")
        division = request.env["order.division"]
        if division_id:
            if not (division_id.isascii() and division_id.isdigit()):
                raise NotFound
            wanted = whole(division_id)
            division = division._get_managed().filtered(lambda one: one.id == wanted)
            if not division:
                _logger.warning(
                    "User %s (%s) tried to order for division %s, which he does not "
                    "manage",
                    request.env.user.login,
                    request.env.uid,
                    division_id,
                )
                raise Forbidden
        return self._division_change(order_sudo, lambda: self._assign(division))

    def _assign(self, division):
        request.cart.division_id = division.sudo()

    @route(
        "/shop/division/consent",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def shop_division_consent(self, skip="", **_post):
        """Agree to skip those to whom nothing can be sent, or take that back.

        :param str skip: anything for yes, empty for no
        """
        order_sudo = request.cart
        if not order_sudo.division_id:
            return request.redirect("/shop/cart")
        if not order_sudo._division_may_see_all(request.env.user):
            raise Forbidden
        # who agreed is the visitor, and not the superuser who owns the cart
        order = order_sudo.with_user(request.env.user).sudo()
        consent = order._division_consent if skip else order._division_withdraw_consent
        return self._division_change(order_sudo, consent)

    def _division_change(self, order_sudo, change):
        """Change the recipients of the cart; what is wrong is told in the cart."""
        try:
            change()
            order_sudo._verify_cart_after_update()
        except UserError as error:
            order_sudo.shop_warning = str(error)
        return request.redirect("/shop/cart")

    @route()
    def cart(self, *args, **kwargs):
        """Override of `website_sale` to show who is a member today."""
        if request.cart.division_id:
            request.cart._division_sync()
        return super().cart(*args, **kwargs)
