"""Numbers of postal operators beside those of the Universal Postal Union.

Forms: GS1 General Specifications, the operators' label guides, and numbers printed by
them and by shops.
Where several rules fit a number equally well, the one listed first comes first.
"""

from . import check_digits as check
from .rule import Rule

RULES = (
    # Colissimo: product of two characters, ten digits, check digit over the ten.
    Rule("la_poste", r"[6-9][A-Z]\d{11}", 13, lambda number: check.gs1(number[2:])),
    # Tracked letters have the same form; their check digit is another.
    Rule("la_poste", r"[1-5][A-Z]\d{11}", 13),
    Rule("postnl", r"3S[A-Z]{2,6}\d{6,11}", range(12, 18)),
    Rule("dhl_ecommerce", r"3S[A-Z]{2,6}\d{6,11}", range(12, 18)),
    Rule("bpost", r"3232\d{20}", 24),
    Rule("postnord", r"00373\d{15}", 20, check.gs1),
    Rule("postnord", r"373\d{15}", 18, check.gs1),
    Rule("austrian_post", r"10\d{20}", 22, check.gs1),
    Rule("austrian_post", r"\d{16}", 16, check.gs1),
    # Swiss parcels begin with 99, letters with 98.
    Rule("swiss_post", r"9[89]\d{16}", 18),
    Rule("correos", r"[A-Z]{2}[0-9A-Z]{4}\d{16}[A-Z]", 23),
    Rule("poste_italiane", r"[A-Z]\d{3}[A-Z]\d{8}", 13),
    Rule("poste_italiane", r"\d{6}[A-Z]\d{6}", 13),
    # Two-dimensional bar code: hexadecimal, as printed 32-001 925 4000-221 BB4 EFC.
    Rule("royal_mail", r"[0-9][0-9A-F]\d{9}[0-9A-F]{10}", 21),
    Rule("royal_mail", r"0(?=.{0,14}[A-F])[0-9A-F]{15}", 16),
    # Merchant's prefix of three to five characters with a letter, seven digits and,
    # on the article, its number, product and postcode.
    Rule(
        "australia_post",
        r"(?!1Z)(?=.{0,4}[A-Z])[1-9][0-9A-Z]{2,4}\d{7}(?:\d{6}|\d{8,11})?",
        (*range(10, 13), *range(16, 24)),
    ),
    Rule("parcelforce", r"[A-Z]{2}\d{7}", 9),
    Rule("parcelforce", r"[A-Z]{4}\d{10}", 14),
    # Serial shipping container code: of whichever carrier the shipper gave it to.
    Rule("sscc", r"00(?P<number>\d{18})", 20, check.gs1),
    Rule("sscc", r"\d{18}", 18, check.gs1),
)
