"""Tracking numbers of known carriers, and texts that are none."""

from urllib.parse import urlsplit

from odoo.tests import BaseCase, tagged

from odoo.addons.order_track.carriers import (
    LABELS,
    label,
    link,
    normalise,
    recognise,
)
from odoo.addons.order_track.carriers.recognise import RULES

# Numbers the carriers or public collections print as examples, as they are printed.
VERIFIED = {
    "ups": ["1Z999AA10123456784", "1Z5R89390357567127", "1ZXX3150YW44070023",
            "K2479825491", "J4603636537", "V0490119172", "K 150 623 562 0"],
    "fedex": ["986578788855", "477179081230", "799531274483", "974367662710",
              "0414 4176 0228 964", "568283610012734", "61299998820821171811"],
    "usps": ["9400 1112 0108 0805 4830 16", "9405803699300124287899",
             "92748931507708513018050063", "0307 1790 0005 2348 3741",
             "7112 3456 7891 2345 6787", "7196 9010 7560 0307 7385",
             "LL572405406US", "9212391234567812345670"],
    "dhl_express": ["3318810025", "8487135506", "1099255990", "3821724944"],
    "dhl_parcel_de": ["00340433836442636597", "00340434666024752624",
                      "RB123456785DE"],
    "gls": ["905510365276"],
    "hermes": ["09133131530724"],
    "dpd": ["01015026003653C", "00 81827 0998 0000 0200 33 350 276 C",
            "0081 827 0998 0000 0200 45 327 276 N"],
    "la_poste": ["6A15602676300", "6A15602683841", "LU680211095FR"],
    "chronopost": ["XY746876977FR", "XU152297803JF", "XW827106090JB",
                   "XY504821570VF", "XR646836167TS"],
    "royal_mail": ["RB123456785GB", "GV501788296GB"],
    "poste_italiane": ["RB167995284IT"],
    "postnord": ["00373500454541020957"],
    "austrian_post": ["1035304005500970252807", "1019012500386270268443"],
    "canada_post": ["0073938000549297", "7035114477138472", "4002847016405018"],
    "ontrac": ["C11031500001879", "C10999911320231", "D10011354453707"],
    "upu_s10": ["EB000717618HK", "RQ065039102MY", "RB123456785CV"],
    "sscc": ["000123450000000027"],
}  # fmt: skip
FORM_ONLY = {
    "dhl_express": ["JD014600003922748698"],
    "dhl_parcel_de": ["JJD1410302937991", "JJD000390007882012345"],
    "dhl_ecommerce": ["GM2951173225174494", "GM295117494011169042",
                      "JVGL0605379700518040", "JVGL05646203000841650889"],
    "gls": ["XHAX4HDA", "YOXVB8CE", "Z6SZ1A0U", "12345678901"],
    "dpd": ["15501234567890", "25012345678901"],
    "evri": ["H02X8A0022918652"],
    "tnt": ["123456789"],
    "la_poste": ["2C12345678901"],
    "postnl": ["3SDEVC6659149", "3SDEVC748859096", "3STUNM283054292"],
    "bpost": ["323212345659900040669030", "323212345659900357663030"],
    "swiss_post": ["99.00.123456.12345678", "996013175411004730"],
    "correos": ["PQ856C0710027820144566Q"],
    "royal_mail": ["32-001 925 4000-221 BB4 EFC", "021115C902CF0C99"],
    "australia_post": ["34QMA5219985", "7XX1000634011427", "33XXX0123456"],
    "parcelforce": ["AA1234567", "AAAA1234567890"],
    "lasership": ["1LS717793482164", "LX17635036", "1LS7119013618127-1"],
    "amazon": ["TBA502887274000", "TBA010000000000"],
}  # fmt: skip
WRONG = {
    "ups": ["1Z5R89390357567128", "1Z1111111111111111"],
    "fedex": ["996578788855", "568283610012732", "9611020987654312345673"],
    "usps": ["03071790000523483742", "4201028200009261290113185417468511"],
    "dhl_express": ["3318810010", "3318810034", "3318810011"],
    "dhl_parcel_de": ["00340433836442636598", "201298452278"],
    "gls": ["905510365277"],
    "canada_post": ["0073938000549292", "5002847016405018"],
    "la_poste": ["6A15602676301", "RB123456786FR"],
    "ontrac": ["C10000000000000", "D10011345983012"],
    "dpd": ["008182709980000020033350276A", "01015026003653D"],
    "austrian_post": ["1035304005500970252808"],
    "chronopost": ["XY746876978FR"],
    "upu_s10": ["RB123456786CV", "RB123456785XX", "RB123456785WW"],
    "royal_mail": ["RB123456786GB"],
    "sscc": ["000123450000000028"],
}


