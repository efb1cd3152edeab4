"""UN/EDIFACT: INVRPT (stock) and PRICAT (prices), D.96A and D.01B, with EANCOM.

Syntax versions 1 to 4 (ISO 9735) as far as they agree: UNA or the usual separators, any
number of interchanges, groups and messages, counts and references checked, the
character set from UNB. Either decimal mark that ISO 9735 allows is read, whatever UNA
says.

The cutting is our own: pydifact 0.2.3 wants the whole interchange as one text and walks
it character by character (0.4 MB in 0.7 seconds), and takes a file that ends within a
released character for a whole one.

Columns and where they come from (qualifiers in brackets):

================== ===================================================================
vendor_part        LIN03 or PIA [SA, VN, VP], LIN03 without a qualifier
manufacturer_part  PIA [MF]
manufacturer       NAD [MF] name
gtin               LIN03 or PIA [EN, SRV, UP, EAN, GTIN]
buyer_part         PIA [BP, IN]
description        IMD text, the first one
warehouse          LOC [7, 14, 18, 19] C517, NAD [WH] C082
quantity           QTY [145, else 17]; not what INV calls damaged or reserved
quantity_incoming  QTY [113]
incoming_date      DTM after that quantity
price              PRI [AAA, else INV, NTP, CAL, CT]
list_price         PRI [AAB, else AAE, GRP, SRP, LIU]
price_quantity     PRI C509.5284
currency           CUX after the price, else CUX of the item, else of the message
min_qty            QTY [53]
pack_qty           QTY [52, else 59]
unit               QTY C186.6411, else PRI C509.6411
price_breaks       RNG after a price: its minimum
price_from         DTM [7, 157, 194], of the item or of the message
price_until        DTM [36, 206]
end_of_life        LIN02 = 2 (deleted)
document_date      DTM [137] of the message
================== ===================================================================
"""

import re

from .canonical import CanonicalRecords, open_as
from .contract import FormatError
from .edifact_item import EdifactItem
from .edifact_item import at as _at
from .segments import SegmentReader, expect, no_more
from .trouble import corrupt, truncated

_MESSAGES = ("INVRPT", "PRICAT")
#: Character sets by syntax identifier (ISO 9735, annex A).
_CHARSETS = {
    "UNOA": "ascii",
    "UNOB": "ascii",
    "UNOC": "iso8859-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOL": "iso8859-15",
    "UNOW": "utf-8",
    "UNOY": "utf-8",
}
#: Segments of the two messages. Any other is damage: what follows may belong elsewhere.
_NAMES = (
    "BGM DTM ALI FTX RFF NAD LOC CTA COM CUX TAX MOA PAT PYT PCD TOD TDT EQD ALC QTY "
    "RNG RTE PGI PRI APR PIA IMD MEA HAN GIN GIR QVR PAC PCI CPS INV STS SEL DGS CCI "
    "CAV BII DOC SCC ARD AJT FII IRQ STG EQN MTD EFI"
)
_SEGMENTS = frozenset(_NAMES.split())
#: A part of goods is named by letters, an item's line by a number: one wrong letter in
#: the name of a segment must not turn one into the other.
_LINE = re.compile(r"[0-9]{0,35}\Z")
_IDENTITY = re.compile(r"[A-Z]{2,3}\Z")


def looks_like(head):
    """How likely this is EDIFACT, from 0 to 1."""
    head = head.lstrip(b"\xef\xbb\xbf\r\n \t")
    if not head.startswith((b"UNA", b"UNB")) or b"UNB" not in head[:40]:
        return 0.0
    return 0.99 if any(one.encode() in head for one in _MESSAGES) else 0.9


def open_records(path, options=None, limits=None):
    """Read INVRPT or PRICAT.

    :param path: of a file, plain or packed
    :param Options options: ``encoding`` only; none is what UNB says
    :param Limits limits: none: the defaults
    :rtype: EdifactRecords
    :raises FormatError: ``empty``, ``corrupt`` where it does not begin with UNA or
        UNB, and whatever :class:`~.source.Source` raises; while reading also
        ``truncated``, ``counts``, ``unsupported``, ``encoding``, ``empty``, ``too_big``
    """
    return open_as(EdifactRecords, path, options, limits)


