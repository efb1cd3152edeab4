"""A distributor on this computer, to try a set-up before signing up with a real one.

Plain Python: nothing here imports Odoo.  ``python -m rehearsal --help`` in the add-on's
folder starts one; tests use `RehearsalDistributor`.
"""

from .distributor import RehearsalDistributor
from .files import FORMATS, Style, csv_lines, write
from .goods import Item, item, items, rows
from .moods import API_MOODS, FILE_MOODS
