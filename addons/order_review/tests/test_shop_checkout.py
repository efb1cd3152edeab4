from lxml import html

from odoo import Command
from odoo.tests import tagged

from .common_shop import ShopCommon


class CheckoutCase(ShopCommon):
    """A cart that breaks a rule by one of two addresses and one of two deliveries."""

    def setUp(self):
        super().setUp()
        self.balloon = self.carrier.copy()
        self.balloon.write({"name": "Review Balloon", "website_published": True})
        self.abroad = self.env["res.partner"].create(
            {
                **self._customer_vals("Review Abroad"),
                "country_id": self.env.ref("base.be").id,
                "state_id": False,
                "type": "other",
                "parent_id": self.portal.partner_id.id,
            }
        )
        self._rule(
            kind="product_hold",
            product_ids=[Command.set(self.lamp.ids)],
            country_ids=[Command.set(self.env.ref("base.be").ids)],
        )
        self._rule(
            kind="domain",
            domain_model="sale.order",
            domain="[('carrier_id.name', '=', 'Review Balloon')]",
            message="No balloons today.",
        )


@tagged("post_install", "-at_install")
class TestShopCheckout(CheckoutCase):
    def _notices(self):
        return self.make_jsonrpc_request("/shop/review/notices")

    def _choose(self, address=None, carrier=None):
        if address:
            self.make_jsonrpc_request(
                "/shop/update_address",
                {"address_type": "delivery", "partner_id": address.id},
            )
        if carrier:
            self.make_jsonrpc_request(
                "/shop/set_delivery_method", {"dm_id": str(carrier.id)}
            )
        return self._notices()

    def test_box_follows_the_address(self):
        self._fill_cart((self.lamp, 1))
        answer = self._notices()
        self.assertEqual(answer["notices"].strip(), "")
        self.assertEqual(answer["next_step"].strip(), "")
        self.assertTrue(answer["cart_ready"])
        answer = self._choose(address=self.abroad)
        (box,) = html.fromstring(answer["notices"]).xpath(
            "//*[@id='order_review_box']"
        ) or [None]
        self.assertIn("Review Lamp is on hold", self._text(box))
        self.assertIn("as soon as you have changed", answer["next_step"])
        self.assertFalse(answer["cart_ready"])
        page = self._page("/shop/checkout")
        (reloaded,) = page.xpath("//*[@id='order_review_notices']/section")
        self.assertEqual(self._text(reloaded), self._text(box), "as a reload shows it")
        answer = self._choose(address=self.portal.partner_id)
        self.assertNotIn("order_review_box", answer["notices"])
        self.assertTrue(answer["cart_ready"])

    def test_box_follows_the_delivery(self):
        self._fill_cart((self.lamp, 1))
        answer = self._choose(carrier=self.balloon)
        self.assertIn("No balloons today.", answer["notices"])
        self.assertFalse(answer["cart_ready"])
        answer = self._choose(carrier=self.carrier)
        self.assertNotIn("No balloons", answer["notices"])

    def test_a_warning_can_be_read_in_the_new_box(self):
        self._rule(severity="warn", product_ids=[Command.set(self.lamp.ids)])
        order = self._fill_cart((self.lamp, 11))
        box = html.fromstring(self._notices()["notices"])
        (form,) = box.xpath("//form[@action='/shop/review/acknowledge']")
        data = {
            field.get("name"): field.get("value") for field in form.xpath(".//input")
        }
        response = self.url_open("/shop/review/acknowledge", data=data)
        self.assertTrue(response.url.endswith("/shop/checkout"), response.url)
        self.env.invalidate_all()
        self.assertEqual(order.review_decision_ids.action, "acknowledge")

    def test_without_a_cart_there_is_nothing(self):
        self.authenticate(None, None)
        self.assertIsNone(self._notices())

    def test_another_visitor_sees_nothing_of_it(self):
        self._fill_cart((self.lamp, 1))
        self._choose(address=self.abroad)
        self.authenticate(None, None)
        self.assertIsNone(self._notices())


@tagged("post_install", "-at_install")
class TestShopCheckoutTour(CheckoutCase):
    def test_box_changes_without_a_reload(self):
        self._login()
        self.env["sale.order"].search(
            [("partner_id", "=", self.portal.partner_id.id)]
        ).unlink()
        cart = self._cart((self.lamp, 1), partner_id=self.portal.partner_id.id)
        cart._set_delivery_method(self.carrier)
        self.start_tour(
            "/shop/checkout", "order_review_checkout", login=self.portal.login
        )
        self.assertEqual(cart.carrier_id, self.carrier)
        self.assertEqual(cart.partner_shipping_id, self.portal.partner_id)
        self.assertEqual(cart.review_state, "clear")


@tagged("post_install", "-at_install")
class TestShopCheckoutTourMobile(TestShopCheckoutTour):
    """The same on a telephone."""

    browser_size = "390x844"
    touch_enabled = True
