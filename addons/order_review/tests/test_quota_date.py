"""Quotas count an order from when it passed the gate, not from the date it bears."""

import importlib.util
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools.misc import file_path, mute_logger

from .doors import HttpDoorCase, Refused


@tagged("post_install", "-at_install")
class TestQuotaDate(HttpDoorCase):
    def setUp(self):
        super().setUp()
        self._login(self.salesman_all)

    def _quota(self):
        self._rule(
            kind="quota",
            max_quantity=5,
            period="month",
            product_ids=[Command.set(self.display.ids)],
        )

    def _confirm(self, order):
        self._call("sale.order", "action_confirm", order.ids)

    def test_an_earlier_date_frees_no_quota(self):
        self._quota()
        first = self._quotation(5)
        self._confirm(first)
        passed_at = first.review_confirmed_at
        self.assertTrue(passed_at)
        long_ago = fields.Datetime.now() - timedelta(days=400)
        self._call(
            "sale.order",
            "write",
            first.ids,
            {"date_order": fields.Datetime.to_string(long_ago)},
        )
        self.assertEqual(first.date_order.date(), long_ago.date())
        self.assertEqual(first.review_confirmed_at, passed_at)
        second = self._quotation(1)
        self._assert_refused(self._confirm, second, sentence="0 of 5 left")
        self.assertFalse(second.review_confirmed_at)
        self.env["sale.order"].browse(first.id)._action_cancel()
        self.env.flush_all()
        self._confirm(second)
        self.assertEqual(second.state, "sale")

    def test_only_what_passes_now_gets_a_new_instant(self):
        first, second = self._quotation(1), self._quotation(1)
        self._confirm(first)
        first.review_confirmed_at = "2001-01-01"
        (first | second).write({"state": "sale"})
        self.assertEqual(first.review_confirmed_at.year, 2001)
        self.assertGreater(second.review_confirmed_at.year, 2001)

    def test_born_with_an_earlier_date(self):
        self._quota()
        order_id = self._call(
            "sale.order",
            "create",
            {
                "partner_id": self.customer.id,
                "state": "sale",
                "date_order": "2001-01-01 00:00:00",
                "order_line": [
                    [0, 0, {"product_id": self.display.id, "product_uom_qty": 5}]
                ],
            },
        )
        order = self.env["sale.order"].browse(order_id)
        self.assertEqual(order.date_order.year, 2001)
        self.assertGreater(order.review_confirmed_at.year, 2001)
        self._assert_refused(self._confirm, self._quotation(1), sentence="0 of 5 left")

    def test_orders_that_passed_before_there_was_a_rule(self):
        first = self._quotation(5)
        self._confirm(first)
        self.assertTrue(first.review_confirmed_at)
        self._quota()
        self._assert_refused(self._confirm, self._quotation(1), sentence="0 of 5 left")

    def test_orders_from_before_the_gate_count_by_their_date(self):
        first = self._quotation(5)
        first.action_confirm()
        first.review_confirmed_at = False  # as the add-on finds them when installed
        self._quota()
        second = self._quotation(1)
        self.assertEqual(second.review_state, "blocked")
        first.date_order = fields.Datetime.now() - timedelta(days=400)
        second._review_touch()
        self.assertEqual(second.review_state, "clear")

    def test_only_the_system_writes_it(self):
        order = self._quotation(5)
        self._confirm(order)
        passed_at = order.review_confirmed_at
        with mute_logger("odoo.http"):
            for values in (
                {"review_confirmed_at": "2001-01-01 00:00:00"},
                {"review_confirmed_at": False},
            ):
                with self.assertRaises(Refused):
                    self._call("sale.order", "write", order.ids, values)
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(self.salesman_all).create(
                {
                    "partner_id": self.customer.id,
                    "review_confirmed_at": "2001-01-01 00:00:00",
                }
            )
        self.assertEqual(order.review_confirmed_at, passed_at)
        self.assertFalse(order.copy().review_confirmed_at)

    def test_confirmed_again_it_counts_from_then_on(self):
        with freeze_time("2026-01-10 12:00:00"):
            order = self._quotation(5)
            order.action_confirm()
        order._action_cancel()
        order.action_draft()
        with freeze_time("2026-02-10 12:00:00"):
            order.action_confirm()
        self.assertEqual(order.review_confirmed_at.month, 2)

    def test_migration(self):
        """Orders confirmed by version 19.0.1.0.0 keep counting by their date."""
        order, draft = self._quotation(5), self._quotation(5)
        order.action_confirm()
        order.write({"date_order": "2026-03-04 05:06:07", "review_confirmed_at": False})
        self.env.flush_all()
        migrate = load_migration()
        migrate(self.env.cr, "")
        self.env.invalidate_all()
        self.assertFalse(order.review_confirmed_at, "a new installation")
        migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(order.review_confirmed_at, order.date_order)
        self.assertFalse(draft.review_confirmed_at)


def load_migration():
    """The function of the migration script, which is no module of a package."""
    path = file_path("order_review/migrations/19.0.1.1.0/post-migrate.py")
    spec = importlib.util.spec_from_file_location("order_review_migration", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.migrate
