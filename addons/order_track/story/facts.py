"""Vocabulary: what is known of an order, before anybody puts it into words."""

from dataclasses import dataclass
from datetime import date, datetime

#: Kinds of facts in the order of an order's life; the place is the rank.
KINDS = (
    "quoted",
    "placed",
    "held",
    "released",
    "confirmed",
    "sourced",
    "picked",
    "announced",
    "shipped",
    "in_transit",
    "out_for_delivery",
    "exception",
    "delivered",
    "invoiced",
    "paid",
    "returned",
    "credited",
    "refunded",
    "cancelled",
)
#: Kinds of facts about invoices and payments.
MONEY = {"invoiced", "paid", "credited", "refunded"}
RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Fact:
    """Something that happened to an order, or is expected to.

    ``at`` (naive UTC) or ``on`` says when; both may be unknown. ``reference`` is the
    number of the document, ``source`` the kind of document or person that says so,
    ``note`` text that the reader may see as it is (the reason of a hold).
    """

    kind: str
    at: datetime | None = None
    on: date | None = None
    expected: bool = False
    reference: str = ""
    quantity: float | None = None
    parcel: str = ""
    carrier: str = ""
    link: str = ""
    place: str = ""
    note: str = ""
    source: str = "order"

    def __post_init__(self):
        if self.kind not in RANK:
            raise ValueError(f"unknown kind of fact: {self.kind!r}")
        if self.at and self.on:
            raise ValueError("a fact has a time or a day, not both")

    @property
    def rank(self):
        return RANK[self.kind]


@dataclass(frozen=True)
class LineDate:
    """A day on which the rest of a line is expected, and who says so.

    ``weight`` tells which of several is believed: the highest.
    """

    on: date
    source: str
    reference: str = ""
    weight: int = 0


#: Weights of the dates that the add-on brings itself; glue brings what vendors say.
PROMISED, PLANNED, RECEIPT, VENDOR = 10, 20, 30, 40


@dataclass(frozen=True)
class LineFacts:
    """How much of a line is where, in the unit of the line.

    ``shipped`` counts all that left for the customer, also what came back; ``open`` is
    still to come, ``backordered`` the part of it that is not in stock. ``digits`` are
    the decimals by which quantities are compared.
    """

    key: int
    name: str = ""
    unit: str = ""
    goods: bool = True
    ordered: float = 0.0
    shipped: float = 0.0
    open: float = 0.0
    backordered: float = 0.0
    returned: float = 0.0
    coming_back: float = 0.0
    invoiced: float = 0.0
    credited: float = 0.0
    digits: int = 2
    dates: tuple[LineDate, ...] = ()

    def is_positive(self, quantity):
        """Whether a quantity is more than nothing, by the rounding of units."""
        return round(quantity, self.digits) > 0

    @property
    def cancelled(self):
        """What was ordered and will not come."""
        rest = self.ordered - self.shipped - self.open
        return rest if self.is_positive(rest) else 0.0

    @property
    def expected(self):
        """The most believable date of what is open, or None."""
        if not self.is_positive(self.open) or not self.dates:
            return None
        return max(self.dates, key=lambda date: (date.weight, date.on, date.reference))


@dataclass(frozen=True)
class Bill:
    """The share of an order in a posted invoice or credit note.

    Amounts are positive and in one currency for all bills of an order. ``own_credit``
    is what credit notes of the same order settled of an invoice.
    """

    amount: float
    open: float
    is_credit: bool = False
    own_credit: float = 0.0
    in_process: bool = False
    due_on: date | None = None


@dataclass(frozen=True)
class Money:
    """What is billed and paid. ``prepaid`` came before any invoice, ``pending`` is on
    its way; ``unbilled``: something ordered is not billed (any more).

    ``rounding`` is the smallest coin of the currency of all amounts.
    """

    bills: tuple[Bill, ...] = ()
    total: float = 0.0
    prepaid: float = 0.0
    pending: bool = False
    unbilled: bool = False
    rounding: float = 0.01

    def sign(self, amount):
        """-1, 0 or 1: an amount compared with nothing, by the currency's rounding."""
        coins = round(amount / self.rounding)
        return (coins > 0) - (coins < 0)


@dataclass(frozen=True)
class Arrivals:
    """Shipments (parcels, or transfers without parcels) sent out and arrived."""

    sent: int = 0
    arrived: int = 0
