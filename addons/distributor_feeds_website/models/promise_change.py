"""What was shown to a customer, what would be shown now, and whether that is worse."""

from datetime import date
from typing import NamedTuple


class Shown(NamedTuple):
    """What was said about a line.

    :param float wanted: pieces in the cart, in the product's unit
    :param str state: as in ``promise.Promise``
    :param float quantity: how many of them were promised
    :param date day: when the last of them can leave; None: nobody knows
    """

    wanted: float
    state: str
    quantity: float
    day: date | None

    @property
    def values(self):
        """As fields of ``sale.order.line``."""
        return {
            "promise_wanted": self.wanted,
            "promise_state": self.state,
            "promise_qty": self.quantity,
            "promise_date": self.day,
        }


class Change(NamedTuple):
    """A line of which less is promised than was shown.

    :param line: ``sale.order.line``
    :param Shown before: what the customer saw
    :param Shown after: what is true now
    :param bool blocking: it cannot be bought like that; the cart has to change
    """

    line: object
    before: Shown
    after: Shown
    blocking: bool


def shown(told):
    """Reduce an `Availability` to what the cart says.

    :rtype: Shown
    """
    promise = told.promise
    return Shown(told.wanted, promise.state, promise.quantity, promise.date)


def is_worse(before, after):
    """Whether a customer who saw ``before`` would mind ``after``.

    Fewer pieces, or the same later. Another quantity in the cart is no change of stock:
    its missing pieces are compared. Who was promised nothing loses nothing.
    """
    if not before.quantity:
        return False
    if before.wanted - before.quantity < after.wanted - after.quantity:
        return True
    return bool(after.quantity and before.day and after.day and after.day > before.day)
