"""ANSI ASC X12: 846 inventory inquiry/advice and 832 price/sales catalogue.

Releases 004010 and 005010, of which nothing is read that differs. A file holds any
number of interchanges (ISA to IEA), each with separators of its own, of groups (GS to
GE) and of sets (ST to SE). Counts and control numbers are checked. No library: the
kept ones are about health care, and an envelope is simple. There is no release
character.

Columns and where they come from (qualifiers in brackets):

================== ===================================================================
vendor_part        LIN [VP, VN, VC, SK]
manufacturer_part  LIN [MG, MF]
manufacturer       N1 [MF] N102
gtin               LIN [UP, EN, UK, UA, UI, GT, EO]
buyer_part         LIN [BP, IN, PI, CB]
description        PID05, the first one
warehouse          N1 [WH] N104 or N102, REF [WS] REF02, SDQ03, 05, ...
quantity           QTY [33, else 17], SDQ04, 06, ...
quantity_incoming  the earliest SCH01, else QTY [29, 63]
incoming_date      SCH06, else DTM after the quantity
price              CTP03 of the first kind found of UCP, NET, CON, QTE, CUP, DIS, DPR,
                   WHL
list_price         CTP03 of the first kind found of LPR, CAT, MSR, RES, RTL
currency           CUR02, of the item or of the set
min_qty            CTB04 [57], QTY02 [57]
pack_qty           PO401
unit               QTY03, else SDQ01, else CTP05, else PO403
price_breaks       CTP04:CTP03 of the same kind
price_from         DTM [007, 092, 196], of the item or of the set
price_until        DTM [036, 093, 197]
end_of_life        G5301 [002, 024]
document_date      BIA04, BCT: DTM [009, 097, 102] of the set, else GS04
================== ===================================================================

A price that carries a multiplier (CTP06) is left out: what it is multiplied with is
agreed elsewhere. A line of a set of parts (SLN) does not change its item.
"""

from .canonical import CanonicalRecords, iso_date, open_as
from .contract import FormatError
from .segments import SegmentReader, expect, no_more
from .trouble import corrupt, truncated
from .x12_item import X12Item
from .x12_item import at as _at

_ISA = 106
#: Where the element separator stands in an ISA.
_ISA_SEPARATORS = (3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103)
_SETS = {"846": "BIA", "832": "BCT"}
#: Segments of the two sets. Any other is damage: what follows might belong elsewhere.
_NAMES = (
    "CUR DTM REF PER MEA N1 N2 N3 N4 LM LQ PID PKG CTP SAC SDQ MAN "
    "UIT CS DD G53 PCT LDT SLN QTY SCH LS LE PO4 CTB FOB ITD TD5 TD4 TD3 TD1 TAX "
    "YNQ AMT PWK MSG NTE N9 PAL IT8 LX G39 G43 G55 SDP TXI FIX EFI CRC"
)
_SEGMENTS = frozenset(_NAMES.split())


def looks_like(head):
    """How likely this is X12, from 0 to 1."""
    head = head.lstrip(b"\xef\xbb\xbf\r\n \t")
    if not head.startswith(b"ISA") or len(head) < _ISA:
        return 0.0
    separator = head[3:4]
    if any(head[at : at + 1] != separator for at in _ISA_SEPARATORS):
        return 0.3
    known = any(separator.join((b"ST", one.encode())) in head for one in _SETS)
    return 0.99 if known else 0.9


def open_records(path, options=None, limits=None):
    """Read an 846 or an 832.

    :param path: of a file, plain or packed
    :param Options options: ``encoding`` only; none is UTF-8, and so ASCII
    :param Limits limits: none: the defaults
    :rtype: X12Records
    :raises FormatError: ``empty``, ``corrupt`` where it does not begin with a whole
        ISA, and whatever :class:`~.source.Source` raises; while reading also
        ``truncated``, ``counts``, ``unsupported``, ``encoding``, ``empty``, ``too_big``
    """
    return open_as(X12Records, path, options, limits)


