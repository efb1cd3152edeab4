"""Bring the records of a file into ``distributor_offer``: SQL on one cursor, one
transaction.

The caller holds the lock of the account, opens the transaction, and commits or rolls
back.
"""

from .load import load
from .matching import fitting
from .proposing import propose
from .rails import Held, Rails
from .rematching import accounts_concerned, rematch
from .spec import SLOT, Result, Spec
from .undo import undo

__all__ = [
    "SLOT",
    "Held",
    "Rails",
    "Result",
    "Spec",
    "accounts_concerned",
    "fitting",
    "load",
    "propose",
    "rematch",
    "undo",
]
