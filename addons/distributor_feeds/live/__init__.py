"""Questions to distributors' services, all at once under one deadline.

Plain Python: nothing here imports Odoo, and no thread here knows a cursor.
"""

from .adapters import Adapter, Request, names, register
from .breakers import Breakers
from .cache import Cache
from .crew import Crew
from .memory import memory_of
from .questions import ask
from .vocabulary import MESSAGES, Answer, Item, Service, Stock, Trouble
