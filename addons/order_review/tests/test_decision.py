"""Decisions on real orders: taken in the dialog, kept, lapsing when exceeded."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..exceptions import ReviewError
from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestDecisions(ReviewCommon):
    def _decide(self, order, reason="They open a new shop", user=None):
        order.with_user(user or self.review_manager).action_review_decide(reason)
        return order.review_decision_ids[:1]

    def _dialog(self, order, user):
        action = order.with_user(user).action_review_open()
        return Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
        )

    def test_a_decision_keeps_the_facts(self):
        rule = self._rule(severity="approve")
        order = self._order((self.display, 12, {"price_unit": 9}))
        decision = self._decide(order)
        self.assertRecordValues(
            decision,
            [
                {
                    "order_id": order.id,
                    "order_ref": order.name,
                    "rule_id": rule.id,
                    "action": "release",
                    "user_id": self.review_manager.id,
                    "partner_id": self.customer.id,
                    "reason": "They open a new shop",
                    "product_id": self.display.id,
                    "asked": 12,
                    "allowed": 10,
                    "price": 9,
                    "partner_shipping_id": self.customer.id,
                }
            ],
        )
        self.assertTrue(decision.decided_at)
        self.assertEqual(order.review_state, "clear")
        self.assertEqual(order.review_finding_ids.decision_id, decision)
        self.assertIn("They open a new shop", order.message_ids[0].body)
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_it_survives_edits_downwards_and_lapses_upwards(self):
        self._rule(severity="approve")
        order = self._order((self.display, 20))
        self._decide(order)
        line = order.order_line
        other = self.env["res.partner"].create({"name": "Elsewhere"})
        for record, vals, state in (
            (line, {"product_uom_qty": 15}, "clear"),
            (line, {"price_unit": 8}, "clear"),
            (line, {"product_uom_qty": 21}, "waiting"),
            (line, {"product_uom_qty": 20, "price_unit": 11}, "waiting"),
            (line, {"price_unit": 10}, "clear"),
            (order, {"partner_shipping_id": other.id}, "waiting"),
            (order, {"partner_shipping_id": self.customer.id}, "clear"),
        ):
            record.write(vals)
            self.assertEqual(order.review_state, state, vals)

    def test_a_line_that_is_split_stays_covered(self):
        self._rule(severity="approve")
        order = self._order((self.display, 20))
        self._decide(order)
        order.order_line.product_uom_qty = 8
        order.order_line = [self._line(self.display, 12)]
        self.assertEqual(order.review_state, "clear")
        order.order_line[0].unlink()
        self.assertEqual(order.review_state, "clear")

    def test_lines_of_a_confirmed_order_may_be_moved(self):
        """What was broken when it was confirmed stays tolerated in any order."""
        order = self._order((self.display, 8), (self.display, 8))
        order.action_confirm()
        self._rule()
        first, second = order.order_line
        order.order_line = [
            Command.update(first.id, {"sequence": 20}),
            Command.update(second.id, {"sequence": 10}),
        ]
        with self.assertRaises(ReviewError):
            order.order_line = [Command.update(first.id, {"product_uom_qty": 9})]

    def test_a_decision_on_a_margin(self):
        self.display.standard_price = 9
        self._rule(
            kind="amount",
            measure="margin_percent",
            has_amount_max=False,
            has_amount_min=True,
            amount_min=15,
            severity="approve",
        )
        order = self._order((self.display, 10))  # 10 %
        self._decide(order)
        order.order_line.price_unit = 9.9
        self.assertEqual(order.review_state, "waiting")

    def test_a_reason_is_obligatory_except_for_a_warning(self):
        rule = self._rule(severity="approve")
        order = self._order()
        for reason in (None, "", "   "):
            with self.assertRaises(UserError) as refusal:
                self._decide(order, reason)
            self.assertIn("reason", str(refusal.exception))
        rule.severity = "warn"
        order._review_touch()
        self.assertEqual(self._decide(order, None).action, "acknowledge")

    def test_dialog_for_a_warning(self):
        self._rule(severity="warn")
        order = self._order(user_id=self.salesman.id)
        action = order.with_user(self.salesman).action_review_confirm()
        self.assertEqual(action["res_model"], "sale.review.decide")
        dialog = self._dialog(order, self.salesman)
        self.assertTrue(dialog.can_confirm)
        self.assertFalse(dialog.needs_reason)
        dialog.save().action_decide_confirm()
        self.assertEqual(order.state, "sale")
        self.assertEqual(order.review_decision_ids.user_id, self.salesman)

    def test_dialog_for_one_who_may_only_ask(self):
        self._rule(severity="approve")
        order = self._order(user_id=self.salesman.id)
        dialog = self._dialog(order, self.salesman)
        self.assertFalse(dialog.can_decide or dialog.can_confirm)
        dialog.save().action_request()
        self.assertEqual(len(self._activities(order)), 1)
        self.assertEqual(self._activities(order).user_id, self._responsible(order))
        self._dialog(order, self.salesman).save().action_request()
        self.assertEqual(len(self._activities(order)), 1, "asked once")
        self.assertEqual(order.state, "draft")
        # the manager releases it, and it is confirmed as the salesman asked
        self._dialog(order, self.review_manager)
        dialog = self._dialog(order, self.review_manager)
        dialog.reason = "Agreed"
        dialog.save().action_decide()
        self.assertEqual(order.state, "sale")
        self.assertFalse(self._activities(order))
        self.assertFalse(order.review_parked_at)

    def _responsible(self, order):
        return order._review_responsible()

    def test_dialog_for_one_who_may_decide_on_a_part(self):
        self._rule(severity="warn")
        self._rule(kind="amount", amount_max=50, severity="approve")
        order = self._order(user_id=self.salesman.id)
        dialog = self._dialog(order, self.salesman)
        self.assertTrue(dialog.can_decide)
        self.assertFalse(dialog.can_confirm)
        dialog.save().action_decide()
        self.assertEqual(order.review_decision_ids.action, "acknowledge")
        self.assertEqual(order.review_state, "waiting")

    def test_several_selected(self):
        self._rule()
        orders = self._order((self.display, 1)) | self._order() | self._order()
        answer = orders.with_user(self.salesman_all).action_review_confirm()["params"]
        self.assertEqual(orders.mapped("state"), ["sale", "draft", "draft"])
        self.assertIn("1 orders confirmed.", answer["message"])
        for held in orders[1:]:
            self.assertIn(f"{held.name} cannot be confirmed", answer["message"])
        # line breaks are shown as such, and the text is no markup
        self.assertEqual(answer["className"], "text-prewrap")
        self.assertEqual(answer["message"].count("\n"), 4)

    def test_decisions_outlive_the_order(self):
        self._rule(severity="approve")
        order = self._order()
        decision, name = self._decide(order), order.name
        order._action_cancel()
        order.unlink()
        decision.invalidate_recordset()
        self.assertFalse(decision.order_id)
        self.assertEqual(decision.order_ref, name)

    def test_a_rule_with_decisions_is_archived_not_deleted(self):
        rule = self._rule(severity="approve")
        self._decide(self._order())
        with self.assertRaises(UserError):
            rule.unlink()
        rule.action_archive()
        self.assertFalse(rule.active)

    def test_lists_can_be_exported(self):
        rule = self._rule(severity="approve")
        order = self._order()
        self._decide(order)
        exporter = self._user(
            "exporter", "order_review.group_review_user,base.group_allow_export"
        )
        for records, names in (
            (order.review_finding_ids, ["order_id", "rule_id", "message", "asked"]),
            (order.review_decision_ids, ["order_ref", "rule_id", "reason", "asked"]),
        ):
            rows = records.with_user(exporter).export_data(names)["datas"]
            self.assertEqual(len(rows), 1)
            self.assertIn(rule.name, rows[0])
            self.assertIn(order.name, rows[0])
