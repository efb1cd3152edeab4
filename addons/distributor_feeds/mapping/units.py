"""Units that are a fixed number of pieces, whoever says so."""

from decimal import Decimal, InvalidOperation

from .rules import MappingError
from .words import words

#: Words and codes (UN/ECE recommendation 20) for a fixed number of pieces.
_FIXED = {
    1: "pce | pcs | pc | piece | pieces | ea | each | c62 | h87 | nar | un | unit | "
    "units | st | stk | stck | stuck | stueck | pz | pza | pieza | "
    "unidad | piece(s) | u",
    2: "pr | pair | npr | paar | paire | par",
    12: "dzn | dz | doz | dozen | dutzend | douzaine | docena",
    100: "cen | hundred | hundert | cent",
    1000: "mil | thousand | tausend | mille",
}
UNITS = {
    word: Decimal(pieces) for pieces, text in _FIXED.items() for word in words(text)
}


def units_of(text):
    """Units as a person writes them, on top of those that everybody knows.

    :param str text: as in ``BX=10, PAL=480``; empty for none
    :return: unit -> how many pieces it is
    :rtype: dict[str, Decimal]
    :raises MappingError: code ``rule``
    """
    units = dict(UNITS)
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _sign, pieces = part.rpartition("=")
        try:
            number = Decimal(pieces.strip())
        except InvalidOperation:
            number = Decimal(0)
        if not name.strip() or not number.is_finite() or not 0 < number < 10**9:
            raise MappingError(
                "rule",
                "unit",
                f"{part[:40]!r} is not a unit: write BX=10 for a box of ten pieces.",
            )
        units[name.strip().casefold()] = number
    return units
