"""What becomes of orders that were held behind money."""

from odoo.tests import tagged

from .test_doors_payment import RECEIVED, PaymentDoorCase


@tagged("post_install", "-at_install")
class TestDoorsPaymentRelease(PaymentDoorCase):
    def _release(self, order):
        self._login(self.review_manager)
        self._call(
            "sale.order", "action_review_decide", order.ids, reason="He has the room"
        )

    def test_release_confirms_invoices_and_mails(self):
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        self._rule(is_overridable=True)
        held = self._cart()
        tx = self._tx(held)
        self._poll(tx)
        self._assert_parked(held)
        self.assertFalse(held.invoice_ids)
        mails = len(self._mails_to_customer(held))
        self._release(held)
        self.assertEqual(held.state, "sale")
        self.assertFalse(held.review_parked_at)
        self.assertFalse(self._activities(held))
        self.assertEqual(tx.invoice_ids, held.invoice_ids)
        self.assertEqual(held.invoice_ids.state, "posted")
        self.assertIn(held.invoice_ids.payment_state, ("in_payment", "paid"))
        self.assertTrue(held.invoice_ids.is_move_sent)
        confirmation = self._mails_to_customer(held)[mails:]
        self.assertEqual(len(confirmation), 1)
        self.assertNotIn(RECEIVED, confirmation[0])

    def test_release_leaves_the_mail_of_the_invoice_to_the_scheduler(self):
        """As core does where mails are sent asynchronously."""
        set_param = self.env["ir.config_parameter"].set_param
        set_param("sale.automatic_invoice", "True")
        set_param("sale.async_emails", "True")
        self._rule(is_overridable=True)
        held = self._cart()
        tx = self._tx(held)
        self._poll(tx)
        cron = self.env.ref("sale.send_invoice_cron")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self._release(held)
        self.assertEqual(held.invoice_ids.state, "posted")
        self.assertFalse(held.invoice_ids.is_move_sent)
        later = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertTrue(later - triggers)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(held.invoice_ids.is_move_sent)

    def test_release_of_cash_on_delivery_confirms(self):
        self._rule(is_overridable=True)
        held = self._cart()
        self._poll(self._tx(held, "pending", "cod"))
        self._release(held)
        self.assertEqual(held.state, "sale")

    def test_release_of_a_transfer_waits_for_the_money(self):
        self._rule(is_overridable=True)
        held = self._cart()
        tx = self._tx(held, "pending", "wire")
        self._poll(tx)
        self._release(held)
        self.assertEqual(held.state, "sent")
        self.assertFalse(held.review_parked_at)
        self.assertFalse(self._activities(held))
        tx._set_done()
        self._cron(tx)
        self.assertEqual(held.state, "sale")

    def test_announced_transfer_is_not_held_for_being_unpaid(self):
        self._rule(kind="payment", payment_percent=100)
        order = self._cart((self.display, 3))
        tx = self._tx(order, "pending", "wire")
        self._poll(tx)
        self.assertEqual(order.state, "sent")
        self.assertFalse(order.review_parked_at)
        tx._set_done()
        self._poll(tx)
        self.assertEqual(order.state, "sale")

    def test_cancelled_order_is_no_longer_held(self):
        self._rule()
        held = self._cart()
        self._poll(self._tx(held))
        self._assert_parked(held)
        self._login(self.salesman_all)
        self._call("sale.order", "action_cancel", held.ids)
        self.assertEqual(held.state, "cancel")
        self.assertFalse(held.review_parked_at)
        self.assertFalse(self._activities(held))

    def test_mended_order_confirms_when_decided(self):
        """No decision is needed for an order that breaks no rule any more."""
        self._rule()
        held = self._cart()
        self._poll(self._tx(held))
        held.order_line.product_uom_qty = 9
        self._login(self.salesman_all)
        self._call("sale.order", "action_review_decide", held.ids)
        self.assertEqual(held.state, "sale")
        self.assertFalse(held.review_decision_ids)
