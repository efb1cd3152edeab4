from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models import sale_order_recipient, sale_order_recipient_deliver
from .common_division import DivisionCommon

#: What differs between two transfers that are alike.
_OWN = {
    "id",
    "name",
    "create_date",
    "write_date",
    "division_recipient_id",
    "partner_id",
    "access_token",
}
#: What differs between two moves that are alike.
_OWN_MOVE = {
    "id",
    "create_date",
    "write_date",
    "picking_id",
    "partner_id",
    "date",
    "reference",  # the number of the transfer
}


@tagged("post_install", "-at_install")
class TestDivisionDeliver(DivisionCommon):
    maxDiff = None

    def _stored(self, records, skip):
        """The stored values of records, as PostgreSQL has them."""
        self.env.flush_all()
        names = [
            name
            for name, field in records._fields.items()
            if field.store and field.column_type and name not in skip
        ]
        self.env.cr.execute(
            f"SELECT {', '.join(names)} FROM {records._table} "
            "WHERE id = ANY(%s) ORDER BY id",
            [records.ids],
        )
        return [dict(zip(names, row, strict=True)) for row in self.env.cr.fetchall()]

    def _leave_to_core(self):
        """Have every job done by core's own procurement."""
        self.patch(
            self.registry["sale.order.line"], "_is_division_kit", lambda line: True
        )

    def _storable(self):
        (self.display | self.lamp).is_storable = True

    # === THE SHORT WAY === #

    def test_copies_are_what_core_makes(self):
        """Column by column, transfers made at once are those of core."""
        self._storable()
        fast = self._division_order((self.display, 2), (self.lamp, 1))
        fast.action_confirm()
        self._leave_to_core()
        slow = self._division_order((self.display, 2), (self.lamp, 1))
        slow.action_confirm()
        for one, other in zip(fast.recipient_ids, slow.recipient_ids, strict=True):
            ours = self._stored(one.picking_ids, _OWN | {"origin", "sale_id"})
            theirs = self._stored(other.picking_ids, _OWN | {"origin", "sale_id"})
            for row in ours + theirs:
                row.pop("scheduled_date", None)
                row.pop("date_deadline", None)
            self.assertEqual(ours, theirs)
            skip = _OWN_MOVE | {
                "origin",
                "sale_line_id",
                "date_deadline",
                "procurement_values",
            }
            self.assertEqual(
                self._stored(one.picking_ids.move_ids, skip),
                self._stored(other.picking_ids.move_ids, skip),
            )
            self.assertEqual(one.picking_ids.partner_id, other.picking_ids.partner_id)
            self.assertEqual(
                one.picking_ids.move_ids.reference_ids, one.stock_reference_id
            )
            self.assertEqual(
                len(one.picking_ids.message_ids), len(other.picking_ids.message_ids)
            )

    def test_stock_is_reserved(self):
        self._storable()
        location = self.warehouse.lot_stock_id
        self.env["stock.quant"]._update_available_quantity(self.display, location, 5)
        order = self._division_order()
        order.action_confirm()
        quantities = sorted(order.picking_ids.move_ids.mapped("quantity"))
        self.assertEqual(quantities, [1, 2, 2])

    def test_orderpoint_orders_for_all(self):
        """What is missing for all recipients is ordered, once."""
        self._storable()
        other = self.env["stock.location"].create(
            {"name": "Reserve store", "location_id": self.warehouse.view_location_id.id}
        )
        route = self.env["stock.route"].create(
            {
                "name": "Fetch from the reserve",
                "product_selectable": True,
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Reserve to stock",
                            "action": "pull",
                            "location_src_id": other.id,
                            "location_dest_id": self.warehouse.lot_stock_id.id,
                            "picking_type_id": self.warehouse.int_type_id.id,
                        }
                    )
                ],
            }
        )
        self.display.route_ids = route
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": self.display.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "product_min_qty": 0,
                "product_max_qty": 0,
                "trigger": "auto",
            }
        )
        order = self._division_order()
        order.action_confirm()
        fetched = self.env["stock.move"].search(
            [("product_id", "=", self.display.id), ("location_id", "=", other.id)]
        )
        self.assertEqual(sum(fetched.mapped("product_uom_qty")), 6)

    # === LEFT TO CORE === #

    def test_made_to_order(self):
        """Each recipient's share is fetched for him."""
        self._storable()
        other = self.env["stock.location"].create(
            {"name": "Workshop", "location_id": self.warehouse.view_location_id.id}
        )
        customers = self.head.property_stock_customer
        route = self.env["stock.route"].create(
            {
                "name": "Make to order",
                "product_selectable": True,
                "sequence": 0,
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Stock to customer, made to order",
                            "action": "pull",
                            "procure_method": "make_to_order",
                            "location_src_id": self.warehouse.lot_stock_id.id,
                            "location_dest_id": customers.id,
                            "picking_type_id": self.warehouse.out_type_id.id,
                        }
                    ),
                    Command.create(
                        {
                            "name": "Workshop to stock",
                            "action": "pull",
                            "location_src_id": other.id,
                            "location_dest_id": self.warehouse.lot_stock_id.id,
                            "picking_type_id": self.warehouse.int_type_id.id,
                        }
                    ),
                ],
            }
        )
        self.display.route_ids = route
        order = self._division_order()
        order.action_confirm()
        moves = order.order_line.move_ids.filtered(
            lambda move: move.picking_code == "outgoing"
        )
        self.assertEqual(moves.mapped("product_uom_qty"), [2, 2, 2])
        self.assertEqual(moves.picking_id.partner_id, self.stores)
        self.assertEqual(set(moves.mapped("state")), {"waiting"})
        self.assertEqual(sum(moves.move_orig_ids.mapped("product_uom_qty")), 6)

    def test_delivery_in_two_steps(self):
        """Picked and then shipped, both for one recipient."""
        self._storable()
        self.warehouse.delivery_steps = "pick_ship"
        self.env["stock.quant"]._update_available_quantity(
            self.display, self.warehouse.lot_stock_id, 100
        )
        order = self._division_order()
        order.action_confirm()
        picks = order.picking_ids
        self.assertEqual(len(picks), 3)
        self.assertNotIn("outgoing", picks.mapped("picking_type_code"))
        self.assertEqual(picks.division_recipient_id, order.recipient_ids)
        picks.move_ids.picked = True
        picks._action_done()
        ships = order.picking_ids - picks
        self.assertEqual(set(ships.mapped("picking_type_code")), {"outgoing"})
        self.assertEqual(len(ships), 3)
        self.assertEqual(ships.partner_id, self.stores)
        self.assertEqual(ships.division_recipient_id, order.recipient_ids)

    # === IN THE BACKGROUND === #

    def _many(self, above=1, portion=2):
        """Have the job in the background do it, in small portions."""
        self.patch(sale_order_recipient, "DEFER_ABOVE", above)
        self.patch(sale_order_recipient_deliver, "PORTION", portion)

    def test_many_recipients_in_the_background(self):
        self._many()
        self._storable()
        self.env["stock.quant"]._update_available_quantity(
            self.display, self.warehouse.lot_stock_id, 100
        )
        order = self._division_order()
        order.action_confirm()
        self.assertFalse(order.picking_ids)
        self.assertEqual(set(order.recipient_ids.mapped("state")), {"waiting"})
        cron = self.env.ref("order_entry.ir_cron_division_deliver")
        self.assertTrue(
            self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]),
            "nobody starts the job",
        )
        Recipient = self.env["sale.order.recipient"]
        self.assertEqual(Recipient._deliver_portion(), 2)
        self.env.invalidate_all()
        self.assertEqual(
            order.recipient_ids.mapped("state"), ["open", "open", "waiting"]
        )
        self.assertEqual(Recipient._deliver_portion(), 1)
        self.assertEqual(self._work(), 2)  # both portions are reserved
        self.assertEqual(self._shares(order), self._everybody(display=2))
        self.assertEqual(set(order.recipient_ids.mapped("state")), {"ready"})
        self.assertEqual(self._work(), 0)

    def test_cron_commits_and_counts(self):
        """The real job, through the scheduler's own method."""
        self._many()
        order = self._division_order()
        order.action_confirm()
        cron = self.env.ref("order_entry.ir_cron_division_deliver")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self._shares(order), self._everybody(display=2))

    def test_one_failure_does_not_stop_the_others(self):
        self._many(portion=50)
        order = self._division_order()
        order.action_confirm()
        bad = order.recipient_ids[1]
        jobs = self.registry["sale.order.recipient"]._deliver

        def deliver(recipients):
            if bad in recipients:
                raise UserError("No way to this place")
            return jobs(recipients)

        self.patch(self.registry["sale.order.recipient"], "_deliver", deliver)
        self._work()
        self.env.invalidate_all()
        self.assertEqual(bad.state, "failed")
        self.assertIn("No way", bad.error)
        self.assertIn("No way", order.message_ids[:1].body)
        self.assertEqual(
            (order.recipient_ids - bad).mapped("state"), ["ready", "ready"]
        )
        self.patch(self.registry["sale.order.recipient"], "_deliver", jobs)
        bad.action_resend()
        self._work()
        self.assertEqual(self._shares(order), self._everybody(display=2))

    def test_cancelled_order_is_not_delivered(self):
        self._many()
        order = self._division_order()
        order.action_confirm()
        self.env["sale.order.recipient"]._deliver_portion()
        order._action_cancel()
        self._work()
        self.assertEqual(self._shares(order), {store.name: {} for store in self.stores})

    def test_locked_order_is_delivered(self):
        self._many()
        order = self._division_order()
        order.action_confirm()
        order.action_lock()
        self._work()
        self.assertEqual(self._shares(order), self._everybody(display=2))

    # === CHANGES === #

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
