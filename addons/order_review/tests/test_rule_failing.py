"""A rule that cannot be checked any more holds what it would have checked."""

from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..exceptions import ReviewError
from .common import ReviewCommon

COMPILE = "odoo.addons.order_review.models.sale_review_rule_compile"


@tagged("post_install", "-at_install")
class TestRuleFailing(ReviewCommon):
    def _spoil(self, rule, domain):
        """Give a rule a condition that no form would have accepted."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_review_rule SET domain = %s WHERE id = %s", [domain, rule.id]
        )
        rule.invalidate_recordset()
        self.env.registry.clear_cache()

    def _condition(self, **vals):
        return self._rule(
            kind="domain", domain="[('client_order_ref', '=', 'x')]", **vals
        )

    def _check_held(self, domain):
        """The order is blocked, everybody is told, the log has one line."""
        rule = self._condition()
        self._spoil(rule, domain)
        with self.assertLogs(COMPILE, "WARNING") as logs:
            order = self._order((self.display, 1))
            self.assertEqual(order.review_state, "blocked")
            order._review_touch()
            self.assertEqual(order.review_state, "blocked")
            with self.assertRaises(ReviewError) as refusal:
                order.action_confirm()
        self.assertIn("could not be checked", str(refusal.exception))
        self.assertEqual(len(logs.records), 1, logs.output)
        self.assertTrue(rule.last_error)
        self.assertIn("could not be checked", order.review_finding_ids.message)
        return rule, order

    def _check_mended(self, rule, order):
        rule.domain = "[('client_order_ref', '=', 'y')]"
        self.assertFalse(rule.last_error)
        order._review_touch()
        self.assertEqual(order.review_state, "clear")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_field_that_vanished(self):
        self._check_mended(*self._check_held("[('gone_with_its_module', '=', 1)]"))

    def test_a_text_that_is_no_condition(self):
        self._check_mended(*self._check_held("[('client_order_ref',"))

    def test_a_statement_that_fails(self):
        self._check_mended(*self._check_held("[('amount_total', '=', 'many')]"))

    def test_it_recovers_by_itself_when_it_works_again(self):
        rule, order = self._check_held("[('gone_with_its_module', '=', 1)]")
        # as when the module that has the field is installed again
        self._spoil(rule, "[('client_order_ref', '=', 'x')]")
        order._review_touch()
        self.assertEqual(order.review_state, "clear")
        self.assertFalse(rule.last_error)

    def test_other_rules_are_checked_all_the_same(self):
        for domain in ("[('gone', '=', 1)]", "[('amount_total', '=', 'many')]"):
            broken = self._condition(severity="inform")
            self._spoil(broken, domain)
            sound = self._rule(
                kind="domain", domain="[('amount_total', '>', 5)]", severity="warn"
            )
            limit = self._rule(severity="approve")
            with self.assertLogs(COMPILE, "WARNING"):
                findings = self._order().review_finding_ids
            self.assertEqual(findings.rule_id, broken | sound | limit)
            self.assertEqual(
                findings.filtered(lambda f, rule=broken: f.rule_id == rule).severity,
                "block",
            )
            (broken | sound | limit).active = False

    def test_orders_outside_of_its_scope_are_not_held(self):
        rule = self._condition(partner_ids=[Command.set(self.other_customer.ids)])
        self._spoil(rule, "[('gone', '=', 1)]")
        with self.assertLogs(COMPILE, "WARNING"):
            self.assertEqual(self._order((self.display, 1)).review_state, "clear")

    def test_what_was_just_written_is_not_lost(self):
        """The failing statement is rolled back, not what was flushed for it."""
        rule = self._condition()
        order = self._order((self.display, 1))
        self._spoil(rule, "[('note', '!=', 'x'), ('amount_total', '=', 'many')]")
        with self.assertLogs(COMPILE, "WARNING"):
            order.note = "just written"
            self.assertEqual(order.review_state, "blocked")
        order.invalidate_recordset()
        self.assertIn("just written", order.note)

    def test_only_what_has_run_before_runs_without_a_savepoint(self):
        """Savepoints cost as much as the statement they protect."""

        def savepoints():
            order._review_touch()
            with patch.object(
                type(self.env.cr), "savepoint", autospec=True, side_effect=real
            ) as savepoint:
                self.assertEqual(order.review_state, "clear")
            return savepoint.call_count

        real = type(self.env.cr).savepoint
        order = self._order((self.display, 1))
        rule = self._condition()
        self.assertEqual([savepoints(), savepoints()], [1, 0])
        rule.domain = "[('amount_total', '<', 0)]"
        self.assertEqual([savepoints(), savepoints()], [1, 0])
        # the statement is another one each day
        rule.domain = "[('date_order', '<', '-10y')]"
        self.assertEqual([savepoints(), savepoints()], [1, 1])

    def test_no_decision_lets_it_pass(self):
        rule = self._condition(is_overridable=True)
        rule.domain = "[('client_order_ref', '=', False)]"
        order = self._order((self.display, 1))
        order.with_user(self.review_manager).action_review_decide("It is fine")
        self.assertEqual(order.review_state, "clear")
        self._spoil(rule, "[('gone', '=', 1)]")
        with self.assertLogs(COMPILE, "WARNING"):
            order._review_touch()
            self.assertEqual(order.review_state, "blocked")

    def test_a_fault_of_the_engine_holds_the_orders(self):
        rule = self._rule(kind="product_hold", product_ids=[Command.set(self.lamp.ids)])
        order = self._order((self.display, 1))
        self.assertEqual(order.review_state, "clear")

        def fail(*args, **kwargs):
            raise ValueError("a fault of ours")

        facts = self.env.registry["sale.review.facts"]
        with (
            self.assertLogs(
                "odoo.addons.order_review.models.sale_review_engine", "ERROR"
            ),
        ):
            self.patch(facts, "_line_facts", fail)
            order._review_touch()
            self.assertEqual(order.review_state, "blocked")
            with self.assertRaises(ReviewError):
                order.action_confirm()
        self.assertEqual(order.review_finding_ids.rule_id, rule)
