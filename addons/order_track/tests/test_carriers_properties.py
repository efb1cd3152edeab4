"""What holds for any tracking number."""

from urllib.parse import urlsplit

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.order_track.carriers import (
    LABELS,
    link,
    links,
    normalise,
    recognise,
    split,
)
from odoo.addons.order_track.carriers import check_digits as check
from odoo.addons.order_track.carriers.recognise import HOME, RULES

BASE_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HOSTS = {
    urlsplit(template).netloc
    for templates in (
        links._TEMPLATES,
        links._BY_COUNTRY,
        links._BY_OPERATOR,
        links._WITH_POSTCODE,
    )
    for template in templates.values()
}
checked = settings(max_examples=400, deadline=None, database=None)
hints = st.none() | st.sampled_from([*LABELS, "nobody"])
countries = st.none() | st.sampled_from(["DE", "US", "GB", "FR", "XX"])


def digits(length):
    return st.text("0123456789", min_size=length, max_size=length)


def completed(body, valid):
    """Add the one check digit that fits; zeros alone are no number."""
    fits = [body + last for last in BASE_36[:10] if valid(body + last)]
    assert len(fits) <= 1
    assume(fits and len(set(fits[0])) > 1)
    return fits[0]


def verified(number, carrier):
    return any(c.carrier == carrier and c.verified for c in recognise(number))


@st.composite
def one_digit_wrong(draw, number, first=0, last=None):
    at = draw(st.integers(first, (last or len(number)) - 1))
    other = draw(st.sampled_from([d for d in BASE_36[:10] if d != number[at]]))
    wrong = number[:at] + other + number[at + 1 :]
    assume(len(set(wrong)) > 1)
    return wrong, at


