"""Tricks of somebody who writes his own requests: none of them opens a door."""

from functools import partial
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from ..exceptions import ReviewError
from .doors import HttpDoorCase, Refused

#: Everything that code reads from the context to leave something out.
CONTEXT = {
    "active_test": False,
    "create_for_project_id": 1,
    "disable_project_task_generation": True,
    "from_website": True,
    "import_file": True,
    "install_mode": True,
    "mail_create_nolog": True,
    "mail_notrack": True,
    "no_reset_password": True,
    "prefetch_fields": False,
    "skip_procurement": True,
    "skip_review": True,
    "skip_sale_auto_invoice_send": True,
    "test_enable": True,
    "tracking_disable": True,
    "uid": 1,
    "su": True,
    "review_bypass": True,
    "default_review_state": "clear",
    "default_review_parked_at": "2020-01-01 00:00:00",
}


class DoorsEvasionCase(HttpDoorCase):
    def setUp(self):
        super().setUp()
        self._login(self.salesman_all)

    def _confirm(self, order, **context):
        return self._call("sale.order", "action_confirm", order.ids, context=context)

    def _assert_denied(self, *args, **kwargs):
        with self.assertRaises(Refused) as caught, mute_logger("odoo.http"):
            self._call(*args, **kwargs)
        return str(caught.exception)

    def _create(self, quantity=11, context=None, **vals):
        order_id = self._call(
            "sale.order",
            "create",
            {
                "partner_id": self.customer.id,
                "order_line": [
                    [
                        0,
                        0,
                        {"product_id": self.display.id, "product_uom_qty": quantity},
                    ]
                ],
                **vals,
            },
            context=context or {},
        )
        return self.env["sale.order"].browse(order_id)

    # === FORGED VALUES === #

    def _decision_vals(self, rule, order):
        return {
            "order_id": order.id,
            "company_id": self.env.company.id,
            "rule_id": rule.id,
            "action": "override",
            "user_id": self.env.ref("base.user_admin").id,
            "product_id": self.display.id,
            "asked": 1000,
            "partner_shipping_id": self.customer.id,
        }

    # === REFUSALS SWALLOWED === #

    def _swallow(self, call):
        """What code does that catches everything and goes on."""
        try:
            call()
        except ReviewError as error:
            return str(error)
        return None


