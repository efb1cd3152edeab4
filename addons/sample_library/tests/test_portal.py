"""What designers see of their loans in the portal."""

from datetime import timedelta

from odoo.tests import HttpCase, tagged

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestPortal(SampleCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls._user("portal", "base.group_portal")

    def _page(self, url="/my/samples"):
        self.env.flush_all()
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200)
        return response.text

    def test_own_loans(self):
        self._lend(self._copy("MEMO-1"), self.portal.partner_id)
        self._lend(
            self._copy("MEMO-2"),
            self.portal.partner_id,
            due_date=self.today - timedelta(days=2),
        )
        self._lend(self._copy("MEMO-3"))
        self._lend(self._copy("MEMO-4"), self.portal.partner_id)
        self._scan_in("MEMO-4")
        self.authenticate("sample_portal", "sample_portal")
        page = self._page()
        for tag, shown in (
            ("MEMO-1", True),
            ("MEMO-2", True),
            ("MEMO-3", False),
            ("MEMO-4", False),
        ):
            self.assertEqual(tag in page, shown, tag)
        self.assertIn("Overdue", page)
        page = self._page("/my/samples?filterby=overdue")
        self.assertIn("MEMO-2", page)
        self.assertNotIn("MEMO-1", page)
        page = self._page("/my/samples?filterby=all&sortby=newest")
        self.assertIn("MEMO-4", page)
        self.assertNotIn("MEMO-3", page)
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["sample_count"]}
        )
        self.assertEqual(counters["sample_count"], 2)

    def test_odd_addresses(self):
        self.authenticate("sample_portal", "sample_portal")
        for url in (
            "/my/samples/page/999",
            "/my/samples?filterby=%27&sortby=person_id",
            "/my/samples?search=x",
        ):
            self.assertIn("no samples here", self._page(url))

    def test_clerk_sees_what_he_borrowed_himself(self):
        """Not what he lent."""
        self._lend(self._copy("MEMO-1"))
        self._lend(self._copy("MEMO-2"), self.clerk.partner_id)
        self.authenticate("sample_clerk", "sample_clerk")
        page = self._page()
        self.assertIn("MEMO-2", page)
        self.assertNotIn("MEMO-1", page)

    def test_without_any_rights(self):
        self._user("plain")
        self.authenticate("sample_plain", "sample_plain")
        self.assertIn("no samples here", self._page())

    def test_queries_do_not_grow(self):
        self.authenticate("sample_portal", "sample_portal")

        def queries():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._page()
            return self.cr.sql_log_count - before

        self._lend(self._copy("MEMO-0"), self.portal.partner_id)
        queries()
        few = queries()
        for number in range(1, 20):
            item = self._item("Many", str(number))
            self._lend(self._copy(f"MEMO-{number}", item), self.portal.partner_id)
        self.assertLessEqual(queries(), few)

    def test_card_on_the_home_page(self):
        """Also if no other add-on shows documents there."""
        home = self.env.ref("portal.portal_my_home")
        home.inherit_children_ids.filtered(
            lambda view: not view.xml_id.startswith("sample_library.")
        ).active = False
        self.authenticate("sample_portal", "sample_portal")
        self.assertIn("/my/samples", self._page("/my/home"))
