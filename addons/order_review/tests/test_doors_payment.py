"""Doors behind money: nothing is raised, the order is parked, staff are told."""

from odoo.tests import tagged

from .doors import HttpDoorCase

RECEIVED = "we received your order"


class PaymentDoorCase(HttpDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.providers = {
            key: cls._provider(key) for key in ("card", "wire", "cod", "on_site")
        }

    def _check_payment(self, state, provider, process, confirms=True):
        """The three promises, for a door behind money.

        :param str state: state of the payment when it is processed
        :param process: function that post-processes the transaction it is given
        :param bool confirms: whether core confirms an order at this door
        :return: the held order and its transaction
        """
        for quantity in (11, 3):
            order = self._cart((self.display, quantity))
            tx = self._tx(order, state, provider)
            process(tx)
            self.env.invalidate_all()
            self.assertEqual(order.state, "sale" if confirms else "sent")
            self.assertTrue(tx.is_post_processed)
            self.assertFalse(order.review_parked_at)
            self.assertFalse(self._activities(order))
            self.assertFalse(self._told_received(order))
            self._rule()
        held = self._cart((self.display, 11))
        tx = self._tx(held, state, provider)
        process(tx)
        self.env.invalidate_all()
        self._assert_parked(held)
        self.assertTrue(tx.is_post_processed)
        if state == "done":
            self.assertIn(tx.payment_id.state, ("in_process", "paid"))
        return held, tx

    def _told_received(self, order):
        return [
            subject for subject in self._mails_to_customer(order) if RECEIVED in subject
        ]

    def _assert_parked(self, order):
        self.assertEqual(order.state, "sent")
        self.assertEqual(order.review_state, "blocked")
        self.assertTrue(order.review_parked_at)
        activity = self._activities(order)
        self.assertEqual(len(activity), 1)
        self.assertIn(self.SENTENCE, activity.note)
        self.assertEqual(self._mails_to_customer(order), self._told_received(order))
        self.assertTrue(self._told_received(order))

    def _poll(self, tx):
        """What the payment status page does, in the session of the one who pays."""
        self.authenticate(
            None, None, session_extra={"__payment_monitored_tx_id__": tx.id}
        )
        answer = self._json("/payment/status/poll")
        self.assertEqual(answer["state"], tx.state)

    def _cron(self, _tx):
        """The scheduled action, as the scheduler runs it."""
        cron = self.env.ref("payment.cron_post_process_payment_tx")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def _button_of(self, user):
        def click(tx):
            self._login(user)
            self._button(tx, "action_post_process")

        return click


@tagged("post_install", "-at_install")
class TestDoorsPayment(PaymentDoorCase):
    # === EACH STATE, BY EACH CALLER === #

    def test_done_by_poll(self):
        self._check_payment("done", "card", self._poll)

    def test_done_by_cron(self):
        self._check_payment("done", "card", self._cron)

    def test_done_by_button(self):
        self._check_payment(
            "done", "card", self._button_of(self.env.ref("base.user_admin"))
        )

    def test_cash_on_delivery_by_button(self):
        self._check_payment(
            "pending", "cod", self._button_of(self.env.ref("base.user_admin"))
        )

    def test_authorized_by_poll(self):
        self._check_payment("authorized", "card", self._poll)

    def test_authorized_by_cron(self):
        self._check_payment("authorized", "card", self._cron)

    def test_wire_by_poll(self):
        self._check_payment("pending", "wire", self._poll, confirms=False)

    def test_wire_by_cron(self):
        self._check_payment("pending", "wire", self._cron, confirms=False)

    def test_cash_on_delivery_by_poll(self):
        self._check_payment("pending", "cod", self._poll)

    def test_cash_on_delivery_by_cron(self):
        self._check_payment("pending", "cod", self._cron)

    def test_pay_on_site_by_poll(self):
        self._check_payment("pending", "on_site", self._poll)

    def test_pay_on_site_by_cron(self):
        self._check_payment("pending", "on_site", self._cron)

    # === SEVERAL AT ONCE === #

    def test_held_order_does_not_stop_the_others(self):
        self._rule()
        cases = [
            (3, "done", "card"),
            (11, "done", "card"),
            (11, "authorized", "card"),
            (3, "pending", "cod"),
            (11, "pending", "cod"),
            (3, "pending", "on_site"),
            (3, "authorized", "card"),
        ]
        transactions = self.env["payment.transaction"]
        for quantity, state, provider in cases:
            order = self._cart((self.display, quantity))
            transactions |= self._tx(order, state, provider)
        transactions._post_process()
        for tx, (quantity, *_case) in zip(transactions, cases, strict=True):
            self.assertTrue(tx.is_post_processed)
            if quantity == 3:
                self.assertEqual(tx.sale_order_ids.state, "sale")
                self.assertFalse(tx.sale_order_ids.review_parked_at)
            else:
                self._assert_parked(tx.sale_order_ids)

    def test_last_ones_of_a_quota(self):
        """Both orders pass alone; only one of them is left in the quota."""
        self._rule(kind="quota", max_quantity=10, product_ids=self.display.ids)
        orders = self._cart((self.display, 6)) | self._cart((self.display, 6))
        transactions = self._tx(orders[0]) | self._tx(orders[1])
        transactions._post_process()
        self.assertEqual(sorted(orders.mapped("state")), ["sale", "sent"])
        self.assertEqual(transactions.mapped("is_post_processed"), [True, True])
        parked = orders.filtered(lambda order: order.state == "sent")
        self.assertTrue(parked.review_parked_at)
        self.assertTrue(self._activities(parked))

    def test_last_ones_of_a_quota_that_are_only_promised(self):
        """The same where nothing is paid yet: each is confirmed on its own."""
        for provider in ("cod", "on_site"):
            rule = self._rule(
                kind="quota", max_quantity=10, product_ids=self.display.ids
            )
            orders = self._cart((self.display, 6)) | self._cart((self.display, 6))
            orders |= self._cart((self.display, 4))
            transactions = self.env["payment.transaction"].union(
                *(self._tx(order, "pending", provider) for order in orders)
            )
            transactions._post_process()
            self.assertEqual(orders.mapped("state"), ["sale", "sent", "sale"])
            self.assertEqual(transactions.mapped("is_post_processed"), [True] * 3)
            self.assertTrue(orders[1].review_parked_at)
            self.assertIn("4 of 10 left", self._activities(orders[1]).note)
            self.assertTrue(self._told_received(orders[1]))
            self.assertFalse(orders[2].review_parked_at)
            orders.filtered(lambda order: order.state == "sale")._action_cancel()
            rule.active = False

    def test_one_order_paid_twice_over(self):
        """A second payment of a parked order asks staff no second time."""
        self._rule()
        order = self._cart()
        self._tx(order, "pending", "wire")._post_process()
        tx = self._tx(order)
        tx._post_process()
        self._assert_parked(order)
        self.assertTrue(tx.is_post_processed)

    def test_cart_grows_in_a_second_tab(self):
        """The payment page was opened for a small cart; then more was added."""
        self._rule()
        order = self._cart((self.display, 3))
        tx = self._tx(order, "draft")
        order._cart_add(product_id=self.display.id, quantity=8)
        self.assertEqual(order.order_line.product_uom_qty, 11)
        tx._set_done()
        self._poll(tx)
        self._assert_parked(order)
        self.assertTrue(tx.is_post_processed)

    def test_saved_card(self):
        """A payment that staff charge to a saved card."""
        self._rule()
        held = self._cart()
        token = self.env["payment.token"].create(
            {
                "provider_id": self.providers["card"].id,
                "payment_method_id": self.providers["card"].payment_method_ids.id,
                "payment_details": "1234",
                "partner_id": self.customer.id,
                "provider_ref": "review token",
            }
        )
        tx = self._tx(held, "draft", operation="offline", token_id=token.id)
        tx._set_done()
        self._cron(tx)
        self._assert_parked(held)
        self.assertTrue(tx.is_post_processed)
