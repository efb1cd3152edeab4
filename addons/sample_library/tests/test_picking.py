"""Picking tickets: in the order of bins, noted once, as quick for many lines."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestPicking(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill_user = cls._portal("mill", cls.mill)
        cls.loom_user = cls._portal("loom", cls.loom)

    def _html(self, requests, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        report = self.env["ir.actions.report"].with_user(user or self.mill_user)
        html, _kind = report._render_qweb_html(
            "sample_library.report_picking", requests.ids
        )
        return etree.HTML(html.decode())

    def _rows(self, table):
        return [
            " ".join(" ".join(cell.itertext()).split())
            for row in table.xpath(".//tbody/tr")
            for cell in row.xpath("td[position() = 1 or position() = 2]")
        ]

    def test_in_the_order_of_bins(self):
        items = [
            self._item("Bin", name, bin_code=code)
            for name, code in (("a", "B2"), ("b", False), ("c", "A10"), ("d", "A2"))
        ]
        request = self._send(self._order([(item, 2) for item in items]))
        done = request.line_ids[0]
        self._answer(request, {"line_id": done.id, "kind": "ship", "quantity": 2})
        page = self._html(request)
        (table,) = page.xpath("//table[thead]")
        self.assertEqual(
            self._rows(table), ["A2", "Bin d", "A10", "Bin c", "–", "Bin b"]
        )
        # the bar code is in the page: nobody has to be asked for it
        (image,) = page.xpath("//img")
        self.assertTrue(image.get("src").startswith("data:image/png;base64,"))

    def test_batch(self):
        self.item.bin_code, self.other_item.bin_code = "C1", "A1"
        first = self._send(self._order([(self.item, 1)]))
        second = self._send(self._order([(self.other_item, 2), (self.item, 3)]))
        page = self._html(first | second)
        (picks,) = page.xpath("//div[contains(@class, 'o_sample_picking_list')]")
        self.assertEqual(
            [row for row in self._rows(picks) if row in ("A1", "C1")],
            ["A1", "C1", "C1"],
        )
        tickets = page.xpath("//div[contains(@class, 'o_sample_ticket')]")
        self.assertEqual(len(tickets), 2)
        for ticket, request in zip(tickets, first | second, strict=True):
            text = " ".join(ticket.itertext())
            self.assertIn(request.name, text)
            # the second one asks for the same again
            self.assertEqual("DUPLICATE" in text, request == second)

    def test_noted_once(self):
        request = self._send(self._order([(self.item, 1)]))
        action = self._call(self.mill_user, request, "action_print_tickets")
        self.assertEqual(action["report_name"], "sample_library.report_picking")
        self.assertEqual(action["context"]["active_ids"], request.ids)
        printed_at = request.printed_at
        self.assertEqual(request.printed_by, self.mill_user.name)
        self.assertNotIn("Printed before", "".join(self._html(request).itertext()))
        request._note_print("somebody else")
        self.assertEqual(
            (request.printed_at, request.printed_by), (printed_at, self.mill_user.name)
        )
        self.assertIn("Printed before", "".join(self._html(request).itertext()))

    def test_looking_notes_nothing(self):
        request = self._send(self._order([(self.item, 1)]))
        self._html(request)
        self.assertFalse(request.printed_at)

    def test_of_others(self):
        request = self._send(self._order([(self.item, 1)]))
        for user in (self.loom_user, self.clerk, self.env.ref("base.public_user")):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._html(request, user)

    def test_report_of_the_request_follows_the_rights(self):
        request = self._send(self._order([(self.item, 1)]))
        report = "sample_library.report_sample_request"
        for user, may in ((self.mill_user, True), (self.loom_user, False)):
            self.env.invalidate_all()
            reports = self.env["ir.actions.report"].with_user(user)
            with self.subTest(user.login):
                if may:
                    html, _kind = reports._render_qweb_html(report, request.ids)
                    self.assertIn(request.name, html.decode())
                else:
                    with self.assertRaises(AccessError):
                        reports._render_qweb_html(report, request.ids)

    def test_queries_do_not_grow(self):
        """20 lines cost as much as 200, of one request or of many."""
        items = [
            self._item("Pick", str(number), bin_code=f"P{number}")
            for number in range(20)
        ]
        designers = self.env["res.partner"].create(
            [{"name": f"P{number}", "street": "x"} for number in range(10)]
        )
        requests = self.env["sample.request"].union(
            *(
                self._send(
                    self._order([(item, 1) for item in items], person_id=person.id)
                )
                for person in designers
            )
        )
        counts = []
        for some in (requests[:2], requests[:2], requests):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self._html(some)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
