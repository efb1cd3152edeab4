"""BMEcat 1.2 and 2005: catalogues and prices, as they go with openTRANS orders.

T_NEW_CATALOG, T_NEW_PRODUCTDATA, T_UPDATE_PRODUCTS and T_UPDATE_PRICES. Names are those
of 1.2; where 2005 says PRODUCT for ARTICLE and PID for AID, it is read the same.

================== ===================================================================
vendor_part        SUPPLIER_AID
manufacturer_part  ARTICLE_DETAILS/MANUFACTURER_AID
manufacturer       ARTICLE_DETAILS/MANUFACTURER_NAME
gtin               ARTICLE_DETAILS/EAN; 2005: INTERNATIONAL_PID
buyer_part         ARTICLE_DETAILS/BUYER_AID
description        ARTICLE_DETAILS/DESCRIPTION_SHORT
price              ARTICLE_PRICE [net_customer] PRICE_AMOUNT times PRICE_FACTOR
list_price         ARTICLE_PRICE [net_list], the same way
price_quantity     ARTICLE_ORDER_DETAILS/PRICE_QUANTITY
currency           PRICE_CURRENCY, else HEADER/CATALOG/CURRENCY
min_qty            ARTICLE_ORDER_DETAILS/QUANTITY_MIN
pack_qty           ARTICLE_ORDER_DETAILS/QUANTITY_INTERVAL, else NO_CU_PER_OU
unit               ARTICLE_ORDER_DETAILS/ORDER_UNIT
price_breaks       ARTICLE_PRICE/LOWER_BOUND
price_from         ARTICLE_PRICE_DETAILS/DATETIME [valid_start_date] DATE
price_until        ARTICLE_PRICE_DETAILS/DATETIME [valid_end_date] DATE
end_of_life        ARTICLE@mode = delete
document_date      HEADER/CATALOG/DATETIME [generation_date] DATE
================== ===================================================================

There is no stock in BMEcat. Of several price details the first is read. Files of 1.2
name a document type, so that one is allowed; it is never fetched, and may define
nothing.
"""

from .canonical import CanonicalRecords, decimal, open_as, price_cells
from .contract import FormatError
from .xml_elements import (
    ElementReader,
    children,
    leaves,
    local_name,
    root_name,
    text_of,
)

_ITEMS = ("ARTICLE", "PRODUCT")
_TRANSACTIONS = (
    "T_NEW_CATALOG",
    "T_NEW_PRODUCTDATA",
    "T_UPDATE_PRODUCTS",
    "T_UPDATE_PRICES",
)
#: Big parts of a catalogue that say nothing about offers.
_ASIDE = (
    "CATALOG_STRUCTURE",
    "CLASSIFICATION_GROUP",
    "FEATURE_TEMPLATE",
    "FT",
    "ARTICLE_TO_CATALOGGROUP_MAP",
    "PRODUCT_TO_CATALOGGROUP_MAP",
    "CATALOG_GROUP",
    "FORMULA",
    "AREA",
    "PARTY",
)


def looks_like(head):
    """How likely this is BMEcat, from 0 to 1."""
    return 0.99 if root_name(head) == "BMECAT" else 0.0


def open_records(path, options=None, limits=None):
    """Read a catalogue or an update.

    :param path: of a file, plain or packed
    :param Options options: none of them matters
    :param Limits limits: none: the defaults
    :rtype: BmecatRecords
    :raises FormatError: ``unsupported`` for another document, ``entity``, and whatever
        :class:`~.source.Source` raises; while reading also ``corrupt``, ``truncated``,
        ``encoding``, ``depth``, ``empty``, ``too_big``
    """
    return open_as(BmecatRecords, path, options, limits)


class BmecatRecords(CanonicalRecords):
    """See :class:`~.contract.Records`."""

    def __init__(self, source, options, limits):
        super().__init__(source, options, limits)
        name = root_name(source.peek(1 << 12))
        if name != "BMECAT":
            raise FormatError(
                "unsupported",
                f"This is no BMEcat, but {name or 'another file'}: choose its format.",
                found=[name],
            )
        wanted = ("HEADER", *_ITEMS)
        self._elements = ElementReader(source, limits, wanted, _ASIDE, doctype=True)

    def _items(self):
        head = {"currency": ""}
        for element in self._elements.elements():
            parent = element.getparent()
            if local_name(element) == "HEADER":
                head = _head(element)
            elif parent is not None and local_name(parent) in _TRANSACTIONS:
                yield _row(element, head)


def _date(element, kind):
    """A date of a kind, which 1.2 names in an attribute and 2005 in a name."""
    for one in element.iter("{*}DATETIME"):
        if one.get("type") == kind:
            return text_of(leaves(one), "DATE")
    for one in element.iter("{*}" + kind, "{*}" + kind.upper()):
        return text_of({"": [one]}, "")
    return ""


def _head(header):
    found = leaves(header)
    return {
        "currency": text_of(found, "CATALOG/CURRENCY"),
        "document_date": _date(header, "generation_date")[:10],
    }


def _row(item, head):
    name = local_name(item)
    found = leaves(item)
    details, order = f"{name}_DETAILS/", f"{name}_ORDER_DETAILS/"
    row = {
        **head,
        "vendor_part": text_of(found, "SUPPLIER_AID", "SUPPLIER_PID"),
        "manufacturer_part": text_of(
            found, details + "MANUFACTURER_AID", details + "MANUFACTURER_PID"
        ),
        "manufacturer": text_of(found, details + "MANUFACTURER_NAME"),
        "gtin": text_of(found, details + "EAN", details + "INTERNATIONAL_PID"),
        "buyer_part": text_of(found, details + "BUYER_AID", details + "BUYER_PID"),
        "description": text_of(found, details + "DESCRIPTION_SHORT"),
        "price_quantity": text_of(found, order + "PRICE_QUANTITY"),
        "min_qty": text_of(found, order + "QUANTITY_MIN"),
        "pack_qty": text_of(found, order + "QUANTITY_INTERVAL", order + "NO_CU_PER_OU"),
        "unit": text_of(found, order + "ORDER_UNIT"),
    }
    if item.get("mode", "").lower() == "delete":
        row["end_of_life"] = "1"
    for block in children(item, f"{name}_PRICE_DETAILS")[:1]:
        row["price_from"] = _date(block, "valid_start_date")[:10]
        row["price_until"] = _date(block, "valid_end_date")[:10]
        prices = [(one.get("price_type", ""), leaves(one)) for one in block]
        currency, steps = _steps(prices, "net_customer", row["currency"])
        listed, list_steps = _steps(prices, "net_list", row["currency"])
        row["price"], row["price_breaks"] = price_cells(steps)
        if not steps or listed == currency:
            row["list_price"] = price_cells(list_steps)[0]
        row["currency"] = (currency if steps else listed) or row["currency"]
    return row


def _steps(prices, kind, currency):
    """The prices of one kind that are in the currency of its first one."""
    first, steps = None, []
    for price_type, found in prices:
        amount = text_of(found, "PRICE_AMOUNT")
        if price_type != kind or not amount:
            continue
        own = text_of(found, "PRICE_CURRENCY") or currency
        first = own if first is None else first
        if own == first:
            steps.append((text_of(found, "LOWER_BOUND"), _amount(amount, found)))
    return first, steps


def _amount(amount, found):
    factor = text_of(found, "PRICE_FACTOR")
    if not factor or decimal(factor) == 1:
        return amount
    price, times = decimal(amount), decimal(factor)
    if price is None or times is None:
        return f"{amount} x {factor}"  # no number: the row is put aside
    return format(price * times, "f")
