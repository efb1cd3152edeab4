"""Order again: a new quotation of the same products at the prices of today."""

from odoo.tests import tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalAgain(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order(
            [(cls.lamp, 2), (cls.chair, 3)],
            partner_shipping_id=cls.warehouse_berlin.id,
            user_id=cls.clerk.id,
            client_order_ref="PO-1",
        )

    def setUp(self):
        super().setUp()
        self._login(self.buyer)

    def _click(self, order=None, token="t", **values):
        self.env.flush_all()
        order = order or self.order
        response = self.url_open(
            f"/my/orders/{order.id}/again",
            data={"csrf_token": self._csrf(), "token": token, **values},
        )
        self.env.invalidate_all()
        return response

    def _csrf(self):
        page = self._page("/my/orders")
        return page.split('csrf_token: "')[1].split('"')[0]

    def _made(self, order=None):
        return self.env["sale.order"].search(
            [("again_of_id", "=", (order or self.order).id)]
        )

    def _without_shop(self):
        """Odoo's shop has a button of its own, where it is installed."""
        orders = type(self.env["sale.order"])
        if hasattr(orders, "_is_reorder_allowed"):
            self.patch(orders, "_is_reorder_allowed", lambda order: False)

    def test_same_products_at_prices_of_today(self):
        self._without_shop()
        self.lamp.list_price = 17
        response = self._click()
        made = self._made()
        self.assertEqual(response.url.rsplit("/", 1)[-1], str(made.id))
        self.assertRecordValues(
            made,
            [
                {
                    "state": "sent",
                    "partner_id": self.customer.id,
                    "partner_shipping_id": self.warehouse_berlin.id,
                    "user_id": self.clerk.id,
                    "again_note": False,
                    "client_order_ref": False,
                }
            ],
        )
        self.assertRecordValues(
            made.order_line,
            [
                {"product_id": self.lamp.id, "product_uom_qty": 2, "price_unit": 17},
                {"product_id": self.chair.id, "product_uom_qty": 3, "price_unit": 100},
            ],
        )
        self.assertEqual(made.activity_ids.user_id, self.clerk)
        self.assertIn(self.order.name, made.activity_ids.summary)
        self.assertTrue(self._listed("/my/quotes", made))
        self.assertIn("at the prices of today", response.text)

    def test_what_is_not_sold_any_more(self):
        self._without_shop()
        third = self._product("Track Rug", 5)
        order = self._order([(self.lamp, 1), (self.chair, 1), (third, 1)])
        self.lamp.active = False
        third.sale_ok = False
        response = self._click(order)
        made = self._made(order)
        self.assertEqual(made.order_line.product_id, self.chair)
        self.assertIn("Track Lamp is discontinued.", made.again_note)
        self.assertIn("Track Rug is not sold any more.", made.again_note)
        self.assertIn("Track Lamp is discontinued.", response.text)

    def test_nothing_is_sold_any_more(self):
        self._without_shop()
        (self.lamp | self.chair).sale_ok = False
        self.assertNotIn("track_order_again", self._page(f"/my/orders/{self.order.id}"))
        self._click()
        self.assertFalse(self._made())

    def test_two_clicks_make_one(self):
        self._without_shop()
        first, second = self._click().url, self._click().url
        self.assertEqual(first, second)
        self.assertEqual(len(self._made()), 1)
        self._click(token="another page")
        self.assertEqual(len(self._made()), 2)

    def test_only_by_the_form(self):
        self._without_shop()
        url = f"/my/orders/{self.order.id}/again"
        self.assertEqual(self.url_open(url).status_code, 405)
        with self.assertLogs("odoo.http", "WARNING"):
            self.url_open(url, data={"token": "x"})
        self.assertFalse(self._made())
        page = self._page(f"/my/orders/{self.order.id}")
        self.assertIn("track_order_again", page)

    def test_others_cannot(self):
        self._without_shop()
        self._login(self.stranger)
        self._click()
        self._click(token="y", access_token=self.order._portal_ensure_token())
        self.assertFalse(self._made())
        self._login(self.colleague)
        self._click()
        self.assertEqual(len(self._made()), 1)

    def test_planted_defaults_do_not_reach_it(self):
        made = (
            self.order.with_user(self.buyer)
            .with_context(default_locked=True, default_note="planted")
            ._order_again("z")
        )
        self.assertFalse(made.locked)
        self.assertNotIn("planted", made.note or "")

    def test_freight_and_gifts_are_not_ordered_again(self):
        self._without_shop()
        freight = self.env["product.product"].create(
            {"name": "Freight", "type": "service"}
        )
        self.order.order_line = [
            self._line(freight, 1, is_delivery=True),
            self._line(self.lamp, 1, discount=100),
        ]
        self._click()
        self.assertEqual(self._made().order_line.mapped("product_uom_qty"), [2.0, 3.0])

    def test_button_of_the_shop_stays_alone(self):
        """Where Odoo's shop is installed; else ours is there."""
        orders = type(self.env["sale.order"])
        page = self._page(f"/my/orders/{self.order.id}")
        if not hasattr(orders, "_is_reorder_allowed"):
            self.assertIn("track_order_again", page)
            return
        self.patch(orders, "_is_reorder_allowed", lambda order: True)
        page = self._page(f"/my/orders/{self.order.id}")
        self.assertIn("reorder_sidebar_button", page)
        self.assertNotIn("track_order_again", page)
        self.patch(orders, "_is_reorder_allowed", lambda order: False)
        page = self._page(f"/my/orders/{self.order.id}")
        self.assertNotIn("reorder_sidebar_button", page)
        self.assertIn("track_order_again", page)
