"""Reading documents of standards in tests, and breaking them."""

import os
import tempfile
from hashlib import sha256
from pathlib import Path

from ..formats import bmecat, edifact, ubl, x12
from ..formats.contract import FormatError
from ..rehearsal import edi_samples

FILES = Path(__file__).parent / "files"
#: name -> (reader, writer, the end of a unit that a cut may not cross)
DOCUMENTS = {
    "846": (x12, edi_samples.x12_846, "~"),
    "832": (x12, edi_samples.x12_832, "~"),
    "INVRPT": (edifact, edi_samples.invrpt, "'"),
    "PRICAT": (edifact, edi_samples.pricat, "'"),
    "StockAvailabilityReport": (ubl, edi_samples.ubl_stock, "\n"),
    "InventoryReport": (ubl, edi_samples.ubl_inventory, "\n"),
    "Catalogue": (ubl, edi_samples.ubl_catalogue, "\n"),
    "CataloguePricingUpdate": (ubl, edi_samples.ubl_pricing_update, "\n"),
    "BMEcat": (bmecat, edi_samples.bmecat, "\n"),
}
#: Columns that each document carries.
_CODES = {"vendor_part", "manufacturer_part", "gtin", "buyer_part", "description"}
_STOCK = _CODES | {"quantity", "unit"}
_PRICES = {"price", "price_breaks", "currency", "unit"}
_TERMS = {"min_qty", "pack_qty", "price_from", "price_until", "end_of_life"}
CARRIED = {
    "846": _STOCK
    | _PRICES
    | {"warehouse", "quantity_incoming", "incoming_date", "list_price"},
    "832": _CODES | _PRICES | _TERMS | {"list_price"},
    "INVRPT": _STOCK
    | {"warehouse", "quantity_incoming", "incoming_date", "end_of_life"},
    "PRICAT": _CODES | _PRICES | _TERMS | {"list_price", "price_quantity"},
    "StockAvailabilityReport": _STOCK | {"manufacturer"},
    "InventoryReport": _STOCK | {"manufacturer", "warehouse"},
    "Catalogue": _CODES | _PRICES | _TERMS | {"manufacturer", "price_quantity"},
    "CataloguePricingUpdate": _PRICES | {"vendor_part", "price_quantity"},
    "BMEcat": _CODES
    | _PRICES
    | _TERMS
    | {"manufacturer", "price_quantity", "list_price"},
}


def read(reader, data, options=None, limits=None):
    """The records of a document.

    :param reader: module
    :param bytes data: the file
    :return: a ``dict`` for each, without empty cells
    :rtype: list[dict[str, str]]
    """
    handle, path = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        with reader.open_records(path, options, limits) as records:
            lines = []
            for batch in records.batches():
                assert batch.endswith(b"\n")
                lines += batch.decode().split("\n")[:-1]
            rows = list(records.split(lines))
            assert {len(row) for row in rows} == {len(records.columns)}
            pairs = [zip(records.columns, row, strict=True) for row in rows]
            return [{name: text for name, text in one if text} for one in pairs]
    finally:
        os.unlink(path)


def refusal(reader, data, **more):
    """The reason why a document is refused, or ``None``."""
    try:
        read(reader, data, **more)
    except FormatError as error:
        return error.code
    return None


def written(name, items, **more):
    """A document of :data:`DOCUMENTS` as bytes."""
    if name in ("INVRPT", "PRICAT"):
        more.setdefault("charset", "UNOY")
    return "".join(DOCUMENTS[name][1](items, **more)).encode()


def far_apart(count):
    """Items whose codes and quantities no small damage turns into those of another."""
    items = []
    for index in range(count):
        digest = sha256(b"%d" % index).hexdigest().upper()
        number = str(int(digest[:12], 16))[:9].rjust(9, "7")
        items.append(
            {
                "vendor_part": digest[:10],
                "gtin": "40" + number + "11",
                "description": f"Thing {digest[10:20]}",
                "warehouse": f"W{index % 3}",
                "quantity": number,
                "price": number[:4] + "." + number[5:7],
                "currency": "EUR",
                "unit": "PCE",
            }
        )
    return items
