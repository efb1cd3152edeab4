from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_shop import ShopCommon

_QUIET = mute_logger("odoo.http")


@tagged("post_install", "-at_install")
class TestShopDoors(ShopCommon):
    """Before money the shop refuses; after money it never does."""

    SENTENCE = "Review Display: at most 10 per order, 11 asked."

    # === PAY === #

    def test_pay_opens_without_a_rule(self):
        order = self._fill_cart()
        self._pay(order)
        self.assertEqual(order.state, "sale")

    def test_pay_opens_for_a_small_order(self):
        self._rule()
        order = self._fill_cart((self.display, 10))
        self._pay(order)
        self.assertEqual(order.state, "sale")

    @_QUIET
    def test_pay_refuses_and_keeps_nothing(self):
        self._rule()
        order = self._fill_cart()
        name, message = self._rpc_error(
            f"/shop/payment/transaction/{order.id}", self._payment_params(order)
        )
        self.assertEqual(name, "odoo.exceptions.ValidationError")
        self.assertIn(self.SENTENCE, message)
        self.assertFalse(order.transaction_ids)
        self.assertEqual(order.state, "draft")

    @_QUIET
    def test_pay_judges_anew(self):
        """A hold that began after the cart was last changed stops the payment."""
        order = self._fill_cart((self.lamp, 1))
        rule = self._rule(kind="product_hold", product_ids=self.lamp.ids)
        rule.date_start = "2199-01-01 00:00:00"
        self.env.flush_all()
        self.assertFalse(order.review_finding_ids)
        params = self._payment_params(order)
        self.env.flush_all()
        # the clock alone moves on: nothing marks the order
        self.env.cr.execute(
            "UPDATE sale_review_rule SET date_start = NULL WHERE id = %s", (rule.id,)
        )
        self.env.registry.clear_cache()
        self.env.invalidate_all()
        _name, message = self._rpc_error(
            f"/shop/payment/transaction/{order.id}", params
        )
        self.assertIn("on hold", message)

    # === EXPRESS CHECKOUT === #

    def _express(self):
        return {
            "billing_address": {
                "name": "Eve Express",
                "email": "eve@review.example.com",
                "phone": "+1 555 0101",
                "street": "2 Main Street",
                "city": "Albany",
                "zip": "12207",
                "country": "US",
                "state": "NY",
            }
        }

    def _express_partner(self):
        return self.env["res.partner"].search([("name", "=", "Eve Express")])

    def test_express_opens_for_a_small_order(self):
        self._rule()
        self._fill_cart((self.display, 10))
        self.make_jsonrpc_request("/shop/express_checkout", self._express())
        self.assertTrue(self._express_partner())

    @_QUIET
    def test_express_refuses_and_keeps_nothing(self):
        self._rule()
        self._fill_cart()
        name, message = self._rpc_error("/shop/express_checkout", self._express())
        self.assertEqual(name, "odoo.exceptions.ValidationError")
        self.assertIn(self.SENTENCE, message)
        self.assertFalse(self._express_partner())

    # === NOTHING TO PAY === #

    def _free_cart(self, quantity):
        self.display.list_price = 0
        self.website.prevent_zero_price_sale = False
        order = self._fill_cart((self.display, quantity))
        self.assertFalse(order.amount_total)
        self._page("/shop/checkout")
        return order

    def test_free_order_confirms_without_a_rule(self):
        order = self._free_cart(11)
        page = self._page("/shop/payment/validate")
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")
        self.assertIn("Thank you for your order", self._text(page))

    def test_small_free_order_confirms(self):
        self._rule()
        order = self._free_cart(10)
        self._page("/shop/payment/validate")
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")

    @_QUIET
    def test_free_order_is_refused(self):
        self._rule()
        order = self._free_cart(11)
        response = self.url_open("/shop/payment/validate")
        self.env.invalidate_all()
        self.assertEqual(order.state, "draft")
        self.assertNotIn("Thank you", response.text)
        self.assertIn(self.SENTENCE, response.text)

    # === AFTER MONEY === #

    def _paid_and_held(self, provider="card", state="done"):
        """A cart that broke no rule when its payment began."""
        order = self._fill_cart()
        self._page("/shop/checkout")
        self.make_jsonrpc_request(
            f"/shop/payment/transaction/{order.id}",
            self._payment_params(order, provider),
        )
        self.env.invalidate_all()
        self._rule()
        getattr(order.transaction_ids, f"_set_{state}")()
        self.make_jsonrpc_request("/payment/status/poll", {})
        self.env.invalidate_all()
        return order

    def _check_received(self, order):
        self.assertTrue(order.review_parked_at)
        self.assertEqual(order.state, "sent")
        response = self.url_open("/shop/payment/validate")
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response.url.endswith("/shop/confirmation"), response.url)
        self.assertIn("We received your order. It is being checked.", response.text)
        self.assertNotIn("Thank you for your order", response.text)
        self.assertNotIn("Shop - Confirmed", response.text)
        self.assertIn(
            "We received your order", self.url_open("/shop/confirmation").text
        )

    def test_paid_order_is_received_not_confirmed(self):
        order = self._paid_and_held()
        self._check_received(order)
        self.assertTrue(order.transaction_ids.is_post_processed)

    def test_authorized_order_is_received_not_confirmed(self):
        self._check_received(self._paid_and_held(state="authorized"))

    def test_announced_transfer_is_received_not_confirmed(self):
        self._check_received(self._paid_and_held("wire", "pending"))

    def test_validate_before_the_payment_is_processed(self):
        """The visitor may be back before his payment was looked at."""
        order = self._fill_cart()
        self._page("/shop/checkout")
        self.make_jsonrpc_request(
            f"/shop/payment/transaction/{order.id}", self._payment_params(order)
        )
        self.env.invalidate_all()
        self._rule()
        order.transaction_ids._set_done()
        order._review_touch()
        self.env.flush_all()
        self.assertEqual(order.review_state, "blocked")
        response = self.url_open("/shop/payment/validate")
        self.assertEqual(response.status_code, 200)

    def test_held_order_never_comes_back_as_a_cart(self):
        order = self._paid_and_held()
        self.assertIn("Your cart is empty", self._text(self._page("/shop/cart")))
        self._login()  # another session of the same customer
        self.assertIn("Your cart is empty", self._text(self._page("/shop/cart")))
        token = order._portal_ensure_token()
        for method in ("squash", "merge"):
            page = self._page(
                f"/shop/cart?id={order.id}&access_token={token}&revive_method={method}"
            )
            self.assertIn("Your cart is empty", self._text(page), method)
        self._add(self.lamp)
        self.assertNotEqual(self._own_cart(), order)

    def test_open_cart_does_come_back(self):
        """The control of the test above: an open cart follows its customer."""
        self._fill_cart()
        self._login()
        self.assertNotIn("Your cart is empty", self._text(self._page("/shop/cart")))

    def test_cart_parked_by_staff_is_no_cart(self):
        """A draft that staff asked a release for is not changed by the customer."""
        self._rule(severity="approve")
        order = self._fill_cart()
        order.with_user(self.review_manager).action_review_request()
        self.assertEqual(order.state, "draft")
        self.env.flush_all()
        self.assertIn("Your cart is empty", self._text(self._page("/shop/cart")))
