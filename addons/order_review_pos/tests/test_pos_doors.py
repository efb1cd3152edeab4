"""A register settles quotations: refused before the money, parked behind it."""

import uuid

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.order_review.tests.doors import HttpDoorCase


@tagged("post_install", "-at_install")
class TestPosDoors(HttpDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cashier = cls._user(
            "cashier",
            "sales_team.group_sale_salesman_all_leads,point_of_sale.group_pos_user",
        )
        products = cls.display | cls.lamp
        products.write({"available_in_pos": True, "is_storable": True})
        journal = cls.env["account.journal"].create(
            {"name": "Review cash", "type": "cash", "code": "RVCSH"}
        )
        method = cls.env["pos.payment.method"].create(
            {"name": "Review cash", "journal_id": journal.id}
        )
        cls.config = cls.env["pos.config"].create(
            {"name": "Review shop", "payment_method_ids": [Command.set(method.ids)]}
        )
        cls.env.company.point_of_sale_update_stock_quantities = "real"
        cls.config.open_ui()
        cls.pos_session = cls.config.current_session_id
        cls.pos_session.set_opening_control(0, "")

    def setUp(self):
        super().setUp()
        self._login(self.cashier)

    def _pos_data(self, *orders):
        """What a register sends after the customer has paid these quotations."""
        lines = [
            Command.create(
                {
                    "product_id": line.product_id.id,
                    "qty": line.product_uom_qty,
                    "price_unit": line.price_unit,
                    "price_subtotal": line.price_total,
                    "price_subtotal_incl": line.price_total,
                    "discount": 0,
                    "tax_ids": [],
                    "pack_lot_ids": [],
                    "sale_order_line_id": line.id,
                    "sale_order_origin_id": line.order_id.id,
                }
            )
            for order in orders
            for line in order.order_line
        ]
        total = sum(order.amount_total for order in orders)
        return {
            "uuid": str(uuid.uuid4()),
            "name": f"Review {total}",
            "state": "paid",
            "session_id": self.pos_session.id,
            "user_id": self.cashier.id,
            "partner_id": self.customer.id,
            "pricelist_id": self.config.pricelist_id.id,
            "fiscal_position_id": False,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
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
                        "name": fields.Datetime.to_string(fields.Datetime.now()),
                        "payment_method_id": self.config.payment_method_ids.id,
                    }
                )
            ],
        }

    def _sync(self, *data, **context):
        answer = self._call("pos.order", "sync_from_ui", list(data), context=context)
        return self.env["pos.order"].browse([row["id"] for row in answer["pos.order"]])

    def _settle(self, order):
        pos_order = self._sync(self._pos_data(order))
        self.assertIn(pos_order.state, ("paid", "done"))
        return pos_order

    def _open_moves(self, order):
        return order.picking_ids.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and move.product_uom_qty
        )

    def _cashier_notes(self):
        self.env.cr.precommit.run()
        return [
            message.message
            for message in self.env["bus.bus"].sudo().search([])
            if "is held" in message.message
        ]

    def test_settled(self):
        held = self._check_door(self._settle, told=lambda pos_order: pos_order.exists())
        self.assertEqual(held.state, "sent")
        self.assertTrue(held.review_parked_at)
        self.assertIn(self.SENTENCE, self._activities(held).note)
        self.assertEqual(len(self._cashier_notes()), 1)
        self.assertFalse(held.picking_ids)

    def test_held_order_does_not_stop_the_others(self):
        self._rule()
        small, held, other = map(self._quotation, (3, 11, 4))
        pos_orders = self._sync(
            self._pos_data(small), self._pos_data(held), self._pos_data(other)
        )
        self.assertEqual(len(pos_orders), 3)
        self.assertEqual(set(pos_orders.mapped("state")), {"paid"})
        self.assertEqual(
            (small | held | other).mapped("state"), ["sale", "sent", "sale"]
        )

    def test_what_was_handed_over_is_not_corrected(self):
        """The customer has left with 11: the order must not say 10."""
        rule = self._rule(
            kind="correction",
            correction="cap",
            max_quantity=10,
            product_ids=[Command.set(self.display.ids)],
            is_overridable=True,
        )
        held = self._quotation(11)
        self.assertEqual(held.review_state, "clear", "confirming would correct it")
        self._settle(held)
        self.assertEqual(held.order_line.product_uom_qty, 11)
        self.assertRecordValues(held, [{"state": "sent", "review_state": "blocked"}])
        self.assertTrue(held.review_parked_at)
        self._login(self.review_manager)
        self._call("sale.order", "action_review_decide", held.ids, reason="He has them")
        self.assertEqual(held.state, "sale")
        self.assertEqual(held.order_line.product_uom_qty, 11)
        self.assertEqual(held.review_decision_ids.rule_id, rule)

    def test_two_quotations_in_one_payment(self):
        self._rule()
        small, held = self._quotation(3), self._quotation(11)
        self._sync(self._pos_data(small, held))
        self.assertEqual((small | held).mapped("state"), ["sale", "sent"])

    def test_refused_before_the_money(self):
        def load(order):
            return self._call(
                "sale.order", "load_sale_order_from_pos", order.ids, self.config.id
            )

        big = self._quotation(11)
        self.assertTrue(load(big))
        self._rule()
        self.assertTrue(load(self._quotation(3)))
        self._assert_refused(load, big)
        confirmed = self._quotation(3)
        confirmed.action_confirm()
        self.assertTrue(load(confirmed))

    def test_released_order_delivers_nothing_twice(self):
        control = self._quotation(11)
        self._settle(control)
        self._rule(is_overridable=True)
        held = self._quotation(11)
        self._settle(held)
        self._login(self.review_manager)
        self._call(
            "sale.order", "action_review_decide", held.ids, reason="He took them along"
        )
        self.assertEqual(held.state, "sale")
        self.assertFalse(held.review_parked_at)
        for order in control, held:
            self.assertEqual(order.order_line.qty_delivered, 11)
            self.assertFalse(self._open_moves(order))
        self.assertEqual(
            held.order_line.qty_to_invoice, control.order_line.qty_to_invoice
        )

    def test_context_does_not_settle(self):
        """That a register is at work is nothing a client can claim."""
        self._rule()
        order = self._quotation(11)
        for key in ("settling", "order_review_pos_settling", "pos_session_id"):
            self._assert_refused(
                lambda k=key: self._call(
                    "sale.order", "action_confirm", order.ids, context={k: True}
                )
            )
        self.assertFalse(order.review_parked_at)

    def test_confirm_after_a_settlement(self):
        """What is raised for others is raised again once the register is done."""
        self._rule()
        self._settle(self._quotation(11))
        self._login(self.salesman_all)
        order = self._quotation(11)
        self._assert_refused(self._call, "sale.order", "action_confirm", order.ids)
