"""What a feed can tell about an offer."""

from dataclasses import dataclass

#: Numbers of pairs of columns that one price break takes.
BREAKS = range(1, 11)


@dataclass(frozen=True)
class Target:
    """One thing that a column can be mapped to.

    ``kind``: text, code, number, quantity, date, boolean, breaks, currency, unit, gtin.
    ``slot``: which part of an offer it belongs to: key, item, stock or price.
    """

    name: str
    kind: str
    slot: str
    label: str
    help: str = ""


_ALL = (
    Target("code", "code", "key", "Their code", "The distributor's article number."),
    Target("warehouse", "text", "key", "Warehouse", "Code of the distributor's own."),
    Target("name", "text", "item", "Name"),
    Target("manufacturer", "text", "item", "Manufacturer"),
    Target("mpn", "code", "item", "Part number", "As the manufacturer writes it."),
    Target("gtin", "gtin", "item", "GTIN", "EAN or UPC, with its check digit."),
    Target("category", "text", "item", "Category"),
    Target("weight", "number", "item", "Weight", "In the unit your products have."),
    Target("end_of_life", "boolean", "item", "End of life"),
    Target(
        "replaced_by", "code", "item", "Replaced by", "Their code of the successor."
    ),
    Target("quantity", "quantity", "stock", "Quantity", "Also: 50+, >50, in stock."),
    Target("incoming_qty", "quantity", "stock", "Incoming quantity"),
    Target("incoming_date", "date", "stock", "Incoming date"),
    Target("price", "number", "price", "Price", "Empty where they want to be called."),
    Target("currency", "currency", "price", "Currency", "ISO 4217, as in EUR."),
    Target(
        "price_breaks", "breaks", "price", "Price breaks", "As in 10:4.50|100:4.10."
    ),
    Target("min_qty", "number", "price", "Minimum quantity"),
    Target("pack_qty", "number", "price", "Pack", "They sell multiples of it."),
    Target("price_from", "date", "price", "Price from"),
    Target("price_until", "date", "price", "Price until"),
    Target("call_for_price", "boolean", "price", "Call for price"),
    Target("unit", "unit", "price", "Unit", "What their price and quantity count."),
    *(
        one
        for number in BREAKS
        for one in (
            Target(f"break_qty_{number}", "number", "price", f"From quantity {number}"),
            Target(f"break_price_{number}", "number", "price", f"Price {number}"),
        )
    ),
)

TARGETS = {one.name: one for one in _ALL}
