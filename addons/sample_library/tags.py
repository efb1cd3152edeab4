"""Reading what a scanner, a camera or a person gives as the tag of a copy.

Plain Python. A tag is what a label says, or a GS1 element string that names one thing:

* (8004) GIAI, an asset,
* (8003) GRAI with serial number, a returnable asset,
* (01) GTIN with (21) serial number, one piece of a product.

Other elements of the string (batch, dates) are read over. What is stored is one way to
write it, so that the order of the elements and the kind of bar code do not matter.

Source: GS1 General Specifications, sections 3.2 (application identifiers), 5.4.3
(symbology identifiers), 7.8 (processing of element strings) and 7.9 (check digit).
"""

import re

#: Longer than any label; longer than GS1 allows in one bar code (48).
MAX_LENGTH = 64

_SEPARATOR = "\x1d"
# GS1-128, DataBar, Data Matrix, QR Code, Dot Code
_SYMBOLOGIES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
# unmarked, only this is taken for GS1 and nothing else: many plain tags are digits too
_UNMARKED = re.compile(r"01\d{14}21")
_ASSET = re.compile(r"800[34].")
_BRACKETS = re.compile(r"\((\d{2,4})\)([^()]+)")
_TEXT = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+)*")

# application identifier: length of its value where it is fixed (section 7.8.4)
_FIXED = {
    **dict.fromkeys(("00",), 18),
    **dict.fromkeys(("01", "02", "03"), 14),
    **dict.fromkeys(("11", "12", "13", "15", "16", "17"), 6),
    "20": 2,
    "410": 13,
    "411": 13,
    "412": 13,
    "413": 13,
    "414": 13,
    "415": 13,
    "416": 13,
    "417": 13,
}
# first two digits of application identifiers that have four
_FOUR_DIGITS = frozenset(
    ("31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81")
)
# application identifier: the digits at the start of its value that end in a check digit
_CHECKED = {"00": 18, "01": 14, "02": 14, "03": 14, "8003": 14}


class TagError(ValueError):
    """What was read is no tag.

    :param str code: ``empty``, ``too_long``, ``characters``, ``check_digit``,
        ``no_serial`` (GS1, but of a kind of thing and not of one thing) or ``gs1`` (an
        element string that cannot be taken apart)
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def read(text):
    """Say which tags a text may stand for.

    :param str text: as it was scanned or typed
    :return: the way the tag is stored; a second one for what may be plain or GS1
    :rtype: list[str]
    :raise TagError: if no tag can read like this
    """
    text = text.strip(" \t\r\n")
    if not text:
        raise TagError("empty")
    if len(text) > MAX_LENGTH:
        raise TagError("too_long")
    marked = text.startswith((*_SYMBOLOGIES, _SEPARATOR))
    if text.startswith(_SYMBOLOGIES):
        text = text[3:]
    text = text.strip(_SEPARATOR)
    if not _TEXT.fullmatch(text.replace(_SEPARATOR, "")):
        raise TagError("characters")
    if _BRACKETS.match(text):
        return [_identity(_in_brackets(text))]
    if marked or _SEPARATOR in text or _UNMARKED.match(text):
        return [_identity(_elements(text))]
    # a caps lock turns the letters of a keyboard scanner round
    plain = text.upper()
    if _ASSET.match(text):
        try:
            return [plain, _identity(_elements(text))]
        except TagError:
            return [plain]
    return [plain]


def _in_brackets(text):
    """Split the way people read an element string: ``(01)…(21)…``."""
    if "".join(f"({ai}){value}" for ai, value in _BRACKETS.findall(text)) != text:
        raise TagError("gs1")
    return dict(_BRACKETS.findall(text))


def _elements(text):
    """Split an element string.

    :return: the value per application identifier
    :rtype: dict[str, str]
    """
    found = {}
    while text:
        ai = next((text[:size] for size in (2, 3) if text[:size] in _FIXED), None)
        if ai:
            end = len(ai) + _FIXED[ai]
            value, text = text[len(ai) : end], text[end:].removeprefix(_SEPARATOR)
            if len(value) != _FIXED[ai] or not value.isdigit():
                raise TagError("gs1")
        else:
            element, _separator, text = text.partition(_SEPARATOR)
            size = _size(element)
            ai, value = element[:size], element[size:]
            if not ai.isdigit() or not value:
                raise TagError("gs1")
        found[ai] = value
    return found


def _size(element):
    """Digits of the application identifier an element begins with (section 3.2)."""
    first = element[:2]
    if first in ("23", "24", "25", "40", "41", "42", "71"):
        return 3
    if first in _FOUR_DIGITS:
        return 4
    return 3 if first == "82" else 2


def _identity(elements):
    """The one thing that elements name, as it is stored."""
    for ai, size in _CHECKED.items():
        value = elements.get(ai)
        if value is not None:
            number = value[:size]
            if len(number) != size or not number.isdigit():
                raise TagError("gs1")
            if check_digit(number[:-1]) != number[-1]:
                raise TagError("check_digit")
    if "8004" in elements:
        return f"(8004){elements['8004']}"
    if len(elements.get("8003", "")) > _CHECKED["8003"]:
        return f"(8003){elements['8003']}"
    if "01" in elements and "21" in elements:
        return f"(01){elements['01']}(21){elements['21']}"
    raise TagError("no_serial")


def check_digit(digits):
    """The check digit that belongs behind digits (section 7.9.1).

    :param str digits: the number without its check digit
    :rtype: str
    """
    weighted = sum(
        int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(digits))
    )
    return str(-weighted % 10)
