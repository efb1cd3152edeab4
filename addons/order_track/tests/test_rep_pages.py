"""The pages of a sales rep: counters, lists, searches, one customer, one order."""

import re
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .rep_common import UPS, RepHttpCase


@tagged("post_install", "-at_install")
class TestRepPages(RepHttpCase):
    def setUp(self):
        super().setUp()
        self.late = self._late_order(self.harbor, client_order_ref="PO-LATE")
        self.arrived = self._arrived_order(self.desk)
        self.open = self._order_of(self.cove)
        self.foreign = self._late_order(self.bloom)
        self.due = self._follow_up(self.ada, order_id=self.late.id)
        self._follow_up(self.ada, self.harbor, due_on="2090-01-01")
        self._log_in(self.ada)

    def test_counters_are_the_length_of_their_lists(self):
        page = self._page("/my/rep")
        counters = dict(
            re.findall(r'data-count="(\w+)">(\d+)<', re.sub(r"\s*\n\s*", "", page))
        )
        self.assertEqual(
            counters,
            {"late": "1", "due": "1", "arrived": "1", "open": "2", "customers": "2"},
        )
        for which, orders in (
            ("late", self.late),
            ("arrived", self.arrived),
            ("open", self.open | self.late),
            ("closed", self.arrived),
            ("follow_up", self.late),
            ("all", self.open | self.late | self.arrived),
        ):
            listed = self._listed(self._page(f"/my/rep/orders?which={which}"))
            self.assertEqual(sorted(listed), sorted(orders.ids), which)
        listed = self._listed(self._page("/my/rep/customers"), "customer")
        self.assertEqual(sorted(listed), sorted((self.harbor | self.cove).ids))
        page = self._page("/my/rep/follow-ups")
        self.assertEqual(page.count('o_track_rep_follow_up"'), 1)
        self.assertEqual(
            self._page("/my/rep/follow-ups?which=open").count('o_track_rep_follow_up"'),
            2,
        )

    def test_late_parcel(self):
        self._deliver(self.late, ref=UPS)
        self.assertFalse(self._listed(self._page("/my/rep/orders?which=late")))
        self.late.parcel_ids.expected_on = "2024-03-01"
        page = self._page("/my/rep/orders?which=late")
        self.assertEqual(self._listed(page), self.late.ids)

    def test_arrived_is_the_day_of_the_rep(self):
        """What came just before midnight came yesterday, where he is."""
        _today, begin, _end = (
            self.env["sale.order"].with_user(self.ada)._track_rep_today()
        )
        event = self.arrived.parcel_ids.event_ids
        for at, listed in (
            (begin, self.arrived.ids),
            (begin - timedelta(seconds=1), []),
        ):
            event.unlink()
            event = event.create(
                {
                    "parcel_id": self.arrived.parcel_ids.id,
                    "kind": "delivered",
                    "at": at,
                }
            )
            page = self._page("/my/rep/orders?which=arrived")
            self.assertEqual(self._listed(page), listed)

    def test_search_orders(self):
        self.lamp.default_code = "LAMP-7"
        for search, orders in (
            (self.late.name, self.late),
            ("harbor", self.late | self.arrived),
            ("po-late", self.late),
            ("lamp-7", self.late | self.arrived | self.open),
            (UPS.lower(), self.arrived),
            ("5E0205271", self.arrived),
            ("%", self.env["sale.order"]),
            (self.foreign.name, self.env["sale.order"]),
            ("bloom", self.env["sale.order"]),
        ):
            page = self._page(f"/my/rep/orders?which=all&search={search}")
            self.assertEqual(sorted(self._listed(page)), sorted(orders.ids), search)

    def test_search_customers(self):
        for search, partners in (
            ("harb", self.harbor),
            ("kiel", self.cove),
            ("4930 1234567", self.harbor),
            ("h77", self.harbor),
            ("dora", self.harbor),
            ("bloom", self.env["res.partner"]),
        ):
            page = self._page(f"/my/rep/customers?search={search}")
            listed = self._listed(page, "customer")
            self.assertEqual(listed, partners.ids, search)

    def test_customer(self):
        page = self._page(f"/my/rep/customers/{self.harbor.id}")
        self.assertTrue('href="tel:+49301234567"' in page, 'href="tel:+49301234567"')
        self.assertTrue(
            'href="mailto:harbor@example.com"' in page,
            'href="mailto:harbor@example.com"',
        )
        self.assertTrue(
            "https://www.google.com/maps/dir/?api=1&amp;destination=1%20Quay" in page,
            "https://www.google.com/maps/dir/?api=1&amp;destination=1%20Quay",
        )
        self.assertTrue('href="geo:0,0?q=1%20Quay' in page, 'href="geo:0,0?q=1%20Quay')
        self.assertTrue("Dora Desk" in page, "Dora Desk")
        self.assertTrue("Call about fabric" in page, "Call about fabric")
        self.assertEqual(set(self._listed(page)), set((self.late | self.arrived).ids))

    def test_hostile_searches(self):
        for text in ("a%00b", "%25_%5C", "%F0%9F%98%80", "x" * 5000, "'\"<b>"):
            self._page(f"/my/rep/orders?which=all&search={text}")
            self._page(f"/my/rep/customers?search={text}")

    def test_nothing_of_others(self):
        follow_up = self._follow_up(self.ben, order_id=self.foreign.id)
        for url in (
            f"/my/rep/customers/{self.bloom.id}",
            f"/my/rep/customers/{self.desk.id}",
            f"/my/rep/orders/{self.foreign.id}",
            "/my/rep/orders/999999999",
            f"/my/rep/orders?customer={self.bloom.id}",
            "/my/rep/orders?customer=x",
            "/my/rep/orders?customer=%C2%B2",
            f"/my/rep/orders?customer={'9' * 40}",
        ):
            self._page(url, 404)
        for form in (
            {"order_id": self.foreign.id},
            {"partner_id": self.bloom.id},
            {"partner_id": self.desk.id},
            {"order_id": "x"},
            {"order_id": "\u00b2"},
            {},
        ):
            self._post(
                "/my/rep/follow-ups/add", 404, note="x", due_on="2030-01-01", **form
            )
        for action in ("done", "undo", "delete"):
            self._post(f"/my/rep/follow-ups/{follow_up.id}/{action}", 404)
        self._post(
            "/my/rep/follow-ups/add",
            note="Call\0 back",
            due_on="2030-01-01",
            partner_id=self.harbor.id,
        )
        noted = self.env["track.follow.up"].search([("note", "=", "Call back")])
        self.assertEqual(noted.partner_id, self.harbor)
        self.assertTrue(follow_up.exists())
        self.assertFalse(follow_up.done_at)

    def test_only_reps(self):
        self._log_in(self.harbor_user)
        for url in ("", "/customers", "/orders", "/follow-ups"):
            self._page(f"/my/rep{url}", 404)
        self.assertNotIn('href="/my/rep"', self._page("/my/home"))
        self._log_in(self.ada)
        self.assertIn('href="/my/rep"', self._page("/my/home"))

    def test_follow_ups(self):
        page = self._post(
            "/my/rep/follow-ups/add",
            order_id=self.open.id,
            due_on="2024-05-06",
            note="  Ask for <b>cuttings</b> ",
        )
        self.assertTrue("The follow-up is noted." in page, "The follow-up is noted.")
        self.assertTrue(
            "Ask for &lt;b&gt;cuttings&lt;/b&gt;" in page,
            "Ask for &lt;b&gt;cuttings&lt;/b&gt;",
        )
        follow_up = self.open.track_follow_up_ids
        self.assertRecordValues(
            follow_up,
            [
                {
                    "rep_id": self.ada.partner_id.id,
                    "partner_id": self.cove.id,
                    "due_on": fields.Date.to_date("2024-05-06"),
                    "note": "Ask for <b>cuttings</b>",
                }
            ],
        )
        listed = self._listed(self._page("/my/rep/orders?which=follow_up"))
        self.assertEqual(set(listed), {self.open.id, self.late.id})
        done = f"/my/rep/follow-ups/{follow_up.id}/done"
        self._page(done, 405)
        page = self._post(done, back="order")
        self.assertTrue(
            f'action="/my/rep/follow-ups/{follow_up.id}/undo"' in page,
            f'action="/my/rep/follow-ups/{follow_up.id}/undo"',
        )
        self.assertTrue(follow_up.done_at)
        self._post(f"/my/rep/follow-ups/{follow_up.id}/undo", back="order")
        self.assertFalse(follow_up.done_at)
        self._post(f"/my/rep/follow-ups/{follow_up.id}/delete", back="order")
        self.assertFalse(follow_up.exists())
        # what was typed is not lost
        for due_on, note in (
            ("tomorrow", "Call"),
            ("2030-01-01", " "),
            ("0001-01-01", "x"),
        ):
            page = self._post(
                "/my/rep/follow-ups/add",
                order_id=self.open.id,
                due_on=due_on,
                note=note,
            )
            self.assertTrue(f">{note}</textarea>" in page, note)
            self.assertTrue("alert-danger" in page, "alert-danger")
        self.assertFalse(self.open.track_follow_up_ids)

    def test_refused_without_token(self):
        with mute_logger("odoo.http"):
            response = self.url_open(
                f"/my/rep/follow-ups/{self.due.id}/done", data={"x": 1}
            )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.due.done_at)
