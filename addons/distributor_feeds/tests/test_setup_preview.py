"""What is seen of a sample file, before anything is kept of it."""

import gzip

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..formats import Limits
from .common_setup import SAMPLE, SetupCase


@tagged("post_install", "-at_install")
class TestSetupPreview(SetupCase):
    def test_what_is_guessed_can_be_seen(self):
        setup = self._read()
        self.assertEqual(
            (setup.step, setup.delimiter, setup.header), ("columns", ";", True)
        )
        self.assertEqual(
            setup.line_ids.mapped("column"), ["Article", "Qty", "Cost", "Title"]
        )
        self.assertEqual(
            setup.line_ids.mapped("target"), ["code", "quantity", "price", "name"]
        )
        price = self._line(setup, "Cost")
        self.assertEqual((price.decimal, price.thousands), ("comma", "point"))
        self.assertEqual(price.sample, "1.234,50 · 3,5 · 7,25")
        self.assertEqual(setup.content, "both")
        self.assertIn("1 of the first 3 rows cannot be used", setup.preview)
        self.assertIn("1234.5", setup.preview)
        self.assertIn("50+", setup.preview)
        self.assertRegex(setup.preview, r'table-danger"><td[^>]*>3</td>.*many')

    def test_nothing_of_a_file_becomes_html(self):
        data = (
            b'"<img src=x onerror=a()>";"<b>qty</b>";Title\n'
            b'A1;"<script>b()</script>";Chair\nA2;3;"<script>c()</script>"\n'
        )
        setup = self._read(data)
        self._line(setup, "<img src=x onerror=a()>").target = "code"
        self._line(setup, "<b>qty</b>").target = "quantity"
        self.assertIn("&lt;script&gt;b()", setup.preview)
        self.assertIn("&lt;script&gt;c()", setup.preview)
        for found in ("<script", "<img", "<b>"):
            self.assertNotIn(found, setup.preview)
        setup.sheet = "<script>"
        setup.kind = "sheet"
        self.assertIn("alert-danger", setup.preview)
        self.assertNotIn("<script", setup.preview)

    def test_the_preview_follows_the_format(self):
        setup = self._read()
        with Form(setup) as form:
            form.delimiter = "|"
            self.assertIn("does not have", form.preview)
            self.assertEqual(len(form.line_ids), 5)
            form.delimiter = ";"
            self.assertNotIn("does not have", form.preview)
            self.assertEqual(len(form.line_ids), 4)
            form.skip_rows = 1
            form.header = False
            self.assertIn("Their code", form.preview)
            form.header = True
            form.skip_rows = 0
        self.assertEqual(
            setup.line_ids.mapped("target"), ["code", "quantity", "price", "name"]
        )
        self.assertEqual(setup.line_ids.mapped("found"), [True] * 4)

    def test_wrong_options_are_told_and_nothing_is_lost(self):
        setup = self._read()
        with Form(setup) as form:
            form.encoding = "klingon"
            self.assertIn("klingon", form.preview)
            self.assertIn("alert-danger", form.preview)
            form.delimiter = "abc"
            form.encoding = ""
            self.assertIn("The delimiter is one character", form.preview)
        self.assertEqual(len(setup.line_ids), 4)
        with self.assertRaisesRegex(UserError, "delimiter is one character"):
            self._save(setup)
        setup.delimiter = ";"
        self.assertIn("1 of the first 3 rows", setup.preview)

    def test_the_preview_follows_the_mapping(self):
        setup = self._read()
        with Form(setup) as form:
            with form.line_ids.edit(2) as line:
                line.factor = "0.01"
            self.assertIn("12.345", form.preview)
            with form.line_ids.edit(2) as line:
                line.factor = "a lot"
                self.assertIn("A factor is a number", line.problem)
            self.assertIn("A factor is a number", form.preview)
            with form.line_ids.edit(2) as line:
                line.factor = "1"
                line.decimal = "point"
                line.thousands = False
            self.assertIn("3 of the first 3 rows cannot be used", form.preview)
            with form.line_ids.edit(0) as line:
                line.target = False
            self.assertIn("Map a column to their code", form.preview)

    def test_hostile_samples(self):
        zeros = gzip.compress(b"0,0,0,0\n" * (1 << 23))
        self.assertGreater((1 << 26) / len(zeros), Limits().max_ratio)
        for name, data, message in (
            ("bomb.gz", zeros, "unpack"),
            ("nuls.csv", bytes(range(256)) * 20, "neither text"),
            ("line.csv", b"a" * 300_000, "Line 1 has more than"),
            ("empty.csv", b"", "Choose a sample"),
            ("cut.gz", gzip.compress(SAMPLE)[:-3], "cut off"),
            ("doc.pdf", b"%PDF-1.4 x", "is PDF"),
            (
                "wide.csv",
                b";".join(b"c%d" % n for n in range(600)) + b"\n1\n",
                "at most 500",
            ),
            ("bomb.xml", _entities(), "declares entities"),
        ):
            with self.subTest(name):
                setup = self._new(data, name)
                with self.assertRaisesRegex(UserError, message):
                    setup.action_read()
                self.assertEqual(setup.step, "file")
        for data in (
            b'[{"sku\\u0000":"A","stock\\u0000":"2\\u0000"},{"sku\\u0000":"B","stock\\u0000":"2"}]',
            b"sku,stock\nA\x07,1\x1b\nB,\xff\xfe\n",
        ):
            setup = self._read(data, "odd")
            self.assertIn("stock", setup.line_ids.mapped("column"))
            self.assertIn("Their code", setup.preview)


def _entities():
    lines = ['<!ENTITY a0 "ha">']
    lines += [f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};&a{n - 1};">' for n in range(1, 30)]
    text = f'<?xml version="1.0"?>\n<!DOCTYPE x [{"".join(lines)}]><x><y>&a29;</y></x>'
    return text.encode()
