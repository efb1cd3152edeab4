"""What of an order is paid: by invoices, shares of invoices, credit notes, online."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common_story import StoryCommon


@tagged("post_install", "-at_install")
class TestStoryMoney(StoryCommon):
    def test_two_orders_on_one_invoice(self):
        orders = self._order([(self.lamp, 3)]) | self._order([(self.chair, 1)])
        invoice = self._invoice(orders)
        self.assertEqual(len(invoice), 1)
        for order in orders:
            self.assertSummaries(order, "unpaid", "waiting")
        self._pay(invoice, 65)
        for order in orders:
            self.assertSummaries(order, "partly_paid", "waiting")
        self._pay(invoice)
        for order in orders:
            self.assertSummaries(order, "paid", "waiting")
            self.assertEqual(self._kinds(order).count("invoiced"), 1)
        # the credit note is for the lamps alone
        lamps, chairs = orders
        credit = self._credit(invoice, 3)
        self._pay(credit)
        self.assertSummaries(lamps, "refunded", "waiting")
        self.assertSummaries(chairs, "paid", "waiting")

    def test_credit_note_before_payment_is_no_refund(self):
        order = self._order([(self.lamp, 10)])
        invoice = self._invoice(order)
        credit = self._credit(invoice, 4)
        receivable = (invoice + credit).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        receivable.reconcile()
        self.assertSummaries(order, "unpaid", "waiting")
        self._pay(invoice)
        # four lamps were credited, and nobody took them off the order
        self.assertSummaries(order, "partly_paid", "waiting")

    def test_reversed_invoice_is_nothing_due(self):
        order = self._order([(self.lamp, 1)])
        invoice = self._invoice(order)
        self._credit(invoice, cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertSummaries(order, "nothing", "waiting")
        self.assertNotIn("paid", self._kinds(order))

    def test_wrong_invoice_and_right_one(self):
        order = self._order([(self.lamp, 1)])
        self._credit(self._invoice(order), cancel=True)
        drafts = order.invoice_ids.filtered(lambda move: move.state == "draft")
        drafts.write({"invoice_date": fields.Date.today()})
        drafts.action_post()
        self.assertSummaries(order, "unpaid", "waiting")
        self._pay(drafts)
        self.assertSummaries(order, "paid", "waiting")

    def test_cancelled_and_draft_invoices_do_not_count(self):
        order = self._order([(self.lamp, 1)])
        invoice = self._invoice(order, post=False)
        self.assertSummaries(order, "nothing", "waiting")
        invoice.action_post()
        self.assertSummaries(order, "unpaid", "waiting")
        invoice.button_draft()
        invoice.button_cancel()
        self.assertSummaries(order, "nothing", "waiting")
        self.assertNotIn("invoiced", self._kinds(order))

    def test_payment_taken_back(self):
        order = self._order([(self.lamp, 1)])
        invoice = self._invoice(order)
        payment = self._pay(invoice)
        self.assertSummaries(order, "paid", "waiting")
        payment.move_id.line_ids.remove_move_reconcile()
        self.assertSummaries(order, "unpaid", "waiting")
        self.assertNotIn("current", self._story(order).steps[-1].state)

    def test_payment_without_an_entry(self):
        """As with an accountant: a payment is in process until the bank tells of it."""
        move = self.env.registry["account.move"]
        self.patch(move, "_get_invoice_in_payment_state", lambda self: "in_payment")
        self.bank.inbound_payment_method_line_ids.payment_account_id = False
        order = self._order([(self.lamp, 1)])
        invoice = self._invoice(order)
        payment = self._pay(invoice)
        self.assertFalse(payment.move_id)
        self.assertTrue(invoice.amount_residual)
        self.assertSummaries(order, "in_process", "waiting")
        self.assertEqual(self._kinds(order).count("paid"), 1)

    def test_down_payment(self):
        order = self._order([(self.chair, 1)])
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "percentage", "amount": 30})
        )
        first = wizard._create_invoices(order)
        first.invoice_date = fields.Date.today()
        first.action_post()
        self._pay(first)
        self.assertSummaries(order, "partly_paid", "waiting")
        self.assertEqual(len(self._story(order).lines), 1)
        rest = self._invoice(order)
        self.assertEqual(rest.amount_total, 70)
        self.assertSummaries(order, "partly_paid", "waiting")
        self._pay(rest)
        self.assertSummaries(order, "paid", "waiting")

    def test_another_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "name": fields.Date.today() - timedelta(days=9),
                "currency_id": euro.id,
                "company_id": self.company.id,
                "rate": 0.7919,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Track Euro", "currency_id": euro.id}
        )
        order = self._order([(self.lamp, 3)], pricelist_id=pricelist.id)
        self.assertEqual(order.currency_id, euro)
        invoice = self._invoice(order)
        self._pay(invoice, invoice.amount_total - 0.01)
        self.assertSummaries(order, "partly_paid", "waiting")
        self._pay(invoice)
        self.assertSummaries(order, "paid", "waiting")
        # paid back in the currency of the company, at another rate
        self.env["res.currency.rate"].create(
            {
                "name": fields.Date.today(),
                "currency_id": euro.id,
                "company_id": self.company.id,
                "rate": 0.8,
            }
        )
        credit = self._credit(invoice)
        self._pay(credit, currency_id=self.company.currency_id.id)
        self.assertSummaries(order, "refunded", "waiting")

    def test_overdue(self):
        order = self._order([(self.lamp, 1)])
        yesterday = fields.Date.today() - timedelta(days=1)
        invoice = self._invoice(
            order,
            invoice_date=yesterday,
            invoice_date_due=yesterday,
            invoice_payment_term_id=False,
        )
        self.assertSummaries(order, "unpaid", "waiting")
        rollup = self._story(order).payment
        self.assertTrue(rollup.late)
        self.assertIn("overdue", rollup.text)
        overdue = [("track_due_on", "<", "today"), ("id", "=", order.id)]
        self.assertTrue(self.env["sale.order"].search(overdue))
        self._pay(invoice)
        self.assertFalse(self.env["sale.order"].search(overdue))

    def test_paid_online_before_the_invoice(self):
        order = self._order([(self.lamp, 1)], confirm=False)
        provider = self.env["payment.provider"].create(
            {"name": "Track Pay", "code": "none", "state": "disabled"}
        )
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env["payment.method"]
                .search([("active", "in", (True, False))], limit=1)
                .id,
                "reference": "track-online-1",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": self.customer.id,
                "sale_order_ids": [Command.link(order.id)],
            }
        )
        self.assertSummaries(order, "nothing", "nothing")
        transaction._set_pending()
        self.assertSummaries(order, "in_process", "nothing")
        transaction._set_done()
        self.assertSummaries(order, "paid", "nothing")
        self.assertEqual(self._kinds(order), ["quoted", "paid"])

    def test_each_company_counts_its_own(self):
        there = self.env["res.company"].create(
            {"name": "Track There", "currency_id": self.env.ref("base.EUR").id}
        )
        self.env.user.company_ids += there
        self.env["account.chart.template"].try_loading(
            "generic_coa", company=there, install_demo=False
        )
        here = self._order([(self.lamp, 1)])
        env = self.env(context={"allowed_company_ids": (there + self.company).ids})
        order = env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "company_id": there.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.lamp.id,
                            "product_uom_qty": 2,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertEqual(invoice.company_id, there)
        self.assertSummaries(order, "unpaid", "waiting")
        self.assertSummaries(here, "nothing", "waiting")
        stories = (order.with_env(env) + here.with_env(env))._stories()
        self.assertEqual(stories[order.id].payment.key, "unpaid")
        self.assertEqual(stories[here.id].payment.key, "nothing")
