"""The screens open with all their fields; labels and slips are printed."""

import re

from lxml import etree
from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestScreens(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.env["sample.place"].create(
            {"library_id": cls.library.id, "wing": "East", "code": "E1"}
        )
        cls.memo = cls._copy("MEMO-1", place_id=cls.place.id)

    def test_views_of_the_menus(self):
        self._lend(self.memo)
        self.env["sample.wait"].create(
            {
                "item_id": self.item.id,
                "library_id": self.library.id,
                "person_id": self.designer.id,
            }
        )
        self.env["sample.loan.rule"].create({"loan_days": 3})
        menus = ("loans_all", "wait", "scans", "copies", "items", "places")
        for user, names in (
            (self.clerk, menus),
            (self.manager, (*menus, "libraries", "rules")),
        ):
            for name in names:
                action = self.env.ref(f"sample_library.menu_{name}").action.sudo()
                model = self.env(user=user)[action.res_model]
                for view, kind in action.views:
                    arch = etree.fromstring(model.get_view(view, kind)["arch"])
                    fields = {
                        node.get("name")
                        for node in arch.iter("field")
                        if not any(up.tag == "field" for up in node.iterancestors())
                    }
                    with self.subTest(user=user.login, menu=name, view=kind):
                        self.assertTrue(
                            model.web_search_read(
                                [], {field: {} for field in fields}, limit=3
                            )["records"]
                        )

    def test_clerk_enters_a_copy(self):
        copies = self.env["sample.copy"].with_user(self.clerk)
        with Form(copies) as form:
            form.item_id = self.item
            form.library_id = self.library
            form.place_id = self.place
        copy = form.record
        self.assertRegex(copy.tag, r"^[2-9A-Z]{10}$")
        self.assertEqual(copy.state, "in")

    def test_place_of_another_library(self):
        other = self.env["sample.place"].create(
            {"library_id": self.other_library.id, "code": "X"}
        )
        with self.assertRaisesRegex(ValidationError, "another library"):
            self.memo.place_id = other

    def test_where_is_it(self):
        """The search of the list of samples, by tag, pattern and color."""
        copies = self.env["sample.copy"].with_user(self.clerk)
        self._copy("MEMO-2", self.other_item)
        arch = etree.fromstring(copies.get_view(False, "search")["arch"])
        domain = arch.find(".//field[@name='tag']").get("filter_domain")
        for text, tags in (
            ("memo-1", ["MEMO-1"]),
            ("willow", ["MEMO-1", "MEMO-2"]),
            ("Mist", ["MEMO-2"]),
            ("plaid", []),
        ):
            found = copies.search(safe_eval(domain, {"self": text}), order="tag")
            self.assertEqual(found.mapped("tag"), tags)

    def test_find_on_the_scan_screen(self):
        self._lend(self._copy("MEMO-2"))
        self._copy("MEMO-3", self.other_item)
        self._copy("THEIRS", library=self.other_library)

        def find(text):
            found = self._call(
                self.clerk,
                self.env["sample.library"],
                "desk_find",
                self.library.id,
                text,
            )
            return {one["tag"]: one for one in found}

        self.assertEqual(set(find("memo-1")), {"MEMO-1"})
        self.assertEqual(list(find("Sage willow")), ["MEMO-1", "MEMO-2"])
        self.assertEqual(set(find("mist")), {"MEMO-3"})
        for nothing in ("", " ", "THEIRS", "plaid", "x" * 10000, None, "\x00"):
            self.assertFalse(find(nothing))
        found = find("willow")
        self.assertEqual(found["MEMO-1"]["place"], "East / E1")
        self.assertEqual(found["MEMO-2"]["person"], "Sample Dora")

    def _html(self, name, records):
        report = self.env["ir.actions.report"].with_user(self.clerk)
        html, _kind = report._render_qweb_html(f"sample_library.{name}", records.ids)
        return html.decode()

    def test_labels(self):
        copies = self.memo
        for number in range(25):
            copies |= self._copy(f"LABEL-{number:02}")
        sheets = self.env["sample.label.print"].create({"copy_ids": copies.ids})
        for name, docs, pages in (
            ("report_label_sheet", sheets, 2),
            ("report_label", copies, 26),
        ):
            html = self._html(name, docs)
            for copy in copies:
                self.assertIn(f">{copy.tag}<", html)
            # a bar code and a QR code each
            self.assertEqual(html.count("data:image/png"), 2 * len(copies))
            self.assertEqual(html.count("page-break-after: always"), pages - 1)
        self.assertIn("East / E1", self._html("report_label", self.memo))

    def test_used_labels_are_skipped(self):
        """A sheet that has lost its first labels is put into the printer again."""
        copies = self.memo
        for number in range(4):
            copies |= self._copy(f"LABEL-{number:02}")
        action = self.env.ref("sample_library.sample_label_print_action")
        form = Form(
            self.env[action.res_model]
            .with_user(self.clerk)
            .with_context(active_model="sample.copy", active_ids=copies.ids)
        )
        self.assertEqual((form.first_label, form.sheet_count), (1, 1))
        form.first_label = 22
        self.assertEqual(form.sheet_count, 2)
        sheets = form.save()
        report = sheets.action_print()
        self.assertEqual(report["context"]["active_ids"], sheets.ids)
        page = etree.HTML(self._html("report_label_sheet", sheets))
        first, second = (
            [" ".join(cell.xpath(".//td/span/text()")) for cell in sheet.xpath("tr/td")]
            for sheet in page.xpath("//div[contains(@class, 'page')]/table")
        )
        tags = copies.mapped("tag")
        self.assertEqual(first, [""] * 21 + tags[:3])
        self.assertEqual(second, [*tags[3:], ""])

    def test_label_that_no_sheet_has(self):
        for label in (0, 25, -1):
            with (
                self.subTest(label),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env["sample.label.print"].create(
                    {"copy_ids": self.memo.ids, "first_label": label}
                )

    def test_slips(self):
        loans = self._lend(self.memo) | self._lend(self._copy("MEMO-2"))
        loans |= self._lend(self._copy("MEMO-3"), self.other_designer)
        html = self._html("report_slip", loans)
        self.assertEqual(len(re.findall("Loan Slip", html)), 2)
        for words in ("MEMO-1", "MEMO-2", "MEMO-3", "Sample Dirk", "Sample Studio"):
            self.assertIn(words, html)
        self.assertNotIn("Returned", html)
        # what came back is not with him any more
        self._scan_in("MEMO-2")
        page = etree.HTML(self._html("report_slip", loans[:2]))
        rows = page.xpath("//tbody/tr[contains(., 'Returned')]")
        self.assertEqual(len(rows), 1)
        self.assertIn("MEMO-2", "".join(rows[0].itertext()))
        self.assertEqual(
            page.xpath("//p[contains(., 'Samples:')]/strong/text()"), ["1"]
        )

    def test_items_are_there_once(self):
        for vals in (
            {"pattern": "WILLOW", "color": "sage"},
            {"pattern": False, "color": "Sage"},
        ):
            with (
                self.subTest(vals),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._item(**vals).flush_recordset()

    def test_item_of_a_product(self):
        product = self.env["product.product"].create({"name": "Curtain"})
        item = self.env["sample.item"].create({"product_id": product.id})
        self.assertRecordValues(
            item, [{"name": "Curtain", "category_id": product.categ_id.id}]
        )

    def test_item_does_not_replace_itself(self):
        with self.assertRaisesRegex(ValidationError, "cannot replace itself"):
            self.item.substitute_ids = self.item

    def test_sheet_count_of_any_number(self):
        """Asked before the number is checked, with as many labels as fit."""
        sheets = self.env["sample.label.print"].new({"copy_ids": self.memo.ids})
        sheets.sheet = "a4"
        for first, count in ((10**9, 1), (-(10**9), 1), (24, 1)):
            sheets.first_label = first
            self.assertEqual(sheets.sheet_count, count, first)
            self.assertLessEqual(len(sheets._cells()), 24)

    def test_letter_sheet(self):
        copies = self.memo
        for number in range(30):
            copies |= self._copy(f"LABEL-{number:02}")
        sheets = (
            self.env["sample.label.print"]
            .with_user(self.clerk)
            .create({"copy_ids": copies.ids, "sheet": "letter", "first_label": 30})
        )
        self.assertEqual(sheets.sheet_count, 2)
        action = sheets.action_print()
        self.assertEqual(
            action["report_name"], "sample_library.report_label_sheet_letter"
        )
        page = etree.HTML(self._html("report_label_sheet_letter", sheets))
        tables = page.xpath("//div[contains(@class, 'page')]/table")
        self.assertEqual([len(table.xpath("tr/td")) for table in tables], [30, 30])
        self.assertIn("height: 25.4mm", tables[0].xpath("tr/td/@style")[0])

    def test_paper_of_the_company(self):
        for xmlid, sheet in (
            ("base.paperformat_us", "letter"),
            ("base.paperformat_euro", "a4"),
        ):
            self.company.paperformat_id = self.env.ref(xmlid)
            self.assertEqual(self.env["sample.label.print"].create({}).sheet, sheet)

    def test_bars_are_thick_enough(self):
        """A long tag is on the label as a QR code alone."""
        short, long = self._copy("S4K7QX2MAB"), self._copy("X" * 16)
        bar = short._bar_code()
        modules = bar["pixels"] / 6
        self.assertGreaterEqual(bar["width"] / modules, 0.25)
        # ten modules are left free on both sides
        self.assertLessEqual(bar["width"] * (1 + 20 / modules), 56.01)
        self.assertFalse(long._bar_code())
        for copy, codes in ((short, 2), (long, 1)):
            html = self._html("report_label", copy)
            self.assertEqual(html.count("data:image/png"), codes)
            self.assertIn(f">{copy.tag}<", html)
