"""What may be promised to a customer, from numbers alone: plain Python, no Odoo."""

from .availability import Availability, availability
from .decide import OWN, Part, Promise, Supply, promise
from .workdays import working_days
