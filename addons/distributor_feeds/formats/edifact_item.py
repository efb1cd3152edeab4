"""One item of INVRPT or PRICAT: its segments, and the records they make."""

import re

from .canonical import iso_date, price_cells
from .contract import FormatError
from .stock_places import StockPlaces

#: Item number types (7143).
_IDS = {
    "": "vendor_part",
    **dict.fromkeys(("SA", "VN", "VP"), "vendor_part"),
    "MF": "manufacturer_part",
    **dict.fromkeys(("EN", "SRV", "UP", "EAN", "GTIN"), "gtin"),
    **dict.fromkeys(("BP", "IN"), "buyer_part"),
}
#: Quantity qualifiers (6063), which are not those of X12: actual stock, then on hand.
_STOCK = ("145", "17")
_TO_BE_DELIVERED = "113"
_AMOUNTS = {"53": "min_qty", "52": "pack_qty", "59": "units_in_pack"}
#: Types of inventory (7491) that can be sold; damaged, reserved and so on cannot.
_GOOD = ("", "1")
#: Price qualifiers (5125).
_PRICES = ("AAA", "INV", "NTP", "CAL", "CT")
_LIST_PRICES = ("AAB", "AAE", "GRP", "SRP", "LIU")
#: Date qualifiers (2005).
_DATES = {
    **dict.fromkeys(("7", "157", "194"), "price_from"),
    **dict.fromkeys(("36", "206"), "price_until"),
    "137": "document_date",
}
#: Place qualifiers (3227): delivery, goods, warehouse, factory; not countries.
_PLACES = ("7", "14", "18", "19")
_QUANTITY_RANGE = "4"
_DELETED = "2"
_COMMA = re.compile(r"-?\d*,\d+\Z")


def at(elements, element, component=0):
    """A component; empty where the segment is shorter."""
    if element >= len(elements) or component >= len(elements[element]):
        return ""
    return elements[element][component].strip()


def number(text):
    """A number with a point, whichever of the two marks it came with."""
    return text.replace(",", ".") if _COMMA.match(text) else text


class EdifactItem:
    """Segments from one LIN to the next, or those before the first.

    :param int longest: bytes of all its segments
    """

    def __init__(self, longest):
        self._left = longest
        self.values = {}
        self._stock = StockPlaces(_STOCK, one_by_one=True)
        self._prices = []  # one dict each
        self._unit = ""

    def add(self, elements):
        """Take what a segment says.

        :param list[list[str]] elements: components of each; the first one is its name
        :raises FormatError: ``too_big``
        """
        self._left -= sum(len(part) for one in elements for part in one) + 4
        if self._left < 0:
            raise FormatError("too_big", "One item is too long to be an honest one.")
        handle = _HANDLERS.get(elements[0][0])
        if handle:
            handle(self, elements)

    def _keep(self, name, text):
        if text:
            self.values.setdefault(name, text)

    def _add_lin(self, elements):
        if at(elements, 2) == _DELETED:
            self.values["end_of_life"] = "1"
        self._take_code(elements, 3)

    def _add_pia(self, elements):
        for index in range(2, len(elements)):
            self._take_code(elements, index)

    def _take_code(self, elements, index):
        if name := _IDS.get(at(elements, index, 1)):
            self._keep(name, at(elements, index))

    def _add_imd(self, elements):
        self._keep("description", f"{at(elements, 3, 3)} {at(elements, 3, 4)}".strip())

    def _add_nad(self, elements):
        kind = at(elements, 1)
        if kind == "WH":
            self._place(at(elements, 2))
        elif kind == "MF":
            self._keep("manufacturer", at(elements, 4) or at(elements, 3))

    def _add_loc(self, elements):
        if at(elements, 1) in _PLACES:
            self._place(at(elements, 2))

    def _place(self, code):
        if code:
            self._keep("warehouse", code)
            self._stock.at(code)

    def _add_qty(self, elements):
        code, quantity, unit = (at(elements, 1, index) for index in range(3))
        quantity = number(quantity)
        if code in _STOCK:
            self._unit = self._unit or unit
            self._stock.quantity(code, quantity)
        elif code == _TO_BE_DELIVERED:
            self._stock.incoming(0, quantity)
        elif code in _AMOUNTS:
            self._keep(_AMOUNTS[code], quantity)

    def _add_inv(self, elements):
        if at(elements, 2) not in _GOOD:
            self._stock.forget()

    def _add_cps(self, _elements):
        self._stock.part()

    _add_pac = _add_gin = _add_cps

    def _add_dtm(self, elements):
        code, date = at(elements, 1), iso_date(at(elements, 1, 1))
        if name := _DATES.get(code):
            self._keep(name, date)
        else:
            self._stock.date(date)

    def _add_cux(self, elements):
        currency = at(elements, 1, 1)
        if self._prices:
            self._prices[-1].setdefault("currency", currency)
        else:
            self._keep("currency", currency)

    def _add_pri(self, elements):
        names = ("kind", "price", "", "", "basis", "unit")
        price = {
            name: at(elements, 1, index) for index, name in enumerate(names) if name
        }
        price["price"], price["basis"] = number(price["price"]), number(price["basis"])
        self._prices.append(price)

    def _add_rng(self, elements):
        if self._prices and at(elements, 1) == _QUANTITY_RANGE:
            self._prices[-1]["from"] = number(at(elements, 2, 1))

    def rows(self, head):
        """The records of this item.

        :param EdifactItem head: what the message says about all its items
        :rtype: Iterator[dict[str, str]]
        """
        values = {**head.values, **self.values}
        values["document_date"] = head.values.get("document_date", "")
        values.setdefault("pack_qty", values.get("units_in_pack", ""))
        first, steps = self._price(_PRICES, values.get("currency", ""))
        listed, list_steps = self._price(_LIST_PRICES, values.get("currency", ""))
        shown = first or listed
        values["price"], values["price_breaks"] = price_cells(steps)
        same = not first or first["currency"] == listed.get("currency")
        values["list_price"] = price_cells(list_steps)[0] if same else ""
        values["currency"] = shown.get("currency") or values.get("currency", "")
        values["price_quantity"] = shown.get("basis", "")
        values["unit"] = self._unit or shown.get("unit", "")
        for place in self._stock.rows() or [{}]:
            row = {**values, **place}
            if not row.get("warehouse"):
                row["warehouse"] = head.values.get("warehouse", "")
            yield row

    def _price(self, kinds, currency):
        """The first price of the first kind there is, and all steps that go with it."""
        for kind in kinds:
            found = [
                {"currency": currency} | one
                for one in self._prices
                if one["kind"] == kind
            ]
            if found:
                first = found[0]
                like = ("currency", "basis", "unit")
                steps = [
                    (one.get("from", ""), one["price"])
                    for one in found
                    if all(one[name] == first[name] for name in like)
                ]
                return first, steps
        return {}, []


_HANDLERS = {
    name.removeprefix("_add_").upper(): method
    for name, method in vars(EdifactItem).items()
    if name.startswith("_add_")
}
