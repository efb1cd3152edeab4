"""The pages of a sales rep: counters, lists, searches, one customer, one order."""

import json
import re
from datetime import timedelta

from odoo import Command, fields
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
        self.assertEqual(page.count("o_track_rep_follow_up\""), 1)
        self.assertEqual(
            self._page("/my/rep/follow-ups?which=open").count("o_track_rep_follow_up\""),
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
        _today, begin, _end = self.env["sale.order"].with_user(self.ada)._track_rep_today()
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
        self.assertTrue('href="mailto:harbor@example.com"' in page, 'href="mailto:harbor@example.com"')
        self.assertTrue("https://www.google.com/maps/dir/?api=1&amp;destination=1%20Quay" in page, "https://www.google.com/maps/dir/?api=1&amp;destination=1%20Quay")
        self.assertTrue('href="geo:0,0?q=1%20Quay' in page, 'href="geo:0,0?q=1%20Quay')
        self.assertTrue("Dora Desk" in page, "Dora Desk")
        self.assertTrue("Call about fabric" in page, "Call about fabric")
        self.assertEqual(set(self._listed(page)), set((self.late | self.arrived).ids))

    def test_nothing_of_others(self):
        follow_up = self._follow_up(self.ben, order_id=self.foreign.id)
        for url in (
            f"/my/rep/customers/{self.bloom.id}",
            f"/my/rep/customers/{self.desk.id}",
            f"/my/rep/orders/{self.foreign.id}",
            "/my/rep/orders/999999999",
            f"/my/rep/orders?customer={self.bloom.id}",
            "/my/rep/orders?customer=x",
        ):
            self._page(url, 404)
        for form in (
            {"order_id": self.foreign.id},
            {"partner_id": self.bloom.id},
            {"partner_id": self.desk.id},
            {"order_id": "x"},
            {},
        ):
            self._post(
                "/my/rep/follow-ups/add", 404, note="x", due_on="2030-01-01", **form
            )
        for action in ("done", "undo", "delete"):
            self._post(f"/my/rep/follow-ups/{follow_up.id}/{action}", 404)
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
        url = f"/my/rep/orders/{self.open.id}"
        page = self._post(
            "/my/rep/follow-ups/add",
            order_id=self.open.id,
            due_on="2024-05-06",
            note="  Ask for <b>cuttings</b> ",
        )
        self.assertTrue("The follow-up is noted." in page, "The follow-up is noted.")
        self.assertTrue("Ask for &lt;b&gt;cuttings&lt;/b&gt;" in page, "Ask for &lt;b&gt;cuttings&lt;/b&gt;")
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
        self.assertTrue(f'action="/my/rep/follow-ups/{follow_up.id}/undo"' in page, f'action="/my/rep/follow-ups/{follow_up.id}/undo"')
        self.assertTrue(follow_up.done_at)
        self._post(f"/my/rep/follow-ups/{follow_up.id}/undo", back="order")
        self.assertFalse(follow_up.done_at)
        self._post(f"/my/rep/follow-ups/{follow_up.id}/delete", back="order")
        self.assertFalse(follow_up.exists())
        # what was typed is not lost
        for due_on, note in (("tomorrow", "Call"), ("2030-01-01", " "), ("0001-01-01", "x")):
            page = self._post(
                "/my/rep/follow-ups/add",
                order_id=self.open.id,
                due_on=due_on,
                note=note,
            )
            self.assertTrue("alert-danger" in page, "alert-danger")
        self.assertIn("Ask for", self._page(url) + "Ask for")
        self.assertFalse(self.open.track_follow_up_ids)

    def test_refused_without_token(self):
        with mute_logger("odoo.http"):
            response = self.url_open(
                f"/my/rep/follow-ups/{self.due.id}/done", data={"x": 1}
            )
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.due.done_at)

    # === THE ORDER PAGE === #

    def _quotation(self, **values):
        quotation = self._order_of(
            self.harbor,
            confirm=False,
            require_signature=True,
            require_payment=True,
            **values,
        )
        quotation.action_quotation_sent()
        return quotation

    def _content(self, page):
        """The part of the order page that says what became of the order, as text."""
        found = re.search(r'id="portal_sale_content".*?id="sale_order_c', page, re.DOTALL)
        text = re.sub(r'access_token=[^"&]*|data-token="[^"]*"', "", found.group())
        return re.sub(r"<[^>]+>|\s+", " ", text)

    def test_same_text_as_the_customers(self):
        self._deliver(self.late, ref=UPS)
        mine = self._page(f"/my/rep/orders/{self.late.id}")
        also_mine = self._page(f"/my/orders/{self.late.id}")
        self.assertTrue("Call about fabric" in mine, "Call about fabric")
        self._log_in(self.harbor_user)
        theirs = self._page(f"/my/orders/{self.late.id}")
        self.assertFalse("Call about fabric" in theirs, "Call about fabric")
        for text in ("Track Lamp", self.late.name, "Harbor Offices"):
            for page in (mine, also_mine, theirs):
                self.assertTrue(text in page, text)

    def test_nothing_to_do_on_the_page(self):
        quotation = self._quotation()
        token = quotation._portal_ensure_token()
        for url in (
            f"/my/orders/{quotation.id}",
            f"/my/rep/orders/{quotation.id}",
            f"/my/orders/{quotation.id}?payment_amount=1000000",
            f"/my/orders/{quotation.id}?access_token={token}",
        ):
            page = self._page(url)
            for mark in (
                'data-bs-target="#modalaccept"',
                "/accept",
                "/decline",
                "/transaction",
                "o_portal_chatter",
                'name="o_payment_submit_button"',
            ):
                self.assertFalse(mark in page, f"{mark} on {url}")
            # pages repeat what is in their own address
            self.assertFalse(token in page and token not in url, url)
        self._log_in(self.harbor_user)
        page = self._page(f"/my/orders/{quotation.id}")
        for mark in ("#modalaccept", "/accept", "/decline", "o_portal_chatter", token):
            self.assertTrue(mark in page, mark)

    def test_nothing_done_by_the_routes(self):
        quotation = self._quotation()
        token = quotation._portal_ensure_token()
        url = f"/my/orders/{quotation.id}"
        for access_token in (None, token):
            answer = self.make_jsonrpc_request(
                f"{url}/accept",
                {"access_token": access_token, "name": "Ada", "signature": "R0lGOA=="},
            )
            self.assertIn("error", answer)
            with mute_logger("odoo.http"), self.assertRaises(Exception):
                self.make_jsonrpc_request(
                    f"{url}/transaction",
                    {
                        "access_token": access_token,
                        "provider_id": 1,
                        "payment_method_id": 1,
                        "token_id": None,
                        "amount": 1,
                        "flow": "direct",
                        "tokenization_requested": False,
                        "landing_route": "/my",
                    },
                )
            self._post(f"{url}/decline?access_token={access_token or ''}", decline_message="x")
            with mute_logger("odoo.http"), self.assertRaises(Exception):
                self.make_jsonrpc_request(
                    "/mail/message/post",
                    {
                        "thread_model": "sale.order",
                        "thread_id": quotation.id,
                        "post_data": {"body": "x", "message_type": "comment"},
                    },
                )
        quotation.invalidate_recordset()
        self.assertEqual(quotation.state, "sent")
        self.assertFalse(quotation.signature)
        self.assertFalse(quotation.transaction_ids)
        response = self.url_open(
            f"/mail/view?model=sale.order&res_id={quotation.id}", allow_redirects=False
        )
        self.assertNotIn(token, response.headers.get("Location", ""))
        fetched = self.make_jsonrpc_request(
            "/mail/chatter_fetch",
            {"thread_model": "sale.order", "thread_id": quotation.id},
        )
        self.assertFalse(fetched["messages"])
        # the customer may
        self._log_in(self.harbor_user)
        self._post(f"{url}/decline", decline_message="Too dear")
        self.assertEqual(quotation.state, "cancel")

    def test_document_of_the_order(self):
        response = self.url_open(f"/my/orders/{self.late.id}?report_type=html")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Track Lamp", response.text)
        picking = self._deliver(self.late, ref=UPS)
        self.env.flush_all()
        self.assertEqual(
            self.url_open(f"/my/picking/pdf/{picking.id}").status_code, 200
        )

    # === ONE RULE FOR ANY NUMBER === #

    def _queries(self, url):
        self._page(url)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        import logging
        if "late" in url:
            logging.getLogger("odoo.sql_db").setLevel(logging.DEBUG)
        page = self._page(url)
        logging.getLogger("odoo.sql_db").setLevel(logging.INFO)
        return self.cr.sql_log_count - before, page

    def test_queries_do_not_grow(self):
        urls = (
            "/my/rep",
            "/my/rep/customers?search=o",
            "/my/rep/orders?which=all&search=lamp",
            "/my/rep/orders?which=late",
            "/my/rep/follow-ups?which=open",
            f"/my/rep/customers/{self.harbor.id}",
        )
        self.lamp.default_code = "lamp"
        for number in range(4):
            self._more(number)
        few = {url: self._queries(url)[0] for url in urls}
        for number in range(4, 80):
            self._more(number)
        for url in urls:
            many, page = self._queries(url)
            with self.subTest(url):
                self.assertLessEqual(many, few[url])
        page = self._page("/my/rep/orders?which=all")
        self.assertEqual(len(self._listed(page)), 20)
        page = self._page("/my/rep/orders/page/2?which=all")
        self.assertEqual(len(self._listed(page)), 20)

    def _more(self, number):
        partner = self.env["res.partner"].create(
            {
                "name": f"Room {number}",
                "is_company": True,
                "track_rep_ids": [Command.link(self.ada.partner_id.id)],
                "city": "Rome",
                "phone": f"03 {number}",
            }
        )
        contact = self.env["res.partner"].create(
            {"name": f"Person {number}", "parent_id": self.harbor.id}
        )
        order = self._late_order(partner)
        self._late_order(contact)
        self._follow_up(self.ada, order_id=order.id)

    # === THE APP === #

    def test_headers(self):
        for url in ("/my/rep", "/my/rep/orders", f"/my/rep/orders/{self.late.id}"):
            headers = self.url_open(url).headers
            self.assertEqual(headers["X-Track-Rep"], str(self.ada.id))
            self.assertIn("no-store", headers["Cache-Control"])
        self.logout()
        for url in ("/my/rep", "/my/rep/orders"):
            response = self.url_open(url)
            self.assertNotIn("X-Track-Rep", response.headers)
            self.assertIn("/web/login", response.url)

    def test_manifest_and_worker(self):
        page = self._page("/my/rep")
        self.assertTrue('rel="manifest" href="/my/rep/manifest.webmanifest"' in page, 'rel="manifest" href="/my/rep/manifest.webmanifest"')
        self.assertNotIn("/my/rep/manifest", self._page("/my/home"))
        self.logout()
        manifest = json.loads(self._page("/my/rep/manifest.webmanifest"))
        self.assertEqual(manifest["scope"], "/my/rep")
        self.assertEqual(manifest["start_url"], "/my/rep")
        for icon in manifest["icons"]:
            self.assertEqual(self.url_open(icon["src"]).status_code, 200)
        response = self.url_open("/my/rep/service-worker.js")
        self.assertEqual(response.headers["Service-Worker-Allowed"], "/my/rep")
        self.assertIn("text/javascript", response.headers["Content-Type"])
        self.assertIn("no-cache", response.headers["Cache-Control"])
        self.assertIn("You are off line", self._page("/my/rep/offline"))
        # that of the back office stays as it is
        self.assertEqual(
            json.loads(self._page("/web/manifest.webmanifest"))["scope"], "/odoo"
        )

    def test_logout_clears_the_browser(self):
        response = self.url_open("/web/session/logout", allow_redirects=False)
        self.assertEqual(response.headers.get("Clear-Site-Data"), '"storage"')
        self._log_in(self.harbor_user)
        response = self.url_open("/web/session/logout", allow_redirects=False)
        self.assertNotIn("Clear-Site-Data", response.headers)
