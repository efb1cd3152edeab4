import io

import openpyxl

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..quick import MAX_ROWS
from .common_quick_order import QuickOrderCommon
from .test_quick_order_reading import xlsx

URL = "/shop/quick_order/list"


@tagged("post_install", "-at_install")
class TestQuickOrderList(QuickOrderCommon):
    """Paste or upload a list, look at it, add it, download what is left."""

    def setUp(self):
        super().setUp()
        self._login()

    # === THE VISITOR === #

    def _upload(self, content, name="list.csv"):
        """Send a file; return the page that comes back."""
        page = self._page(URL)
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        return self.url_open(
            URL,
            data={"csrf_token": token, "text": ""},
            files={"upload": (name, content)},
        )

    def _paste(self, text):
        return self._post(URL, self._page(URL), text=text)

    def _list(self):
        self.env.invalidate_all()
        return self.env["sale.quick.list"].search([], limit=1)

    def _statuses(self):
        return [row["status"] for row in self._list().rows]

    def _add_list(self, **post):
        url = f"{URL}/{self._list().id}"
        return self._post(f"{url}/add", self._page(url), **post)

    # === WHAT IS FOUND === #

    def test_codes_of_all_kinds(self):
        self.cup.barcode = "4006381333931"
        self.env["product.customer.reference"].create(
            {
                "partner_id": self.portal.partner_id.id,
                "product_id": self.bag.id,
                "code": "Our Bag",
            }
        )
        self._paste("qp-1\t3\n4006381333931\t4\nour bag\t5")
        self.assertEqual(self._statuses(), ["matched"] * 3)
        self._add_list()
        self.assertEqual(self._in_cart(), {self.pen: 3, self.cup: 4, self.bag: 5})
        self.assertEqual(self._statuses(), ["added"] * 3)

    def test_code_of_another_customer(self):
        self.env["product.customer.reference"].create(
            {
                "partner_id": self.customer.id,
                "product_id": self.bag.id,
                "code": "OURS",
            }
        )
        self._paste("OURS\t5")
        self.assertEqual(self._statuses(), ["unknown"])

    def test_barcode_of_a_packaging(self):
        self.dozen.active = True
        self.pen.uom_ids = self.dozen
        self.env["product.uom"].create(
            {"product_id": self.pen.id, "uom_id": self.dozen.id, "barcode": "1234567"}
        )
        self._paste("1234567\t2")
        self._add_list()
        (line,) = self._own_cart().order_line
        self.assertRecordValues(
            line, [{"product_uom_qty": 2, "product_uom_id": self.dozen.id}]
        )

    def test_each_bad_row_says_why(self):
        self._rule(product_ids=[Command.set(self.cup.ids)], max_quantity=5)
        self.env["product.product"].create(
            [
                self._quick_vals("Twin A", default_code="TWIN"),
                self._quick_vals("Twin B", default_code="TWIN"),
                self._quick_vals("Hidden", default_code="HID", is_published=False),
            ]
        )
        self._paste("QP-1;3\nQC-1;6\nTWIN;1\nNONE;1\nHID;1\nQB-1;x\nQB-1;\n;4\nQB-1;0")
        self.assertEqual(
            self._statuses(),
            ["matched", "over", "ambiguous", "unknown", "unknown", *["bad"] * 4],
        )
        self._add_list()
        self.assertEqual(self._in_cart(), {self.pen: 3})
        response = self.url_open(f"{URL}/{self._list().id}/bad.xlsx")
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(len(rows), 9)
        self.assertTrue(all(row[3] for row in rows), rows)
        # mended in the file, it can be sent again as it is
        self._upload(response.content, "bad.xlsx")
        self.assertEqual(self._statuses()[0], "over")
        self.assertEqual(self._list().rows[0]["code"], "QC-1")

    def test_limit_counts_all_rows_of_a_product(self):
        self._rule(product_ids=[Command.set(self.cup.ids)], max_quantity=5)
        self._paste("QC-1;3\nQC-1;3")
        self.assertEqual(self._statuses(), ["matched", "over"])

    def test_ambiguous_code_is_chosen(self):
        twins = self.env["product.product"].create(
            [self._quick_vals(f"Twin {n}", default_code="TWIN") for n in "AB"]
        )
        self._paste("TWIN;2\nTWIN;3")
        self._add_list(row_1=str(twins[1].id), row_2=str(self.pen.id))
        self.assertEqual(self._in_cart(), {twins[1]: 2})
        self.assertEqual(self._statuses(), ["added", "ambiguous"])

    def test_adding_twice_adds_once(self):
        self._paste("QP-1;3")
        self._add_list()
        self._add_list()
        self.assertEqual(self._in_cart(), {self.pen: 3})

    def test_rows_of_one_product_add_up(self):
        self._paste("QP-1;3\nQP-1;4")
        self._add_list()
        self.assertEqual(self._in_cart(), {self.pen: 7})

    # === FILES === #

    def test_files(self):
        for content, name in (
            ("SKU;Menge\nQP-1;2\n".encode("cp1252"), "a.csv"),
            ("SKU\tQty\nQP-1\t2\n".encode("utf-16"), "a.txt"),
            (b"\xef\xbb\xbfSKU,Qty\r\nQP-1,2\r\n", "a.csv"),
            (xlsx(("SKU", "Quantity"), ("QP-1", 2)), "a.xlsx"),
        ):
            self._upload(content, name)
            (row,) = self._list().rows
            self.assertEqual((row["status"], row["quantity"]), ("matched", 2), name)

    def test_refused_files_say_why_and_keep_nothing(self):
        many = "\n".join(f"S{n};1" for n in range(MAX_ROWS + 1)).encode()
        for content, name, text in (
            (many, "a.csv", "more than 5,000 rows"),
            (b"\x00\x01", "a.csv", "cannot be read"),
            (b"PK\x03\x04", "a.xlsx", "damaged"),
            (b"old", "a.xls", "not a CSV or XLSX"),
            (b"x" * (5 * 1024 * 1024 + 1), "a.csv", "at most 5 MB"),
            (b"", "a.csv", "nothing in it"),
        ):
            response = self._upload(content, name)
            self.assertIn(text, response.text, name)
            self.assertFalse(self._list())

    def test_list_of_ten_thousand_rows_is_refused_as_a_whole(self):
        response = self._paste("\n".join("QP-1;1" for _n in range(10_000)))
        self.assertIn("nothing of it was taken", response.text)
        self.assertFalse(self._list())

    def test_five_thousand_rows_are_looked_up(self):
        rows = ["QP-1;1", *(f"S{n};1" for n in range(MAX_ROWS - 1))]
        response = self._upload("\n".join(rows).encode())
        self.assertIn("All (5,000)", response.text)
        self.assertEqual(self._statuses().count("unknown"), MAX_ROWS - 1)
        response = self.url_open(f"{URL}/{self._list().id}/bad.csv")
        self.assertEqual(len(response.text.splitlines()), MAX_ROWS)

    def test_hostile_cells(self):
        self._paste("=cmd|' /C calc'!A0;1\n<script>alert(1)</script>;1\n@SUM(A1);x")
        page = self.url_open(f"{URL}/{self._list().id}").text
        self.assertNotIn("<script>alert", page)
        text = self.url_open(f"{URL}/{self._list().id}/bad.csv").content.decode(
            "utf-8-sig"
        )
        for line in text.splitlines()[1:]:
            self.assertNotIn(line.lstrip('"')[0], "=+-@")

    def test_samples(self):
        for kind in ("csv", "xlsx"):
            response = self.url_open(f"{URL}/sample.{kind}")
            self._upload(response.content, f"sample.{kind}")
            self.assertEqual(set(self._statuses()), {"matched"}, kind)
        self.assertEqual(self.url_open(f"{URL}/sample.exe").status_code, 404)

    # === RIGHTS === #

    def test_lists_are_private(self):
        self._paste("QP-1;3")
        mine = self._list()
        colleague = self._user("colleague", "base.group_portal")
        self.authenticate(colleague.login, colleague.login)
        url = f"{URL}/{mine.id}"
        token_page = self._page(URL)
        for response in (
            self.url_open(url),
            self.url_open(f"{url}/bad.csv"),
            self._post(f"{url}/add", token_page),
        ):
            self.assertNotIn("QP-1", response.text)
        self.assertFalse(self._own_cart().order_line)
        self.assertFalse(self.env["sale.quick.list"].with_user(colleague).search([]))

    def test_rows_cannot_be_written_from_outside(self):
        self._paste("QP-1;3")
        for method, args in (
            ("write", [self._list().ids, {"rows": []}]),
            ("create", [{"name": "x", "user_id": self.portal.id}]),
            ("unlink", [self._list().ids]),
        ):
            with mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
                error = self._rpc_error(
                    f"/web/dataset/call_kw/sale.quick.list/{method}",
                    {
                        "model": "sale.quick.list",
                        "method": method,
                        "args": args,
                        "kwargs": {},
                    },
                )
            self.assertEqual(error[0], "odoo.exceptions.AccessError")

    def test_visitor_must_log_in(self):
        self.authenticate(None, None)
        self.assertIn("/web/login", self.url_open(URL).url)

    def test_old_lists_are_dropped(self):
        self._paste("QP-1;3")
        old = self._list()
        self.env["sale.quick.list"]._gc_lists()
        self.assertTrue(old.exists())
        self.env.cr.execute(
            "UPDATE sale_quick_list SET create_date = now() - interval '31 days'"
        )
        self.env.invalidate_all()
        self.env["sale.quick.list"]._gc_lists()
        self.assertFalse(old.exists())

    # === SEARCH === #

    def test_search_finds_barcodes_and_own_codes(self):
        self.cup.barcode = "4006381333931"
        self.env["product.customer.reference"].create(
            {
                "partner_id": self.portal.partner_id.id,
                "product_id": self.bag.id,
                "code": "XYZ777",
            }
        )
        for term, product in (
            ("4006381333931", self.cup),
            ("XYZ777", self.bag),
            ("QP-1", self.pen),
        ):
            page = self._page(f"{self.url}?search={term}")
            boxes = page.xpath("//input[starts-with(@id, 'quick_qty_')]/@id")
            self.assertEqual(boxes, [f"quick_qty_{product.id}"], term)
        self.authenticate(None, None)
        page = self._page(f"{self.url}?search=XYZ777")
        self.assertFalse(page.xpath("//input[starts-with(@id, 'quick_qty_')]"))
