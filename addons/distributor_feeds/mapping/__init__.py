"""Cells of a distributor's record as values of an offer: plain Python, no Odoo."""

from .convert import Mapping
from .rules import MappingError, Problem, Rule
from .synonyms import guess_rules
from .targets import TARGETS, Target
from .units import units_of

__all__ = [
    "TARGETS",
    "Mapping",
    "MappingError",
    "Problem",
    "Rule",
    "Target",
    "guess_rules",
    "units_of",
]
