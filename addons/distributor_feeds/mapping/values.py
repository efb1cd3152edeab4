"""Texts, codes, dates, yes and no: cells as the text PostgreSQL reads."""

import datetime
import re

from stdnum import ean
from stdnum.exceptions import ValidationError

from .refused import Refused
from .words import words

MAX_CODE, MAX_TEXT = 128, 1000
#: GTIN-8, UPC, EAN, ITF-14.
GTIN_LENGTHS = frozenset((8, 12, 13, 14))
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_TRUE = words(
    "1 | true | t | yes | y | x | ja | j | wahr | oui | o | vrai | sí | si | s | "
    "verdadero"
)
_FALSE = words("0 | false | f | no | n | - | nein | falsch | non | faux | falso")
#: What programs write for "no date" and for "without end".
_NO_DATE = words(
    "0 | 00000000 | 0000-00-00 | 00.00.0000 | 00/00/0000 | 0001-01-01 | 1900-01-01 "
    "| 01.01.1900 | 9999-12-31 | 31.12.9999 | 12/31/9999 | 31/12/9999 | 99991231"
)
_TIME = re.compile(
    r"[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)? ?(?:Z|[+-]\d{2}:?\d{2})?$"
)
_ISO = r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
_PACKED = r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
_DATES = {
    "iso": (_ISO,),
    "ymd": (_PACKED,),
    "dmy": (r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4}|\d{2})",),
    "y.m.d": (r"(?P<y>\d{4})[./-](?P<m>\d{1,2})[./-](?P<d>\d{1,2})",),
    "d.m.y": (r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4}|\d{2})",),
    "m/d/y": (r"(?P<m>\d{1,2})[./-](?P<d>\d{1,2})[./-](?P<y>\d{4}|\d{2})",),
    "": (_ISO, _PACKED, r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}|\d{2})"),
}


def text_converter(rule):
    """A function of a text that is not empty, to the same with single blanks.

    :raises Refused: by the function: ``too_long``
    """

    def convert(text):
        if not text.isprintable():
            text = " ".join(_CONTROL.sub(" ", text).split())
        if len(text) > MAX_TEXT:
            raise _too_long(rule, text, MAX_TEXT)
        return text

    return convert


def code_converter(rule):
    """A function of a text that is not empty, to the same: a code is never mended.

    :raises Refused: by the function: ``too_long``, ``bad_character``
    """

    def convert(text):
        if len(text) > MAX_CODE:
            raise _too_long(rule, text, MAX_CODE)
        if not text.isprintable() and (_CONTROL.search(text) or "\n" in text):
            raise Refused(
                "bad_character",
                rule.target,
                text,
                f"{rule.label}: {text[:40]!r} holds characters that no code has.",
            )
        return text

    return convert


def _too_long(rule, text, limit):
    return Refused(
        "too_long",
        rule.target,
        text,
        f"{rule.label}: {len(text)} characters; at most {limit} are kept.",
    )


def boolean_converter(rule):
    """A function of a text, to ``t`` or ``f``.

    Where the rule names its true values, everything else is false.

    :raises Refused: by the function: ``not_a_boolean``
    """
    own = frozenset(value.strip().casefold() for value in rule.true_values)

    def convert(text):
        word = text.casefold()
        if word in own or (not own and word in _TRUE):
            return "t"
        if own or word in _FALSE:
            return "f"
        raise Refused(
            "not_a_boolean",
            rule.target,
            text,
            f"{rule.label}: {text[:40]!r} is neither yes nor no. Say in the mapping "
            "which values mean yes.",
        )

    return convert


def date_converter(rule):
    """A function of a text that is not empty, to an ISO date, or None for "no date".

    :raises Refused: by the function: ``not_a_date``, ``out_of_range``
    """
    patterns = [re.compile(one, re.ASCII) for one in _DATES[rule.date_format]]

    def convert(text):
        day = _TIME.sub("", text)
        if day in _NO_DATE:
            return None
        for pattern in patterns:
            if not (found := pattern.fullmatch(day)):
                continue
            year = int(found["y"])
            try:
                date = datetime.date(
                    year + 2000 if year < 100 else year,
                    int(found["m"]),
                    int(found["d"]),
                )
            except ValueError:
                break
            if 1990 <= date.year <= 2100:
                return date.isoformat()
            raise Refused(
                "out_of_range",
                rule.target,
                text,
                f"{rule.label}: {text[:40]!r} is not a year of our time.",
            )
        raise Refused(
            "not_a_date",
            rule.target,
            text,
            f"{rule.label}: {text[:40]!r} is not read as a date. Check the date "
            "format of this column in the mapping.",
        )

    return convert


def gtin_converter(notes):
    """A function of a text, to the digits of a GTIN, or None where it is not one.

    A wrong check digit (GS1 General Specifications, 7.9) is no reason to refuse
    a row: it is counted.

    :param Counter notes: ``bad_gtin`` is counted here
    """

    def convert(text):
        try:
            digits = ean.validate(text)
        except ValidationError:
            notes["bad_gtin"] += 1
            return None
        return digits if digits.strip("0") else None

    return convert
