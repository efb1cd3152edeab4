"""Numbers of orders, read on a cursor: a few statements for any number of orders.

What computes the stored summaries, what fills them when the add-on is installed, and
what tells stories all read these numbers, so they cannot differ. Nothing is flushed
here; callers who changed records flush before.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from ..story import Arrivals, Bill, LineDate, LineFacts, Money
from ..story.facts import PLANNED, PROMISED, RECEIPT
from . import queries
from .queries import id_array, read_rows

STAGES = {"draft": "quotation", "sent": "quotation", "cancel": "cancelled"}


@dataclass
class OrderNumbers:
    """Quantities and amounts of an order."""

    order_id: int
    stage: str
    promised_on: date | None = None
    lines: list = field(default_factory=list)
    money: Money = field(default_factory=Money)
    arrivals: Arrivals = field(default_factory=Arrivals)


def read_numbers(cr, ids, digits, parcels=True):
    """Read what the summaries of orders are made of.

    :param cr: cursor of the database
    :param ids: ids of sale orders
    :param int digits: decimals of quantities ("Product Unit")
    :param bool parcels: False while there is no table of parcels yet
    :return: ``{order id: OrderNumbers}`` of the orders that exist
    """
    ids = id_array(ids)
    moves = defaultdict(list)
    for move in read_rows(cr, queries.MOVES, ids):
        moves[move["line_id"]].append(move)
    lines, unbilled = defaultdict(list), set()
    waiting = defaultdict(list)
    for row in read_rows(cr, queries.LINES, ids):
        line = _line(row, moves[row["id"]], digits)
        if line.is_positive(line.ordered - line.cancelled - line.invoiced):
            unbilled.add(row["order_id"])
        if row["is_shown"]:
            lines[row["order_id"]].append(line)
            if line.goods and line.is_positive(line.open):
                waiting[row["order_id"]] += [
                    move["deadline"] for move in moves[row["id"]] if move["deadline"]
                ]
    bills = _read_bills(cr, ids)
    arrivals = {}
    if parcels:
        for row in read_rows(cr, queries.ARRIVALS, ids):
            arrivals[row["order_id"]] = Arrivals(row["sent"], row["arrived"])
    result = {}
    for row in read_rows(cr, queries.ORDERS, ids):
        order_id = row["id"]
        promised = row["commitment_on"] or min(waiting[order_id], default=None)
        result[order_id] = OrderNumbers(
            order_id,
            STAGES.get(row["state"], "order"),
            promised_on=promised,
            lines=lines[order_id],
            arrivals=arrivals.get(order_id, Arrivals()),
            money=Money(
                bills=tuple(bills[order_id]),
                total=row["total"],
                prepaid=row["prepaid"],
                pending=row["pending"],
                unbilled=order_id in unbilled,
                rounding=row["rounding"],
            ),
        )
    return result


def _line(row, moves, digits):
    """The facts of a line, from its own numbers and those of its moves."""
    own = [move for move in moves if move["is_own"]]
    parts = [move for move in moves if not move["is_own"]]
    ordered, shipped = row["ordered"], row["delivered"]
    opened = back = coming = held = 0.0
    if own:
        opened = sum(move["open"] for move in own)
        held = sum(move["reserved"] for move in own)
        back = sum(move["returned"] for move in own)
        coming = sum(move["coming_back"] for move in own)
        shipped += sum(move["given_back"] for move in own)
    elif parts:
        kits = _Kits(parts, ordered)
        back, coming = kits.of("returned"), kits.of("coming_back")
        shipped = max(shipped, kits.of("out")) if kits.of("given_back") else shipped
        opened = max(ordered - shipped, 0.0) if kits.is_open else 0.0
        held = kits.of("out") + kits.of("reserved", fewest=True) - shipped
    elif not row["has_lost"]:
        # no transfer was ever asked for: a quotation, a service, an order of old times
        opened = max(ordered - shipped, 0.0)
    if row["state"] == "cancel":
        opened = 0.0
    return LineFacts(
        key=row["id"],
        name=row["name"] or "",
        goods=row["goods"],
        ordered=ordered,
        shipped=shipped,
        open=opened,
        backordered=_positive(opened - max(held, 0.0), digits) if moves else 0.0,
        returned=back,
        coming_back=coming,
        invoiced=row["invoiced"],
        credited=row["credited"],
        digits=digits,
        dates=_dates(row, moves),
    )


def _positive(quantity, digits):
    return quantity if round(quantity, digits) > 0 else 0.0


class _Kits:
    """Whole kits in quantities of their components.

    How many of a component are in a kit is not asked of the bill of materials, which
    may have changed: all that went out and is to go out makes the ordered kits.
    """

    def __init__(self, parts, ordered):
        self.ordered = ordered
        self.parts = [move for move in parts if move["out"] + move["open"] > 0]
        self.is_open = any(move["open"] > 0 for move in parts)

    def of(self, name, fewest=None):
        shares = [
            min(move[name] / (move["out"] + move["open"]), 1.0) for move in self.parts
        ]
        if not shares:
            return 0.0
        # a kit is out when all of it is out, and back when any of it is back
        fewest = name == "out" if fewest is None else fewest
        return (min(shares) if fewest else max(shares)) * self.ordered


def _dates(row, moves):
    dates = []
    if row["commitment_on"]:
        dates.append(LineDate(row["commitment_on"], "promise", weight=PROMISED))
    for move in moves:
        if move["planned_on"]:
            dates.append(
                LineDate(
                    move["planned_on"],
                    "transfer",
                    reference=move["planned_by"] or "",
                    weight=PLANNED,
                )
            )
        if move["receipt_on"]:
            dates.append(
                LineDate(
                    move["receipt_on"],
                    "receipt",
                    reference=move["receipt_by"] or "",
                    weight=RECEIPT,
                )
            )
    return tuple(dates)


def _read_bills(cr, ids):
    """The shares of orders in their posted invoices: ``{order id: [Bill]}``."""
    bills = defaultdict(list)
    for row in read_rows(cr, queries.BILLS, ids):
        # an invoice of nothing is neither open nor paid
        whole = row["amount_total"] or 1.0
        amount = row["share"] / whole * row["order_total"]
        bills[row["order_id"]].append(
            Bill(
                amount=amount,
                open=0.0 if row["settled"] else amount * row["residual"] / whole,
                is_credit=row["is_credit"],
                own_credit=amount * row["own_credit"] / whole,
                in_process=row["in_process"],
                due_on=row["due_on"],
            )
        )
    return bills
