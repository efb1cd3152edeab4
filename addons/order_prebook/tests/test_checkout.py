"""Checking out: quantities, procurement, the log, what cannot be done."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PrebookCommon


@tagged("post_install", "-at_install")
class TestCheckout(PrebookCommon):
    def _check_out(self, lines, quantities=None, role="sales"):
        return lines.with_user(self.users[role]).prebook_check_out(quantities)

    def test_nothing_moves_before(self):
        order = self._order((self.tulip, 10), (self.vase, 2))
        self.assertEqual(order.picking_ids.move_ids.product_id, self.vase)

    def test_line_by_line(self):
        order = self._order((self.tulip, 10), (self.rose, 5, {"prebook_by_hand": True}))
        tulips, roses = order.order_line
        self._check_out(tulips)
        self.assertEqual(
            (tulips.prebook_state, order.prebook_state), ("checked_out", "draft")
        )
        self.assertEqual(tulips.move_ids.product_uom_qty, 10)
        self.assertFalse(roses.move_ids)
        self._check_out(roses)
        self.assertEqual(order.prebook_state, "checked_out")
        self.assertEqual(roses.move_ids.product_uom_qty, 5)

    def test_in_part(self):
        order = self._order()
        line = order.order_line
        self._check_out(line, {line.id: 4})
        self.assertRecordValues(
            line,
            [
                {
                    "prebook_qty_checked_out": 4,
                    "prebook_qty_open": 6,
                    "prebook_state": "draft",
                }
            ],
        )
        self.assertEqual(sum(line.move_ids.mapped("product_uom_qty")), 4)
        self._check_out(line, {str(line.id): 6})
        self.assertEqual(line.prebook_state, "checked_out")
        self.assertEqual(sum(line.move_ids.mapped("product_uom_qty")), 10)

    def test_log_tells_who_and_how_much(self):
        order = self._order()
        line = order.order_line
        self._check_out(line, {line.id: 4}, role="cashier")
        self._check_out(line, None, role="allocation")
        self.assertRecordValues(
            self._log(order, "checkout"),
            [
                {"user_id": self.users["cashier"].id, "quantity": 4},
                {"user_id": self.users["allocation"].id, "quantity": 6},
            ],
        )
        self.assertIn("4.00 Units Prebook Tulip", str(order.message_ids[1].body))

    def test_log_is_append_only(self):
        order = self._order()
        self._check_out(order.order_line)
        log = self._log(order, "checkout")
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            log.quantity = 1
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            log.unlink()

    def test_dozens_are_procured_as_dozens(self):
        order = self._order((self.tulip, 3, {"product_uom_id": self.dozen.id}))
        line = order.order_line
        self._check_out(line, {line.id: 1})
        self.assertEqual(line.prebook_qty_open, 2)
        move = line.move_ids
        self.assertEqual(
            move.product_uom._compute_quantity(move.product_uom_qty, self.unit), 12
        )

    def test_two_orders_at_once(self):
        orders = self._order() + self._order()
        self._check_out(orders.order_line)
        self.assertEqual(orders.mapped("prebook_state"), ["checked_out"] * 2)

    def test_bad_quantities(self):
        order = self._order()
        line = order.order_line
        for quantity, text in (
            (0, "must be above zero"),
            (-1, "must be above zero"),
            (0.001, "must be above zero"),
            (10.5, r"10.50 Units cannot be checked out, 10.00 Units are open"),
            (1e9, "cannot be checked out"),
            (float("nan"), "is not a number"),
            (float("inf"), "is not a number"),
            ("3", "as a number"),
            ("1,5", "as a number"),
            (True, "as a number"),
            (None, "as a number"),
        ):
            with (
                self.subTest(quantity=quantity),
                self.assertRaisesRegex(UserError, text),
            ):
                self._check_out(line, {line.id: quantity})
        with self.assertRaisesRegex(UserError, "by line"):
            self._check_out(line, [line.id])
        with self.assertRaisesRegex(UserError, "not among the lines"):
            self._check_out(line, {line.id + 1000: 1})
        self.assertEqual(line.prebook_qty_checked_out, 0)

    def test_nothing_open(self):
        order = self._order((self.tulip, 1), (self.vase, 1))
        self._check_out(order.order_line)
        with self.assertRaisesRegex(UserError, "nothing to check out"):
            self._check_out(order.order_line)
        with self.assertRaisesRegex(UserError, "not an open prebook"):
            self._check_out(order.order_line, {order.order_line[1].id: 1})

    def test_one_bad_line_stops_all(self):
        order = self._order((self.tulip, 1), (self.tulip, 2))
        one, two = order.order_line
        with self.assertRaises(UserError):
            self._check_out(order.order_line, {one.id: 1, two.id: 5})
        self.assertEqual(one.prebook_qty_checked_out, 0)

    def test_locked_order(self):
        """A lock keeps what was agreed; it does not keep it from being delivered."""
        order = self._order()
        order.action_lock()
        self._check_out(order.order_line)
        self.assertTrue(order.locked)
        self.assertEqual(order.order_line.move_ids.product_uom_qty, 10)

    def test_quantity_of_a_prebook_changes(self):
        order = self._order()
        line = order.order_line
        self._check_out(line, {line.id: 4})
        with self.assertRaisesRegex(UserError, "4.00 Units are checked out"):
            line.product_uom_qty = 3
        line.product_uom_qty = 4
        self.assertEqual(order.prebook_state, "checked_out")
        line.product_uom_qty = 6
        self.assertEqual((order.prebook_state, line.prebook_qty_open), ("draft", 2))
        self.assertEqual(sum(line.move_ids.mapped("product_uom_qty")), 4)
        with self.assertRaisesRegex(UserError, "product or unit"):
            line.product_uom_id = self.dozen

    def test_procured_at_once(self):
        self.env.company.prebook_procure = "booking"
        order = self._order()
        line = order.order_line
        self.assertEqual(order.prebook_state, "draft")
        self.assertEqual(line.move_ids.product_uom_qty, 10)
        self.assertEqual(line.qty_to_invoice, 0)
        line.product_uom_qty = 12
        self.assertEqual(sum(line.move_ids.mapped("product_uom_qty")), 12)
        self._check_out(line)
        self.assertEqual(sum(line.move_ids.mapped("product_uom_qty")), 12)

    def test_setting_counts_for_new_bookings(self):
        before = self._order()
        self.env.company.prebook_procure = "booking"
        line = before.order_line
        line.product_uom_qty = 12
        self.assertFalse(line.move_ids)
        at_once = self._order()
        self.env.company.prebook_procure = "checkout"
        at_once.order_line.product_uom_qty = 8
        self.assertEqual(sum(at_once.order_line.move_ids.mapped("product_uom_qty")), 8)

    def test_nothing_leaves_unchecked(self):
        self.env.company.prebook_procure = "booking"
        self._stock(self.tulip, 10)
        order = self._order()
        line = order.order_line
        picking = order.picking_ids
        picking.action_assign()
        with self.assertRaisesRegex(UserError, "is not checked out"):
            picking.button_validate()
        self._check_out(line, {line.id: 4})
        picking.move_ids.quantity = 4
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(line.qty_delivered, 4)
        self.assertEqual(order.delivery_status, "partial")
        with self.assertRaisesRegex(UserError, "0.00 Units may be delivered"):
            order.picking_ids.filtered(lambda one: one.state != "done")._action_done()

    def test_delivered_in_part_is_not_fully_delivered(self):
        self._stock(self.tulip, 10)
        order = self._order()
        line = order.order_line
        self._check_out(line, {line.id: 4})
        order.picking_ids.button_validate()
        self.assertEqual(line.qty_delivered, 4)
        self.assertEqual(order.delivery_status, "partial")
        self._check_out(line)
        order.picking_ids.filtered(lambda one: one.state != "done").button_validate()
        self.assertEqual((line.qty_delivered, order.delivery_status), (10, "full"))

    def test_wizard(self):
        order = self._order((self.tulip, 10), (self.tulip, 3))
        many, few = order.order_line
        many.sudo().prebook_qty_arrived = 6
        action = order.with_user(self.users["sales"]).action_prebook_check_out()
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.users["sales"])
            .browse(action["res_id"])
        )
        self.assertEqual(wizard.line_ids.mapped("quantity"), [6, 3])
        wizard.action_take_open()
        self.assertEqual(wizard.line_ids.mapped("quantity"), [10, 3])
        wizard.action_take_arrived()
        self.assertEqual(wizard.line_ids.mapped("quantity"), [6, 0])
        wizard.action_check_out()
        self.assertRecordValues(
            many + few,
            [{"prebook_qty_checked_out": 6}, {"prebook_qty_checked_out": 0}],
        )
