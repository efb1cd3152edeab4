"""The kinds of data that distributors post: their columns, and the words for these."""

from __future__ import annotations

from dataclasses import dataclass, field

from .types import Choice, Day, Flag, Number, Text, Whole, plain


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
            "account", "account no", "acct", "acct no", "customer number", "customer no",
            "customer", "customer account", "sold to", "kundennummer", "kunde", "compte",
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

_ITEM = Column(
    "item_code",
    Text(64),
    (
        "item", "sku", "item number", "item no", "product", "product code", "code",
        "article", "artikel", "artikelnummer", "pattern number", "artículo",
    ),
)  # fmt: skip
_DESCRIPTION = Column(
    "description", Text(250), ("item description", "name", "bezeichnung", "designation")
)
_COLOR = Column(
    "color", Text(120), ("colour", "colorway", "color name", "farbe", "couleur")
)
_PATTERN = Column("pattern", Text(120), ("pattern name", "design", "dessin"))
_UNIT = Column("unit", Text(16), ("uom", "unit of measure", "einheit", "unité", "um"))
_QUANTITY = Column(
    "quantity", Number(), ("qty", "ordered", "qty ordered", "menge", "quantité",
                           "cantidad", "yards", "quantity ordered"), "0"
)  # fmt: skip
_SIDEMARK = Column(
    "sidemark",
    Text(250),
    ("client", "client name", "side mark", "project", "end client"),
)
_DYE_LOT = Column("dye_lot", Text(64), ("lot", "dyelot", "dye lot no", "bath", "batch"))
_PIECE = Column(
    "piece", Text(64), ("piece no", "roll", "roll number", "bolt", "serial")
)
_ORDER_REF = Column(
    "order_ref", Text(64), ("order", "order number", "order no", "sales order", "so")
)
_PRICE = Column("price", Number(), ("unit price", "net price", "cost", "preis", "prix"))
_CURRENCY = Column(
    "currency", Text(3), ("currency code", "währung", "devise", "moneda")
)

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

ORDER = Kind(
    "order",
    "track.order",
    (
        Column("name", Text(64), ("order", "order number", "order no", "sales order",
                                  "so", "auftrag", "auftragsnummer", "commande",
                                  "pedido")),
        Column("own_reference", Text(120), ("reference", "our reference", "ref")),
        Column("customer_po", Text(64), ("po", "po number", "po no", "purchase order",
                                         "customer po number", "bestellnummer")),
        _SIDEMARK,
        Column("ordered_on", Day(), ("order date", "date", "date ordered", "ordered",
                                     "auftragsdatum", "fecha")),
        Column("status", Choice(ORDER_STATES, "open"), ("state", "order status"),
               "'open'"),
        Column("ship_to", Text(500), ("ship to address", "delivery address", "shipto",
                                      "ship to name", "lieferadresse")),
        Column("invoice_number", Text(250), ("invoice", "invoice no", "rechnung",
                                             "facture", "factura")),
        Column("tracking_numbers", Text(1000), ("tracking", "tracking number",
                                                "tracking no", "pro number")),
        Column("shipped_on", Day(), ("ship date", "date shipped", "shipped date")),
    ),
    key=("name",),
    needed=(),
    account="needed",
    day="ordered_on",
    child=Child(
        "lines",
        "track_order_line",
        "order_id",
        (
            Column("line_ref", Text(32), ("line", "line number", "line no", "position",
                                          "pos")),
            _ITEM, _DESCRIPTION, _PATTERN, _COLOR, _QUANTITY, _UNIT,
            Column("shipped", Number(), ("qty shipped", "shipped qty", "quantity shipped",
                                         "geliefert"), "0"),
            Column("back_ordered", Number(), ("back ordered", "backordered", "bo qty",
                                              "qty backordered", "backorder qty"), "0"),
            Column("expected_on", Day(), ("expected", "expected date", "eta", "due",
                                          "due date", "available on", "bo date")),
            Column("cancelled", Number(), ("qty cancelled", "canceled", "cancelled qty"),
                   "0"),
            _PRICE, _CURRENCY, _DYE_LOT,
        ),
        marks=("item_code", "description"),
    ),
)  # fmt: skip

RESERVE = Kind(
    "reserve",
    "track.reserve",
    (
        Column("name", Text(64), ("reserve", "reserve number", "reserve no", "hold",
                                  "hold number", "hold no")),
        _ITEM, _DESCRIPTION, _PATTERN, _COLOR, _QUANTITY, _UNIT, _SIDEMARK,
        Column("reserved_on", Day(), ("reserve date", "date", "hold date", "reserved")),
        Column("held_until", Day(), ("until", "expires", "expiry", "expiration",
                                     "expires on", "hold until", "reserved until")),
        _DYE_LOT, _PIECE, _ORDER_REF,
        Column("state", Choice(RESERVE_STATES, "held"), ("status",), "'held'"),
    ),
    key=("name",),
    needed=("item_code",),
    account="needed",
    day="reserved_on",
)  # fmt: skip

