"""Documents of UBL and BMEcat; see :mod:`.edi_samples`."""

from xml.sax.saxutils import escape, quoteattr

from .edi_samples_item import steps

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


def _tag(name, text, **attributes):
    """An element, or nothing where there is no text."""
    if not text:
        return ""
    more = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{more}>{escape(text)}</{name}>"


def _within(names, text):
    """Text inside of elements, the outermost named first; nothing where it is empty."""
    for name in reversed(names.split("/") if text else []):
        text = f"<{name}>{text}</{name}>"
    return text


def _ubl(document, begin, line, items):
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{document} xmlns="{_UBL}{document}-2" '
        f'xmlns:cac="{_UBL}CommonAggregateComponents-2" '
        f'xmlns:cbc="{_UBL}CommonBasicComponents-2">\n'
        "<cbc:UBLVersionID>2.1</cbc:UBLVersionID><cbc:ID>D1</cbc:ID>"
        f"<cbc:IssueDate>2026-11-23</cbc:IssueDate>{begin}\n"
    )
    for number, item in enumerate(items, 1):
        text = line(number, item)
        yield f"<cac:{document}Line>{text}</cac:{document}Line>\n"
    yield f"</{document}>\n"


def _ubl_item(item):
    codes = "".join(
        _within(f"cac:{name}/cbc:ID", escape(item.get(column, "")))
        for name, column in (
            ("BuyersItemIdentification", "buyer_part"),
            ("SellersItemIdentification", "vendor_part"),
            ("ManufacturersItemIdentification", "manufacturer_part"),
            ("StandardItemIdentification", "gtin"),
        )
    )
    maker = escape(item.get("manufacturer", ""))
    return _within(
        "cac:Item",
        _tag("cbc:Name", item.get("description", ""))
        + codes
        + _within("cac:ManufacturerParty/cac:PartyName/cbc:Name", maker),
    )


def _ubl_quantity(number, item, tail=""):
    unit = {"unitCode": item["unit"]} if item.get("unit") else {}
    date = item.get("incoming_date", "")
    quantity = item.get("quantity_incoming" if date else "quantity", "")
    return (
        f"<cbc:ID>{number}</cbc:ID>"
        + _tag("cbc:Quantity", quantity, **unit)
        + _tag("cbc:AvailabilityDate", date)
        + _ubl_item(item)
        + tail
    )


def ubl_stock(items):
    """StockAvailabilityReport: an item with an incoming date is not in stock.

    :rtype: Iterator[str]
    """
    return _ubl("StockAvailabilityReport", "", _ubl_quantity, items)


def ubl_inventory(items):
    """InventoryReport: as :func:`ubl_stock`, with warehouses.

    :rtype: Iterator[str]
    """

    def line(number, item):
        place = _within(
            "cac:InventoryLocation/cbc:ID", escape(item.get("warehouse", ""))
        )
        return _ubl_quantity(number, item, place)

    return _ubl("InventoryReport", "", line, items)


def _ubl_prices(item):
    currency = {"currencyID": item["currency"]} if item.get("currency") else {}
    unit = {"unitCode": item["unit"]} if item.get("unit") else {}
    text = ""
    for quantity, price in steps(item):
        amount = _tag("cbc:PriceAmount", price, **currency)
        amount += _tag("cbc:BaseQuantity", item.get("price_quantity", ""), **unit)
        text += _within(
            "cac:RequiredItemLocationQuantity",
            _tag("cbc:MinimumQuantity", quantity) + _within("cac:Price", amount),
        )
    return text


def ubl_catalogue(items):
    """Catalogue.

    :rtype: Iterator[str]
    """

    def line(number, item):
        period = _tag("cbc:StartDate", item.get("price_from", "")) + _tag(
            "cbc:EndDate", item.get("price_until", "")
        )
        return (
            f"<cbc:ID>{number}</cbc:ID>"
            + (
                "<cbc:ActionCode>Delete</cbc:ActionCode>"
                * bool(item.get("end_of_life"))
            )
            + _tag("cbc:OrderableUnit", item.get("unit", ""))
            + _tag("cbc:OrderQuantityIncrementNumeric", item.get("pack_qty", ""))
            + _tag("cbc:MinimumOrderQuantity", item.get("min_qty", ""))
            + _within("cac:LineValidityPeriod", period)
            + _ubl_prices(item)
            + _ubl_item(item)
        )

    return _ubl("Catalogue", "", line, items)


