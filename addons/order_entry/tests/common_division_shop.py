"""A manager in the shop, and members in the portal."""

from odoo.addons.order_review.tests.common_shop import ShopCommon

from .common_division import DivisionCommon


class DivisionShopCommon(DivisionCommon, ShopCommon):
    def _login_as(self, user):
        self.authenticate(user.login, user.login)

    def _manager_cart(self, quantity=2):
        """The manager logs in and fills a cart.

        :return: the cart
        """
        self._login_as(self.manager)
        self._add(self.display, quantity)
        return self._own_cart()

    def _choose(self, division, **data):
        """Order the cart for a division, as the form in the cart does."""
        page = self._page("/shop/cart")
        return self._post("/shop/division", page, division_id=division.id or "", **data)

    def _division_box(self):
        (box,) = self._page("/shop/cart").xpath("//*[@id='order_division_box']")
        return self._text(box)
