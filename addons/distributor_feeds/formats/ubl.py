"""OASIS UBL 2.1: stock reports and catalogues.

StockAvailabilityReport, InventoryReport, Catalogue and CataloguePricingUpdate; 2.0 and
later minor versions read the same. Paths are below the line, where not said otherwise:

================== ===================================================================
vendor_part        Item/SellersItemIdentification/ID; of a pricing update the line's ID
manufacturer_part  Item/ManufacturersItemIdentification/ID
manufacturer       Item/ManufacturerParty/PartyName/Name, Item/BrandName
gtin               Item/StandardItemIdentification/ID
buyer_part         Item/BuyersItemIdentification/ID
description        Item/Name, else Item/Description
warehouse          InventoryLocation/ID, else InventoryLocation/Name
quantity           Quantity, where AvailabilityDate is not after IssueDate
quantity_incoming  Quantity, where it is; ``quantity`` is 0 then
incoming_date      AvailabilityDate, where it is
price              RequiredItemLocationQuantity/Price/PriceAmount
price_quantity     RequiredItemLocationQuantity/Price/BaseQuantity
currency           PriceAmount@currencyID, else DocumentCurrencyCode of the document
min_qty            MinimumOrderQuantity
pack_qty           OrderQuantityIncrementNumeric, else Item/PackQuantity
unit               Quantity@unitCode, OrderableUnit, BaseQuantity@unitCode
price_breaks       RequiredItemLocationQuantity/MinimumQuantity
price_from         Price/ValidityPeriod/StartDate, LineValidityPeriod/StartDate,
                   ValidityPeriod/StartDate of the document
price_until        the same EndDate
end_of_life        ActionCode Delete; LifeCycleStatusCode ItemDeleted or
                   DeletedAnnouncement
document_date      IssueDate of the document
================== ===================================================================

Prices for certain places (ApplicableTerritoryAddress) are not told apart: where they
differ, all of them are in the cell.
"""

from .canonical import CanonicalRecords, open_as, price_cells
from .contract import FormatError
from .xml_elements import (
    ElementReader,
    children,
    leaves,
    local_name,
    root_name,
    text_of,
)

_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
#: Document -> its lines
_LINES = {
    "StockAvailabilityReport": "StockAvailabilityReportLine",
    "InventoryReport": "InventoryReportLine",
    "Catalogue": "CatalogueLine",
    "CataloguePricingUpdate": "CataloguePricingUpdateLine",
}
_HEAD = ("IssueDate", "DocumentCurrencyCode", "ValidityPeriod")
_GONE = ("deleted", "itemdeleted", "deletedannouncement", "delete")


def looks_like(head):
    """How likely this is one of the UBL documents that are read, from 0 to 1."""
    if root_name(head) not in _LINES:
        return 0.0
    return 0.99 if _NAMESPACE.encode() in head.replace(b"\0", b"") else 0.3


def open_records(path, options=None, limits=None):
    """Read one of the four documents.

    :param path: of a file, plain or packed
    :param Options options: none of them matters
    :param Limits limits: none: the defaults
    :rtype: UblRecords
    :raises FormatError: ``unsupported`` for another document, ``entity``, and whatever
        :class:`~.source.Source` raises; while reading also ``corrupt``, ``truncated``,
        ``encoding``, ``depth``, ``empty``, ``too_big``
    """
    return open_as(UblRecords, path, options, limits)


class UblRecords(CanonicalRecords):
    """See :class:`~.contract.Records`."""

    def __init__(self, source, options, limits):
        super().__init__(source, options, limits)
        name = root_name(source.peek(1 << 12))
        if name not in _LINES:
            raise FormatError(
                "unsupported",
                f"This is no UBL document that is read, but {name or 'another file'}. "
                f"These are: {', '.join(_LINES)}.",
                found=[name],
            )
        self._line = _LINES[name]
        self._elements = ElementReader(source, limits, (*_HEAD, self._line))

    def _items(self):
        head = {}
        for element in self._elements.elements():
            if local_name(element) == self._line:
                yield _row(element, head)
            elif element.getparent().getparent() is None:
                _read_head(element, head)


def _read_head(element, head):
    """What the document says about all its lines."""
    if local_name(element) == "ValidityPeriod":
        found = leaves(element)
        head.setdefault("price_from", text_of(found, "StartDate"))
        head.setdefault("price_until", text_of(found, "EndDate"))
    else:
        name = {"IssueDate": "document_date"}.get(local_name(element), "currency")
        head.setdefault(name, (element.text or "").strip())


def _row(line, head):
    found = leaves(line)
    row = {
        **head,
        "vendor_part": text_of(found, "Item/SellersItemIdentification/ID"),
        "manufacturer_part": text_of(found, "Item/ManufacturersItemIdentification/ID"),
        "manufacturer": text_of(
            found, "Item/ManufacturerParty/PartyName/Name", "Item/BrandName"
        ),
        "gtin": text_of(found, "Item/StandardItemIdentification/ID"),
        "buyer_part": text_of(found, "Item/BuyersItemIdentification/ID"),
        "description": text_of(found, "Item/Name", "Item/Description"),
        "warehouse": text_of(found, "InventoryLocation/ID", "InventoryLocation/Name"),
        "min_qty": text_of(found, "MinimumOrderQuantity"),
        "pack_qty": text_of(
            found, "OrderQuantityIncrementNumeric", "Item/PackQuantity"
        ),
        "unit": _attribute(found, "Quantity", "unitCode")
        or text_of(found, "OrderableUnit"),
    }
    if local_name(line) == "CataloguePricingUpdateLine":
        row["vendor_part"] = text_of(found, "ID")
    states = text_of(found, "ActionCode"), text_of(found, "LifeCycleStatusCode")
    if any(one.lower() in _GONE for one in states):
        row["end_of_life"] = "1"
    _add_quantity(row, found)
    _add_prices(row, line, found)
    return row


def _attribute(found, path, name):
    return next((one.get(name, "") for one in found.get(path, ())), "")


def _add_quantity(row, found):
    quantity, date = text_of(found, "Quantity"), text_of(found, "AvailabilityDate")
    # Dates of XML Schema sort as text; a time zone at their end does not matter here.
    if quantity and date[:10] > row.get("document_date", "")[:10]:
        row |= {
            "quantity": "0",
            "quantity_incoming": quantity,
            "incoming_date": date[:10],
        }
    else:
        row["quantity"] = quantity


def _add_prices(row, line, found):
    """Prices; all in the currency and for the quantity of the first one."""
    periods = [found]
    first, steps = None, []
    for group in children(line, "RequiredItemLocationQuantity"):
        one = leaves(group)
        price = text_of(one, "Price/PriceAmount")
        if not price:
            continue
        like = (
            _attribute(one, "Price/PriceAmount", "currencyID"),
            text_of(one, "Price/BaseQuantity"),
        )
        if first is None:
            first = like
            periods = [one, found]
            row["unit"] = row["unit"] or _attribute(
                one, "Price/BaseQuantity", "unitCode"
            )
        if like == first:
            steps.append((text_of(one, "MinimumQuantity"), price))
    row["price"], row["price_breaks"] = price_cells(steps)
    if first:
        row["currency"] = first[0] or row.get("currency", "")
        row["price_quantity"] = first[1]
    for name, tag in (("price_from", "StartDate"), ("price_until", "EndDate")):
        paths = f"Price/ValidityPeriod/{tag}", f"LineValidityPeriod/{tag}"
        said = next(filter(None, (text_of(one, *paths) for one in periods)), "")
        row[name] = said or row.get(name, "")
