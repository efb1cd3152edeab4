"""What distributors post: read within bounds, staged by COPY, judged by SQL.

The caller holds the lock of distributor and kind, opens the transaction, and commits or
rolls back. See ``load.load``.
"""

from .accounts import relations, resolve
from .again import resolve_again
from .convert import Converter
from .kinds import KINDS
from .load import load
from .mapping import Mapping, find_columns, find_habits
from .reading import MAX_BYTES, MAX_ROWS, check_size, open_table, to_csv
from .spec import Result, Spec
from .trouble import PostingError
from .types import Habits, as_text

__all__ = [
    "KINDS",
    "MAX_BYTES",
    "MAX_ROWS",
    "Converter",
    "Habits",
    "Mapping",
    "PostingError",
    "Result",
    "Spec",
    "as_text",
    "check_size",
    "find_columns",
    "find_habits",
    "load",
    "open_table",
    "relations",
    "resolve",
    "resolve_again",
    "to_csv",
]
