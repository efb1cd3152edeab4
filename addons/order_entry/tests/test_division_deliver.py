from odoo import Command
from odoo.tests import tagged

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
