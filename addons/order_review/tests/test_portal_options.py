"""Ways in which a customer makes an order larger than what he was shown."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_shop import ShopCommon

_SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPortalOptions(ShopCommon):
    """A quotation with a product that the customer may add himself."""

    def _quotation(self, **vals):
        order = self._order(
            partner_id=self.portal.partner_id.id,
            require_signature=True,
            require_payment=False,
            order_line=[
                self._line(self.lamp, 1),
                Command.create(
                    {
                        "name": "Options",
                        "display_type": "line_section",
                        "is_optional": True,
                        "sequence": 100,
                    }
                ),
                self._line(self.display, 0, {"sequence": 101}),
            ],
            **vals,
        )
        order.action_quotation_sent()
        self.env.flush_all()
        return order

    def _take(self, order, quantity):
        option = order.order_line.filtered(lambda line: line.product_id == self.display)
        self.make_jsonrpc_request(
            f"/my/orders/{order.id}/update_line_dict",
            {
                "line_id": option.id,
                "access_token": order._portal_ensure_token(),
                "input_quantity": quantity,
            },
        )
        self.env.invalidate_all()
        self.assertEqual(option.product_uom_qty, quantity, "the option was not taken")

    def _sign(self, order):
        answer = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {
                "access_token": order._portal_ensure_token(),
                "name": "Pia Portal",
                "signature": _SIGNATURE,
            },
            timeout=60,
        )
        self.env.invalidate_all()
        return answer

    def test_option_confirms_without_a_rule(self):
        order = self._quotation()
        self._take(order, 11)
        self._sign(order)
        self.assertEqual(order.state, "sale")

    def test_option_within_the_limit_confirms(self):
        self._rule()
        order = self._quotation()
        self._take(order, 10)
        self._sign(order)
        self.assertEqual(order.state, "sale")

    def test_option_beyond_the_limit_is_not_signed(self):
        self._rule()
        order = self._quotation()
        self.assertEqual(order.review_state, "clear")
        self._take(order, 11)
        self.assertEqual(order.review_state, "blocked")
        page = self._page(order.get_portal_url())
        self.assertIn("at most 10 per order, 11 asked", self._box(page))
        self.assertFalse(page.xpath("//*[@data-bs-target='#modalaccept']"))
        answer = self._sign(order)
        self.assertIn("at most 10 per order, 11 asked", answer["error"])
        self.assertFalse(order.signature)
        self.assertEqual(order.state, "sent")
        self._take(order, 9)
        self._sign(order)
        self.assertEqual(order.state, "sale")

    @mute_logger("odoo.http")
    def test_option_beyond_the_limit_is_not_paid(self):
        self._rule()
        order = self._quotation()
        order.write({"require_signature": False, "require_payment": True})
        self._take(order, 11)
        _name, message = self._rpc_error(
            f"/my/orders/{order.id}/transaction", self._payment_params(order)
        )
        self.assertIn("at most 10 per order, 11 asked", message)
        self.assertFalse(order.transaction_ids)


@tagged("post_install", "-at_install")
class TestOrderAgain(ShopCommon):
    """The button "Order Again" of an order of former times."""

    def _former(self, quantity):
        order = self._cart(
            (self.display, quantity), partner_id=self.portal.partner_id.id
        )
        order.action_confirm()
        self.env.flush_all()
        return order

    def _again(self, order):
        self.make_jsonrpc_request(
            "/my/orders/reorder",
            {"order_id": order.id, "access_token": order._portal_ensure_token()},
        )
        self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": str(self.carrier.id)}
        )
        cart = self._own_cart()
        self.assertNotEqual(cart, order)
        return cart

    def test_again_without_a_rule(self):
        former = self._former(11)
        self._login()
        cart = self._again(former)
        self._pay(cart)
        self.assertEqual(cart.state, "sale")

    def test_again_within_the_limit(self):
        former = self._former(10)
        self._rule()
        self._login()
        cart = self._again(former)
        self._pay(cart)
        self.assertEqual(cart.state, "sale")

    @mute_logger("odoo.http")
    def _check_refused(self, cart, asked):
        text = f"at most 10 per order, {asked} asked"
        self.assertIn(text, self._box(self._page("/shop/cart")))
        _name, message = self._rpc_error(
            f"/shop/payment/transaction/{cart.id}", self._payment_params(cart)
        )
        self.assertIn(text, message)
        self.assertEqual(cart.state, "draft")

    def test_again_what_is_too_much_by_now(self):
        former = self._former(11)
        self._rule()
        self._login()
        self._check_refused(self._again(former), 11)

    def test_again_and_again(self):
        """Twice into the same cart: together it is too much."""
        former = self._former(6)
        self._rule()
        self._login()
        self._again(former)
        self._check_refused(self._again(former), 12)
