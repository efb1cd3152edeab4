"""Which carriers a number may be of."""

from typing import NamedTuple

from . import rules_america, rules_europe, rules_post, s10
from .normalise import normalise
from .rule import by_length

RULES = rules_america.RULES + rules_europe.RULES + rules_post.RULES
_BY_LENGTH = by_length(RULES)

_EUROPEAN = """
    AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT
    RO RS SE SI SK
"""
_EUROPE = frozenset(_EUROPEAN.split())
# Where a carrier delivers, for those that do not deliver everywhere.
HOME = {
    "amazon": _EUROPE | {"CA", "US"},
    "australia_post": {"AU"},
    "austrian_post": {"AT"},
    "bpost": {"BE"},
    "canada_post": {"CA"},
    "chronopost": {"FR"},
    "correos": {"ES"},
    "dhl_parcel_de": {"DE"},
    "dpd": _EUROPE,
    "evri": {"GB"},
    "gls": _EUROPE,
    "hermes": {"DE"},
    "la_poste": {"FR", "GF", "GP", "MC", "MQ", "RE", "YT"},
    "lasership": {"US"},
    "ontrac": {"US"},
    "parcelforce": {"GB"},
    "poste_italiane": {"IT", "SM", "VA"},
    "postnl": {"BE", "NL"},
    "postnord": {"DK", "FI", "NO", "SE"},
    "royal_mail": {"GB"},
    "swiss_post": {"CH", "LI"},
    "usps": {"PR", "US"},
}


class Candidate(NamedTuple):
    """A carrier a number may be of.

    :param str carrier: code, see `links.LABELS`
    :param str number: as the carrier's tracking page wants it
    :param bool verified: the check digit fits; else only the form does
    :param country: ISO code of the country that issued an identifier of the Universal
        Postal Union; None for all other numbers
    """

    carrier: str
    number: str
    verified: bool
    country: str | None = None


def recognise(text, preferred=None, country=None):
    """Find the carriers a number may be of.

    Carriers whose check digit fits come before those of which only the form fits. A
    carrier whose check digit is wrong is left out.

    :param text: one number as typed or scanned; anything may be given
    :param preferred: code of the carrier of the delivery method: first of all, if the
        number may be of it
    :param country: ISO code of the country the parcel goes to: carriers at home there
        come before all others but ``preferred``. Sixteen digits to Great Britain are
        Evri's, though one in ten has the check digit of Canada Post
    :return: list of `Candidate`, best first, each carrier once; empty when the text is
        no tracking number
    """
    number = normalise(text)
    if not number:
        return []
    found = read(number)
    if len(found) > 1:
        found.sort(
            key=lambda one: (
                one.carrier != preferred,
                country not in HOME.get(one.carrier, ()),
                not one.verified,
            )
        )
    return found


def read(number):
    """Try all rules.

    :param str number: normalised
    :return: list of `Candidate` in the order of the rules, each carrier once
    """
    best = {}
    # Zeros and the like: check digits fit, but nobody has such a parcel.
    if len(set(number)) == 1:
        return []
    if len(number) == s10.LENGTH and (item := s10.read(number)):
        best[item[0]] = Candidate(item[0], number, True, item[1])
    for rule in _BY_LENGTH.get(len(number), ()):
        known = best.get(rule.carrier)
        if (known and known.verified) or not (result := rule.read(number)):
            continue
        if not known or result[1]:
            best[rule.carrier] = Candidate(rule.carrier, *result)
    return list(best.values())
