"""Figures in the portal: one's own, on the page as in the file."""

import io

from openpyxl import load_workbook

from odoo.tests import HttpCase, tagged

from .request_common import RequestCommon

PAGE = "/my/samples/report"


@tagged("post_install", "-at_install")
class TestPortalReport(RequestCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portals = {
            "designer": cls._portal("r_designer", cls.designer),
            "center": cls._portal("r_center", cls.center),
            "atelier": cls._portal("r_atelier", cls.atelier),
            "rep": cls._portal("r_rep", cls.rep),
            "loom": cls._portal("r_loom", cls.loom),
        }
        cls.designer.email = "dora@example.com"

    def setUp(self):
        super().setUp()
        # lent to the designer: hers, not her showroom's
        self._lend(self._copy("PORTAL-LOAN", self.other_item))
        for request in self._send(self._order(rep_id=self.rep.id)):
            line = request.line_ids
            self._answer(
                request, {"line_id": line.id, "kind": "ship", "quantity": line.quantity}
            )

    def _get(self, code, url=PAGE):
        user = self.portals[code]
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def test_own_figures(self):
        """On the page and in the file, each reads of his own samples only."""
        names = {
            "designer": {"Willow Sage", "Willow Mist", "Tweed Moss"},
            "center": {"Willow Sage", "Tweed Moss"},
            "rep": {"Willow Sage", "Tweed Moss"},
            "loom": {"Tweed Moss"},
            "atelier": set(),
        }
        for code, own in names.items():
            with self.subTest(code):
                page = self._get(code)
                self.assertEqual(page.status_code, 200)
                found = {name for name in names["designer"] if name in page.text}
                self.assertEqual(found, own)
                if not own:
                    self.assertIn("Nothing was lent", page.text)
                    continue
                file = self._get(code, f"{PAGE}.xlsx").content
                rows = load_workbook(io.BytesIO(file))["Sample"].iter_rows(
                    min_row=2, max_col=1, values_only=True
                )
                self.assertEqual({name for (name,) in rows}, own)

    def test_periods(self):
        entries = self.env["sample.request.entry"].search([])
        entries.answered_at = self._days_ago(100)
        for period, shown in (
            ("30", False),
            ("month", False),
            ("year", True),
            ("x", False),
        ):
            with self.subTest(period):
                page = self._get("center", f"{PAGE}?filterby={period}").text
                self.assertEqual("Tweed Moss" in page, shown)

    def test_names_are_text(self):
        self.loom_item.name = "<b>Moss</b>"
        page = self._get("center").text
        self.assertNotIn("<b>Moss", page)
        self.assertIn("&lt;b&gt;Moss", page)

    def test_nobody_without_login(self):
        for url in (PAGE, f"{PAGE}.xlsx"):
            self.assertIn("/web/login", self.url_open(url).url)
