"""What goes into a cart in one go, and what came of it."""

from dataclasses import dataclass
from typing import NamedTuple


class Wanted(NamedTuple):
    """One filled box, or one row of a list.

    ``key`` names the box and comes back in the answer; ``quantity`` is in the unit
    ``uom_id``, or in that of the product where it is 0.
    """

    key: str
    product_id: int
    quantity: float
    uom_id: int = 0


@dataclass
class Answer:
    """What became of one :class:`Wanted`.

    ``reason`` says why nothing was added; ``note`` what to know of what was added: it
    is less than was asked, was rounded, or needs an approval.
    """

    key: str
    product_id: int = 0
    added: float = 0.0
    line_id: int = 0
    reason: str = ""
    note: str = ""

    def tell(self, text):
        """Add a sentence to the note, once."""
        if text and text not in self.note:
            self.note = f"{self.note} {text}".strip()
