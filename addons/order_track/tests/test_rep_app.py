"""What holds for all pages of a sales rep: their speed, and that they are an app."""

import json

from odoo import Command
from odoo.tests import tagged

from .rep_common import RepHttpCase


@tagged("post_install", "-at_install")
class TestRepApp(RepHttpCase):
    def setUp(self):
        super().setUp()
        self.late = self._late_order(self.harbor)
        self._follow_up(self.ada, order_id=self.late.id)
        self._log_in(self.ada)

    def _queries(self, url):
        self._page(url)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        page = self._page(url)
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
                # companies of contacts who order are not always on the page themselves
                self.assertLessEqual(many, few[url] + 1)
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
        self.assertTrue(
            'rel="manifest" href="/my/rep/manifest.webmanifest"' in page,
            'rel="manifest" href="/my/rep/manifest.webmanifest"',
        )
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
