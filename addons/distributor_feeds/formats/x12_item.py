"""One item of an X12 set 846 or 832: its segments, and the records they make."""

from .canonical import iso_date, price_cells
from .contract import FormatError
from .stock_places import StockPlaces

#: Product/service ID qualifiers (element 235).
_IDS = {
    **dict.fromkeys(("VP", "VN", "VC", "SK"), "vendor_part"),
    **dict.fromkeys(("MG", "MF"), "manufacturer_part"),
    **dict.fromkeys(("UP", "EN", "UK", "UA", "UI", "GT", "EO"), "gtin"),
    **dict.fromkeys(("BP", "IN", "PI", "CB"), "buyer_part"),
}
#: Quantity qualifiers (673): available for sale, then on hand.
_STOCK = ("33", "17")
#: Projected available, on order.
_INCOMING = ("29", "63")
_MINIMUM = "57"
#: Price identifier codes (236).
_PRICES = ("UCP", "NET", "CON", "QTE", "CUP", "DIS", "DPR", "WHL")
_LIST_PRICES = ("LPR", "CAT", "MSR", "RES", "RTL")
#: Date/time qualifiers (374).
_DATES = {
    **dict.fromkeys(("007", "092", "196"), "price_from"),
    **dict.fromkeys(("036", "093", "197"), "price_until"),
    **dict.fromkeys(("009", "097", "102"), "issued"),
}
_ARRIVAL = ("002", "010", "017", "018", "037", "064", "067", "069", "371")
#: Maintenance type codes (875): delete, cancellation or termination.
_GONE = ("002", "024")


def at(elements, index):
    """An element; empty where the segment is shorter."""
    return elements[index].strip() if index < len(elements) else ""


class X12Item:
    """Segments from one LIN to the next, or those before the first.

    :param str component: separator of components
    :param int longest: bytes of all its segments
    """

    def __init__(self, component, longest):
        self._component, self._left = component, longest
        self.values = {}
        self._stock = StockPlaces(_STOCK)
        self._prices = {}  # kind -> [(quantity, price)]
        self._units = {}  # segment -> unit
        self._arrival = ""
        self._in_part = False

    def add(self, elements):
        """Take what a segment says.

        :param list[str] elements: the first one is its name
        :raises FormatError: ``too_big``
        """
        self._left -= sum(map(len, elements))
        if self._left < 0:
            raise FormatError("too_big", "One item is too long to be an honest one.")
        handle = _HANDLERS.get(elements[0])
        if handle and not (self._in_part and elements[0] in ("PID", "CTP", "PO4")):
            handle(self, elements)

    def _keep(self, name, text):
        if text:
            self.values.setdefault(name, text)

    def _add_bia(self, elements):
        self._keep("issued", iso_date(at(elements, 4)))

    def _add_lin(self, elements):
        for index in range(2, len(elements) - 1, 2):
            if name := _IDS.get(at(elements, index)):
                self._keep(name, at(elements, index + 1))

    def _add_sln(self, _elements):
        self._in_part = True

    def _add_pid(self, elements):
        self._keep("description", at(elements, 5))

    def _add_n1(self, elements):
        kind = at(elements, 1)
        if kind == "WH":
            self._place(at(elements, 4) or at(elements, 2))
        elif kind == "MF":
            self._keep("manufacturer", at(elements, 2))

    def _add_ref(self, elements):
        if at(elements, 1) == "WS":
            self._place(at(elements, 2))

    def _place(self, code):
        if code:
            self._keep("warehouse", code)
            self._stock.at(code)

    def _add_sdq(self, elements):
        self._unit("SDQ", at(elements, 1))
        pairs = [
            (at(elements, index), at(elements, index + 1))
            for index in range(3, len(elements) - 1, 2)
            if at(elements, index)
        ]
        self._stock.at_each(_STOCK[0], pairs)

    def _add_qty(self, elements):
        code, quantity = at(elements, 1), at(elements, 2)
        if code in _STOCK:
            self._unit("QTY", at(elements, 3))
            self._stock.quantity(code, quantity)
        elif code in _INCOMING:
            self._stock.incoming(1, quantity)
        elif code == _MINIMUM:
            self._keep("min_qty", quantity)

    def _add_sch(self, elements):
        self._stock.incoming(0, at(elements, 1), iso_date(at(elements, 6)))

    def _add_dtm(self, elements):
        code, date = at(elements, 1), iso_date(at(elements, 2) or at(elements, 6))
        if code in _ARRIVAL:
            if not self._stock.date(date):
                self._arrival = self._arrival or date
        elif code in _DATES:
            self._keep(_DATES[code], date)

    def _add_ctp(self, elements):
        kind, price, multiplier = (at(elements, index) for index in (2, 3, 6))
        if price and not multiplier and kind in _PRICES + _LIST_PRICES:
            self._prices.setdefault(kind, []).append((at(elements, 4), price))
            self._unit("CTP", at(elements, 5))

    def _add_cur(self, elements):
        self._keep("currency", at(elements, 2))

    def _add_ctb(self, elements):
        if at(elements, 3) == _MINIMUM:
            self._keep("min_qty", at(elements, 4))

    def _add_po4(self, elements):
        self._keep("pack_qty", at(elements, 1))
        self._unit("PO4", at(elements, 3))

    def _add_g53(self, elements):
        if at(elements, 1) in _GONE:
            self.values["end_of_life"] = "1"

    def _unit(self, segment, unit):
        # A composite unit (C001) begins with its code.
        self._units.setdefault(segment, unit.split(self._component)[0])

    def rows(self, head):
        """The records of this item.

        :param X12Item head: what the set says about all its items
        :rtype: Iterator[dict[str, str]]
        """
        values = {**head.values, **self.values}
        units = [self._units.get(one) for one in ("QTY", "SDQ", "CTP", "PO4")]
        issued = head.values.get("issued") or head.values["document_date"]
        values["document_date"] = issued
        values["unit"] = next(filter(None, units), "")
        values["price"], values["price_breaks"] = self._price(_PRICES)
        values["list_price"] = self._price(_LIST_PRICES)[0]
        places = self._stock.rows() or [{}]
        for place in places:
            row = {**values, **place}
            if not row.get("warehouse"):
                row["warehouse"] = head.values.get("warehouse", "")
            if row.get("quantity_incoming") and not row["incoming_date"]:
                row["incoming_date"] = self._arrival
            yield row

    def _price(self, kinds):
        kind = next((one for one in kinds if one in self._prices), None)
        return price_cells(self._prices.get(kind, ()))


_HANDLERS = {
    name.removeprefix("_add_").upper(): method
    for name, method in vars(X12Item).items()
    if name.startswith("_add_")
}
