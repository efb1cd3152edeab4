"""Item identifiers of the Universal Postal Union: two letters, nine digits, country."""

import re

from . import check_digits

LENGTH = 13
_FORM = re.compile(r"[A-Z]{2}\d{9}([A-Z]{2})", re.ASCII).fullmatch

# ISO 3166-1 codes of countries and territories whose post may issue identifiers.
_CODES = """
    AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO
    BQ BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM
    DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR
    GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG
    PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN
    SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ
    VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
COUNTRIES = frozenset(_CODES.split())
# Operators that are carriers of their own here.
OWN_CARRIER = {
    "AT": "austrian_post",
    "AU": "australia_post",
    "BE": "bpost",
    "CA": "canada_post",
    "CH": "swiss_post",
    "DE": "dhl_parcel_de",
    "DK": "postnord",
    "ES": "correos",
    "FR": "la_poste",
    "GB": "royal_mail",
    "IT": "poste_italiane",
    "NL": "postnl",
    "SE": "postnord",
    "US": "usps",
}
# Names of the designated operators; others are named by their country only.
OPERATORS = {
    "AE": "Emirates Post",
    "AR": "Correo Argentino",
    "BG": "Bulgarian Posts",
    "BR": "Correios",
    "BY": "Belpochta",
    "CL": "CorreosChile",
    "CN": "China Post",
    "CY": "Cyprus Post",
    "CZ": "Česká pošta",
    "EE": "Omniva",
    "FI": "Posti",
    "GR": "ELTA",
    "HK": "Hongkong Post",
    "HR": "Hrvatska pošta",
    "HU": "Magyar Posta",
    "IE": "An Post",
    "IL": "Israel Post",
    "IN": "India Post",
    "IS": "Pósturinn",
    "JP": "Japan Post",
    "KR": "Korea Post",
    "LI": "Liechtensteinische Post",
    "LT": "Lietuvos paštas",
    "LU": "POST Luxembourg",
    "LV": "Latvijas Pasts",
    "MT": "MaltaPost",
    "MX": "Correos de México",
    "MY": "Pos Malaysia",
    "NO": "Posten Norge",
    "NZ": "NZ Post",
    "PL": "Poczta Polska",
    "PT": "CTT",
    "RO": "Poșta Română",
    "RS": "Pošta Srbije",
    "SG": "SingPost",
    "SI": "Pošta Slovenije",
    "SK": "Slovenská pošta",
    "TH": "Thailand Post",
    "TR": "PTT",
    "TW": "Chunghwa Post",
    "UA": "Ukrposhta",
    "VN": "Vietnam Post",
    "ZA": "South African Post Office",
}


def read(text):
    """Read a normalised text of 13 characters.

    The check digit is part of the standard: without a right one it is no identifier.

    :return: ``(carrier, country)``: code of the operator's carrier or ``upu_s10``, ISO
        code of the country that issued the identifier; None when it is none
    """
    found = _FORM(text)
    if not found or found[1] not in COUNTRIES or not check_digits.s10(text):
        return None
    country = found[1]
    # Chronopost is the express mail of La Poste.
    if country == "FR" and text[0] == "X":
        return "chronopost", country
    return OWN_CARRIER.get(country, "upu_s10"), country
