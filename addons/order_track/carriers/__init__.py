"""Whose a tracking number is, and where it is followed: plain Python, no Odoo."""

from .links import LABELS, label, link
from .normalise import normalise
from .recognise import Candidate, recognise
from .split import split
