"""Quantities in disguise, refusals that are swallowed, rules switched off."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_doors_evasion import DoorsEvasionCase


@tagged("post_install", "-at_install")
class TestDoorsDisguise(DoorsEvasionCase):
    def test_swallowed_refusal(self):
        self._rule()
        order, confirmed = self._quotation(11), self._quotation(8)
        confirmed.action_confirm()
        line = confirmed.order_line
        moves = confirmed.picking_ids.move_ids
        before = self.env["sale.order"].search_count([])
        values = {"product_id": self.display.id, "product_uom_qty": 11}
        for call in (
            order.action_confirm,
            lambda: order.write({"state": "sale"}),
            lambda: self._order((self.display, 11), state="sale"),
            lambda: order.copy({"state": "sale"}),
            lambda: line.write({"product_uom_qty": 11}),
            lambda: line.create({"order_id": confirmed.id, **values}),
            lambda: confirmed.write({"order_line": [Command.create(values)]}),
        ):
            self.assertIn(self.SENTENCE, self._swallow(call))
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(order.state, "draft")
            self.assertEqual(self.env["sale.order"].search_count([]), before)
            self.assertEqual(confirmed.order_line, line)
            self.assertEqual(line.product_uom_qty, 8)
            self.assertEqual(sum(moves.mapped("product_uom_qty")), 8)

    # === QUANTITIES IN DISGUISE === #

    def test_disguised_quantities(self):
        self._rule()
        cases = {
            "negative line": [(self.display, 11), (self.display, -5)],
            "two lines": [(self.display, 6), (self.display, 5)],
            "a dozen": [(self.display, 1, {"product_uom_id": self.dozen.id})],
            "a dozen less than none": [
                (self.display, 11),
                (self.display, -1, {"product_uom_id": self.dozen.id}),
            ],
            "free of charge": [(self.display, 11, {"price_unit": 0})],
            "full discount": [(self.display, 11, {"discount": 100})],
        }
        for name, lines in cases.items():
            with self.subTest(case=name):
                self._assert_refused(self._confirm, self._order(*lines))

    def test_sections(self):
        self._rule()
        order = self._order(
            order_line=[
                Command.create({"display_type": "line_section", "name": "A"}),
                self._line(self.display, 6),
                Command.create({"display_type": "line_subsection", "name": "B"}),
                self._line(self.display, 5),
                Command.create({"display_type": "line_note", "name": "C"}),
            ]
        )
        self._assert_refused(self._confirm, order)

    def test_combo(self):
        self._rule()
        combo = self.env["product.combo"].create(
            {
                "name": "Display or lamp",
                "combo_item_ids": [
                    Command.create({"product_id": self.display.id}),
                    Command.create({"product_id": self.lamp.id}),
                ],
            }
        )
        product = self.env["product.product"].create(
            self._product_vals(
                "Review Set", type="combo", combo_ids=[Command.link(combo.id)]
            )
        )
        order = self._order((product, 11))
        self.env["sale.order.line"].create(
            {
                "order_id": order.id,
                "product_id": self.display.id,
                "product_uom_qty": 11,
                "combo_item_id": combo.combo_item_ids[0].id,
                "linked_line_id": order.order_line.id,
            }
        )
        self._assert_refused(self._confirm, order)

    # === RULES SWITCHED OFF === #

    def test_rule_archived_by_salesman(self):
        rule = self._rule()
        for user in (self.salesman, self.salesman_all, self.billing):
            self._login(user)
            for method, args in (
                ("write", [{"active": False}]),
                ("write", [{"max_quantity": 1000}]),
                ("action_archive", []),
                ("unlink", []),
            ):
                with self.subTest(user=user.login, method=method):
                    self._assert_denied("sale.review.rule", method, rule.ids, *args)
        self.assertTrue(rule.active)
        self.assertEqual(rule.max_quantity, 10)

    def test_decided_by_one_who_may_not(self):
        self._rule(is_overridable=True)
        order = self._quotation(11)
        self._assert_denied("sale.order", "action_review_decide", order.ids, "please")
        self.assertFalse(order.review_decision_ids)
        with self.assertRaises(AccessError):
            order.with_user(self.portal).action_review_decide("please")
        self._assert_refused(self._confirm, order)

    def test_hard_block_for_the_manager(self):
        self._rule()
        order = self._quotation(11)
        self._login(self.review_manager)
        self._assert_denied("sale.order", "action_review_decide", order.ids, "please")
        self._assert_refused(self._confirm, order)

    def test_private_methods(self):
        order = self._quotation(11)
        for method in (
            "_review_decide",
            "_review_park",
            "_review_unpark",
            "_review_confirm_released",
            "_review_apply",
        ):
            self._assert_denied("sale.order", method, order.ids)
