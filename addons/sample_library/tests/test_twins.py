"""Duplicates: who asked for the same a short time ago."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestTwins(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.env["res.partner"].create(
            {"name": "Sample Colin", "parent_id": cls.studio.id}
        )
        cls.item.color_family = cls.other_item.color_family = "green"

    def setUp(self):
        super().setUp()
        self.first = self._send(self._order([(self.item, 1)], project="Lobby")).line_ids

    def _again(self, item=None, user=None, **vals):
        """The line of a draft of another showroom."""
        values = {
            "library_id": self.other_library.id,
            "person_id": self.other_designer.id,
            **vals,
        }
        order = self._order([(item or self.item, 1)], user=self.neighbour, **values)
        return order.line_ids

    def _twins(self, line):
        self.env.flush_all()
        return line._twins().get(line, line.browse())

    def test_same_designer(self):
        line = self._again(person_id=self.designer.id)
        self.assertEqual(self._twins(line), self.first)

    def test_same_firm(self):
        line = self._again(person_id=self.colleague.id)
        self.assertEqual(self._twins(line), self.first)

    def test_firm_itself(self):
        line = self._again(person_id=self.studio.id)
        self.assertEqual(self._twins(line), self.first)

    def test_same_project(self):
        self.assertEqual(self._twins(self._again(project=" lobby ")), self.first)
        self.assertFalse(self._twins(self._again(project="Attic")))

    def test_same_address(self):
        line = self._again(
            person_id=False, recipient_name="D.", recipient_email="DORA@example.com"
        )
        self.assertEqual(self._twins(line), self.first)

    def test_somebody_else(self):
        self.assertFalse(self._twins(self._again()))

    def test_another_color(self):
        line = self._again(self.other_item, person_id=self.designer.id)
        self.assertFalse(self._twins(line))
        self.mill.sample_duplicate_by_family = True
        self.assertEqual(self._twins(line), self.first)
        self.other_item.color_family = "red"
        self.assertFalse(self._twins(line))

    def test_same_item_of_another_company(self):
        there = self.env["res.company"].create({"name": "Sample There"})
        own = self.env["sample.item"].create(
            {
                "distributor_id": self.mill.id,
                "pattern": "WILLOW",
                "color": "sage",
                "company_id": there.id,
            }
        )
        order = self.env["sample.order"].create(
            {
                "company_id": there.id,
                "person_id": self.designer.id,
                "line_ids": [Command.create({"item_id": own.id})],
            }
        )
        self.assertEqual(self._twins(order.line_ids), self.first)

    def test_how_long_ago(self):
        line = self._again(person_id=self.designer.id)
        self.first.requested_at = fields.Datetime.now() - timedelta(days=31)
        self.assertFalse(self._twins(line))
        self.mill.sample_duplicate_days = 60
        self.assertEqual(self._twins(line), self.first)
        self.mill.sample_duplicate_days = 0
        self.assertFalse(self._twins(line))

    def test_what_was_not_sent_does_not_count(self):
        line = self._again(person_id=self.designer.id)
        for state in ("refused", "cancelled"):
            self.first.state = state
            self.assertFalse(self._twins(line))

    def test_twice_on_one_order(self):
        order = self._order([(self.loom_item, 1), (self.loom_item, 2)])
        one, two = order.line_ids
        self.assertFalse(self._twins(one) | self._twins(two))
        self._send(order)
        self.assertFalse(self._twins(one))
        self.assertEqual(self._twins(two), one)

    def test_in_words(self):
        words = {
            "name": "Alpaca  seven",
            "distributor_email": "a@example.com",
            "distributor_name": "Alpaca Ltd",
        }
        sent = self._order(line_ids=[Command.create(words)])
        self._send(sent)
        line = self._again(person_id=self.designer.id)
        line.write({"item_id": False, "distributor_id": False, **words})
        line.name = "ALPACA SEVEN"
        self.assertEqual(self._twins(line), sent.line_ids)
        line.distributor_email = "b@example.com"
        self.assertFalse(self._twins(line))

    def test_shipped_anyway_needs_a_reason(self):
        line = self._again(person_id=self.designer.id)
        request = self._send(line.order_id, user=self.neighbour)
        self.assertTrue(line.is_twin)
        self.assertFalse(self.first.is_twin)
        self.assertEqual((request.twin_count, line.order_id.twin_count), (1, 1))
        ship = {"line_id": line.id, "kind": "ship", "quantity": 1}
        with self.assertRaisesRegex(UserError, "Say why it is shipped anyway"):
            self._answer(request, ship)
        self._answer(request, {**ship, "override_reason": "The first one got lost"})
        self.assertEqual(request.entry_ids.override_reason, "The first one got lost")
        # the one that was first needs none
        self._answer(self.first.request_id, {**ship, "line_id": self.first.id})
        self.assertFalse(self.first.entry_ids.override_reason)

    def test_what_the_distributor_reads(self):
        line = self._again(person_id=self.designer.id)
        request = self._send(line.order_id, user=self.neighbour)
        mill = self._portal("mill", self.mill)
        (shown,) = self._call(mill, request, "desk_lines")
        (text,) = shown["twins"]
        for words in (
            "Sample Dora",
            "Lobby",
            "Sample Center",
            self.first.request_id.name,
        ):
            self.assertIn(words, text)

    def test_queries_do_not_grow_with_lines(self):
        items = [self._item("Many", f"c{number}") for number in range(30)]
        counts = []
        for some in (items[:1], items):
            lines = self._order([(item, 1) for item in some]).line_ids
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            lines._twins()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
