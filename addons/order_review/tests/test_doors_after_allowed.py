"""Doors behind the confirmation: an order that grows is judged like a new one."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from .test_doors_after import DoorsAfterConfirmationCase


@tagged("post_install", "-at_install")
class TestDoorsAfterAllowed(DoorsAfterConfirmationCase):
    # === WHAT MUST STAY POSSIBLE === #

    def test_downwards(self):
        self._rule()
        order = self._confirmed()
        self._write_line(product_uom_qty=2)(order)
        self.assertEqual(order.order_line.product_uom_qty, 2)

    def test_downwards_while_still_over_the_limit(self):
        order = self._confirmed((self.display, 20))
        self._rule()
        self._write_line(product_uom_qty=15)(order)
        self.assertEqual(order.order_line.product_uom_qty, 15)
        self._assert_refused(self._write_line(product_uom_qty=16), order)

    def test_other_changes_of_an_order_over_the_limit(self):
        order = self._confirmed((self.display, 20))
        self._rule()
        self._write_order(client_order_ref="PO 12")(order)
        self._write_line(name="Another text")(order)
        self._write_order(order_line=[[0, 0, {"product_id": self.lamp.id}]])(order)
        self.assertEqual(len(order.order_line), 2)

    def test_locked_order(self):
        self._rule()
        order = self._confirmed()
        order.action_lock()
        with self.assertRaises(UserError), mute_logger("odoo.http"):
            order.order_line.product_uom_qty = 11
        self.assertEqual(order.order_line.product_uom_qty, 8)

    def test_cancelled_order_set_back(self):
        """Not a way round: what was confirmed once is judged again."""
        self._rule()
        order = self._confirmed()
        order.action_cancel()
        self._call("sale.order", "action_draft", order.ids)
        self._write_line(product_uom_qty=11)(order)
        self._assert_refused(self._call, "sale.order", "action_confirm", order.ids)

    def test_delivered_more_than_ordered(self):
        """What has left the house is a fact; the order itself does not grow."""
        self._rule()
        order = self._confirmed()
        self._deliver(order, 12)
        self.assertEqual(order.order_line.qty_delivered, 12)
        self.assertEqual(order.order_line.product_uom_qty, 8)

    def test_delivered_what_was_not_ordered(self):
        self._rule()
        order = self._confirmed((self.lamp, 1))
        self._deliver(order, 12, self.display)
        line = order.order_line.filtered(lambda line: line.product_id == self.display)
        self.assertEqual((line.product_uom_qty, line.qty_delivered), (0, 12))
        self._assert_refused(
            self._call, "sale.order.line", "write", line.ids, {"product_uom_qty": 12}
        )
