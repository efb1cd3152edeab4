"""Customers in their account, over HTTP."""

import re

from lxml import html

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import PrebookCommon


@tagged("post_install", "-at_install")
class TestPortal(PrebookCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.order = self._order(
            (self.tulip, 10), (self.vase, 1), partner_id=self.portal.partner_id.id
        )
        self.line = self.order.order_line[0]
        self.authenticate("prebook_portal", "prebook_portal")

    def _do(self, action, line=None, order=None, **data):
        """Send a form of the portal; return the status and what it says there."""
        line = line or self.line
        order = order or line.order_id
        self.env.flush_all()
        response = self.url_open(
            f"/my/orders/{order.id}/prebooks/{line.id}/{action}",
            data={"csrf_token": Request.csrf_token(self), **data},
        )
        self.env.invalidate_all()
        alerts = html.fromstring(response.text).xpath(
            "//div[@role='alert' or @role='status'][contains(@class, 'alert')]"
        )
        text = " ".join(alerts[0].text_content().split()) if alerts else ""
        return response.status_code, text

    def _page(self, url):
        self.env.flush_all()
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    # === PAGES === #

    def test_list(self):
        other = self._order((self.rose, 3, {"prebook_by_hand": True}))
        page = self._page("/my/prebooks")
        text = page.text_content()
        self.assertIn("Prebook Tulip", text)
        self.assertNotIn("Prebook Vase", text)
        self.assertNotIn(other.name, text)
        self.assertIn("10.00 Units open", " ".join(text.split()))

    def test_list_search_filter_and_sort(self):
        rose = self._order(
            (self.rose, 3, {"prebook_by_hand": True}),
            partner_id=self.portal.partner_id.id,
        )
        rose.order_line.prebook_check_out()
        for query, found in (
            ("", ["Tulip"]),
            ("?filterby=all", ["Rose", "Tulip"]),
            ("?filterby=all&sortby=product", ["Rose", "Tulip"]),
            ("?filterby=arrived", []),
            ("?filterby=all&search=rose", ["Rose"]),
            (f"?search={self.order.name}", ["Tulip"]),
            ("?search=tulipomania", []),
            ("?sortby=nonsense&filterby=nonsense", ["Tulip"]),
        ):
            with self.subTest(query=query):
                page = self._page(f"/my/prebooks{query}")
                names = page.xpath("//div[@id='prebook_list']//strong/text()")
                self.assertEqual(sorted(name.split()[-1] for name in names), found)

    def test_list_has_pages(self):
        self._order(*[(self.tulip, 1)] * 85, partner_id=self.portal.partner_id.id)
        first = self._page("/my/prebooks")
        second = self._page("/my/prebooks/page/2")
        counts = [
            len(page.xpath("//div[@id='prebook_list']//strong"))
            for page in (first, second)
        ]
        self.assertEqual(counts, [80, 6])

    def test_home_counts(self):
        self.env.flush_all()
        counts = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["prebook_count"]}
        )
        self.assertEqual(counts["prebook_count"], 1)

    def test_order_page(self):
        page = self._page(f"/my/orders/{self.order.id}")
        section = page.xpath("//section[@id='prebooks']")[0]
        text = " ".join(section.text_content().split())
        self.assertIn("Prebook Tulip", text)
        self.assertIn("Booked", text)
        self.assertTrue(section.xpath(".//form[contains(@action, 'cancel')]"))
        self.assertFalse(section.xpath(".//form[contains(@action, 'check-out')]"))
        self.env.company.prebook_portal_checkout = True
        section = self._page(f"/my/orders/{self.order.id}").xpath(
            "//section[@id='prebooks']"
        )[0]
        self.assertTrue(section.xpath(".//form[contains(@action, 'check-out')]"))

    def test_link_without_login_only_looks(self):
        self.env.company.prebook_portal_checkout = True
        url = self.order.get_portal_url()
        self.authenticate(None, None)
        section = self._page(url).xpath("//section[@id='prebooks']")[0]
        self.assertFalse(section.xpath(".//form"))

    # === CHECKING OUT === #

    def test_check_out(self):
        self.env.company.prebook_portal_checkout = True
        status, text = self._do("check-out", quantity="4")
        self.assertEqual(status, 200)
        self.assertIn("We will send what you checked out", text)
        self.assertEqual(self.line.prebook_qty_checked_out, 4)
        self.assertRecordValues(
            self._log(self.order, "checkout"),
            [{"user_id": self.portal.id, "is_portal": True, "quantity": 4}],
        )
        self.assertEqual(self.line.move_ids.product_uom_qty, 4)

    def test_check_out_needs_the_setting(self):
        _status, text = self._do("check-out", quantity="4")
        self.assertIn("ask your salesperson", text)
        self.assertEqual(self.line.prebook_qty_checked_out, 0)

    def test_check_out_bad_quantities(self):
        self.env.company.prebook_portal_checkout = True
        for quantity, expected in (
            ("", "give the quantity as a number"),
            ("1,5", "give the quantity as a number"),
            ("ten", "give the quantity as a number"),
            ("0", "must be above zero"),
            ("-3", "must be above zero"),
            ("nan", "is not a number"),
            ("inf", "is not a number"),
            ("1e9", "cannot be checked out"),
            ("10.01", "cannot be checked out"),
        ):
            with self.subTest(quantity=quantity):
                _status, text = self._do("check-out", quantity=quantity)
                self.assertIn(expected, text)
        self.assertEqual(self.line.prebook_qty_checked_out, 0)

    def test_check_out_from_the_list(self):
        self.env.company.prebook_portal_checkout = True
        _status, text = self._do("check-out", quantity="10", back="list")
        self.assertIn("We will send", text)
        self.assertEqual(self.line.prebook_state, "checked_out")

    # === CANCELLING === #

    def test_cancel(self):
        _status, text = self._do("cancel")
        self.assertIn("was cancelled", text)
        self.assertEqual(self.line.prebook_state, "cancelled")
        self.assertEqual((self.order.state, self.order.amount_untaxed), ("sale", 10))
        self.assertRecordValues(
            self._log(self.order, "cancel"), [{"user_id": self.portal.id}]
        )

    def test_cancel_all_of_an_order(self):
        order = self._order(partner_id=self.portal.partner_id.id)
        self._do("cancel", line=order.order_line)
        self.assertEqual(order.state, "cancel")

    def test_cancel_what_is_checked_out(self):
        self.line.prebook_check_out()
        _status, text = self._do("cancel")
        self.assertIn("checked out or cancelled already", text)
        self.assertEqual(self.line.product_uom_qty, 10)

    # === WHO === #

    @mute_logger("odoo.http")
    def test_orders_of_others(self):
        self.env.company.prebook_portal_checkout = True
        foreign = self._order()
        for action in ("check-out", "cancel"):
            for line, order in (
                (foreign.order_line, foreign),
                (foreign.order_line, self.order),
                (self.order.order_line[1], self.order),
            ):
                with self.subTest(action=action, order=order.name, line=line.id):
                    status, _text = self._do(
                        action, line=line, order=order, quantity="1"
                    )
                    self.assertIn(status, (403, 404))
        self.assertEqual(foreign.order_line.prebook_qty_open, 10)

    @mute_logger("odoo.http")
    def test_salesperson_is_no_customer(self):
        """Without a prebook group he does not get in by the customers' door."""
        self.env.company.prebook_portal_checkout = True
        self.order.user_id = self.salesman
        self.authenticate("prebook_plain", "prebook_plain")
        status, _text = self._do("check-out", quantity="1")
        self.assertEqual(status, 403)
        self.assertEqual(self.line.prebook_qty_checked_out, 0)

    def test_not_logged_in(self):
        self.env.company.prebook_portal_checkout = True
        self.authenticate(None, None)
        self.env.flush_all()
        response = self.url_open(
            f"/my/orders/{self.order.id}/prebooks/{self.line.id}/check-out"
            f"?access_token={self.order._portal_ensure_token()}",
            data={"quantity": "1", "csrf_token": Request.csrf_token(self)},
        )
        self.assertRegex(response.url, r"/web/login")
        self.assertEqual(self.line.prebook_qty_checked_out, 0)

    def test_colleague_of_the_customer(self):
        self.env.company.prebook_portal_checkout = True
        company = self.env["res.partner"].create(
            {"name": "Florists", "is_company": True}
        )
        self.portal.partner_id.parent_id = company
        order = self._order(partner_id=company.id)
        self._do("check-out", line=order.order_line, quantity="2")
        self.assertEqual(order.order_line.prebook_qty_checked_out, 2)

    @mute_logger("odoo.http")
    def test_form_of_another_site(self):
        response = self.url_open(
            f"/my/orders/{self.order.id}/prebooks/{self.line.id}/cancel",
            data={"csrf_token": "forged"},
        )
        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.line.prebook_state, "draft")

    def test_buttons_have_names(self):
        """Screen readers tell the forms of several lines apart."""
        self.env.company.prebook_portal_checkout = True
        page = self._page("/my/prebooks")
        field = page.xpath("//input[@name='quantity']")[0]
        self.assertTrue(re.search("Prebook Tulip", field.get("aria-label")))
