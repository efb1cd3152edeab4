"""Reading what a scanner, a camera or a person gives as the tag of a copy.

Plain Python. A tag is what a label says, or a GS1 element string that names one thing:

* (8004) GIAI, an asset,
* (8003) GRAI with serial number, a returnable asset,
* (01) GTIN with (21) serial number, one piece of a product.

Other elements of the string (batch, dates) are read over. What is stored is one way to
write it, so that the order of the elements and the kind of bar code do not matter.

Sources: GS1 General Specifications, sections 3.2 (application identifiers), 5.4.3
(symbology identifiers), 7.8 (processing of element strings), 7.9 (check digit) and 7.11
(characters); GS1 Digital Link Standard: URI Syntax, section 4.
"""

import re
from urllib.parse import unquote

#: Longer than any label; longer than GS1 allows in one bar code (48).
MAX_LENGTH = 64
#: The same for a GS1 Digital Link, which begins with somebody's web site.
MAX_LINK_LENGTH = 512

_SEPARATOR = "\x1d"
# GS1-128, DataBar, Data Matrix, QR Code, Dot Code
_GS1_SYMBOLOGIES = ("]C1", "]e0", "]d2", "]Q3", "]J1")
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Fa-f]")
# what keyboard scanners, or the web client, make of the separator; none of it is a
# character of GS1
_TYPED_SEPARATOR = re.compile(r"[]#]|Alt029")
# unmarked, only this is taken for GS1 and nothing else: many plain tags are digits too
_UNMARKED = re.compile(r"01\d{14}21")
_ASSET = re.compile(r"800[34].")
_BRACKETS = re.compile(r"\((\d{2,4})\)([^()]+)")
_TEXT = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+)*")

# first two digits of an element: its length where that is fixed (section 7.8.5)
_FIXED = {
    **{"00": 20, "01": 16, "02": 16, "03": 16, "04": 18, "20": 4, "41": 16},
    **dict.fromkeys(map(str, range(11, 20)), 8),
    **dict.fromkeys(map(str, range(31, 37)), 10),
}
# first two digits of application identifiers that have four
_FOUR_DIGITS = frozenset(
    ("31", "32", "33", "34", "35", "36", "39", "43", "70", "72", "80", "81")
)
# application identifier: the digits at the start of its value that end in a check digit
_CHECKED = {"00": 18, "01": 14, "02": 14, "03": 14, "8003": 14}
# what a value may look like; in writing, brackets would end it
_CHARACTERS = r"[!%-'*-?A-Z_a-z\"]"
_VALUES = {
    "00": re.compile(r"\d{18}"),
    **dict.fromkeys(("01", "02", "03"), re.compile(r"\d{14}")),
    "21": re.compile(_CHARACTERS + "{1,20}"),
    "8003": re.compile(r"\d{14}" + _CHARACTERS + "{0,16}"),
    "8004": re.compile(_CHARACTERS + "{1,30}"),
}
_LINK = re.compile(r"https?://[^/?#\s]+/([^?#\s]+)", re.IGNORECASE)
_LINK_KEYS = ("01", "8003", "8004")


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
    :return: the way the tag is stored; a second one for what may be plain or GS1, which
        another scanner gives in the other way
    :rtype: list[str]
    :raise TagError: if no tag can read like this
    """
    text = text.strip(" \t\r\n")
    if not text:
        raise TagError("empty")
    if len(text) > MAX_LINK_LENGTH:
        raise TagError("too_long")
    text, marked = _without_prefix(text)
    linked = _in_link(text)
    if linked:
        return _ways(linked)
    if len(text) > MAX_LENGTH:
        raise TagError("too_long")
    if not _TEXT.fullmatch(text.replace(_SEPARATOR, "")):
        raise TagError("characters")
    if _BRACKETS.match(text):
        return _ways(_in_brackets(text))
    if marked or _SEPARATOR in text or _UNMARKED.match(text):
        return _ways(_elements(text))
    # a caps lock turns the letters of a keyboard scanner round
    plain = text.upper()
    if _ASSET.match(text):
        try:
            return [plain, _identity(_elements(text))]
        except TagError:
            return [plain]
    return [plain]


def storable(text, length=None):
    """A text from outside as the database takes it: without NUL and half characters.

    :param str text: as it came
    :param int length: characters to keep; all by default
    :rtype: str
    """
    text = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    return text[:length].strip()


def _without_prefix(text):
    """Take away what names the kind of bar code.

    :return: the rest, and whether the kind says that it is GS1
    :rtype: tuple[str, bool]
    """
    marked = text.startswith(_SEPARATOR)
    while _SYMBOLOGY.match(text):
        marked |= text.startswith(_GS1_SYMBOLOGIES)
        text = text[3:].strip(" ")
    # each separator may hide another prefix
    rest = text.strip(_SEPARATOR + " ")
    if rest == text:
        return text, marked
    rest, again = _without_prefix(rest)
    return rest, marked or again or text.startswith(_SEPARATOR)


def _in_link(text):
    """Split a GS1 Digital Link: a web address with keys and values in its path.

    :return: the value per application identifier; nothing if it is no such link
    :rtype: dict[str, str]
    """
    link = _LINK.match(text)
    parts = link[1].split("/") if link else []
    for start, part in enumerate(parts):
        if part in _LINK_KEYS:
            values = map(unquote, parts[start + 1 :: 2])
            found = dict(zip(parts[start::2], values, strict=False))
            if "01" in found:
                # shorter numbers are not filled up in a link
                found["01"] = found["01"].zfill(14)
            return found
    return {}


def _ways(elements):
    """How what elements name may be stored: an asset may have been entered unmarked."""
    return [
        _identity(elements),
        *(
            (ai + elements[ai]).upper()
            for ai in ("8004", "8003")
            if list(elements) == [ai]
        ),
    ]


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
    text = _TYPED_SEPARATOR.sub(_SEPARATOR, text)
    while text:
        end = _FIXED.get(text[:2])
        if end:
            element, text = text[:end], text[end:].removeprefix(_SEPARATOR)
            if len(element) != end or not element.isdigit():
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
    for ai, pattern in _VALUES.items():
        if ai in elements and not pattern.fullmatch(elements[ai]):
            raise TagError("gs1")
    for ai, size in _CHECKED.items():
        if ai in elements:
            number = elements[ai][:size]
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