class EdifactRecords(CanonicalRecords):
    """See :class:`~.contract.Records`."""

    def __init__(self, source, options, limits):
        super().__init__(source, options, limits)
        self._reader = SegmentReader(source, limits.max_record)
        if self._reader.peek(3) == b"\xef\xbb\xbf":
            self._reader.skip(3)
        self._component = self._element = self._release = ""
        if not self._read_una():
            raise FormatError("empty", "The file holds nothing but blanks.")

    def _read_una(self):
        """Learn the separators of the next interchange.

        :return: whether there is one
        """
        head = self._reader.peek(9)
        if not head:
            return False
        marks = ":+.? '"
        if head.startswith(b"UNA"):
            marks = head[3:9].decode("latin-1")
            self._reader.skip(9)
        elif not head.startswith(b"UNB"):
            raise corrupt(f"an interchange cannot begin with {head!r}")
        if len(marks) < 6:
            raise truncated()
        self._component, self._element, _decimal, release, _, terminator = marks
        self._release = release.strip()
        special = [self._component, self._element, terminator, *self._release]
        if len(set(special)) < len(special) or any(
            one.isalnum() or not one.isascii() or one == " " for one in special
        ):
            raise corrupt("its UNA names separators that cannot be")
        self._reader.start(terminator, self._encoding(), self._release)
        # Control characters stand for released separators while a segment is cut.
        self._special = {
            self._release + one: chr(1 + index) for index, one in enumerate(special)
        }
        self._plain = {1 + index: one for index, one in enumerate(special)}
        self._escape = re.compile(re.escape(self._release) + "(.)", re.DOTALL)
        return True

    def _encoding(self):
        if self._options.encoding:
            return self._options.encoding
        found = re.match(rb"UNB.(UNO[A-Z])", self._reader.peek(8))
        charset = found and _CHARSETS.get(found[1].decode())
        if not charset:
            raise FormatError(
                "unsupported",
                "The character set in UNB is not one that is read. "
                "Choose the encoding of the file in the feed's format.",
                found=[found[1].decode()] if found else [],
            )
        return charset

    # ------------------------------------------------------------------ envelopes

    def _items(self):
        more = True
        while more:
            yield from self._interchange()
            more = self._read_una()

    def _cut(self, segment):
        """A segment as elements, each a list of components."""
        if not self._release or self._release not in segment:
            return [one.split(self._component) for one in segment.split(self._element)]
        segment = self._escape.sub(
            lambda found: self._special.get(found[0], found[1]), segment
        )
        return [
            [part.translate(self._plain) for part in one.split(self._component)]
            for one in segment.split(self._element)
        ]

    def _take(self, expected=()):
        """The next segment, cut, which must be one of those expected."""
        segment = self._reader.take()
        no_more(segment is None)
        if self._reader.partial and not segment.startswith("UNZ"):
            raise truncated()
        elements = self._cut(segment)
        if expected and elements[0][0] not in expected:
            raise corrupt(
                f"it has {segment[:20]!r} where {' or '.join(expected)} belongs"
            )
        return elements

    def _interchange(self):
        unb = self._take(("UNB",))
        groups = messages = 0
        group, in_group = None, 0
        while True:
            elements = self._take(("UNH", "UNE") if group else ("UNH", "UNG", "UNZ"))
            name = elements[0][0]
            if name == "UNZ":
                break
            if name == "UNG":
                groups, group, in_group = groups + 1, elements, 0
            elif name == "UNE":
                expect("The number of messages in UNE", _at(elements, 1), in_group)
                expect("The reference in UNE", _at(elements, 2), _at(group, 5))
                group = None
            else:
                messages, in_group = messages + 1, in_group + 1
                yield from self._message(elements)
        expect("The number of messages in UNZ", _at(elements, 1), groups or messages)
        expect("The reference in UNZ", _at(elements, 2), _at(unb, 5))

    def _message(self, unh):
        kind = _at(unh, 2)
        if kind not in _MESSAGES:
            raise FormatError(
                "unsupported",
                f"The file holds EDIFACT {kind or 'without a name'}. Messages that are "
                "read are INVRPT (stock) and PRICAT (prices): ask for one of these.",
                found=[kind],
            )
        head = EdifactItem(self._limits.max_record)
        head.add(self._take(("BGM",)))
        item, items, count = None, 0, 2
        while True:
            elements = self._take()
            count += 1
            name = elements[0][0]
            if name == "LIN":
                self._check(_LINE, elements)
                if item:
                    yield from item.rows(head)
                items += 1
                item = EdifactItem(self._limits.max_record)
            elif name == "UNT":
                break
            elif name == "CNT":
                if _at(elements, 1) == "2":
                    expect("The number of items in CNT", _at(elements, 1, 1), items)
            elif name == "GIN":
                self._check(_IDENTITY, elements)
            elif name != "UNS" and name not in _SEGMENTS:
                raise corrupt(f"segment {name[:10]!r} does not belong into {kind}")
            (item or head).add(elements)
        if item:
            yield from item.rows(head)
        expect("The number of segments in UNT", _at(elements, 1), count)
        expect("The reference in UNT", _at(elements, 2), _at(unh, 1))

    @staticmethod
    def _check(pattern, elements):
        if not pattern.match(_at(elements, 1)):
            raise corrupt(
                f"{elements[0][0]} cannot begin with {_at(elements, 1)[:10]!r}"
            )
