"""Each kind of rule on real orders."""

from odoo import Command
from odoo.tests import tagged

from .test_rule_kinds import RuleKindsCase


@tagged("post_install", "-at_install")
class TestRuleAmounts(RuleKindsCase):
    # === AMOUNTS === #

    def test_amounts_and_their_bounds(self):
        tax = self.env["account.tax"].create({"name": "Ten", "amount": 10})
        taxed = (self.lamp, 10, {"tax_ids": [Command.set(tax.ids)], "price_unit": 10})
        for measure, limit, state in (
            ("total", 110, "clear"),
            ("total", 109.99, "waiting"),
            ("untaxed", 100, "clear"),
            ("untaxed", 99.99, "waiting"),
        ):
            rule = self._rule(
                kind="amount", measure=measure, amount_max=limit, severity="approve"
            )
            self.assertEqual(self._state(taxed), state, (measure, limit))
            rule.active = False

    def test_delivery_is_left_out_of_the_goods(self):
        carrier = self.env["delivery.carrier"].create(
            {"name": "Cart", "product_id": self.service.id, "fixed_price": 50}
        )
        self._rule(kind="amount", measure="untaxed", amount_max=100)
        order = self._order((self.display, 10))
        order.set_delivery_line(carrier, 50)
        self.assertEqual(order.review_state, "clear")
        # the mark alone proves nothing
        self.assertEqual(
            self._state((self.display, 11, {"is_delivery": True})), "blocked"
        )

    def test_margin(self):
        self.display.standard_price = 8
        order = self._order((self.display, 10))  # 20 of 100
        for measure, limit, state in (
            ("margin", 20, "clear"),
            ("margin", 20.01, "blocked"),
            ("margin_percent", 20, "clear"),
            ("margin_percent", 20.01, "blocked"),
        ):
            rule = self._rule(
                kind="amount",
                measure=measure,
                has_amount_max=False,
                has_amount_min=True,
                amount_min=limit,
            )
            order._review_touch()
            self.assertEqual(order.review_state, state, (measure, limit))
            if state == "blocked":
                finding = order.review_finding_ids
                self.assertIn("margin", finding.message)
                self.assertNotIn("20", finding.customer_message)
            rule.active = False

    def test_discount(self):
        self._rule(
            kind="amount", measure="discount", has_amount_max=False, amount_max=15
        )
        for discount, state in ((15, "clear"), (15.01, "blocked")):
            line = (self.display, 1, {"discount": discount})
            self.assertEqual(self._state(line), state)

    def test_limits_in_another_currency(self):
        euro = self._euro_rate(0.5)  # 100 dollars are 50 euros
        self._rule(kind="amount", amount_max=50, currency_id=euro.id)
        self.assertEqual(self._state((self.display, 10)), "clear")
        order = self._order((self.display, 11))
        self.assertEqual(order.review_state, "blocked")
        self.assertEqual(order.review_finding_ids.asked, 55)

    def test_orders_in_another_currency(self):
        euro = self._euro_rate(0.5)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        self._rule(kind="amount", amount_max=100)
        vals = {"pricelist_id": pricelist.id}
        self.assertEqual(self._state((self.display, 10), **vals), "clear")
        order = self._order((self.display, 11), **vals)
        self.assertEqual(order.currency_id, euro)
        self.assertEqual(order.review_state, "blocked")

    # === CREDIT === #

    def test_credit_limit_of_the_customer(self):
        self.customer.credit_limit = 100
        self._rule(kind="credit")
        self.assertEqual(self._state((self.display, 10)), "clear")
        self.assertEqual(self._state((self.display, 11)), "blocked")
        free = {"partner_id": self.other_customer.id}
        self.assertEqual(self._state((self.display, 999), **free), "clear")

    def test_credit_limit_of_the_rule(self):
        self._rule(kind="credit", use_partner_limit=False, credit_limit=100)
        free = {"partner_id": self.other_customer.id}
        self.assertEqual(self._state((self.display, 10), **free), "clear")
        self.assertEqual(self._state((self.display, 11), **free), "blocked")

    def test_rule_limits_customers_without_one(self):
        self._rule(kind="credit", credit_limit=50)
        self.customer.credit_limit = 100
        self.assertEqual(self._state((self.display, 10)), "clear")
        free = {"partner_id": self.other_customer.id}
        self.assertEqual(self._state((self.display, 6), **free), "blocked")

    def test_credit_counts_confirmed_orders_and_invoices_once(self):
        self._rule(kind="credit", use_partner_limit=False, credit_limit=100)
        first = self._order((self.display, 6))
        first.action_confirm()
        probe = self._order((self.display, 6))
        self.assertEqual(probe.review_finding_ids.used, 60)
        first._create_invoices().action_post()
        probe._review_touch()
        self.assertEqual(probe.review_finding_ids.used, 60)

    def test_credit_counts_goods_not_delivered_yet(self):
        self.display.invoice_policy = "delivery"
        self._rule(kind="credit", use_partner_limit=False, credit_limit=100)
        self._order((self.display, 6)).action_confirm()
        self.assertEqual(self._state((self.display, 5)), "blocked")

    def test_credit_is_that_of_the_company(self):
        self._rule(kind="credit", use_partner_limit=False, credit_limit=100)
        child = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        self._order((self.display, 6), partner_id=child.id).action_confirm()
        self.assertEqual(self._state((self.display, 5)), "blocked")

    def test_credit_in_another_currency(self):
        euro = self._euro_rate(0.5)
        self._rule(
            kind="credit",
            use_partner_limit=False,
            credit_limit=50,
            currency_id=euro.id,
        )
        self.assertEqual(self._state((self.display, 10)), "clear")
        self.assertEqual(self._state((self.display, 11)), "blocked")

    # === PAYMENT === #

    def test_payment_first(self):
        self._rule(kind="payment", payment_percent=50)
        order = self._order((self.display, 10))
        self.assertEqual(order.review_state, "blocked")
        self._tx(order, amount=49)
        order._review_touch()
        self.assertEqual(order.review_finding_ids.used, 49)
        self._tx(order, "authorized", amount=1, reference="second")
        order._review_touch()
        self.assertEqual(order.review_state, "clear")

    def test_a_payment_that_is_only_announced_is_none(self):
        self._rule(kind="payment")
        order = self._order((self.display, 1))
        self._tx(order, "pending", "wire")
        order._review_touch()
        self.assertEqual(order.review_state, "blocked")
