"""Reading what people type, paste and upload: plain Python, no Odoo inside."""

from .cells import safe_cell
from .export import to_csv, to_xlsx
from .quantity import LIMIT, QuantityError, parse_quantity
from .table import MAX_BYTES, MAX_ROWS, TableError, read_table, read_text
from .wanted import Answer, Wanted

__all__ = [
    "LIMIT",
    "MAX_BYTES",
    "MAX_ROWS",
    "Answer",
    "QuantityError",
    "TableError",
    "Wanted",
    "parse_quantity",
    "read_table",
    "read_text",
    "safe_cell",
    "to_csv",
    "to_xlsx",
]
