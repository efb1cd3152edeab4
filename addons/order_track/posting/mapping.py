"""Which column of a file is which of ours, and how it writes numbers and days."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .trouble import PostingError
from .types import Day, Habits, Number, plain

_COMMA = re.compile(r"(\d{1,3}(\.\d{3})*|\d+),\d{1,2}|\d{1,3}(\.\d{3})+,\d+")
_POINT = re.compile(r"(\d{1,3}(,\d{3})*|\d+)\.\d{1,2}|\d{1,3}(,\d{3})+\.\d+")
_DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}")


@dataclass
class Mapping:
    """Where each column is.

    :param kind: ``kinds.Kind``
    :param heads: ``{name of a column: place in the row}``
    :param children: the same for child rows
    :param unknown: names of columns that are not read
    :param habits: ``types.Habits``
    """

    kind: object
    heads: dict
    children: dict
    unknown: list
    habits: Habits = Habits()

    @property
    def names(self):
        """Columns of the record that a posting writes."""
        found = [name for name in self.kind.all_columns if name in self.heads]
        sums = self.kind.child.sums if self.kind.child else {}
        found += [
            name
            for name, child in sums.items()
            if name not in found and child in self.children
        ]
        return [name for name in found if name != "external_ref"]

    def describe(self, header):
        """Pairs of a column of the file and what it is read as; for the preview."""
        places = {place: name for name, place in self.heads.items()}
        places.update({place: name for name, place in self.children.items()})
        return [(name, places.get(place)) for place, name in enumerate(header)]


def find_columns(kind, header):
    """Find the columns of a file by their names.

    The first one that is called like ours is ours; an exact name comes before a
    synonym. Others of the same name are not read.

    :param header: names as they are written
    :rtype: Mapping
    :raise PostingError: ``missing_columns``
    """
    heads, children, unknown = {}, {}, []
    words = [plain(name) for name in header]
    ours = [(heads, column) for column in kind.all_columns.values()]
    ours += [(children, column) for column in kind.child_columns.values()]
    taken = {}
    for exact in (True, False):
        for place, word in enumerate(words):
            if not word or place in taken:
                continue
            for found, column in ours:
                keys = {plain(column.name)} if exact else column.keys
                if word in keys and column.name not in found:
                    found[column.name] = place
                    taken[place] = column.name
                    break
    unknown = [
        header[place] for place, word in enumerate(words) if word and place not in taken
    ]
    _pieces(kind, heads, children)
    _check(kind, heads, children)
    return Mapping(kind, heads, children, unknown)


def _pieces(kind, heads, children):
    """A file with a row per piece says how much each has, not how much there is."""
    if not kind.child or not any(mark in children for mark in kind.child.marks):
        return
    for name, child in kind.child.sums.items():
        if child not in children and name in heads:
            children[child] = heads.pop(name)


def _check(kind, heads, children):
    missing = [
        name for name in kind.needed if name not in heads and name not in children
    ]
    if "external_ref" not in heads and not all(name in heads for name in kind.key):
        missing += [name for name in kind.key if name not in heads]
    if kind.account == "needed" and not {"account_number", "showroom_number"} & {
        *heads
    }:
        missing.append("account_number")
    if missing:
        raise PostingError("missing_columns", columns=", ".join(dict.fromkeys(missing)))


def find_habits(mapping, rows, day_first):
    """Learn from some rows how numbers and days are written.

    What nothing tells apart is read as the language of the user has it; what does not
    fit then is refused, row by row: nothing is read one way here and another there.

    :param rows: the first rows of the file
    :param bool day_first: whether the day comes before the month, if nothing tells
    :rtype: Habits
    """
    kind = mapping.kind
    typed = [(kind.all_columns, mapping.heads), (kind.child_columns, mapping.children)]
    commas = points = 0
    for columns, places in typed:
        for name, place in places.items():
            cells = [row[place].strip() for row in rows if len(row) > place]
            if isinstance(columns[name].type, Number):
                commas += sum(1 for cell in cells if _COMMA.fullmatch(cell))
                points += sum(1 for cell in cells if _POINT.fullmatch(cell))
            elif isinstance(columns[name].type, Day):
                for found in filter(None, map(_DAY.fullmatch, cells)):
                    first, second = map(int, found.groups())
                    if first > 12 >= second:
                        day_first = True
                    elif second > 12 >= first:
                        day_first = False
    return Habits("," if commas > points else ".", day_first)
