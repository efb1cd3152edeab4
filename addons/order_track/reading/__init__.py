"""Orders read by SQL on a cursor, without the ORM: for stories and their summaries."""

from . import documents
from .numbers import OrderNumbers, read_numbers
from .queries import id_array, read_rows

__all__ = ["OrderNumbers", "documents", "id_array", "read_numbers", "read_rows"]