STOCK = Kind(
    "stock",
    "track.stock",
    (
        _ITEM, _DESCRIPTION, _PATTERN, _COLOR,
        Column("on_hand", Number(), ("qty on hand", "quantity on hand", "stock", "qty",
                                     "quantity", "onhand", "available", "bestand"), "0"),
        Column("reserved", Number(), ("qty reserved", "allocated", "committed",
                                      "reserviert"), "0"),
        _UNIT,
        Column("on_order", Number(), ("qty on order", "incoming", "on po"), "0"),
        Column("expected_on", Day(), ("eta", "expected", "due", "next date",
                                      "expected date", "due date", "next receipt")),
    ),
    key=("item_code",),
    needed=("item_code",),
    inventory=True,
    child=Child(
        "pieces",
        "track_stock_piece",
        "stock_id",
        (
            _DYE_LOT, _PIECE,
            Column("quantity", Number(), ("piece quantity", "lot quantity", "piece qty",
                                          "lot qty", "piece length"), "0"),
            Column("reserved", Number(), ("piece reserved", "lot reserved"), "0"),
            Column("place", Text(64), ("location", "bin", "warehouse")),
        ),
        marks=("dye_lot", "piece"),
        sums={"on_hand": "quantity", "reserved": "reserved"},
    ),
)  # fmt: skip

MILL_ORDER = Kind(
    "mill_order",
    "track.mill.order",
    (
        Column("name", Text(64), ("po", "po number", "mill po", "purchase order",
                                  "mill order", "po no")),
        _ITEM, _DESCRIPTION, _PATTERN, _COLOR, _QUANTITY,
        Column("received", Number(), ("qty received", "received qty"), "0"),
        _UNIT,
        Column("ordered_on", Day(), ("order date", "po date", "date")),
        Column("due_on", Day(), ("due", "due date", "eta", "expected")),
        Column("promised_on", Day(), ("promised", "promise date", "promised date")),
        Column("status", Choice(MILL_STATES, "open"), ("state",), "'open'"),
    ),
    key=("name", "item_code"),
    needed=("name", "item_code"),
    inventory=True,
)  # fmt: skip

FREIGHT = Kind(
    "freight",
    "track.freight",
    (
        Column("name", Text(64), ("shipment", "shipment number", "shipment no",
                                  "bill of lading", "bol", "delivery")),
        _ORDER_REF,
        Column("carrier", Text(120), ("carrier name", "ship via", "via", "spediteur")),
        Column("tracking_number", Text(120), ("tracking", "tracking no", "pro",
                                              "pro number", "waybill")),
        Column("pieces", Whole(), ("cartons", "packages", "boxes", "parcels", "colli")),
        Column("weight", Number(), ("gross weight", "gewicht", "poids", "peso")),
        Column("weight_unit", Text(8), ("weight uom",)),
        Column("shipped_on", Day(), ("ship date", "shipped", "date shipped", "date")),
        Column("expected_on", Day(), ("eta", "expected", "delivery date", "expected "
                                      "date", "estimated delivery")),
        Column("delivered_on", Day(), ("delivered", "delivered date", "pod date")),
        Column("status", Choice(FREIGHT_STATES, "in_transit"), ("state",),
               "'in_transit'"),
    ),
    key=("name",),
    needed=(),
    account="needed",
    day="shipped_on",
)  # fmt: skip

PRODUCT = Kind(
    "product",
    "track.product",
    (
        _ITEM, _DESCRIPTION, _PATTERN, _COLOR,
        Column("width", Text(64), ("fabric width", "breite", "largeur", "ancho")),
        Column("repeat", Text(120), ("pattern repeat", "repeats", "rapport")),
        Column("content", Text(500), ("fiber content", "fibre content", "composition",
                                      "material")),
        _PRICE, _CURRENCY, _UNIT,
        Column("discontinued", Flag(), ("disco", "end of life", "ausgelaufen"), "FALSE"),
    ),
    key=("item_code",),
    needed=("item_code",),
)  # fmt: skip

CUSTOMER = Kind(
    "customer",
    "track.customer",
    (
        Column("name", Text(250), ("customer name", "company", "company name", "firm",
                                   "firma", "nom", "nombre")),
        Column("street", Text(250), ("address", "address 1", "straße", "adresse")),
        Column("city", Text(120), ("town", "ort", "stadt", "ville", "ciudad")),
        Column("zip", Text(24), ("zip code", "postal code", "postcode", "plz")),
        Column("state_name", Text(120), ("state", "province", "region")),
        Column("country_name", Text(120), ("country", "land", "pays", "país")),
        Column("email", Text(250), ("e-mail", "mail", "email address")),
        Column("phone", Text(64), ("telephone", "tel", "phone number", "telefon")),
    ),
    key=("account_number",),
    needed=("account_number", "name"),
    account="own",
)  # fmt: skip

KINDS = {
    kind.name: kind
    for kind in (ORDER, RESERVE, STOCK, MILL_ORDER, FREIGHT, PRODUCT, CUSTOMER)
}
