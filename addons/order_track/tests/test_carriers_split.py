"""Several tracking numbers in one text."""

import time

from odoo.tests import BaseCase, tagged

from odoo.addons.order_track.carriers import split
from odoo.addons.order_track.carriers.split import LONGEST_TEXT

UPS, GLS, FEDEX = "1Z999AA10123456784", "905510365276", "986578788855"


@tagged("post_install", "-at_install")
class TestCarriersSplit(BaseCase):
    def _read(self, text):
        return [
            (raw, found[0].carrier if found else None) for raw, found in split(text)
        ]

    def test_the_ways_numbers_are_listed(self):
        expected = [(UPS, "ups"), (GLS, "gls"), (FEDEX, "fedex")]
        for between in [
            ",",
            ", ",
            ";",
            " ; ",
            "\n",
            "\r\n",
            " ",
            "\t",
            "  ",
            "，",
            " | ",
            " / ",
        ]:
            with self.subTest(between=between):
                self.assertEqual(self._read(between.join([UPS, GLS, FEDEX])), expected)

    def test_a_number_with_blanks_stays_together(self):
        for text, carrier in [
            ("1Z 999 AA1 01 2345 6784", "ups"),
            ("9400 1112 0108 0805 4830 16", "usps"),
            ("0034 0433 8364 4263 6597", "dhl_parcel_de"),
            ("RB 123 456 785 GB", "royal_mail"),
            (" 9 8 6 5 7 8 7 8 8 8 5 5", "fedex"),
            ("00 81827 0998 0000 0200 33 350 276 C", "dpd"),
        ]:
            with self.subTest(text=text):
                self.assertEqual(self._read(text), [(text.strip(), carrier)])

    def test_numbers_with_blanks_side_by_side(self):
        self.assertEqual(
            self._read("1Z 999 AA1 01 2345 6784  9055 1036 5276,3318810025 3318810036"),
            [
                ("1Z 999 AA1 01 2345 6784", "ups"),
                ("9055 1036 5276", "gls"),
                ("3318810025", "dhl_express"),
                ("3318810036", "dhl_express"),
            ],
        )

    def test_two_numbers_that_would_make_one(self):
        # Their 20 digits are a number of USPS too, with a right check digit.
        self.assertEqual(
            self._read("1234567891 3318810051"),
            [("1234567891", "dhl_express"), ("3318810051", "dhl_express")],
        )
        self.assertEqual(self._read("12345678913318810051")[0][1], "usps")
        self.assertEqual(
            self._read("01015026003653 01015026003653"), [("01015026003653", "dpd")] * 2
        )

    def test_words_beside_numbers_are_left_out(self):
        self.assertEqual(
            self._read(f"UPS {UPS}, 2 parcels by GLS: {GLS} - call before"),
            [(UPS, "ups"), (GLS, "gls")],
        )
        self.assertEqual(self._read("collected by the customer"), [])

    def test_unknown_numbers_are_kept(self):
        self.assertEqual(
            self._read(f"4711 0815, {UPS} 77001234"),
            [("4711 0815", None), (UPS, "ups"), ("77001234", None)],
        )

    def test_hints_reach_the_numbers(self):
        [(_raw, found)] = split("0073938000549297", preferred="evri")
        self.assertEqual(found[0].carrier, "evri")
        [(_raw, found)] = split("0073938000549297", country="AT")
        self.assertEqual(found[0].carrier, "austrian_post")

    def test_what_is_no_list(self):
        for text in [None, False, 12, [], "", " ,;\n", f"{UPS}," * 500]:
            self.assertEqual(split(text), [])
        self.assertEqual(split("\x00" * 50 + "📦"), [])
        self.assertEqual(self._read("<b>1</b>"), [("<b>1</b>", None)])

    def test_the_worst_texts_are_read_in_time(self):
        for unit in ["1 ", "１ ", "12 34 ", "A", "- ", f"{GLS} ", "1Z", "\u200b "]:
            text = (unit * LONGEST_TEXT)[:LONGEST_TEXT]
            started = time.process_time()
            split(text)
            with self.subTest(unit=unit):
                # Some 0.4 s; a reading whose cost grows with the square takes minutes.
                self.assertLess(time.process_time() - started, 5)
