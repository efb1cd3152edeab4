from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_shop import ShopCommon


@tagged("post_install", "-at_install")
class TestShopApproval(ShopCommon):
    """Carts that the seller wants to see before they are paid."""

    def setUp(self):
        super().setUp()
        self._rule(severity="approve")

    def _send(self, order=None, **data):
        page = self._page("/shop/cart")
        return self._post("/shop/review/request", page, **data)

    def _release(self, order):
        order.with_user(self.review_manager).action_review_decide("Agreed by phone")
        self.env.flush_all()
        self.env.invalidate_all()

    def test_cart_offers_to_send_it(self):
        self._fill_cart()
        page = self._page("/shop/cart")
        self.assertIn("This order needs our approval", self._box(page))
        self.assertTrue(page.xpath("//form[@action='/shop/review/request']"))
        page = self._page("/shop/payment")
        self.assertTrue(page.xpath("//form[@action='/shop/review/request']"))
        self.assertFalse(page.xpath("//button[@name='o_payment_submit_button']"))

    def test_small_cart_needs_no_approval(self):
        order = self._fill_cart((self.display, 10))
        page = self._page("/shop/cart")
        self.assertFalse(page.xpath("//form[@action='/shop/review/request']"))
        self._send()
        self.env.invalidate_all()
        self.assertFalse(order.review_parked_at)
        self._pay(order)
        self.assertEqual(order.state, "sale")

    @mute_logger("odoo.http")
    def test_it_cannot_be_paid_before(self):
        order = self._fill_cart()
        name, _message = self._rpc_error(
            f"/shop/payment/transaction/{order.id}", self._payment_params(order)
        )
        self.assertEqual(name, "odoo.exceptions.ValidationError")
        self._send()
        name, message = self._rpc_error(
            f"/shop/payment/transaction/{order.id}", self._payment_params(order)
        )
        self.assertEqual(name, "odoo.exceptions.ValidationError")
        self.assertIn("is being checked", message)

    def test_sent_cart_is_received(self):
        order = self._fill_cart()
        response = self._send()
        self.assertTrue(response.url.endswith("/shop/confirmation"))
        self.assertIn("We received your order. It is being checked.", response.text)
        self.assertNotIn("Thank you for your order", response.text)
        self.env.invalidate_all()
        self.assertTrue(order.review_parked_at)
        self.assertRecordValues(order, [{"state": "sent", "review_state": "waiting"}])
        self.assertEqual(len(self._activities(order)), 1)
        (subject,) = self._mails_to_customer(order)
        self.assertIn("we received your order", subject)
        self.assertIn("Your cart is empty", self._text(self._page("/shop/cart")))

    def test_released_cart_is_paid_in_the_portal(self):
        order = self._fill_cart()
        self._send()
        self.env.invalidate_all()
        self._release(order)
        self.assertEqual(order.state, "sent", "nothing is confirmed without money")
        self.assertFalse(order.review_parked_at)
        self.assertFalse(self._activities(order))
        self.assertIn("can be paid now", self._mails_to_customer(order)[-1])
        self.assertIn(order.get_portal_url(), order.message_ids[0].body)
        page = self._page(order.get_portal_url())
        self.assertTrue(page.xpath("//*[@id='o_sale_portal_paynow']"))
        self._pay(order, route=f"/my/orders/{order.id}/transaction")
        self.assertEqual(order.state, "sale")

    def test_released_cart_without_price_is_confirmed(self):
        self.display.list_price = 0
        self.website.prevent_zero_price_sale = False
        order = self._fill_cart()
        self._send()
        self.env.invalidate_all()
        self._release(order)
        self.assertEqual(order.state, "sale")

    def test_what_must_be_mended_comes_first(self):
        self._rule(kind="product_hold", product_ids=self.lamp.ids)
        order = self._fill_cart((self.display, 11), (self.lamp, 1))
        page = self._page("/shop/cart")
        self.assertFalse(page.xpath("//form[@action='/shop/review/request']"))
        self._send()
        self.env.invalidate_all()
        self.assertFalse(order.review_parked_at)

    def test_visitor_without_address_is_asked_for_it(self):
        self.authenticate(None, None)
        self._add(self.display, 11)
        response = self._send()
        self.assertIn("/shop/address", response.url)
        self.assertFalse(self._own_cart().review_parked_at)

    def test_delivery_is_chosen_before(self):
        self._login()
        self._add(self.display, 11)
        response = self._send()
        self.assertTrue(response.url.endswith("/shop/checkout"))
        self.assertFalse(self._own_cart().review_parked_at)

    @mute_logger("odoo.http")
    def test_forged_form_is_refused(self):
        order = self._fill_cart()
        response = self.url_open("/shop/review/request", data={"x": "1"})
        self.assertEqual(response.status_code, 400)
        self.assertFalse(order.review_parked_at)
