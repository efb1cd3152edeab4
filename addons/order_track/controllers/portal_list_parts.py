"""What lists of the portal are made of, and how their addresses are read."""

import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from odoo.fields import Domain

_MOST_TEXT = 100
_MOST_PAGES = 1_000_000


class Search(NamedTuple):
    """One way to search: ``find(text)`` returns the domain of what has the text."""

    label: str
    find: Callable[[str], Domain]


class Filter(NamedTuple):
    """One choice of records; ``domain`` says all, whose they are as well."""

    label: str
    domain: Domain


class Sorting(NamedTuple):
    label: str
    order: str


class Group(NamedTuple):
    """Records with the same ``title(record)`` stand together if sorted by ``order``."""

    label: str
    order: str = ""
    title: Callable[[Any], str] | None = None


class Column(NamedTuple):
    """One column of the worksheet.

    ``value(record, known)`` returns text, a number, a date or a time in UTC; ``known``
    is what ``PortalList.know`` found out about all the records.
    """

    label: str
    value: Callable[[Any, dict], Any]
    kind: str = "text"  # or number, date, datetime
    width: int = 18


class Asked(NamedTuple):
    """What a visitor asked for; every key is one that the list has."""

    search: str
    search_in: str
    filterby: str
    sortby: str
    groupby: str
    page: int


def clean_text(text):
    """What somebody searches for: one line without control characters, not too long.

    :param text: whatever the address had
    :rtype: str
    """
    if not isinstance(text, str):
        return ""
    plain = (
        " " if unicodedata.category(sign) in ("Cc", "Cs") else sign
        for sign in text[: 10 * _MOST_TEXT]
    )
    return " ".join("".join(plain).split())[:_MOST_TEXT].strip()


def page_number(text):
    """Which page an address asks for; the first one if it makes no sense."""
    digits = str(text or "")[:10]
    return min(int(digits), _MOST_PAGES) if digits.isdecimal() else 1
