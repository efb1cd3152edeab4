"""What scanners give, without a database."""

import string
import unittest

from hypothesis import given
from hypothesis import strategies as st

from ..tags import MAX_LENGTH, TagError, check_digit, read, storable

GTIN = "09501101530003"


class TestTags(unittest.TestCase):
    def _refused(self, text):
        with self.assertRaises(TagError) as caught:
            read(text)
        return caught.exception.code

    def test_plain(self):
        for text in ("S-1", " S-1\r\n", "s-1"):
            self.assertEqual(read(text), ["S-1"])

    def test_gs1_in_every_form(self):
        """The same piece, whatever code carries its number."""
        for text in (
            f"01{GTIN}21aB1",
            f"]C101{GTIN}21aB1",
            f"]d2\x1d01{GTIN}21aB1",
            f"\x1d01{GTIN}21aB1\x1d",
            f"]C101{GTIN}1727123121aB1\x1d10LOT",
            f"01{GTIN}1727123121aB1\x1d10LOT",
            # net length and weight have a fixed length, so no separator follows
            f"]C101{GTIN}311000015021aB1",
            f"]C101{GTIN}31030001253612001234" + "21aB1",
            # what a keyboard makes of the separator
            f"01{GTIN}21aB1]10LOT",
            f"]C101{GTIN}21aB1#10LOT",
            f"01{GTIN}21aB1Alt02910LOT",
            f"]Q310LOT\x1d01{GTIN}21aB1",
            f"(01){GTIN}(21)aB1",
            f"(21)aB1(01){GTIN}(10)LOT",
        ):
            with self.subTest(text):
                self.assertEqual(read(text), [f"(01){GTIN}(21)aB1"])

    def test_digits_like_any(self):
        """Unmarked, and the serial number is not next: this is no GS1 for sure."""
        text = f"01{GTIN}1727123121AB1"
        self.assertEqual(read(text), [text])

    def test_prefix_of_other_codes(self):
        """A scanner that names the kind of code names it for plain tags too."""
        for prefix in ("]C0", "]Q0", "]Q1", "]d1", "]A0", "]C0]C0"):
            with self.subTest(prefix):
                self.assertEqual(read(f"{prefix}S4K7QX2MAB"), ["S4K7QX2MAB"])

    def test_link(self):
        """A GS1 Digital Link is the same piece as the code without a web site."""
        piece = [f"(01){GTIN}(21)aB1"]
        for text in (
            f"https://id.gs1.org/01/{GTIN}/21/aB1",
            f"HTTP://example.com/some/path/01/{GTIN[1:]}/10/LOT/21/aB1?17=271231",
            f"]Q1https://{'long' * 20}.example/01/{GTIN}/21/aB1",
            f"https://id.gs1.org/01/{GTIN}/21/a%421",
        ):
            with self.subTest(text):
                self.assertEqual(read(text), piece)
        self.assertEqual(
            read("https://example.com/8004/ABC1"), ["(8004)ABC1", "8004ABC1"]
        )
        for text, code in (
            (f"https://id.gs1.org/01/{GTIN}", "no_serial"),
            ("https://id.gs1.org/01/09501101530004/21/1", "check_digit"),
            (f"https://id.gs1.org/01/{GTIN}/21/%F0%9F%A7%B5", "gs1"),
            ("https://example.com/" + "a" * 600, "too_long"),
            ("https://example.com/" + "a" * 60, "too_long"),
        ):
            with self.subTest(text[:60]):
                self.assertEqual(self._refused(text), code)
        # another web site is a plain tag like any text
        self.assertEqual(read("https://a.example/s-1"), ["HTTPS://A.EXAMPLE/S-1"])

    def test_lengths(self):
        for text in (
            "(01)095011015300031234(21)X",
            f"(01){GTIN}(21){'7' * 21}",
            f"]C101{GTIN}21{'7' * 21}",
            f"]C18004{'A' * 31}",
            f"]C18003{GTIN}{'7' * 17}",
            f"(01){GTIN}(21)A#B",
        ):
            with self.subTest(text):
                self.assertEqual(self._refused(text), "gs1")
        self.assertTrue(read(f"(01){GTIN}(21){'7' * 20}"))
        self.assertTrue(read(f"]C18004{'A' * 30}"))
        self.assertTrue(read(f"]C18003{GTIN}{'7' * 16}"))

    def test_assets(self):
        """Entered unmarked or marked, and scanned the other way."""
        for text in ("]C18004ABC1", "]d28004ABC1", "(8004)ABC1"):
            self.assertEqual(read(text), ["(8004)ABC1", "8004ABC1"])
        self.assertEqual(read(f"]C18003{GTIN}77"), [f"(8003){GTIN}77", f"8003{GTIN}77"])
        self.assertEqual(read("8004ABC1"), ["8004ABC1", "(8004)ABC1"])
        self.assertEqual(read(f"8003{GTIN}77"), [f"8003{GTIN}77", f"(8003){GTIN}77"])
        # digits that only look like an asset
        self.assertEqual(read("80031234"), ["80031234"])

    def test_check_digit(self):
        self.assertEqual(check_digit("0950110153000"), "3")
        self.assertEqual(check_digit("629104150021"), "3")
        for text in ("01095011015300042112", "(01)09501101530004(21)1"):
            self.assertEqual(self._refused(text), "check_digit")
        self.assertEqual(self._refused("]C1800309501101530004X"), "check_digit")

    def test_refused(self):
        for text, code in (
            ("", "empty"),
            (" \t\r\n", "empty"),
            ("A" * (MAX_LENGTH + 1), "too_long"),
            ("A" * 10240, "too_long"),
            ("🧵🧵🧵", "characters"),
            ("TAG\x00", "characters"),
            ("TÄG", "characters"),
            (f"]C101{GTIN}", "no_serial"),
            (f"(01){GTIN}", "no_serial"),
            (f"]C18003{GTIN}", "no_serial"),
            ("]C101123", "gs1"),
            ("]C1", "characters"),
            ("]C121", "gs1"),
            ("(01)123(21)4", "gs1"),
            (f"(01){GTIN}21", "gs1"),
            (f"(01){GTIN}(21", "gs1"),
        ):
            with self.subTest(text[:20]):
                self.assertEqual(self._refused(text), code)

    @given(st.text())
    def test_anything(self, text):
        try:
            tags = read(text)
        except TagError:
            return
        for tag in tags:
            self.assertTrue(tag.isascii() and tag.isprintable())
            # what is stored is read as itself
            self.assertIn(tag, read(tag))

    @given(
        st.text(string.digits, min_size=13, max_size=13),
        st.text(string.ascii_letters + string.digits, min_size=1, max_size=20),
    )
    def test_any_piece(self, digits, serial):
        gtin = digits + check_digit(digits)
        expected = [f"(01){gtin}(21){serial}"]
        self.assertEqual(read(f"]C101{gtin}21{serial}"), expected)
        self.assertEqual(read(expected[0]), expected)
        wrong = str((int(gtin[-1]) + 1) % 10)
        self.assertEqual(
            self._refused(f"(01){digits}{wrong}(21){serial}"), "check_digit"
        )

    @given(st.text(st.characters()))
    def test_storable(self, text):
        stored = storable(text + "\x00\ud800", 64)
        self.assertNotIn("\x00", stored)
        self.assertLessEqual(len(stored.encode()), 4 * 64)
