"""Facts of an order in, one story out.  Plain Python, no Odoo."""

from .facts import KINDS, Arrivals, Bill, Fact, LineDate, LineFacts, Money
from .rollups import FULFILMENT, PAYMENT, RETURN, fulfilment, payment, returned
from .tell import RollUp, Step, Story, tell

__all__ = [
    "FULFILMENT",
    "KINDS",
    "PAYMENT",
    "RETURN",
    "Arrivals",
    "Bill",
    "Fact",
    "LineDate",
    "LineFacts",
    "Money",
    "RollUp",
    "Step",
    "Story",
    "fulfilment",
    "payment",
    "returned",
    "tell",
]
