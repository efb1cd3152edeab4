from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_shop import ShopCommon

_QUIET = mute_logger("odoo.http")


@tagged("post_install", "-at_install")
class TestShopPrepayment(ShopCommon):
    """The rule “payment required first” asks for money and takes no promises."""

    def setUp(self):
        super().setUp()
        for key in ("wire", "cod", "on_site"):
            self._provider(key)
        self.carrier.allow_cash_on_delivery = True

    def _offered(self):
        page = self._page("/shop/payment")
        ids = page.xpath("//input[@name='o_payment_radio']/@data-provider-id")
        return set(map(int, ids))

    def _portal_order(self, **vals):
        order = self._order(
            (self.lamp, 2), partner_id=self.portal.partner_id.id, **vals
        )
        order.action_quotation_sent()
        self.env.flush_all()  # the end of the request of the salesperson
        return order

    def test_promises_are_offered_without_the_rule(self):
        self._fill_cart((self.lamp, 1))
        wire, card = self._provider("wire"), self._provider("card")
        self.assertLessEqual({wire.id, card.id}, self._offered())

    def test_promises_are_not_offered(self):
        self._rule(kind="payment")
        self._fill_cart((self.lamp, 1))
        self.assertEqual(
            self._offered() & set(self.env["payment.provider"].search([]).ids),
            self._offered() - {self._provider(key).id for key in ("wire", "cod")},
        )
        self.assertIn(self._provider("card").id, self._offered())

    def test_the_rule_informs_and_does_not_stop_paying(self):
        self._rule(kind="payment")
        order = self._fill_cart((self.lamp, 1))
        self.assertRecordValues(
            order, [{"require_payment": True, "prepayment_percent": 1.0}]
        )
        page = self._page("/shop/cart")
        self.assertIn("$ 30.00 must be paid with the order.", self._box(page))
        self.assertIn("Good to know", self._box(page))
        (button,) = page.xpath("//a[@name='website_sale_main_button']")[:1]
        self.assertTrue(button.get("href"))
        self._pay(order)
        self.assertEqual(order.state, "sale")

    @_QUIET
    def test_promise_is_refused_in_the_shop(self):
        self._rule(kind="payment")
        order = self._fill_cart((self.lamp, 1))
        for key in ("wire", "cod"):
            name, message = self._rpc_error(
                f"/shop/payment/transaction/{order.id}",
                self._payment_params(order, key),
            )
            self.assertEqual(name, "odoo.exceptions.ValidationError", key)
            self.assertIn("Choose a payment method that pays at once", message)
        self.assertFalse(order.transaction_ids)

    def test_promise_is_accepted_without_the_rule(self):
        order = self._fill_cart((self.lamp, 1))
        self._pay(order, "cod", "pending")
        self.assertEqual(order.state, "sale")

    @_QUIET
    def test_promise_and_pennies_are_refused_in_the_portal(self):
        self._rule(kind="payment", payment_percent=50)
        self._login()
        order = self._portal_order()
        self.assertRecordValues(
            order, [{"require_payment": True, "prepayment_percent": 0.5}]
        )
        route = f"/my/orders/{order.id}/transaction"
        _name, message = self._rpc_error(route, self._payment_params(order, "wire"))
        self.assertIn("pays at once", message)
        _name, message = self._rpc_error(
            route, self._payment_params(order, amount=29.99)
        )
        self.assertIn("At least $\xa030.00 must be paid", message)
        self.assertFalse(order.transaction_ids)
        self._pay(order, route=route, amount=30.0)
        self.assertEqual(order.state, "sale")

    @_QUIET
    def test_saved_card_of_a_promise_is_refused(self):
        """The provider of a token counts, whatever provider the client names."""
        self._rule(kind="payment")
        self._login()
        order = self._portal_order()
        wire = self._provider("wire")
        token = self.env["payment.token"].create(
            {
                "provider_id": wire.id,
                "payment_method_id": self._provider("card").payment_method_ids[:1].id,
                "partner_id": self.portal.partner_id.id,
                "provider_ref": "review",
                "payment_details": "1234",
            }
        )
        _name, message = self._rpc_error(
            f"/my/orders/{order.id}/transaction",
            self._payment_params(order, flow="token", token_id=token.id),
        )
        self.assertIn("pays at once", message)

    def test_pennies_confirm_without_the_rule(self):
        """Odoo's own rule: without a required payment any amount confirms."""
        self._login()
        order = self._portal_order(require_payment=False, require_signature=False)
        self._pay(order, route=f"/my/orders/{order.id}/transaction", amount=0.01)
        self.assertEqual(order.state, "sale")

    def test_requirement_ends_with_the_rule(self):
        rule = self._rule(kind="payment", payment_percent=30)
        order = self._portal_order(require_payment=False)
        self.assertEqual(order.review_payment_percent, 30)
        self.assertRecordValues(
            order, [{"require_payment": True, "prepayment_percent": 0.3}]
        )
        rule.active = False
        self.env.add_to_compute(order._fields["review_state"], order)
        self.env.flush_all()  # as the scheduled action does
        self.assertEqual(order.review_payment_percent, 0)
        self.assertFalse(order.require_payment)

    def test_informing_rule_requires_nothing(self):
        self._rule(kind="payment", severity="inform")
        order = self._portal_order(require_payment=False)
        self.assertFalse(order.review_payment_percent)
        self.assertFalse(order.require_payment)

    def test_verdict_leaves_alone_what_was_set_by_hand(self):
        """Only another demand of the rules changes what the salesperson chose."""
        self.env.company.portal_confirmation_pay = False
        self._rule()
        order = self._order((self.display, 1), require_payment=True)
        order.prepayment_percent = 0.4
        self.env.flush_all()
        order.order_line.product_uom_qty = 11
        self.env.flush_all()
        self.assertRecordValues(
            order,
            [
                {
                    "review_state": "blocked",
                    "require_payment": True,
                    "prepayment_percent": 0.4,
                }
            ],
        )
