"""Tracking numbers: whose they are, and where they are followed. Plain Python, no Odoo."""

from .links import LABELS, label, link
from .normalise import normalise
from .recognise import Candidate, recognise
from .split import split
