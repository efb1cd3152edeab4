"""The review engine: plain Python that decides what is wrong with orders.

Nothing here imports Odoo. The models fetch facts, call :func:`evaluate` and
store what it returns, so every rule can be tested without a database.
"""

from .evaluate import evaluate, plan
from .facts import Decision, Finding, LineFacts, OrderFacts
from .periods import period_bounds
from .quantities import quota_needs
from .rules import Rule, RuleBook

__all__ = [
    "Decision",
    "Finding",
    "LineFacts",
    "OrderFacts",
    "Rule",
    "RuleBook",
    "evaluate",
    "period_bounds",
    "plan",
    "quota_needs",
]
