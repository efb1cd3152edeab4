import io
import unittest.mock
import zipfile

import openpyxl

from odoo.tests import BaseCase, tagged

from ..quick import (
    MAX_ROWS,
    QuantityError,
    TableError,
    parse_quantity,
    read_table,
    read_text,
    safe_cell,
    to_csv,
    to_xlsx,
)


def xlsx(*rows, sheet=None):
    """A real XLSX file with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def replaced(content, name, data):
    """The same archive with another part in the place of one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                new.writestr(
                    member.filename,
                    data if member.filename == name else old.read(member),
                )
    return out.getvalue()


_SHEET = "xl/worksheets/sheet1.xml"


@tagged("post_install", "-at_install")
class TestQuickOrderQuantity(BaseCase):
    def _code(self, value, **kwargs):
        with self.assertRaises(QuantityError) as caught:
            parse_quantity(value, **kwargs)
        return caught.exception.code

    def test_whole_numbers(self):
        for text, number in (("12", 12), (" 7 ", 7), ("1,200", 1200), ("3.0", 3)):
            self.assertEqual(parse_quantity(text), number, text)
        for number in (4, 4.0):
            self.assertEqual(parse_quantity(number), 4)
        for nothing in (None, "", "  "):
            self.assertIsNone(parse_quantity(nothing))

    def test_each_language_has_its_comma(self):
        german = {"point": ",", "comma": ".", "digits": 2}
        self.assertEqual(parse_quantity("1,5", **german), 1.5)
        self.assertEqual(parse_quantity("1.500", **german), 1500)
        self.assertEqual(self._code("1.5", **german), "number")
        french = {"point": ",", "comma": "\u202f", "digits": 2}
        for text in ("1 500,5", "1\u00a0500,5", "1\u202f500,5"):
            self.assertEqual(parse_quantity(text, **french), 1500.5)
        self.assertEqual(parse_quantity("1.5", digits=2), 1.5)

    def test_nothing_is_guessed(self):
        self.assertEqual(self._code("1,5"), "number")
        self.assertEqual(self._code("1,5", digits=2), "number")
        self.assertEqual(self._code("1,5", point=",", comma="."), "whole")
        self.assertEqual(self._code("1.5"), "whole")
        self.assertEqual(self._code(1.5), "whole")
        self.assertEqual(self._code("1.234", digits=2), "number")

    def test_no_quantities(self):
        for bad in (
            "NaN",
            "inf",
            "1e9",
            "0x10",
            "٣",
            "12 pcs",
            "--1",
            "=1",
            "1 2",
            "1,,0",
        ):
            self.assertEqual(self._code(bad), "number", bad)
        for bad in (float("nan"), float("inf"), True):
            self.assertEqual(self._code(bad), "number", bad)
        for bad in ("0", "-1", "\u22121", "0.0", 0, -2.0):
            self.assertEqual(self._code(bad, digits=2), "positive", bad)
        for bad in ("1000001", 1e9, 10**400):
            self.assertEqual(self._code(bad), "large", bad)


