"""A quantity as people write it in their language."""

import math
import re

#: More than this at once is a slip of the keyboard.
LIMIT = 1_000_000

_SPACES = re.compile(r"[\s\u00a0\u2007\u202f\u2009]")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


class QuantityError(ValueError):
    """``code`` is ``number``, ``positive``, ``large`` or ``whole``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def parse_quantity(value, point=".", comma=",", digits=0):
    """Read one quantity.

    "1,5" is one and a half for a German and no number at all for an American: nothing
    is guessed, so it never becomes 15 or 1.

    :param value: text, or the number of a spreadsheet cell
    :param str point: the decimal separator of the reader's language
    :param str comma: the separator of thousands, may be empty
    :param int digits: decimals that the unit allows
    :return: the quantity, or ``None`` where nothing was written
    :rtype: float | None
    :raise QuantityError: where it is not a quantity that can be ordered
    """
    if value is None:
        return None
    if isinstance(value, bool):
        raise QuantityError("number")
    if isinstance(value, (int, float)):
        number = _finite(value)
    else:
        text = str(value).strip()
        if not text:
            return None
        number = _read(text, point, comma)
    if number <= 0:
        raise QuantityError("positive")
    if number > LIMIT:
        raise QuantityError("large")
    if round(number, digits) != round(number, 9):
        raise QuantityError("whole" if not digits else "number")
    return float(round(number, digits))


def _finite(value):
    try:
        number = float(value)
    except OverflowError:
        raise QuantityError("large") from None
    if not math.isfinite(number):
        raise QuantityError("number")
    return number


def _read(text, point, comma):
    sign = -1 if text[0] in "-\u2212" else 1
    body = text[1:] if sign < 0 else text
    if _SPACES.fullmatch(comma or "x"):
        body, comma = _SPACES.sub(" ", body), " "
    if comma and comma in body:
        whole, found, rest = body.partition(point)
        groups = whole.split(comma)
        # thousands come in threes; anything else was meant as something else
        if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]):
            raise QuantityError("number")
        body = "".join(groups) + found + rest
    if point != ".":
        if "." in body:
            raise QuantityError("number")
        body = body.replace(point, ".")
    if not _PLAIN.fullmatch(body):
        raise QuantityError("number")
    return sign * _finite(body)
