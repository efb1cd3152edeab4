"""Parcel carriers of Europe, and DHL.

Forms: label specifications of DHL, GLS and DPD, DHL's page on its identifiers, and
numbers printed by shops and carriers.
Where several rules fit a number equally well, the one listed first comes first.
"""

from . import check_digits as check
from .rule import Rule

RULES = (
    Rule("dhl_express", r"\d{10}", 10, check.mod7),
    # Piece numbers (ISO 15459 licence plates); the issuer follows the letters.
    Rule("dhl_express", r"J?JD01\d{12,17}", range(16, 23)),
    Rule("dhl_parcel_de", r"JJD(?:00|14)\d{11,16}", range(16, 22)),
    Rule("dhl_express", r"JJD00\d{8,16}", range(13, 22)),
    Rule("dhl_ecommerce", r"JVGL\d{10,20}", range(14, 25)),
    Rule("dhl_express", r"JVGL\d{10,20}", range(14, 25)),
    # SSCC of Deutsche Post, and the older Identcode.
    Rule("dhl_parcel_de", r"00340[34]\d{14}", 20, check.gs1),
    Rule("dhl_parcel_de", r"\d{12}", 12, check.identcode),
    Rule(
        "dhl_ecommerce",
        r"GM\d{10,22}|(?:LX|RX|UV|CN|SG|TH|IN|HK|MY)\d{14,22}",
        range(12, 25),
    ),
    Rule("gls", r"\d{12}", 12, check.gls),
    # The check digit is not printed everywhere.
    Rule("gls", r"\d{11}", 11),
    # Track ID: four letters at least, so that "AB000123" is not taken for one.
    Rule("gls", r"(?=.{1,7}\d)(?=(?:\d{0,7}[A-Z]){4})[A-Z][0-9A-Z]{7}", 8),
    Rule("hermes", r"\d{14}", 14, check.gs1),
    Rule("hermes", r"H10\d{17}", 20),
    Rule("dpd", r"\d{14}", 14),
    # With the check character of ISO 7064, and the label's whole line: postal code,
    # parcel, service, country, check character.
    Rule("dpd", r"(?P<checked>(?P<number>\d{14})[0-9A-Z])", 15, check.mod37_36),
    Rule(
        "dpd",
        r"(?P<checked>[0-9A-Z]{7}(?P<number>\d{14})\d{6}[0-9A-Z])",
        28,
        check.mod37_36,
    ),
    Rule("evri", r"[A-Z]\d{2}(?=.{0,12}[A-Z])[0-9A-Z]{13}", 16),
    Rule("evri", r"\d{16}", 16),
    Rule("chronopost", r"X[A-Z]\d{9}[A-Z]{2}", 13, check.s10),
    Rule("tnt", r"G[A-Z]\d{9}WW", 13, check.s10, required=False),
    Rule("tnt", r"\d{9}", 9),
)
