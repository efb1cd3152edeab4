"""Carriers of North America and those that carry world-wide from there.

Forms: USPS Publication 199, label guides of UPS and FedEx, and the numbers collected in
tracking_number_data.
Where several rules fit a number equally well, the one listed first comes first.
"""

from . import check_digits as check
from .rule import Rule

RULES = (
    # 1Z, six of the shipper's account, two of the service, seven and the check digit.
    Rule("ups", r"1Z[0-9A-Z]{15}\d", 18, check.ups),
    Rule("ups", r"[A-Z]\d{10}", 11, check.ups_waybill),
    # Mail Innovations: the shipper's six digits and a reference of its own.
    Rule("ups", r"MI\d{6}[0-9A-Z]{1,22}", range(9, 31)),
    Rule("fedex", r"\d{12}", 12, check.fedex_express),
    Rule("fedex", r"\d{15}", 15, check.gs1),
    # Ground bar code: 96, class, service; the last 15 are the tracking number.
    Rule("fedex", r"96\d{5}(?P<number>\d{15})", 22, check.gs1),
    # Express and Ground Economy bar codes: the last 12 are the tracking number.
    Rule(
        "fedex",
        r"(?:96\d{18}|100\d{17})00(?P<number>\d{12})",
        34,
        check.fedex_express,
    ),
    # Ground Economy, delivered by USPS: 92 may be left out of what is printed.
    Rule("fedex", r"92612\d{17}", 22, check.gs1),
    Rule("fedex", r"612\d{17}", 20, lambda number: check.gs1("92" + number)),
    # Intelligent Mail package barcode, alone or after 420 and the ZIP code.
    Rule("usps", r"9[1-5]\d{20}", 22, check.gs1),
    Rule("usps", r"9[1-5]\d{24}", 26, check.gs1),
    Rule("usps", r"420\d{5}(?P<number>9[1-5]\d{20})", 30, check.gs1),
    Rule("usps", r"420\d{9}(?P<number>9[1-5]\d{20})", 34, check.gs1),
    Rule("usps", r"420\d{5}(?P<number>9[1-5]\d{24})", 34, check.gs1),
    Rule("usps", r"420\d{9}(?P<number>9[1-5]\d{24})", 38, check.gs1),
    # Certified, registered, insured mail. Of those that begin with 7196 the bar code
    # had 91 in front, and the check digit counts it.
    Rule("usps", r"7196\d{16}", 20, lambda number: check.gs1("91" + number)),
    Rule("usps", r"(?!7196)(?:0[1347]|[127]\d|81)\d{18}", 20, check.gs1),
    Rule("canada_post", r"\d{16}", 16, check.gs1),
    Rule("ontrac", r"[CD]\d{14}", 15, check.ontrac),
    Rule("lasership", r"1LS[0-9A-Z]{12}", 15),
    Rule("lasership", r"1LS7[12]\d{12}", 17),
    Rule("lasership", r"L[AX]\d{8}", 10),
    Rule("amazon", r"TB[ACM]\d{12}", 15),
)