@tagged("post_install", "-at_install")
class TestDoorsEvasion(DoorsEvasionCase):
    # === CONTEXT === #

    def test_context_keys(self):
        self._rule()
        for key, value in CONTEXT.items():
            with self.subTest(key=key):
                order = self._quotation(11)
                context = {key: value}
                self._assert_refused(partial(self._confirm, order, **context))
                write = partial(self._call, "sale.order", "write", order.ids)
                vals = {"state": "sale"}
                self._assert_refused(partial(write, vals, context=context))
                self.assertEqual(order.state, "draft")
        order = self._quotation(11)
        self._assert_refused(lambda: self._confirm(order, **CONTEXT))

    # === OTHER MODULES === #

    def test_somebody_on_the_way_catches_the_refusal(self):
        """The order must not stay confirmed because a module swallows the exception."""
        self._rule()
        order = self._quotation(11)
        write = self.env.registry["sale.order"].write

        def swallow(orders, vals):
            try:
                return write(orders, vals)
            except ReviewError:
                return True

        with patch.object(self.env.registry["sale.order"], "write", swallow):
            self._assert_refused(partial(self._confirm, order))
        self.assertEqual(order.state, "draft")

    # === FIELDS === #

    def test_default_of_a_protected_field(self):
        rule = self._rule(is_overridable=True)
        order = self._create(
            context={
                "default_review_state": "clear",
                "default_review_parked_at": "2020-01-01 00:00:00",
                "default_ordering_user_id": self.env.ref("base.user_admin").id,
                "default_review_decision_ids": [
                    [0, 0, self._decision_vals(rule, self.env["sale.order"])]
                ],
            }
        )
        self.assertEqual(order.review_state, "blocked")
        self.assertFalse(order.review_parked_at)
        self.assertFalse(order.review_decision_ids)
        self.assertEqual(order.ordering_user_id, self.salesman_all)
        self._assert_refused(self._confirm, order)

    def test_date_of_a_decision(self):
        self._rule(is_overridable=True)
        order = self._quotation(11)
        self._login(self.review_manager)
        self._call(
            "sale.order",
            "action_review_decide",
            order.ids,
            reason="ok",
            context={
                "default_decided_at": "2020-01-01 00:00:00",
                "default_user_id": self.salesman.id,
            },
        )
        decision = order.review_decision_ids
        self.assertGreater(decision.decided_at.year, 2020)
        self.assertEqual(decision.user_id, self.review_manager)

    def test_protected_fields(self):
        rule = self._rule(is_overridable=True)
        order = self._quotation(11)
        forged = {
            "review_state": "clear",
            "review_parked_at": "2020-01-01 00:00:00",
            "ordering_user_id": self.env.ref("base.user_admin").id,
            "review_decision_ids": [[0, 0, self._decision_vals(rule, order)]],
            "review_finding_ids": [[5, 0, 0]],
            "review_correction_ids": [[5, 0, 0]],
        }
        for name, value in forged.items():
            with self.subTest(name=name):
                text = self._assert_denied(
                    "sale.order", "write", order.ids, {name: value}
                )
                self.assertIn(name, text)
                self._assert_denied(
                    "sale.order",
                    "create",
                    {"partner_id": self.customer.id, name: value},
                )
        self.assertEqual(order.review_state, "blocked")
        self._assert_refused(self._confirm, order)

    def test_own_decision(self):
        rule = self._rule(is_overridable=True)
        order = self._quotation(11)
        self._assert_denied(
            "sale.review.decision", "create", self._decision_vals(rule, order)
        )
        self._login(self.review_manager)
        self._assert_denied(
            "sale.review.decision", "create", self._decision_vals(rule, order)
        )
        self._assert_refused(self._confirm, order)

    def test_decision_of_another_order(self):
        self._rule(is_overridable=True)
        order, other = self._quotation(11), self._quotation(11)
        self._login(self.review_manager)
        self._call("sale.order", "action_review_decide", other.ids, reason="ok")
        decision = other.review_decision_ids
        self._assert_denied(
            "sale.review.decision", "write", decision.ids, {"order_id": order.id}
        )
        self._assert_denied("sale.review.decision", "unlink", decision.ids)
        self._assert_denied(
            "sale.order",
            "write",
            order.ids,
            {"review_decision_ids": [[4, decision.id, 0]]},
        )
        self._assert_refused(self._confirm, order)

    def test_own_findings_and_locks(self):
        self._rule()
        order = self._quotation(11)
        self.assertEqual(order.review_state, "blocked")
        self._assert_denied(
            "sale.review.finding", "unlink", order.review_finding_ids.ids
        )
        self._assert_denied("sale.review.lock", "create", {"name": "x"})
        self._assert_denied("sale.review.lock", "search", [])
        self._assert_refused(self._confirm, order)

    def test_totals(self):
        self._rule(kind="amount", measure="total", amount_max=500)
        forged = {"amount_total": 1, "amount_untaxed": 1, "amount_tax": 0}
        order = self._order((self.lamp, 100))
        self._call("sale.order", "write", order.ids, forged)
        self.assertEqual(order.amount_total, 3000)
        self._assert_refused(self._confirm, order, sentence="is above")
        self._assert_refused(
            lambda: self._call(
                "sale.order", "write", order.ids, {"state": "sale", **forged}
            ),
            sentence="is above",
        )
        self._call(
            "sale.order.line",
            "write",
            order.order_line.ids,
            {"price_subtotal": 1, "price_total": 1, "price_tax": 0},
        )
        self.assertEqual(order.order_line.price_subtotal, 3000)
        self.assertEqual(order.amount_total, 3000)
        born = self._create(100, amount_total=1, amount_untaxed=1)
        self.assertEqual(born.amount_total, 1000)
        self._assert_refused(self._confirm, born, sentence="is above")

    def test_line_that_claims_to_be_confirmed(self):
        """Goods of such a line would leave the house while the order is a draft."""
        self._rule()
        order = self._quotation(1)
        line = {
            "order_id": order.id,
            "product_id": self.display.id,
            "product_uom_qty": 11,
        }
        self._assert_denied("sale.order.line", "create", {**line, "state": "sale"})
        self._assert_denied(
            "sale.order.line", "write", order.order_line.ids, {"state": "sale"}
        )
        self._call("sale.order.line", "create", line, context={"default_state": "sale"})
        self.assertEqual(set(order.order_line.mapped("state")), {"draft"})
        self.assertFalse(order.picking_ids)

    def test_marks_of_a_line(self):
        self._rule()
        marks = [
            {"is_downpayment": True},
            {"is_delivery": True},
            {"is_expense": True},
            {"display_type": "line_section"},
        ]
        for mark in marks:
            with self.subTest(mark=mark):
                order = self._quotation(11)
                try:
                    with mute_logger("odoo.http", "odoo.sql_db"):
                        self._call(
                            "sale.order.line", "write", order.order_line.ids, mark
                        )
                except Refused:
                    self.assertIn("display_type", mark)
                self._assert_refused(self._confirm, order)
