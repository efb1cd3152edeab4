"""Nobody pays for less, or later, than he was shown, unless he agrees."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.distributor_feeds.tests.live_servers import never, raw_service, stock

from .common import ShopCase


@tagged("post_install", "-at_install")
class TestPayment(ShopCase):
    def setUp(self):
        super().setUp()
        self.product = self._product(default_code="A1")
        self.offer = self._offered(self.product, 10)

    def _line(self, cart):
        return cart.order_line.filtered(lambda line: line.product_id == self.product)

    def test_unchanged(self):
        cart = self._fill_cart((self.product, 6))
        page = self._page("/shop/payment")
        self.assertFalse(self._gate(page))
        self.assertTrue(page.xpath("//div[@id='payment_method']"))
        self.assertIsNone(self._pay(cart))
        self.assertEqual(len(cart.transaction_ids), 1)
        self.assertFalse(cart.promise_accepted_at)

    def test_less_must_be_accepted(self):
        cart = self._fill_cart((self.product, 6))
        self.offer.quantity = 4
        self.assertIn("The stock has changed", self._pay(cart))
        page = self._page("/shop/payment")
        self.assertIn("now only 4 of 6", self._gate(page))
        self.assertFalse(page.xpath("//div[@id='payment_method']"))
        page = self._accept(page)
        self.assertFalse(self._gate(page))
        self.assertTrue(page.xpath("//div[@id='payment_method']"))
        self.assertEqual(self._line(cart).promise_qty, 4)
        self.assertTrue(cart.promise_accepted_at)
        message = cart.message_ids.filtered(lambda one: "accepted before" in one.body)
        self.assertIn("now only 4 of 6", message.body)
        self.assertEqual(message.author_id, self.customer.partner_id)
        self.assertIsNone(self._pay(cart))

    def test_later_must_be_accepted(self):
        cart = self._fill_cart((self.product, 6))
        self.account.lead_days = 5
        self.assertIn("ready to ship on", self._pay(cart))
        self._accept(self._page("/shop/payment"))
        self.assertEqual(self._line(cart).promise_date, self.today + timedelta(days=5))
        self.assertIsNone(self._pay(cart))

    def test_better_needs_no_word(self):
        cart = self._fill_cart((self.product, 6))
        self.account.lead_days = 1
        self.offer.quantity = 90
        self._stock(self.product, 50)
        self.assertFalse(self._gate(self._page("/shop/payment")))
        self.assertIsNone(self._pay(cart))

    def test_what_was_not_shown_is_not_accepted(self):
        cart = self._fill_cart((self.product, 6))
        self.offer.quantity = 4
        page = self._page("/shop/payment")
        self.offer.quantity = 2
        page = self._accept(page)
        self.assertIn("now only 2 of 6", self._gate(page))
        self.assertFalse(cart.promise_accepted_at)
        self._accept(page)
        self.assertEqual(self._line(cart).promise_qty, 2)

    def test_end_of_life(self):
        cart = self._fill_cart((self.product, 6))
        self.offer.write({"quantity": 0, "end_of_life": True})
        self.assertIn("now out of stock", self._pay(cart))
        self.product.allow_out_of_stock_order = False
        page = self._page("/shop/payment")
        self.assertIn("cannot be bought", self._gate(page))
        self.assertFalse(page.xpath("//form[@action='/shop/cart/promises/accept']"))
        self.env.flush_all()
        self.assertFalse(cart._accept_promises(cart._promise_gate()["fingerprint"]))

    def test_the_feed_grew_old(self):
        cart = self._fill_cart((self.product, 6))
        self.feed.data_at = fields.Datetime.now() - timedelta(hours=49)
        self.assertIn("now on request", self._pay(cart))

    def test_a_service_is_asked_before_payment(self):
        server = self._server(lambda handler: stock(handler, quantity=4))
        self._service(server.url)
        cart = self._fill_cart((self.product, 6))
        self.assertIn("now only 4 of 6", self._gate(self._page("/shop/payment")))
        self.assertEqual(len(server.seen), 1)
        self.assertIn("now only 4 of 6", self._pay(cart))

    def test_a_service_is_asked_by_the_last_button_too(self):
        server = self._server(lambda handler: stock(handler, quantity=4))
        self._service(server.url)
        cart = self._fill_cart((self.product, 6))
        self.assertIn("now only 4 of 6", self._pay(cart))
        self.assertEqual(len(server.seen), 1)

    def test_a_dead_service_stops_nobody(self):
        self._service(self.enterContext(raw_service(never)))
        self.website.stock_promise_deadline = 0.3
        cart = self._fill_cart((self.product, 6))
        self.assertFalse(self._gate(self._page("/shop/payment")))
        self.assertIsNone(self._pay(cart))

    def test_the_portal_is_no_way_around(self):
        cart = self._fill_cart((self.product, 6))
        route = f"/my/orders/{cart.id}/transaction"
        self.offer.quantity = 4
        self.assertIn("now only 4 of 6", self._pay(cart, route))
        self.offer.quantity = 10
        self.assertIsNone(self._pay(cart, route))

    def test_strangers_carts(self):
        cart = self._fill_cart((self.product, 6))
        self.offer.quantity = 4
        self.authenticate(None, None)
        for route in ("/shop/payment/transaction", "/my/orders"):
            tail = "/transaction" if route == "/my/orders" else ""
            answer = self._refusal(
                f"{route}/{cart.id}{tail}", {"access_token": "wrong"}
            )
            self.assertIn("access token", answer)
        self.assertFalse(cart.transaction_ids)

    def test_lines_from_before(self):
        cart = self._fill_cart((self.product, 6))
        self._line(cart).write({"promise_state": False})
        self.offer.quantity = 4
        self.assertFalse(self._gate(self._page("/shop/payment")))
        self.assertEqual(self._line(cart).promise_qty, 4)
        self.offer.quantity = 2
        self.assertIn("only 2 of 6", self._gate(self._page("/shop/payment")))

    def test_switched_off_or_picked_up(self):
        cart = self._fill_cart((self.product, 6))
        self.offer.quantity = 4
        with self.assertRaises(ValidationError):
            cart._check_cart_is_ready_to_be_paid()
        self.website.stock_promise = False
        self.assertFalse(cart._promise_changes())
        self.website.stock_promise = True
        cart.state = "sale"
        self.assertFalse(cart._promise_changes())
