from odoo.tests import HttpCase, tagged

from .common_division import DivisionCommon
from .common_division_shop import DivisionShopCommon


@tagged("post_install", "-at_install")
class TestDivisionTours(DivisionShopCommon):
    """A marketing manager orders for Region West, twelve stores."""

    def setUp(self):
        super().setUp()
        self.display.name = "Review Counter Display"
        self.region.member_ids.unlink()
        self.stores = self._stores(12)
        self.region.member_ids = [
            (0, 0, {"partner_id": store.id}) for store in self.stores
        ]
        self.stores[6].street = False
        self._provider("cod")
        self.carrier.allow_cash_on_delivery = True
        # one payment method only, so that none is to be chosen
        self.env["payment.provider"].search(
            [("id", "!=", self._provider("cod").id)]
        ).is_published = False

    def test_manager_orders_for_the_region(self):
        category = self.env["product.public.category"].create(
            {"name": "Point of Sale", "quick_order": True}
        )
        self.display.public_categ_ids = category
        self.start_tour(
            f"/shop/category/{category.id}",
            "order_division_shop",
            login=self.manager.login,
        )
        order = self._own_cart()
        self.assertEqual(order.state, "sale")
        expected = self._everybody(display=3)
        expected[self.stores[6].name] = {}
        self.assertEqual(self._shares(order), expected)


@tagged("post_install", "-at_install")
class TestDivisionTourMobile(TestDivisionTours):
    """The same on a telephone."""

    browser_size = "390x844"
    touch_enabled = True


@tagged("post_install", "-at_install")
class TestDivisionTourBackOffice(DivisionCommon, HttpCase):
    def test_clerk_follows_the_deliveries(self):
        self.stores[1].street = False
        order = self._division_order(user_id=self.salesman_all.id)
        self.env.flush_all()
        self.start_tour(
            f"/odoo/sales/{order.id}",
            "order_division_back_office",
            login=self.salesman_all.login,
        )
        self.env.invalidate_all()
        self.assertEqual(order.order_line.product_uom_qty, 2)
        self.assertEqual(self._shares(order)[self.stores[0].name], {})