def ubl_pricing_update(items):
    """CataloguePricingUpdate: prices of lines that are named by ``vendor_part``.

    :rtype: Iterator[str]
    """

    def line(_number, item):
        return _tag("cbc:ID", item["vendor_part"]) + _ubl_prices(item)

    return _ubl("CataloguePricingUpdate", "", line, items)


def bmecat(items, version="2005", transaction="T_NEW_PRODUCTDATA"):
    """BMEcat.

    :param str version: ``1.2`` (with its document type) or ``2005``
    :param str transaction: as in ``T_UPDATE_PRICES``
    :rtype: Iterator[str]
    """
    item_name, code = ("ARTICLE", "AID") if version == "1.2" else ("PRODUCT", "PID")
    doctype = '<!DOCTYPE BMECAT SYSTEM "bmecat_new_catalog_1_2.dtd">\n'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n' + doctype * (version == "1.2")
    space = ' xmlns="http://www.bmecat.org/bmecat/2005"' * (version != "1.2")
    yield (
        f'<BMECAT version="{version}"{space}>\n'
        "<HEADER><CATALOG><LANGUAGE>eng</LANGUAGE><CATALOG_ID>C1</CATALOG_ID>"
        "<CATALOG_VERSION>001.000</CATALOG_VERSION>"
        '<DATETIME type="generation_date"><DATE>2026-11-23</DATE></DATETIME>'
        f"<CURRENCY>EUR</CURRENCY></CATALOG></HEADER>\n<{transaction}>\n"
    )
    for item in items:
        gone = ' mode="delete"' * bool(item.get("end_of_life"))
        yield f"<{item_name}{gone}>" + _tag(
            f"SUPPLIER_{code}", item.get("vendor_part", "")
        )
        if transaction != "T_UPDATE_PRICES":
            yield _bmecat_details(item, item_name, code)
        yield _bmecat_prices(item, item_name, version) + f"</{item_name}>\n"
    yield f"</{transaction}>\n</BMECAT>\n"


def _bmecat_details(item, name, code):
    gtin = "EAN" if code == "AID" else "INTERNATIONAL_PID"
    details = (
        _tag("DESCRIPTION_SHORT", item.get("description", ""))
        + _tag(gtin, item.get("gtin", ""))
        + _tag(f"BUYER_{code}", item.get("buyer_part", ""))
        + _tag(f"MANUFACTURER_{code}", item.get("manufacturer_part", ""))
        + _tag("MANUFACTURER_NAME", item.get("manufacturer", ""))
    )
    order = (
        _tag("ORDER_UNIT", item.get("unit", ""))
        + _tag("PRICE_QUANTITY", item.get("price_quantity", ""))
        + _tag("QUANTITY_MIN", item.get("min_qty", ""))
        + _tag("QUANTITY_INTERVAL", item.get("pack_qty", ""))
    )
    return _within(f"{name}_DETAILS", details) + _within(f"{name}_ORDER_DETAILS", order)


def _bmecat_prices(item, name, version):
    text = ""
    for kind, column in (
        ("valid_start_date", "price_from"),
        ("valid_end_date", "price_until"),
    ):
        date = item.get(column, "")
        if version == "1.2" and date:
            text += f'<DATETIME type="{kind}"><DATE>{escape(date)}</DATE></DATETIME>'
        else:
            text += _tag(kind, date)
    prices = [("net_customer", quantity, price) for quantity, price in steps(item)]
    if item.get("list_price"):
        prices.append(("net_list", "", item["list_price"]))
    for kind, quantity, price in prices:
        text += (
            f'<{name}_PRICE price_type="{kind}">'
            + _tag("PRICE_AMOUNT", price)
            + _tag("PRICE_CURRENCY", item.get("currency", ""))
            + _tag("LOWER_BOUND", quantity)
            + f"</{name}_PRICE>"
        )
    return _within(f"{name}_PRICE_DETAILS", text)
