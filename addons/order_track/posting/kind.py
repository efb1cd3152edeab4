"""What a kind of data is made of, and the columns and words that kinds share."""

from __future__ import annotations

from dataclasses import dataclass, field

from .types import Number, Text, plain


@dataclass(frozen=True)
class Column:
    """One thing a row may say.

    :param name: column of the table
    :param type: see ``types``
    :param words: what files call it, besides its name
    :param otherwise: SQL of the value of new records whose file does not have it
    :param shown: what the template calls it
    """

    name: str
    type: object
    words: tuple = ()
    otherwise: str = "NULL"

    @property
    def keys(self):
        return {plain(self.name), *map(plain, self.words)}


@dataclass(frozen=True)
class Child:
    """Rows below a record: lines of an order, pieces of a roll.

    :param sums: columns of the record that are sums where the file has none of its
        own: ``{column: child column}``
    :param marks: one of these is there, or the row has no child
    """

    name: str
    table: str
    parent: str
    columns: tuple
    marks: tuple
    sums: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One kind of data.

    :param key: columns that name a record where no ``external_ref`` is given
    :param needed: columns that each new record has, or one of them if it is a tuple
    :param account: ``needed``, ``known`` (if there is one, it must be known) or ``own``
        (the number is what the record is about)
    :param day: column with the day on which the account number is looked up
    :param inventory: open to subscribers of the service ``inventory`` alone
    """

    name: str
    model: str
    columns: tuple
    key: tuple
    needed: tuple
    account: str | None = None
    day: str | None = None
    child: Child | None = None
    inventory: bool = False

    @property
    def table(self):
        return self.model.replace(".", "_")

    @property
    def all_columns(self):
        parties = PARTIES if self.account else PARTIES[:1]
        return {column.name: column for column in (*parties, *self.columns)}

    @property
    def child_columns(self):
        return {c.name: c for c in self.child.columns} if self.child else {}


PARTIES = (
    Column(
        "external_ref",
        Text(64),
        ("external id", "reference id", "record", "record number", "key", "unique id"),
    ),
    Column(
        "account_number",
        Text(64),
        (
            "account", "account no", "acct", "acct no", "customer number",
            "customer no",
            "customer", "customer account", "sold to", "kundennummer", "kunde",
            "compte",
            "numéro de compte", "cuenta", "cliente", "número de cliente",
        ),
    ),
    Column(
        "showroom_number",
        Text(64),
        ("showroom", "showroom account", "showroom no", "branch", "agency"),
    ),
    Column(
        "rep_number",
        Text(64),
        ("rep", "sales rep", "rep no", "salesperson", "salesman", "representative"),
    ),
)  # fmt: skip

ITEM = Column(
    "item_code",
    Text(64),
    (
        "item", "sku", "item number", "item no", "product", "product code", "code",
        "article", "artikel", "artikelnummer", "pattern number", "artículo",
    ),
)  # fmt: skip
DESCRIPTION = Column(
    "description", Text(250), ("item description", "name", "bezeichnung", "designation")
)
COLOR = Column(
    "color", Text(120), ("colour", "colorway", "color name", "farbe", "couleur")
)
PATTERN = Column("pattern", Text(120), ("pattern name", "design", "dessin"))
UNIT = Column("unit", Text(16), ("uom", "unit of measure", "einheit", "unité", "um"))
QUANTITY = Column(
    "quantity", Number(), ("qty", "ordered", "qty ordered", "menge", "quantité",
                           "cantidad", "yards", "quantity ordered"), "0"
)  # fmt: skip
SIDEMARK = Column(
    "sidemark",
    Text(250),
    ("client", "client name", "side mark", "project", "end client"),
)
DYE_LOT = Column("dye_lot", Text(64), ("lot", "dyelot", "dye lot no", "bath", "batch"))
PIECE = Column("piece", Text(64), ("piece no", "roll", "roll number", "bolt", "serial"))
ORDER_REF = Column(
    "order_ref", Text(64), ("order", "order number", "order no", "sales order", "so")
)
PRICE = Column("price", Number(), ("unit price", "net price", "cost", "preis", "prix"))
CURRENCY = Column("currency", Text(3), ("currency code", "währung", "devise", "moneda"))

ORDER_STATES = {
    "requested": "requested", "request": "requested", "quote": "requested",
    "onhold": "on_hold", "hold": "on_hold", "held": "on_hold", "cfa": "on_hold",
    "open": "open", "new": "open", "confirmed": "open", "processing": "open",
    "inprocess": "open", "released": "open", "offen": "open",
    "backordered": "back_ordered", "backorder": "back_ordered", "bo": "back_ordered",
    "partial": "partial", "partiallyshipped": "partial", "partshipped": "partial",
    "shipped": "shipped", "complete": "shipped", "completed": "shipped",
    "closed": "shipped", "invoiced": "shipped", "delivered": "shipped",
    "cancelled": "cancelled", "canceled": "cancelled", "void": "cancelled",
    "storniert": "cancelled",
}  # fmt: skip
RESERVE_STATES = {
    "held": "held", "hold": "held", "open": "held", "reserved": "held",
    "active": "held", "expired": "expired", "released": "released",
    "cancelled": "released", "canceled": "released", "closed": "released",
    "converted": "converted", "ordered": "converted",
}  # fmt: skip
MILL_STATES = {
    "open": "open", "confirmed": "open", "ordered": "open", "late": "open",
    "partial": "partial", "partiallyreceived": "partial",
    "received": "received", "closed": "received", "complete": "received",
    "cancelled": "cancelled", "canceled": "cancelled",
}  # fmt: skip
FREIGHT_STATES = {
    "announced": "announced", "label": "announced", "labelcreated": "announced",
    "intransit": "in_transit", "shipped": "in_transit", "transit": "in_transit",
    "outfordelivery": "out_for_delivery",
    "delivered": "delivered", "pod": "delivered",
    "exception": "exception", "delayed": "exception", "returned": "returned",
}  # fmt: skip
