"""The kinds of data that distributors post: their columns, and the words for these."""

from .kind import (
    COLOR,
    CURRENCY,
    DESCRIPTION,
    DYE_LOT,
    FREIGHT_STATES,
    ITEM,
    MILL_STATES,
    ORDER_REF,
    ORDER_STATES,
    PATTERN,
    PIECE,
    PRICE,
    QUANTITY,
    RESERVE_STATES,
    SIDEMARK,
    UNIT,
    Child,
    Column,
    Kind,
)
from .types import Choice, Day, Flag, Number, Text, Whole

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
        SIDEMARK,
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
            ITEM, DESCRIPTION, PATTERN, COLOR, QUANTITY, UNIT,
            Column("shipped", Number(), ("qty shipped", "shipped qty",
            "quantity shipped",
                                         "geliefert"), "0"),
            Column("back_ordered", Number(), ("back ordered", "backordered", "bo qty",
                                              "qty backordered", "backorder qty"), "0"),
            Column("expected_on", Day(), ("expected", "expected date", "eta", "due",
                                          "due date", "available on", "bo date")),
            Column("cancelled", Number(), ("qty cancelled", "canceled",
            "cancelled qty"),
                   "0"),
            PRICE, CURRENCY, DYE_LOT,
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
        ITEM, DESCRIPTION, PATTERN, COLOR, QUANTITY, UNIT, SIDEMARK,
        Column("reserved_on", Day(), ("reserve date", "date", "hold date", "reserved")),
        Column("held_until", Day(), ("until", "expires", "expiry", "expiration",
                                     "expires on", "hold until", "reserved until")),
        DYE_LOT, PIECE, ORDER_REF,
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
        ITEM, DESCRIPTION, PATTERN, COLOR,
        Column("on_hand", Number(), ("qty on hand", "quantity on hand", "stock", "qty",
                                     "quantity", "onhand", "available", "bestand"),
                                     "0"),
        Column("reserved", Number(), ("qty reserved", "allocated", "committed",
                                      "reserviert"), "0"),
        UNIT,
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
            DYE_LOT, PIECE,
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
        ITEM, DESCRIPTION, PATTERN, COLOR, QUANTITY,
        Column("received", Number(), ("qty received", "received qty"), "0"),
        UNIT,
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
        ORDER_REF,
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
        ITEM, DESCRIPTION, PATTERN, COLOR,
        Column("width", Text(64), ("fabric width", "breite", "largeur", "ancho")),
        Column("repeat", Text(120), ("pattern repeat", "repeats", "rapport")),
        Column("content", Text(500), ("fiber content", "fibre content", "composition",
                                      "material")),
        PRICE, CURRENCY, UNIT,
        Column("discontinued", Flag(), ("disco", "end of life", "ausgelaufen"),
        "FALSE"),
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