@tagged("post_install", "-at_install")
class TestCarriersProperties(BaseCase):
    # Weights 3 and 1 see every wrong digit. What stands before is fixed: another
    # beginning would be another kind of number.
    ALL_SEEN = [
        ("fedex", "", 14, check.gs1),
        ("usps", "94", 19, check.gs1),
        ("canada_post", "", 15, check.gs1),
        ("austrian_post", "10", 19, check.gs1),
        ("dhl_parcel_de", "003404", 13, check.gs1),
        ("postnord", "00373", 14, check.gs1),
        ("hermes", "", 13, check.gs1),
        ("gls", "", 11, check.gls),
        ("sscc", "", 17, check.gs1),
    ]

    @checked
    @given(st.sampled_from(ALL_SEEN), st.data())
    def test_modulo_10_sees_any_wrong_digit(self, kind, data):
        carrier, prefix, length, valid = kind
        number = completed(prefix + data.draw(digits(length)), valid)
        self.assertTrue(verified(number, carrier))
        wrong, _at = data.draw(one_digit_wrong(number, first=len(prefix)))
        self.assertFalse(verified(wrong, carrier))

    @checked
    @given(digits(10), st.sampled_from(["6A", "8R", "9V"]), st.data())
    def test_colissimo_sees_any_wrong_digit(self, body, product, data):
        number = product + completed(body, check.gs1)
        self.assertTrue(verified(number, "la_poste"))
        wrong, _at = data.draw(one_digit_wrong(number, first=2))
        self.assertFalse(verified(wrong, "la_poste"))

    @checked
    @given(digits(14), st.data())
    def test_the_label_of_dpd_sees_any_wrong_character(self, body, data):
        fits = [body + last for last in BASE_36 if check.mod37_36(body + last)]
        self.assertEqual(len(fits), 1)
        self.assertTrue(verified(fits[0], "dpd"))
        wrong, _at = data.draw(one_digit_wrong(fits[0], last=14))
        self.assertFalse(check.mod37_36(wrong))

    @checked
    @given(digits(8), st.data())
    def test_s10_misses_only_what_modulo_11_folds(self, serial, data):
        body = next(
            n for d in BASE_36[:10] if check.s10(n := f"RB{serial}{d}GB")
        )  # every serial has one
        self.assertTrue(verified(body, "royal_mail"))
        wrong, at = data.draw(one_digit_wrong(body, first=2, last=11))
        if at == 10:
            self.assertFalse(verified(wrong, "royal_mail"))
            return
        rest = [self._s10_rest(n) for n in (body, wrong)]
        # 11 - 6 and 11 - 0 are both written 5.
        self.assertEqual(verified(wrong, "royal_mail"), sorted(rest) == [0, 6])

    def _s10_rest(self, number):
        weights = (8, 6, 4, 2, 3, 5, 9, 7)
        return sum(w * int(d) for w, d in zip(weights, number[2:10], strict=True)) % 11

    @checked
    @given(digits(11), st.data())
    def test_fedex_misses_only_what_modulo_11_folds(self, body, data):
        number = completed(body, check.fedex_express)
        self.assertTrue(verified(number, "fedex"))
        wrong, at = data.draw(one_digit_wrong(number))
        weights = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
        rest = [
            sum(w * int(d) for w, d in zip(weights, n[:11], strict=True)) % 11
            for n in (number, wrong)
        ]
        missed = at < 11 and sorted(rest) == [0, 10]
        self.assertEqual(verified(wrong, "fedex"), missed)

    @checked
    @given(st.text(BASE_36, min_size=8, max_size=8), digits(7), st.data())
    def test_ups_misses_only_doubled_digits_5_off(self, shipper, body, data):
        number = completed("1Z" + shipper + body, check.ups)
        self.assertTrue(verified(number, "ups"))
        wrong, at = data.draw(one_digit_wrong(number, first=10))
        off = abs(int(number[at]) - int(wrong[at]))
        self.assertEqual(verified(wrong, "ups"), at % 2 == 1 and at < 17 and off == 5)

    @checked
    @given(st.text(max_size=140), hints, countries)
    @example("1Z" + "9" * 200, None, None)
    @example("\ud800", None, None)
    def test_any_text_gives_candidates_or_none(self, text, preferred, country):
        number = normalise(text)
        self.assertRegex(number, r"\A(?:[0-9A-Z]{6,40})?\Z")
        self.assertEqual(normalise(number), number)
        found = recognise(text, preferred, country)
        self.assertEqual(len({c.carrier for c in found}), len(found))
        for one in found:
            self.assertIn(one.carrier, LABELS)
            self.assertEqual(normalise(one.number), one.number)

    @checked
    @given(st.text(BASE_36 + " -.", min_size=6, max_size=50), hints, countries)
    def test_order_of_candidates(self, text, preferred, country):
        found = recognise(text, preferred, country)
        self.assertEqual(set(found), set(recognise(text)))
        if preferred in {c.carrier for c in found}:
            self.assertEqual(found.pop(0).carrier, preferred)
        at_home = [country in HOME.get(c.carrier, ()) for c in found]
        self.assertEqual(at_home, sorted(at_home, reverse=True))
        for home in (True, False):
            sure = [
                c.verified for c, at in zip(found, at_home, strict=True) if at == home
            ]
            self.assertEqual(sure, sorted(sure, reverse=True))

    def test_every_form_is_bounded(self):
        for rule in RULES:
            self.assertNotRegex(rule.form, r"[*+]|\{\d*,\}", rule)

    @checked
    @given(st.sampled_from(RULES), st.data())
    def test_every_rule_reads_what_it_describes(self, rule, data):
        number = data.draw(st.from_regex(rule.form, fullmatch=True, alphabet=BASE_36))
        lengths = rule.lengths
        assume(len(number) in ((lengths,) if isinstance(lengths, int) else lengths))
        if rule.read(number) and len(set(number)) > 1:
            self.assertIn(rule.carrier, {c.carrier for c in recognise(number)})

    @checked
    @given(
        st.sampled_from(sorted(LABELS)),
        st.text(max_size=60) | st.text(BASE_36, max_size=45),
        st.none() | st.text(max_size=4),
        st.none() | st.text(max_size=30) | st.integers(),
    )
    def test_links_hold_nothing_but_letters_and_digits_of_ours(
        self, carrier, number, country, postcode
    ):
        address = link(carrier, number, country, postcode)
        if address is None:
            return
        parts = urlsplit(address)
        self.assertEqual(parts.scheme, "https")
        self.assertIn(parts.netloc, HOSTS)
        self.assertTrue(normalise(number))
        self.assertNotRegex(address, r"[^-._~:/?#&=%0-9A-Za-z]")

    @checked
    @given(
        st.lists(
            st.sampled_from(
                ["1Z999AA10123456784", "905510365276", "RB123456785GB", "3SDEVC6659149"]
            ),
            min_size=1,
            max_size=9,
        ),
        st.sampled_from([",", " ", "\n", "; ", " , "]),
    )
    def test_joined_numbers_are_found_again(self, numbers, between):
        self.assertEqual([raw for raw, _c in split(between.join(numbers))], numbers)

    @checked
    @given(st.text(max_size=150))
    def test_any_text_can_be_split(self, text):
        for raw, found in split(text):
            self.assertEqual(found, recognise(raw))
