"""Money that several orders share is counted once, whatever they share."""

from odoo import Command
from odoo.tests import tagged

from .test_rule_kinds import RuleKindsCase


@tagged("post_install", "-at_install")
class TestSharedPayments(RuleKindsCase):
    def setUp(self):
        super().setUp()
        self.rule = self._rule(kind="payment")

    def _pair(self, first=10, second=10):
        """Two orders of so many displays, ten dollars each."""
        return self._order((self.display, first)), self._order((self.display, second))

    def _pay_together(self, orders, amount, state="done"):
        return self._tx(
            orders[0],
            state,
            amount=amount,
            sale_order_ids=[Command.set([order.id for order in orders])],
        )

    def _paid(self, *orders):
        """What the rule takes as paid of each order."""
        paid = self.env["sale.review.facts"]._paid([order.id for order in orders])
        return [round(paid[order.id], 2) for order in orders]

    def _states(self, *orders):
        for order in orders:
            order._review_touch()
        return [order.review_state for order in orders]

    def _invoice(self, orders, paid=0.0):
        """One posted invoice for several orders, paid in part."""
        together = self.env["sale.order"].union(*orders)
        invoice = together._create_invoices()
        self.assertEqual(len(invoice), 1)
        invoice.action_post()
        if paid:
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({"amount": paid})._create_payments()
        return invoice

    def _confirmed_pair(self, first=10, second=10):
        self.rule.active = False
        orders = self._pair(first, second)
        for order in orders:
            order.action_confirm()
        self.rule.active = True
        return orders

    # === TRANSACTIONS === #

    def test_payment_that_covers_one_of_two(self):
        orders = self._pair()
        self._pay_together(orders, 100)
        self.assertEqual(self._paid(*orders), [50, 50])
        self.assertEqual(self._states(*orders), ["blocked", "blocked"])

    def test_payment_that_covers_both(self):
        orders = self._pair(10, 30)
        self._pay_together(orders, 400)
        self.assertEqual(self._paid(*orders), [100, 300])
        self.assertEqual(self._states(*orders), ["clear", "clear"])

    def test_payments_of_their_own_are_added(self):
        orders = self._pair()
        self._pay_together(orders, 100, "authorized")
        self._tx(orders[0], amount=50, reference="own")
        self.assertEqual(self._paid(*orders), [100, 50])
        self.assertEqual(self._states(*orders), ["clear", "blocked"])

    def test_an_order_that_was_cancelled_takes_no_share(self):
        orders = self._pair()
        self._pay_together(orders, 100)
        orders[1]._action_cancel()
        self.assertEqual(self._paid(orders[0]), [100])

    def test_orders_without_a_price_do_not_divide_by_nothing(self):
        orders = self._pair()
        for order in orders:
            order.order_line.price_unit = 0
        self._pay_together(orders, 10)
        self.assertEqual(self._paid(*orders), [5, 5])

    def test_shares_add_up_to_the_payment(self):
        orders = [self._order((self.display, count)) for count in (1, 2, 4)]
        self._pay_together(orders, 35)
        self.assertEqual(self._paid(*orders), [5, 10, 20])
        # asked one by one it is the same
        self.assertEqual([self._paid(order)[0] for order in orders], [5, 10, 20])

    # === INVOICES === #

    def test_invoice_of_two_half_paid(self):
        orders = self._confirmed_pair(10, 30)
        self._invoice(orders, paid=200)
        self.assertEqual(self._paid(*orders), [50, 150])

    def test_invoice_of_two_fully_paid(self):
        orders = self._confirmed_pair(10, 30)
        self._invoice(orders, paid=400)
        self.assertEqual(self._paid(*orders), [100, 300])

    def test_taxes_belong_to_the_lines(self):
        self.rule.active = False
        tax = self.env["account.tax"].create({"name": "Twenty", "amount": 20})
        orders = (
            self._order((self.display, 10, {"tax_ids": [Command.set(tax.ids)]})),
            self._order((self.display, 10)),
        )
        for order in orders:
            order.action_confirm()
        self._invoice(orders, paid=220)
        self.assertEqual(self._paid(*orders), [120, 100])

    def test_what_else_is_on_the_invoice(self):
        """A fee that belongs to no order takes its part of what is paid."""
        (order, _other) = self._confirmed_pair()
        invoice = order._create_invoices()
        invoice.invoice_line_ids = [
            Command.create(
                {
                    "name": "Fee",
                    "quantity": 1,
                    "price_unit": 100,
                    "tax_ids": [Command.clear()],
                }
            )
        ]
        invoice.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": 100})._create_payments()
        self.assertEqual(self._paid(order), [50])

    def test_a_reversed_invoice_is_not_paid(self):
        (order, _other) = self._confirmed_pair()
        invoice = self._invoice([order])
        invoice._reverse_moves(cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(self._paid(order), [0])

    def test_payment_and_its_invoice_are_the_same_money(self):
        orders = self._confirmed_pair()
        self._invoice(orders, paid=100)
        self._pay_together(orders, 100)
        self.assertEqual(self._paid(*orders), [50, 50])
