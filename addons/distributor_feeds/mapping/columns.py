"""The same as cell by cell, for many rows at once.

Every function here takes the cells of one column and answers its values, or None where
they are not all of the usual kind: then they are converted one by one. It never refuses
a cell, and never gives another value than the function of a cell would.
"""

import re
from itertools import compress
from operator import itemgetter

from .numbers import MAX_PLACES, MAX_WHOLE
from .refused import Refused
from .values import GTIN_LENGTHS


class Rows:
    """Rows on their way to values; those that are refused leave it at once.

    ``columns``: the values so far, of the rows that are left. ``refused``: index of a
    row ->
    its Problem.

    :param rows: lists of str
    :param left_out: indexes of rows that are not looked at
    """

    def __init__(self, rows, left_out):
        self._numbers = [at for at in range(len(rows)) if at not in left_out]
        self._rows = [rows[at] for at in self._numbers] if left_out else rows
        self._cells = list(zip(*self._rows, strict=True))
        self.columns = []
        self.refused = {}

    def add(self, function, at, fast):
        """Convert one column.

        :param function: of one cell
        :param at: index of the column
        :param fast: function of this module
        """
        if not self._rows:
            self.columns.append([])
            return
        values = fast(self._cells[at])
        bad = {}
        if values is None:
            values = []
            for place, cell in enumerate(self._cells[at]):
                try:
                    values.append(function(cell))
                except Refused as refused:
                    bad[place] = refused.problem
                    values.append(None)
        self.columns.append(values)
        self._leave_out(bad)

    def fix(self, fixes):
        """Apply functions of a row and the list of its values."""
        bad, fixed = {}, []
        for place, values in enumerate(map(list, zip(*self.columns, strict=True))):
            try:
                for fix in fixes:
                    fix(self._rows[place], values)
            except Refused as refused:
                bad[place] = refused.problem
            fixed.append(values)
        if fixed:
            self.columns = list(map(list, zip(*fixed, strict=True)))
        self._leave_out(bad)

    def _leave_out(self, bad):
        if not bad:
            return
        for place, problem in bad.items():
            self.refused[self._numbers[place]] = problem
        keep = [place not in bad for place in range(len(self._rows))]

        def left(values):
            return list(compress(values, keep))

        self._numbers, self._rows = left(self._numbers), left(self._rows)
        self._cells = list(map(left, self._cells))
        self.columns = list(map(left, self.columns))


def constant(value):
    """Columns of one value."""
    return lambda cells: [value] * len(cells)


def repeated(memory):
    """Values that come again and again.

    :param memory: see :func:`~.memory.memory`
    """

    def convert(cells):
        try:
            return list(itemgetter(*cells)(memory)) if len(cells) > 1 else None
        except Refused:
            return None

    return convert


def texts(limit, function):
    """Texts that need no more than the blanks around them removed.

    :param int limit: the usual ones are shorter
    :param function: of one cell, for empty ones
    """

    def convert(cells):
        stripped = list(map(str.strip, cells))
        if (
            max(map(len, stripped), default=0) >= limit
            or not "".join(stripped).isprintable()
        ):
            return None
        if all(stripped):
            return stripped
        try:
            blank = function("")
        except Refused:
            return None
        return [text or blank for text in stripped]

    return convert


def plain_numbers(decimal, memory):
    """Numbers without thousands sign, sign or currency; all others are looked up.

    :param str decimal: see Rule
    :param memory: see :func:`repeated`; also for numbers whose last digit is a zero
    """
    signs = {"auto": "[.,]", ".": r"\.", ",": ","}[decimal]
    places = f"[0-9]{{1,{MAX_PLACES}}}"
    if decimal == "auto":
        # three places could be thousands
        places = f"(?:[0-9]{{1,2}}|[0-9]{{4,{MAX_PLACES}}})"
    number = rf"(?:0|[1-9][0-9]{{0,{MAX_WHOLE - 1}}})(?:{signs}{places})?"
    is_usual = re.compile(rf"(?:{number}\n)*").fullmatch
    look_up = repeated(memory)

    def convert(cells):
        joined = "\n".join(cells) + "\n"
        if joined.count("\n") != len(cells) or not is_usual(joined):
            return look_up(cells)
        values = joined.replace(",", ".").split("\n")
        values.pop()
        return [
            memory[cell] if cell[-1] == "0" else value
            for cell, value in zip(cells, values, strict=True)
        ]

    return convert


#: A digit's character -> its value, and a sum -> what is missing to the next ten.
_VALUES = bytes(max(0, code - 48) if code < 58 else 0 for code in range(256))
_REST = bytes(code % 10 for code in range(256))
_LONGEST = max(GTIN_LENGTHS)


def gtins(function, required):
    """Article numbers whose check digit is right (GS1 General Specifications, 7.9).

    The digits at one place of all numbers, one byte each, are one large integer.
    Fourteen
    of them, every other one threefold, are added; no sum is above 255, so none runs
    into the next byte.

    :param function: of one cell, for all that is not such a number
    :param bool required: whether it refuses empty cells
    """
    nothing = "0" * _LONGEST

    def convert(cells):
        usual = [
            cell.zfill(_LONGEST) if len(cell) in GTIN_LENGTHS else nothing
            for cell in cells
        ]
        joined = "".join(usual)
        if not (joined.isascii() and joined.isdigit()) or (required and not all(cells)):
            return None
        digits = joined.encode().translate(_VALUES)
        total = sum(
            int.from_bytes(digits[at::_LONGEST], "little") * (1 if at % 2 else 3)
            for at in range(_LONGEST)
        )
        rests = total.to_bytes(len(cells), "little").translate(_REST)
        return [
            function(cell) if rest or padded == nothing else cell
            for cell, padded, rest in zip(cells, usual, rests, strict=True)
        ]

    return convert
