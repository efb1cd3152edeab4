from odoo import Command
from odoo.tests import tagged

from .common_shop import ShopCommon


@tagged("post_install", "-at_install")
class TestShopTours(ShopCommon):
    """A shopper in a real browser is stopped, told why, mends his cart and orders."""

    def setUp(self):
        super().setUp()
        # the browser offers all published products: name one that is ours alone
        self.display.name = "Review Counter Display"
        self._rule(max_quantity=50, product_ids=[Command.set(self.display.ids)])
        self._provider("cod")
        self.carrier.allow_cash_on_delivery = True
        # one payment method only, so that none is to be chosen
        self.env["payment.provider"].search(
            [("id", "!=", self._provider("cod").id)]
        ).is_published = False

    def _shop(self):
        self.start_tour(
            self.display.website_url, "order_review_shop", login=self.portal.login
        )
        order = self._own_cart()
        self.assertRecordValues(
            order, [{"state": "sale", "ordering_user_id": self.portal.id}]
        )
        goods = order.order_line.filtered(lambda line: not line.is_delivery)
        self.assertRecordValues(
            goods, [{"product_id": self.display.id, "product_uom_qty": 40}]
        )

    def test_shopper_mends_his_cart(self):
        self._shop()


@tagged("post_install", "-at_install")
class TestShopTourMobile(TestShopTours):
    """The same on a telephone."""

    browser_size = "390x844"
    touch_enabled = True