class X12Records(CanonicalRecords):
    """See :class:`~.contract.Records`."""

    def __init__(self, source, options, limits):
        super().__init__(source, options, limits)
        self._reader = SegmentReader(source, limits.max_record)
        if self._reader.peek(3) == b"\xef\xbb\xbf":
            self._reader.skip(3)
        self._separator = self._component = ""
        if not self._read_isa():
            raise FormatError("empty", "The file holds nothing but blanks.")

    def _read_isa(self):
        """Learn the separators from the next ISA, which stays where it is.

        :return: whether there is one
        """
        head = self._reader.peek(_ISA)
        if not head:
            return False
        text = head.decode("latin-1")
        if not text.startswith("ISA"):
            raise corrupt(
                f"where an interchange (ISA) should begin, it has {text[:20]!r}"
            )
        if len(text) < _ISA:
            raise truncated()
        separator, component, terminator = text[3], text[104], text[105]
        if any(text[at] != separator for at in _ISA_SEPARATORS):
            raise corrupt("the ISA segment is not 106 characters long")
        marks = {separator, component, terminator}
        if len(marks) < 3 or any(one.isalnum() or not one.isascii() for one in marks):
            raise corrupt("the ISA segment names separators that cannot be")
        self._separator, self._component = separator, component
        self._reader.start(terminator, self._options.encoding or "utf-8")
        return True

    # ------------------------------------------------------------------ envelopes

    def _items(self):
        more = True
        while more:
            yield from self._interchange()
            more = self._read_isa()

    def _take(self, expected=()):
        """The elements of the next segment, which must be one of those expected."""
        segment = self._reader.take()
        no_more(segment is None)
        elements = segment.split(self._separator)
        if self._reader.partial and elements[0] != "IEA":
            raise truncated()
        if expected and elements[0] not in expected:
            raise corrupt(
                f"it has {segment[:20]!r} where {' or '.join(expected)} belongs"
            )
        return elements

    def _interchange(self):
        isa = self._take(("ISA",))
        groups = 0
        while True:
            elements = self._take(("GS", "IEA", "TA1"))
            if elements[0] == "IEA":
                break
            if elements[0] == "GS":
                groups += 1
                yield from self._group(elements)
        expect("The number of groups in IEA01", _at(elements, 1), groups)
        expect("The control number in IEA02", _at(elements, 2), _at(isa, 13))

    def _group(self, gs):
        sets = 0
        while True:
            elements = self._take(("ST", "GE"))
            if elements[0] == "GE":
                break
            sets += 1
            yield from self._set(elements, iso_date(_at(gs, 4)))
        expect("The number of sets in GE01", _at(elements, 1), sets)
        expect("The control number in GE02", _at(elements, 2), _at(gs, 6))

    def _set(self, st, date):
        kind = _at(st, 1)
        if kind not in _SETS:
            raise FormatError(
                "unsupported",
                f"The file holds X12 set {kind or 'without a number'}. Sets that are "
                "read are 846 (inventory) and 832 (prices): ask for one of these.",
                found=[kind],
            )
        head = X12Item(self._component, self._limits.max_record)
        head.values["document_date"] = date
        head.add(self._take((_SETS[kind],)))
        item, items, count = None, 0, 2
        while True:
            elements = self._take()
            count += 1
            name = elements[0]
            if name == "LIN":
                if item:
                    yield from item.rows(head)
                items += 1
                item = X12Item(self._component, self._limits.max_record)
            elif name == "CTT":
                expect("The number of items in CTT01", _at(elements, 1), items)
            elif name == "SE":
                break
            elif name not in _SEGMENTS:
                raise corrupt(
                    f"segment {name[:10]!r} does not belong into a set {kind}"
                )
            (item or head).add(elements)
        if item:
            yield from item.rows(head)
        expect("The number of segments in SE01", _at(elements, 1), count)
        expect("The control number in SE02", _at(elements, 2), _at(st, 2))
