"""What a cell may hold, and how it is written for COPY."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

#: What COPY reads as nothing.
NULL = r"\N"
#: The characters that mean something in COPY's text format.
SIGNS = "\\\t\n\r"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
#: Days outside of this are slips of the keyboard.
FIRST_DAY = date(2000, 1, 1)
_YEARS_AHEAD = 10
#: More than this is a slip, or another number in the wrong column.
LARGEST = 1e9
# a memory of values that grows beyond this begins anew
_REMEMBERED = 200_000


@dataclass(frozen=True)
class Refused:
    """Why a cell cannot be used.

    :param reason: ``number``, ``negative``, ``large``, ``day``, ``day_range``,
        ``choice``, ``long``, ``no_text``
    :param limit: what is allowed, as text
    """

    reason: str
    limit: str = ""


@dataclass(frozen=True)
class Habits:
    """How a file writes its values.

    :param decimal: ``"."`` or ``","``
    :param day_first: 03/04/2026 is the third of April
    """

    decimal: str = "."
    day_first: bool = False


def escaped(text):
    """A text as COPY reads it."""
    return text.translate(_ESCAPES)


class Memory(dict):
    """Values that were converted before: most cells of a column repeat."""

    def __init__(self, convert):
        super().__init__()
        self.convert = convert
        self.refused = False

    def __missing__(self, value):
        result = self.convert(value)
        if type(result) is Refused:
            self.refused = True
        if len(self) > _REMEMBERED:
            self.clear()
        self[value] = result
        return result


class Text:
    """A text of at most so many characters."""

    sql = "varchar"

    def __init__(self, limit=120):
        self.limit = limit

    def converter(self, habits):
        """Return the function from the text of a cell to what COPY reads."""

        def convert(value):
            value = value.strip()
            if len(value) > self.limit:
                return Refused("long", str(self.limit))
            if "\0" in value:
                return Refused("no_text")
            return escaped(value) if value else NULL

        return convert


class Number:
    """A number that is not below zero."""

    sql = "float8"
    _plain = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)
    _grouped = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
    _unit = re.compile(r"[\s\u00a0\u202f']|[$€£]")

    def converter(self, habits):
        def convert(value):
            text = self._unit.sub("", value)
            if not text:
                return NULL
            negative = text[0] in "-\u2212(" or text[-1] == "-"
            text = text.strip("-\u2212+()")
            if habits.decimal == ",":
                text = text.replace(".", "\0").replace(",", ".").replace("\0", ",")
            if self._grouped.fullmatch(text):
                text = text.replace(",", "")
            if not self._plain.fullmatch(text):
                return Refused("number")
            if float(text) > LARGEST:
                return Refused("large", f"{LARGEST:.0f}")
            if negative and float(text):
                return Refused("negative")
            return self._written(text)

        return convert

    def _written(self, text):
        return text


class Whole(Number):
    """A whole number that is not below zero."""

    sql = "int4"

    def _written(self, text):
        number = float(text)
        return str(int(number)) if number.is_integer() else Refused("whole")


class Day:
    """A day of this century, without a time."""

    sql = "date"
    _iso = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?", re.ASCII)
    _packed = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
    _slashed = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{2}|\d{4})", re.ASCII)

    def converter(self, habits):
        last = date.today() + timedelta(days=366 * _YEARS_AHEAD)

        def convert(value):
            value = value.strip()
            if not value:
                return NULL
            try:
                day = self._read(value, habits)
            except ValueError:
                day = None
            if day is None:
                return Refused("day")
            if not FIRST_DAY <= day <= last:
                return Refused("day_range", f"{FIRST_DAY} – {last}")
            return day.isoformat()

        return convert

    def _read(self, value, habits):
        found = self._iso.fullmatch(value) or self._packed.fullmatch(value)
        if found:
            return date(*map(int, found.groups()))
        found = self._slashed.fullmatch(value)
        if not found:
            return None
        first, sign, second, year = found.groups()
        if len(year) == 2:
            # two digits are of this century, or a slip that the range finds
            year = f"20{year}"
        if sign == "." or habits.day_first:
            first, second = second, first
        return date(int(year), int(first), int(second))


class Choice:
    """One of some codes, in whatever words people have for them.

    :param dict words: words without blanks and signs, each with its code
    """

    sql = "varchar"

    def __init__(self, words, otherwise=None):
        self.words = words
        self.codes = sorted(set(words.values()), key=str)
        self.otherwise = otherwise

    def converter(self, habits):
        def convert(value):
            word = plain(value)
            if not word:
                return self.otherwise or NULL
            return self.words.get(word) or Refused("choice", ", ".join(self.codes))

        return convert


class Flag(Choice):
    """Yes or no."""

    sql = "bool"

    def __init__(self):
        yes = dict.fromkeys(("true", "t", "yes", "y", "1", "x", "ja", "oui", "si"), "t")
        no = dict.fromkeys(("false", "f", "no", "n", "0", "nein", "non"), "f")
        super().__init__(yes | no, otherwise="f")


def plain(text):
    """A word without blanks, signs and capitals: what is compared."""
    return re.sub(r"[\W_]+", "", text).casefold()


def as_text(value):
    """A cell of a workbook, or a value of JSON, as the text a person would write.

    :param value: text, number, bool, day, instant or ``None``
    :rtype: str
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return (
            str(int(value))
            if value.is_integer() and abs(value) < 1e15
            else (f"{value:.12f}".rstrip("0"))
        )
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == datetime.min.time()
            else (value.isoformat(" "))
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value)
    return str(value)