@tagged("post_install", "-at_install")
class TestCarriers(BaseCase):
    def _of(self, text, carrier, **hints):
        return [c for c in recognise(text, **hints) if c.carrier == carrier]

    def test_printed_examples_are_verified_and_come_first(self):
        for carrier, numbers in VERIFIED.items():
            for number in numbers:
                with self.subTest(carrier=carrier, number=number):
                    found = recognise(number)
                    self.assertEqual(
                        (found[0].carrier, found[0].verified), (carrier, True)
                    )

    def test_printed_examples_without_check_digit(self):
        for carrier, numbers in FORM_ONLY.items():
            for number in numbers:
                with self.subTest(carrier=carrier, number=number):
                    found = recognise(number)
                    self.assertEqual(
                        (found[0].carrier, found[0].verified), (carrier, False)
                    )

    def test_wrong_check_digits_rule_a_carrier_out(self):
        for carrier, numbers in WRONG.items():
            for number in numbers:
                with self.subTest(carrier=carrier, number=number):
                    self.assertFalse(self._of(number, carrier))

    def test_bar_codes_give_the_number_people_know(self):
        for code, number in [
            ("420 22153 9101026837331000039521", "9101026837331000039521"),
            ("4201002334249200190132607600833457", "9200190132607600833457"),
            # 9201 might begin a bar code of 26 digits, and its check digit would fit.
            ("420 10010 9201 9400111201080805483016", "9400111201080805483016"),
            ("9611020987654312345672", "987654312345672"),
            ("1001921334250001000300779017972697", "779017972697"),
            ("9622001900000000000000776632517510", "776632517510"),
            ("00 81827 0998 0000 0200 33 350 276 C", "09980000020033"),
            ("01015026003653C", "01015026003653"),
        ]:
            with self.subTest(code=code):
                self.assertEqual(recognise(code)[0].number, number)

    def test_several_carriers_may_fit(self):
        # An example printed for DHL. Its check digit is right for FedEx and GLS too: no
        # carrier's rule may hide the others.
        number = "201298452277"
        self.assertEqual(
            [(c.carrier, c.verified) for c in recognise(number)],
            [("fedex", True), ("dhl_parcel_de", True), ("gls", True)],
        )
        self.assertEqual(recognise(number, preferred="gls")[0].carrier, "gls")
        self.assertEqual(recognise(number, country="DE")[0].carrier, "dhl_parcel_de")
        self.assertEqual(recognise(number, country="FR")[0].carrier, "gls")
        self.assertEqual(recognise(number, country="US")[0].carrier, "fedex")

    def test_a_check_digit_beats_a_form(self):
        found = recognise("0073938000549297")
        self.assertEqual(
            [(c.carrier, c.verified) for c in found],
            [("canada_post", True), ("austrian_post", True), ("evri", False)],
        )

    def test_hints_move_a_carrier_up(self):
        for hints, order in [
            ({"country": "GB"}, ["evri", "canada_post", "austrian_post"]),
            ({"country": "AT"}, ["austrian_post", "canada_post", "evri"]),
            ({"country": "JP"}, ["canada_post", "austrian_post", "evri"]),
            ({"preferred": "evri"}, ["evri", "canada_post", "austrian_post"]),
            (
                {"preferred": "evri", "country": "AT"},
                ["evri", "austrian_post", "canada_post"],
            ),
        ]:
            with self.subTest(**hints):
                found = recognise("0073938000549297", **hints)
                self.assertEqual([c.carrier for c in found], order)

    def test_a_hint_does_not_make_a_number_fit(self):
        self.assertEqual(recognise("1Z5R89390357567128", preferred="ups"), [])
        self.assertEqual(
            recognise("1Z999AA10123456784", preferred="gls", country="XX"),
            recognise("1Z999AA10123456784"),
        )

    def test_international_mail_names_its_operator(self):
        [found] = recognise("EB000717618HK")
        self.assertEqual((found.country, label(found)), ("HK", "Hongkong Post"))
        [found] = recognise("RB123456785CV")
        self.assertEqual(label(found), "International mail")
        self.assertEqual(recognise("RB123456785GB")[0].country, "GB")

    def test_as_people_type(self):
        for typed in [
            " 1z 999 aa1 01 2345 6784 ",
            "1Z-999-AA1-01-2345-6784",
            "1Z.999.AA1.01.2345.6784",
            "1Z999AA1\u200b0123456784\ufeff",
            "1Z999AA1\u00a001\u20112345\u20136784",
            "１Ｚ９９９ＡＡ１０１２３４５６７８４",
            "1Z999\u0410\u041010123456784",  # two Cyrillic letters
            "1Z999\u0391\u039110123456784",  # two Greek ones
            "1Z999AA1٠١٢٣٤٥٦٧٨٤",
            "\t1Z999AA10123456784\r\n",
        ]:
            with self.subTest(typed=typed):
                self.assertEqual(normalise(typed), "1Z999AA10123456784")
                self.assertEqual(recognise(typed)[0].carrier, "ups")

    def test_what_is_no_number_has_no_candidates(self):
        for text in [
            None, False, True, 0, 986578788855, b"986578788855", [], {}, object(), "",
            " ", "None", "n/a", "A" * 10240, "9" * 10240, "1Z999AA10123456784" * 600,
            "<script>alert(1)</script>", "1Z999AA10123456784<script>", "0000000000",
            "98657878\x078855", "9865\u202f7878 8855 📦", "📦" * 8, "\x00986578788855",
            "'; DROP TABLE x;--", "1Z999AA1" + " " * 200 + "0123456784",
            "javascript:alert(1)", "WH/OUT/00012", "{number}", "%s%s%s%s%s%s", "ẞ" * 12,
            "\ud800986578788855", "½" * 12, "12345", "00000000000000000000000000000000",
        ]:  # fmt: skip
            with self.subTest(text=str(text)[:40].encode("ascii", "replace")):
                self.assertEqual(recognise(text), [])

    def test_every_carrier_has_a_name_and_a_link(self):
        carriers = {rule.carrier for rule in RULES} | {"upu_s10"}
        self.assertEqual(carriers | {"correos"}, set(LABELS))
        for carrier in carriers - {"sscc", "upu_s10"}:
            with self.subTest(carrier=carrier):
                address = urlsplit(link(carrier, "AB 12-34 56"))
                self.assertEqual(
                    (address.scheme, bool(address.netloc)), ("https", True)
                )
                self.assertIn(
                    "AB123456", address.query + address.path + address.fragment
                )

    def test_links(self):
        self.assertEqual(
            link("ups", "1z 999 aa1 01 2345 6784"),
            "https://www.ups.com/track?tracknum=1Z999AA10123456784",
        )
        # The page wants the parcel's number, not all that the bar code holds.
        self.assertTrue(
            link("usps", "420221539101026837331000039521").endswith(
                "tLabels=9101026837331000039521"
            )
        )
        self.assertEqual(
            link("postnl", "3SDEVC6659149", "NL", "1012 ab"),
            "https://jouw.postnl.nl/track-and-trace/3SDEVC6659149-NL-1012AB",
        )
        self.assertEqual(
            link("postnl", "3SDEVC6659149"),
            "https://postnl.nl/tracktrace/?B=3SDEVC6659149",
        )
        self.assertIn("track.dpd.co.uk", link("dpd", "15501234567890", "GB"))
        self.assertIn("trace.dpd.fr", link("dpd", "15501234567890", "fr"))
        self.assertIn("japanpost", link("upu_s10", "RB123456785JP"))

    def test_no_link_from_odd_text(self):
        for number in [
            None,
            "",
            "1Z<script>",
            "javascript:alert(1)",
            "a/../../b",
            "\x00",
        ]:
            with self.subTest(number=number):
                self.assertIsNone(link("ups", number))
        for carrier in ["sscc", "upu_s10", "nobody", "", None]:
            self.assertIsNone(link(carrier, "986578788855"))
        odd = link("postnl", "3SDEVC6659149", "N/", "'\"><script>")
        self.assertEqual(odd, link("postnl", "3SDEVC6659149"))
        self.assertEqual(
            link("bpost", "3" * 24, "BE", ["1000"]), link("bpost", "3" * 24)
        )

    def test_names(self):
        self.assertEqual((label("ups"), label("dhl_parcel_de")), ("UPS", "DHL Paket"))
        self.assertEqual(label("own_van"), "own_van")
