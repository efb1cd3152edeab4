"""A portal user who may order for a colleague, and one who may not."""

from odoo.addons.order_review.tests.common_shop import ShopCommon


class OnBehalfCommon(ShopCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.config.settings"].create(
            {"group_product_pricelist": True}
        ).execute()
        cls.placer = cls.portal
        cls.member_user = cls._user("member", "base.group_portal")
        cls.member = cls.member_user.partner_id
        cls.member.write(cls._customer_vals("Mia Member"))
        cls.stranger = cls.customer
        cls.right = cls.env["order.representation"].create(
            {"user_id": cls.placer.id, "partner_id": cls.member.id}
        )

    def _start(self, partner=None):
        """Log the placer in and have him order for another.

        :return: the answer of the server
        """
        self._login()
        page = self._page("/my/on-behalf")
        return self._post(
            "/my/on-behalf/start", page, partner_id=(partner or self.member).id
        )

    def _token(self):
        return self._page("/my/on-behalf")

    def _banner(self, url="/shop"):
        """The text of the banner of a page, or an empty string."""
        page = self._page(url)
        return " ".join(map(self._text, page.xpath("//*[@id='o_on_behalf_banner']")))

    def _cart_for(self, *lines):
        """Fill a cart for the member.

        :return: the cart
        """
        self._start()
        for product, quantity in lines or [(self.display, 2)]:
            self._add(product, quantity)
        self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": str(self.carrier.id)}
        )
        return self._own_cart()