@tagged("post_install", "-at_install")
class TestQuickOrderTable(BaseCase):
    ROWS = [(1, "ABC-1", "3"), (2, "Zoë", "4")]

    def _code(self, content, name=""):
        with self.assertRaises(TableError) as caught:
            read_table(content, name)
        return caught.exception.code

    def test_encodings_and_separators(self):
        for separator in (",", ";", "\t"):
            text = f"ABC-1{separator}3\r\nZoë{separator}4\r\n"
            for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
                with self.subTest(separator=separator, encoding=encoding):
                    self.assertEqual(read_table(text.encode(encoding)), self.ROWS)

    def test_pasted_with_spaces(self):
        self.assertEqual(read_text("ABC-1   3\nZoë 4\n"), self.ROWS)

    def test_header_tells_the_columns(self):
        for header in ("Name;Quantity;SKU", "name;Menge;Artikelnummer"):
            text = f"{header}\nA thing;3;ABC-1\n\n;4;Zoë\n"
            self.assertEqual(read_text(text), [(2, "ABC-1", "3"), (4, "Zoë", "4")])

    def test_quoted_cells(self):
        self.assertEqual(
            read_text('"A,1","2"\n"B ""x""",3'), [(1, "A,1", "2"), (2, 'B "x"', "3")]
        )

    def test_decimal_comma_beside_semicolons(self):
        self.assertEqual(read_text("A;1,5\nB;2,5"), [(1, "A", "1,5"), (2, "B", "2,5")])

    def test_xlsx(self):
        content = xlsx(
            ("SKU", "Quantity"), ("ABC-1", 3), (None, None), (4006381333931, 2.5)
        )
        self.assertEqual(
            read_table(content), [(2, "ABC-1", 3), (4, "4006381333931", 2.5)]
        )

    def test_as_many_rows_as_allowed_and_one_more(self):
        rows = [("Code", "Qty"), *((f"S{n}", n) for n in range(1, MAX_ROWS + 1))]
        text = "\n".join(f"{code};{quantity}" for code, quantity in rows)
        self.assertEqual(len(read_table(text.encode())), MAX_ROWS)
        self.assertEqual(len(read_table(xlsx(*rows))), MAX_ROWS)
        self.assertEqual(self._code(f"{text}\nX;1".encode()), "rows")
        self.assertEqual(self._code(xlsx(*rows, ("X", 1))), "rows")

    def test_files_that_are_none(self):
        for content, name, code in (
            (b"", "", "empty"),
            (b" \n\n", "", "empty"),
            (b"SKU;Quantity\n", "", "empty"),
            (b"\x00\x01\x02", "", "encoding"),
            (b"A;1\n\x81\x8d", "", "encoding"),
            (b"\xff\xfeA", "", "encoding"),
            (b"\xd0\xcf\x11\xe0rest", "", "format"),
            (b"A;1", "old.XLS", "format"),
            (b"PK\x03\x04 broken", "", "xlsx"),
            (b"x" * (5 * 1024 * 1024 + 1), "", "bytes"),
        ):
            self.assertEqual(self._code(content, name), code, content[:20])

    def test_bomb_is_not_unpacked(self):
        """A small archive that claims, and holds, very much."""
        bomb = replaced(xlsx(("A", 1)), _SHEET, b" " * 200_000_000)
        self.assertLess(len(bomb), 1_000_000)
        with unittest.mock.patch.object(openpyxl, "load_workbook") as parse:
            self.assertEqual(self._code(bomb), "bytes")
            parse.assert_not_called()

    def test_entities_are_not_expanded(self):
        laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
        with unittest.mock.patch.object(openpyxl, "load_workbook") as parse:
            self.assertEqual(
                self._code(replaced(xlsx(("A", 1)), _SHEET, laughs)), "xlsx"
            )
            parse.assert_not_called()

    def test_row_that_claims_to_be_the_billionth(self):
        sheet = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
            b'main"><sheetData><row r="1000000000"><c r="A1000000000"><v>1</v></c>'
            b"</row></sheetData></worksheet>"
        )
        self.assertEqual(self._code(replaced(xlsx(("A", 1)), _SHEET, sheet)), "rows")

    def test_downloads_run_nothing(self):
        for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|x", "%x"):
            self.assertEqual(safe_cell(text)[0], "'", text)
            content = to_xlsx(("Code",), [(text,)])
            (cell,) = openpyxl.load_workbook(io.BytesIO(content)).active["A2:A2"][0]
            self.assertEqual(cell.data_type, "s")
            self.assertIn(b"\n", to_csv(("Code",), [(text,)]))
        self.assertEqual(safe_cell("ABC-1"), "ABC-1")
        self.assertEqual(safe_cell(3), 3)
        self.assertEqual(safe_cell("a\x00b\x07"), "ab")
