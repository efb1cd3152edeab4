"""Documents of standards, written from items: for tests, and for rehearsing a feed.

Each function takes items and gives the document as pieces of text, so that it may be of
any size: ``"".join(x12_846(items))``, or write the pieces as they come. An item is a
``dict`` with names of ``formats.canonical.COLUMNS``; what is missing is left out.
"""

from .edi_samples_segments import invrpt, pricat, x12_832, x12_846
from .edi_samples_xml import (
    bmecat,
    ubl_catalogue,
    ubl_inventory,
    ubl_pricing_update,
    ubl_stock,
)

__all__ = [
    "bmecat",
    "invrpt",
    "pricat",
    "ubl_catalogue",
    "ubl_inventory",
    "ubl_pricing_update",
    "ubl_stock",
    "x12_832",
    "x12_846",
]
