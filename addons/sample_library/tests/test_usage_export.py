"""The workbook: what is in it, that nothing of it is computed, and whose figures."""

import base64
import io
from datetime import date, timedelta

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestUsageExport(RequestCommon, HttpCase):
    def _export(self, user=None, **vals):
        """Press the button; return the wizard."""
        export = self.env["sample.usage.export"].with_user(user or self.clerk)
        export = export.create(vals)
        action = self._call(user or self.clerk, export, "action_export")
        self.assertEqual(action["type"], "ir.actions.act_url")
        return export, action["url"]

    def _book(self, user=None, **vals):
        export, _url = self._export(user, **vals)
        return load_workbook(io.BytesIO(base64.b64decode(export.file)))

    def _table(self, book, title):
        return [tuple(cell.value for cell in row) for row in book[title].iter_rows()]

    def test_sheets_and_charts(self):
        late = self._lend(self._copy("BOOK-LATE"))
        late.due_date = self.today - timedelta(days=3)
        self._call(self.clerk, self._lend(self._copy("BOOK-LOST")), "action_lost")
        request = self._send(self._order([(self.loom_item, 4)], rep_id=self.rep.id))
        request.line_ids.requested_at -= timedelta(days=2)
        self._answer(
            request, {"line_id": request.line_ids.id, "kind": "ship", "quantity": 4}
        )
        book = self._book()
        self.assertEqual(
            book.sheetnames,
            [
                "By Item",
                "By Designer",
                "By Sales Rep",
                "By Showroom",
                "By Distributor",
                "Time to Ship",
                "Not Returned",
            ],
        )
        for page in book:
            self.assertEqual(len(page._charts), 1, page.title)
        headings, *rows = self._table(book, "By Item")
        by_item = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}
        self.assertEqual(by_item["Willow Sage"]["Lent"], 2)
        self.assertEqual(by_item["Willow Sage"]["Overdue"], 1)
        self.assertEqual(by_item["Willow Sage"]["Lost"], 1)
        self.assertEqual(by_item["Tweed Moss"]["Shipped"], 4)
        ((month, days, pieces, count),) = self._table(book, "Time to Ship")[1:]
        self.assertEqual(month.date(), self.today.replace(day=1))
        self.assertAlmostEqual(days, 2, 2)
        self.assertEqual((pieces, count), (4, 1))
        missing = self._table(book, "Not Returned")[1:]
        self.assertEqual({row[3] for row in missing}, {"Lost", "Overdue"})
        self.assertEqual({row[1] for row in missing}, {35})
        for row in missing:
            self.assertIsInstance(row[5].date(), date)

    def test_is_read_and_printed_as_it_is(self):
        """Numbers as numbers, months as months, no colors of what never happened."""
        self._lend(self._copy("BOOK-LOOK"))
        request = self._send(self._order([(self.loom_item, 1200)]))
        self._answer(
            request, {"line_id": request.line_ids.id, "kind": "ship", "quantity": 1200}
        )
        book = self._book()
        for page in book:
            self.assertEqual(page.freeze_panes, "A2")
            self.assertEqual(page.print_title_rows, "$1:$1")
            self.assertTrue(page.sheet_properties.pageSetUpPr.fitToPage)
            self.assertGreaterEqual(page.column_dimensions["A"].width, 30)
        page = book["By Item"]
        heading = next(cell for cell in page[1] if cell.value == "Shipped")
        self.assertEqual(heading.alignment.horizontal, "right")
        self.assertEqual(page.cell(2, heading.column).number_format, "#,##0")
        (chart,) = page._charts
        self.assertEqual(len(chart.series), 2)
        # the numbers are below the bars, although the first row is at the top
        self.assertEqual(chart.y_axis.crosses, "max")
        page = book["Time to Ship"]
        self.assertEqual(page["A2"].number_format, "mmmm yyyy")
        self.assertEqual(page["B2"].number_format, "#,##0.00")

    def test_text_stays_text(self):
        """What looks like a formula, or an address, is not one in the file."""
        for number, name in enumerate(("=cmd()|'/C calc'!A0", "https://evil.example")):
            item = self._item(name, "Red")
            self._lend(self._copy(f"EVIL-{number}", item=item))
        page = self._book()["By Item"]
        cells = [cell for (cell,) in page.iter_rows(min_row=2, max_col=1)]
        self.assertIn("=cmd()|'/C calc'!A0 Red", [cell.value for cell in cells])
        self.assertEqual({cell.data_type for cell in cells}, {"s"})
        self.assertFalse([cell for cell in cells if cell.hyperlink])

    def test_own_figures_only(self):
        self._lend(self._copy("BOOK-OWN"))
        self._lend(
            self._copy("BOOK-OTHER", self.other_item, self.other_library),
            self.other_designer,
            user=self.neighbour,
        )
        for user, names in (
            (self.clerk, {"Willow Sage"}),
            (self.neighbour, {"Willow Mist"}),
            (self.manager, {"Willow Sage", "Willow Mist"}),
        ):
            rows = self._table(self._book(user), "By Item")[1:]
            self.assertEqual({row[0] for row in rows}, names)
        rows = self._table(
            self._book(self.manager, library_id=self.library.id), "By Item"
        )
        self.assertEqual([row[0] for row in rows[1:]], ["Willow Sage"])

    def test_period(self):
        self._lend(self._copy("BOOK-NOW"))
        old = self.today - timedelta(days=60)
        book = self._book(date_from=old, date_to=self.today - timedelta(days=30))
        self.assertEqual(len(self._table(book, "By Item")), 1)
        self.assertFalse(book["By Item"]._charts)
        with self.assertRaises(UserError):
            self._book(date_from=self.today, date_to=old)

    def test_download(self):
        """The file is for who made it."""
        self._lend(self._copy("BOOK-WEB"))
        export, url = self._export()
        with self.assertRaises(AccessError):
            self._call(self.neighbour, export, "read", ["file"])
        self.authenticate(self.clerk.login, self.clerk.login)
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(
            load_workbook(io.BytesIO(answer.content)).sheetnames[0], "By Item"
        )

    def test_queries_do_not_grow(self):
        def queries():
            export = self.env["sample.usage.export"].with_user(self.clerk).create({})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            export.action_export()
            return self.cr.sql_log_count - before

        self._lend(self._copy("BOOK-FIRST"))
        queries()
        few = queries()
        for number in range(12):
            item = self._item("Many", str(number))
            self._lend(self._copy(f"BOOK-{number}", item=item))
        self.assertLessEqual(queries(), few)
