"""A file to begin with, for each kind."""

from datetime import date, timedelta

from .types import Choice, Day, Flag, Number

_WORDS = {
    "external_ref": "4711", "account_number": "DC14", "name": "4711",
    "item_code": "LINEN-01", "description": "Linen, plain", "pattern": "Linen",
    "color": "Sage", "unit": "yd", "sidemark": "Hotel Example, lobby",
    "customer_po": "PO-88", "ship_to": "Workroom, 5 Mill Lane, Albany NY 12207",
    "line_ref": "1", "dye_lot": "B7", "piece": "R-1001", "place": "A-12",
    "carrier": "UPS", "currency": "USD", "width": "54 in", "content": "100% linen",
    "order_ref": "4711", "city": "New York", "email": "studio@example.com",
}  # fmt: skip


def example(kind):
    """Rows of a template: the names of the columns, and one record.

    A file with a row per piece says how much each piece has.

    :param kind: ``kinds.Kind``
    """
    sums = kind.child.sums.values() if kind.child else ()
    columns = [*kind.all_columns.values()]
    columns += [
        column for name, column in kind.child_columns.items() if name not in sums
    ]
    yield [column.name for column in columns]
    yield [_cell(column) for column in columns]


def _cell(column):
    kind = column.type
    if isinstance(kind, Flag):
        return "no"
    if isinstance(kind, Choice):
        return kind.otherwise
    if isinstance(kind, Day):
        days = 14 if column.name in ("held_until", "due_on", "expected_on") else 0
        return (date.today() + timedelta(days=days)).isoformat()
    if isinstance(kind, Number):
        return "5" if column.name in ("quantity", "on_hand", "pieces") else "0"
    return _WORDS.get(column.name, "")
