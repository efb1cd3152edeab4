"""Holding, cancelling, reading."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PrebookCommon


@tagged("post_install", "-at_install")
class TestDesk(PrebookCommon):
    def test_hold(self):
        order = self._order()
        line = order.order_line.with_user(self.users["allocation"])
        line.action_prebook_hold()
        with self.assertRaisesRegex(UserError, "is on hold"):
            line.prebook_check_out()
        with self.assertRaisesRegex(UserError, "are on hold"):
            line.action_prebook_check_out()
        line.action_prebook_unhold()
        line.prebook_check_out()
        self.assertEqual(line.prebook_state, "checked_out")
        self.assertRecordValues(
            self._log(order, "hold") + self._log(order, "unhold"),
            [{"user_id": self.users["allocation"].id}] * 2,
        )

    def test_held_line_is_not_bought(self):
        self.env.company.prebook_procure = "booking"
        order = self._order(confirm=False)
        line = order.order_line.with_user(self.users["sales"])
        line.action_prebook_hold()
        order.action_confirm()
        self.assertFalse(line.move_ids)
        line.action_prebook_unhold()
        self.assertEqual(line.move_ids.product_uom_qty, 10)
        with self.assertRaisesRegex(UserError, "was procured when it was booked"):
            line.action_prebook_hold()

    def test_cancel_what_is_open(self):
        order = self._order((self.tulip, 10), (self.vase, 1))
        line = order.order_line[0]
        line.prebook_check_out({line.id: 4})
        line.with_user(self.users["sales"]).prebook_cancel()
        self.assertRecordValues(
            line,
            [
                {
                    "product_uom_qty": 4,
                    "prebook_qty_cancelled": 6,
                    "prebook_state": "checked_out",
                }
            ],
        )
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.amount_untaxed, 50)
        with self.assertRaisesRegex(UserError, "checked out or cancelled already"):
            line.prebook_cancel()

    def test_emptied_order_is_cancelled(self):
        order = self._order()
        order.order_line.with_user(self.users["sales"]).prebook_cancel()
        self.assertEqual(
            (order.state, order.prebook_state, order.amount_total),
            ("cancel", "cancelled", 0),
        )

    def test_cancel_takes_back_what_was_procured(self):
        self.env.company.prebook_procure = "booking"
        order = self._order((self.tulip, 10), (self.vase, 1))
        line = order.order_line[0]
        line.prebook_check_out({line.id: 4})
        line.prebook_cancel()
        self.assertEqual(sum(line.move_ids.mapped("product_uom_qty")), 4)

    def test_cancel_on_a_locked_order(self):
        order = self._order((self.tulip, 10), (self.vase, 1))
        order.action_lock()
        order.order_line[0].prebook_cancel()
        self.assertTrue(order.locked)
        self.assertEqual(order.order_line[0].prebook_state, "cancelled")

    def test_read_marks(self):
        purchaser = self._user("purchaser", "order_prebook.group_purchaser")
        order = self._order()
        line = order.order_line
        line.with_user(purchaser).action_prebook_read()
        self.assertEqual(line.prebook_read_uid, purchaser)
        self.assertTrue(line.prebook_read_date)
        line.product_uom_qty = 11
        self.assertFalse(line.prebook_read_uid)
        self.assertRecordValues(
            self._log(order, "read"), [{"user_id": purchaser.id, "quantity": 10}]
        )
