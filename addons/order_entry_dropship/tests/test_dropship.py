from odoo import Command
from odoo.tests import tagged

from odoo.addons.order_entry.tests.common_division import DivisionCommon


@tagged("post_install", "-at_install")
class TestDropship(DivisionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create(cls._customer_vals("Vera Vendor"))
        route = cls.env.ref("stock_dropshipping.route_drop_shipping")
        cls.display.write(
            {
                "route_ids": [Command.set(route.ids)],
                "seller_ids": [
                    Command.create({"partner_id": cls.vendor.id, "price": 4.0})
                ],
            }
        )

    def _purchases(self, order):
        return self.env["purchase.order"].search(
            [("reference_ids", "in", order.stock_reference_ids.ids)], order="id"
        )

    def test_one_purchase_for_each_recipient(self):
        """Each purchase ships to its recipient; goods from stock go the usual way."""
        order = self._division_order((self.display, 2), (self.lamp, 1))
        order.action_confirm()
        purchases = self._purchases(order)
        self.assertEqual(purchases.dest_address_id, self.stores)
        self.assertEqual(len(purchases), 3)
        self.assertEqual(purchases.order_line.mapped("product_qty"), [2, 2, 2])
        self.assertEqual(purchases.division_recipient_id, order.recipient_ids)
        self.assertEqual(self._shares(order), self._everybody(lamp=1))
        purchases.button_confirm()
        self.assertEqual(purchases.mapped("dest_address_id"), self.stores)
        self.assertEqual(self._shares(order), self._everybody(display=2, lamp=1))
        ships = order.picking_ids.filtered(
            lambda one: one.picking_type_code == "dropship"
        )
        self.assertEqual(ships.division_recipient_id, order.recipient_ids)

    def test_nothing_is_bought_twice(self):
        order = self._division_order()
        order.action_confirm()
        order._division_launch()
        self.assertEqual(len(self._purchases(order)), 3)
        order.order_line.division_qty = 3
        purchases = self._purchases(order)
        self.assertEqual(purchases.order_line.mapped("product_qty"), [3, 3, 3])
        order.order_line.division_qty = 1
        self.assertEqual(purchases.order_line.mapped("product_qty"), [1, 1, 1])

    def test_cancelled_recipient_is_not_bought_for_again(self):
        order = self._division_order()
        order.action_confirm()
        row = order.recipient_ids[0]
        row.action_take_out()
        order.order_line.division_qty = 3
        alive = self._purchases(order).filtered(lambda one: one.state != "cancel")
        self.assertEqual(alive.division_recipient_id, order.recipient_ids - row)
        self.assertEqual(alive.order_line.mapped("product_qty"), [3, 3])

    def test_buyer_is_told_to_call_off(self):
        order = self._division_order()
        order.action_confirm()
        purchases = self._purchases(order)
        purchases.button_confirm()
        order.recipient_ids[0].action_take_out()
        told = purchases.filtered("activity_ids")
        self.assertEqual(told.division_recipient_id, order.recipient_ids[0])

    def test_another_address(self):
        order = self._division_order()
        order.action_confirm()
        purchases = self._purchases(order)
        place = self.env["res.partner"].create(self._customer_vals("New Place"))
        order.recipient_ids[0]._replace_address(place)
        self.assertEqual(purchases[0].dest_address_id, place)
        purchases[0].button_confirm()
        self.assertEqual(purchases[0].dest_address_id, place)
        self.assertEqual(purchases[1:].dest_address_id, self.stores[1:])

    def test_ordinary_dropship(self):
        """An order for nobody's division ships to its own address."""
        order = self._order((self.display, 2), partner_shipping_id=self.stores[0].id)
        order.action_confirm()
        purchase = self._purchases(order)
        self.assertEqual(purchase.dest_address_id, self.stores[0])
        self.assertFalse(purchase.division_recipient_id)
