"""A register settles orders with goods that are booked ahead."""

import uuid

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.order_prebook.tests.common import PrebookCommon


@tagged("post_install", "-at_install")
class TestCounter(PrebookCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till = cls._user(
            "till",
            "sales_team.group_sale_salesman_all_leads,point_of_sale.group_pos_user",
        )
        (cls.tulip | cls.vase).available_in_pos = True
        journal = cls.env["account.journal"].create(
            {"name": "Prebook cash", "type": "cash", "code": "PBCSH"}
        )
        method = cls.env["pos.payment.method"].create(
            {"name": "Prebook cash", "journal_id": journal.id}
        )
        cls.config = cls.env["pos.config"].create(
            {"name": "Flower stall", "payment_method_ids": [Command.set(method.ids)]}
        )
        cls.env.company.point_of_sale_update_stock_quantities = "real"
        cls.config.open_ui()
        cls.pos_session = cls.config.current_session_id
        cls.pos_session.set_opening_control(0, "")

    def _load(self, order):
        """What a register does before it settles an order.

        :return: what it is told about each line
        """
        order = order.with_user(self.till)
        order.load_sale_order_from_pos(self.config.id)
        return order.order_line.read_converted()

    def _settle(self, order, quantity=None):
        """Send what the register sends once the customer has paid.

        :param float quantity: of each line; all of it if it is not given
        """
        lines = [
            Command.create(
                {
                    "product_id": line.product_id.id,
                    "qty": quantity or line.product_uom_qty,
                    "price_unit": line.price_unit,
                    "price_subtotal": line.price_unit
                    * (quantity or line.product_uom_qty),
                    "price_subtotal_incl": line.price_unit
                    * (quantity or line.product_uom_qty),
                    "discount": 0,
                    "tax_ids": [],
                    "pack_lot_ids": [],
                    "sale_order_line_id": line.id,
                    "sale_order_origin_id": order.id,
                }
            )
            for line in order.order_line
        ]
        total = sum(values["price_subtotal_incl"] for _op, _id, values in lines)
        now = fields.Datetime.to_string(fields.Datetime.now())
        data = {
            "uuid": str(uuid.uuid4()),
            "name": f"Prebook {order.name}",
            "state": "paid",
            "session_id": self.pos_session.id,
            "user_id": self.till.id,
            "partner_id": order.partner_id.id,
            "pricelist_id": self.config.pricelist_id.id,
            "fiscal_position_id": False,
            "date_order": now,
            "amount_tax": 0,
            "amount_total": total,
            "amount_paid": total,
            "amount_return": 0,
            "to_invoice": False,
            "lines": lines,
            "payment_ids": [
                Command.create(
                    {
                        "amount": total,
                        "name": now,
                        "payment_method_id": self.config.payment_method_ids.id,
                    }
                )
            ],
        }
        self.env["pos.order"].with_user(self.till).sync_from_ui([data])
        self.env.invalidate_all()
        return data

    def test_open_prebook_is_not_settled(self):
        order = self._order((self.tulip, 10), (self.vase, 1))
        with self.assertRaisesRegex(UserError, "Prebook Tulip"):
            self._load(order)
        order.order_line[:1].with_user(self.users["cashier"]).prebook_check_out()
        self.assertEqual(
            [row["product_uom_qty"] for row in self._load(order)], [10.0, 1.0]
        )
        self._settle(order)
        self.assertEqual(order.order_line.mapped("qty_invoiced"), [10.0, 1.0])

    def test_down_payment_is_taken_for_an_open_prebook(self):
        """It loads the order, and does not ask for quantities."""
        order = self._order().with_user(self.till)
        self.assertTrue(order.load_sale_order_from_pos(self.config.id)["sale.order"])

    def test_what_was_sold_all_the_same_is_checked_out_once(self):
        order = self._order()
        data = self._settle(order, quantity=4)
        line = order.order_line
        self.assertEqual(line.prebook_qty_checked_out, 4)
        self.assertEqual(line.prebook_state, "draft")
        entry = self._log(order, "checkout")
        self.assertEqual((entry.quantity, entry.user_id), (4, self.till))
        self.env["pos.order"].with_user(self.till).sync_from_ui([data])
        self.assertEqual(len(self._log(order, "checkout")), 1)
        self._settle(order, quantity=6)
        self.assertEqual(line.prebook_state, "checked_out")
        self.assertEqual(line.qty_delivered, 10)
        self.assertFalse(order.picking_ids)

    def test_settled_quotation_is_handed_over(self):
        order = self._order(confirm=False)
        self._load(order)
        self._settle(order)
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.order_line.is_prebook)
        self.assertEqual(order.order_line.qty_invoiced, 10)

    def test_lines_that_may_not_be_read_are_not_told(self):
        order = self._order()
        with self.assertRaises(AccessError):
            order.order_line.with_user(self.portal).read_converted()
