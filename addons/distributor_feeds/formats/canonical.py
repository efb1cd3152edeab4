"""The columns that the readers of standard documents share, and their records."""

import re
from decimal import Decimal, InvalidOperation

from .contract import FormatError, Limits, Options
from .rows import RowRecords
from .source import Source

#: What a standard document may say about an offer. What it does not say is empty.
COLUMNS = [
    "vendor_part",  # the sender's code of the item
    "manufacturer_part",
    "manufacturer",  # a name
    "gtin",  # EAN, UPC, ITF-14
    "buyer_part",  # our code
    "description",
    "warehouse",  # the sender's code of the place
    "quantity",  # to be had now
    "quantity_incoming",
    "incoming_date",
    "price",  # what we pay for `price_quantity`
    "list_price",
    "price_quantity",  # empty: 1
    "currency",
    "min_qty",
    "pack_qty",
    "unit",  # as the standard codes it
    "price_breaks",  # '1:4.90|10:4.50', empty where there is one price
    "price_from",
    "price_until",
    "end_of_life",  # '1' or empty
    "document_date",
]
#: Joins values that contradict each other. No number reads like this, so the row is
#: put aside with all of them, where taking any one would be a guess.
CONTRADICTION = " | "

_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(\d{4}|\d{6})?\Z")
_SHORT_DATE = re.compile(r"(\d\d)(\d\d)(\d\d)\Z")


def open_as(cls, path, options, limits):
    """Open a file for a reader; the file is closed where the reader refuses it.

    :param cls: of the records, called with source, options and limits
    :param path: of a file, plain or packed
    :param Options options: or none
    :param Limits limits: or none
    :rtype: CanonicalRecords
    """
    options, limits = options or Options(), limits or Limits()
    source = Source(path, options, limits)
    try:
        return cls(source, options, limits)
    except BaseException:
        source.close()
        raise


class CanonicalRecords(RowRecords):
    """Records with :data:`COLUMNS`; see :class:`~.contract.Records`."""

    def __init__(self, source, options, limits):
        super().__init__(source, list(COLUMNS), self._cells(), limits)
        self._options = options

    def _cells(self):
        row = None
        for row in self._items():
            yield [row.get(name, "") for name in COLUMNS]
        if row is None:
            raise FormatError("empty", "The document is whole but holds no items.")

    def _items(self):
        """One ``dict`` per record: column -> text.

        :rtype: Iterator[dict[str, str]]
        """
        raise NotImplementedError


def one_value(values):
    """The one value of several, or all of them joined where they differ."""
    return CONTRADICTION.join(dict.fromkeys(one for one in values if one))


def iso_date(text):
    """``CCYYMMDD[HHMM[SS]]`` or ``YYMMDD`` as ``CCYY-MM-DD``; others as they are."""
    if found := _DATE.match(text):
        return "-".join(found.groups()[:3])
    if found := _SHORT_DATE.match(text):
        return "20" + "-".join(found.groups())
    return text


def decimal(text):
    """A number, or none.

    :rtype: Decimal | None
    """
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def price_cells(steps):
    """The cells of one kind of price.

    :param steps: of ``(least quantity, price)``, both text; no quantity is 1
    :return: ``(price, price_breaks)``: the price of the smallest quantity, and all
        steps where there are several
    """
    by_quantity = {}
    for quantity, price in steps:
        by_quantity.setdefault(quantity or "1", []).append(price)
    if not by_quantity:
        return "", ""
    ordered = sorted(by_quantity, key=lambda one: decimal(one) or 0)
    prices = [one_value(by_quantity[quantity]) for quantity in ordered]
    if len(ordered) == 1:
        return prices[0], ""
    pairs = zip(ordered, prices, strict=True)
    return prices[0], "|".join(f"{quantity}:{price}" for quantity, price in pairs)
