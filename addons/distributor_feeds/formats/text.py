"""Text of any encoding and any line end, as blocks of whole UTF-8 lines."""

import codecs
import re

from .contract import BREAK, SUBSTITUTE, FormatError
from .source import OLE
from .trouble import line_too_long, too_many_rows
from .unzip import ZIP

_BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Not in a record: the loader's own delimiter and quote, and our sign for line breaks.
_RESERVED = (b"\x01", b"\x02", BREAK.encode())
_CLEAN = bytes.maketrans(b"".join(_RESERVED), SUBSTITUTE.encode() * len(_RESERVED))


def detect(head, otherwise="cp1252"):
    """The encoding of a text from its first bytes.

    By its mark (BOM), else by where the NULs are (UTF-16 without one), else UTF-8
    where it is that, else Windows-1252, which most of the others turn out to be.

    :param bytes head: 64 kB are plenty
    :param str otherwise: what to answer instead of Windows-1252
    :rtype: str
    """
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if odd * 2 > len(head) // 2 and not even:
            return "utf-16-le"
        if even * 2 > len(head) // 2 and not odd:
            return "utf-16-be"
    try:
        codecs.utf_8_decode(head, "strict", False)  # may end within a character
    except UnicodeDecodeError:
        return otherwise
    return "utf-8"


def family(head):
    """What can be said of the encoding of a text without being told.

    :param bytes head: the first bytes, 64 kB are plenty
    :return: ``utf-8``, ``utf-16``, ``utf-32``, ``other`` (one byte for each letter, or
        a
        rare one), or nothing for plain ASCII, which is the same in most of them
    :rtype: str
    """
    if head.isascii() and b"\0" not in head:
        return ""
    return detect(head, "other").removesuffix("-le").removesuffix("-be")


def family_of(encoding):
    """The same for the name of an encoding, as Python knows it; nothing for no name."""
    if not encoding:
        return ""
    name = codecs.lookup(encoding).name
    for known in ("utf-8", "utf-16", "utf-32"):
        if name.startswith(known):
            return known
    return "other"


def _wrong(encoding, line):
    return FormatError(
        "encoding",
        f"The file is not written in {encoding}: line {line} or one soon after it has "
        "letters that do not exist there. Choose another encoding, or ask for a file "
        "written in one encoding from beginning to end.",
        encoding=encoding,
        line=line,
    )


class _Utf8:
    """Checks UTF-8 and hands on the same bytes."""

    def __init__(self):
        self._rest = b""

    def convert(self, data, final):
        if data.isascii() and not self._rest:
            return data
        data = self._rest + data
        used = codecs.utf_8_decode(data, "strict", final)[1]
        self._rest = data[used:]
        return data[:used]


class _Other:
    def __init__(self, encoding):
        self._decoder = codecs.getincrementaldecoder(encoding)("strict")

    def convert(self, data, final):
        return self._decoder.decode(data, final).encode()


def utf8(source, options, otherwise="cp1252"):
    """Pieces of a text as UTF-8, without byte order mark; the last one is empty.

    :param source: anything with ``peek`` and ``read``
    :param str otherwise: the encoding, where nothing tells
    :raises FormatError: ``encoding``, ``not_text``
    """
    head = source.peek()
    if head.startswith((OLE, *ZIP)):
        raise FormatError(
            "not_text",
            "This is not a text file but one of an office program or an archive.",
        )
    encoding = codecs.lookup(options.encoding or detect(head, otherwise)).name
    converter = _Utf8() if encoding in ("utf-8", "utf-8-sig") else _Other(encoding)
    lines, first, final = 0, True, False
    while not final:
        data = source.read(_BLOCK)
        final = not data
        try:
            data = converter.convert(data, final)
        except (UnicodeError, ValueError) as error:
            raise _wrong(encoding, lines + 1) from error
        if first and data:
            data = data.removeprefix(codecs.BOM_UTF8)
            first = False
        lines += data.count(b"\n")
        if data:
            yield data
    yield b""


def blocks(source, options, limits):
    r"""Blocks of whole lines.

    UTF-8, every line ended by ``\n`` alone, without byte order mark. What the records
    must not hold is replaced by :data:`~.contract.SUBSTITUTE`.

    :param source: anything with ``peek`` and ``read``
    :rtype: Iterator[bytes]
    :raises FormatError: ``encoding``, ``nul``, ``not_text``, ``line_too_long``,
        ``too_big`` (lines), and what reading raises
    """
    carry, lines = b"", 0
    for data in utf8(source, options):
        final = not data
        _refuse_nul(data, lines)
        data = carry + data
        # The line feed that belongs to it may be in the next piece.
        held = b"\r" if data.endswith(b"\r") and not final else b""
        data = _tidy(data[:-1] if held else data)
        if final and data and not data.endswith(b"\n"):
            data += b"\n"
        check_lengths(data, lines, limits)
        end = data.rfind(b"\n") + 1
        carry = data[end:] + held
        if end:
            lines += data.count(b"\n")
            if lines > limits.max_rows:
                raise too_many_rows(limits)
            yield data[:end]


def _refuse_nul(data, lines):
    if b"\0" in data:
        raise FormatError(
            "nul",
            f"Soon after line {lines + 1} the file holds NUL bytes. Either it is "
            "damaged, or it is written in UTF-16: then choose that encoding.",
            line=lines + 1,
        )


def _tidy(data):
    if any(one in data for one in _RESERVED):
        data = data.translate(_CLEAN)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def check_lengths(data, lines, limits):
    """Hop from line end to line end: far cheaper than looking at each line."""
    start, longest = 0, limits.max_record
    while len(data) - start > longest:
        end = data.rfind(b"\n", start, start + longest + 1)
        if end < 0:
            line = lines + data.count(b"\n", 0, start) + 1
            raise line_too_long(line, limits)
        start = end + 1


def drop_blank(block):
    r"""A block without its empty lines."""
    if b"\n\n" in block:
        block = re.sub(rb"\n{2,}", b"\n", block)
    return block[1:] if block.startswith(b"\n") else block
