from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_division import DivisionCommon


@tagged("post_install", "-at_install")
class TestDivisionChanges(DivisionCommon):
    """What can be changed after confirmation, for all and for one."""

    def test_change_of_quantity_reaches_everybody(self):
        order = self._division_order()
        order.action_confirm()
        order.order_line.division_qty = 5
        self.assertEqual(order.order_line.product_uom_qty, 15)
        self.assertEqual(self._shares(order), self._everybody(display=5))
        order.order_line.division_qty = 3
        self.assertEqual(self._shares(order), self._everybody(display=3))
        self.assertEqual(len(order.picking_ids), 3)

    def test_not_less_than_somebody_got(self):
        order = self._division_order()
        order.action_confirm()
        row = order.recipient_ids[0]
        row.picking_ids.move_ids.picked = True
        row.picking_ids._action_done()
        with self.assertRaisesRegex(UserError, "Store 001"):
            order.order_line.division_qty = 1
        order.order_line.division_qty = 3
        self.assertEqual(self._shares(order), self._everybody(display=3))

    def test_change_before_the_job_came_by(self):
        self._many()
        order = self._division_order()
        order.action_confirm()
        self.env["sale.order.recipient"]._deliver_portion()
        order.order_line.division_qty = 4
        self._work()
        self.assertEqual(self._shares(order), self._everybody(display=4))

    def test_new_line_reaches_everybody(self):
        order = self._division_order()
        order.action_confirm()
        order.order_line = [
            Command.create({"product_id": self.lamp.id, "division_qty": 1})
        ]
        self.assertEqual(self._shares(order), self._everybody(display=2, lamp=1))

    def test_cancelled_recipient_is_not_bought_for_again(self):
        """One transfer is cancelled in the warehouse; then everybody gets more."""
        order = self._division_order()
        order.action_confirm()
        order.recipient_ids[0].picking_ids.action_cancel()
        order.order_line.division_qty = 3
        expected = self._everybody(display=3)
        expected[self.stores[0].name] = {}
        self.assertEqual(self._shares(order), expected)
        self.assertEqual(order.recipient_ids[0].state, "cancelled")

    def test_take_out_one(self):
        order = self._division_order()
        order.action_confirm()
        row = order.recipient_ids[0].with_user(self.salesman_all)
        row.action_take_out()
        self.assertEqual(order.order_line.product_uom_qty, 4)
        self.assertEqual(order.recipient_count, 2)
        order.order_line.division_qty = 3
        self.assertEqual(order.order_line.product_uom_qty, 6)
        expected = self._everybody(display=3)
        expected[self.stores[0].name] = {}
        self.assertEqual(self._shares(order), expected)
        with self.assertRaisesRegex(UserError, "nothing left"):
            row.action_take_out()
        row.action_resend()
        self.assertEqual(order.order_line.product_uom_qty, 9)
        self.assertEqual(self._shares(order), self._everybody(display=3))

    def test_take_out_keeps_what_was_shipped(self):
        order = self._division_order((self.display, 2), (self.lamp, 1))
        order.action_confirm()
        row = order.recipient_ids[0]
        lamps = row.picking_ids.move_ids.filtered(
            lambda move: move.product_id == self.lamp
        )
        lamps.picked = True
        row.picking_ids._action_done()  # makes a backorder of the displays
        self.assertEqual(row.state, "partial")
        row.action_take_out()
        by_product = {
            line.product_id: line.product_uom_qty for line in order.order_line
        }
        self.assertEqual(by_product, {self.display: 4, self.lamp: 3})
        self.assertEqual(row.state, "shipped")

    def test_replacement_of_a_lost_parcel(self):
        order = self._division_order()
        order.action_confirm()
        row = order.recipient_ids[0]
        row.picking_ids.move_ids.picked = True
        row.picking_ids._action_done()
        self.assertEqual(row.state, "shipped")
        self.assertEqual(order.delivery_status, "partial")
        row.action_resend()
        self.assertEqual(len(row.picking_ids), 2)
        replacement = row.picking_ids.filtered(lambda one: one.state != "done")
        self.assertEqual(replacement.partner_id, self.stores[0])
        replacement.move_ids.picked = True
        replacement._action_done()
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertEqual(len(order.order_line), 1)

    def test_another_address_for_one(self):
        order = self._division_order()
        order.action_confirm()
        row = order.recipient_ids[0]
        place = self.env["res.partner"].create(self._customer_vals("New Place"))
        wizard = (
            self.env["sale.order.recipient.address"]
            .with_user(self.salesman_all)
            .create({"recipient_id": row.id, "address_id": place.id})
        )
        wizard.action_replace()
        self.assertEqual(row.picking_ids.partner_id, place)
        self.assertEqual(row.picking_ids.move_ids.partner_id, place)
        self.assertEqual(row.partner_id, self.stores[0])
        place.city = False
        with self.assertRaisesRegex(UserError, "Complete its address"):
            order.recipient_ids[1]._replace_address(place)

    def test_rights_of_the_buttons(self):
        order = self._division_order(user_id=self.salesman_all.id)
        order.action_confirm()
        place = self.env["res.partner"].create(self._customer_vals("New Place"))
        for user in (self.salesman, self.billing, self.manager, self.portal):
            row = order.recipient_ids[0].with_user(user)
            for call in (
                row.action_take_out,
                row.action_resend,
                row.action_replace_address,
                lambda row=row: row._replace_address(place),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()
        self.assertEqual(self._shares(order), self._everybody(display=2))
