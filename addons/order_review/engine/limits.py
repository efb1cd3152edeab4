"""Which limits hold for products while nothing is wrong yet: what the shop shows."""

from datetime import datetime
from typing import NamedTuple

from .periods import period_bounds
from .quantities import countable, ledger_key, quota_subject

#: Kinds of rules that limit the quantity of a product.
LIMIT_KINDS = frozenset(
    {"max_quantity", "quota", "product_hold", "multiple", "correction"}
)


class Limit(NamedTuple):
    """One limit on one line.

    ``kind`` is ``max``, ``quota``, ``hold``, ``minimum`` or ``pack``.  ``value`` and
    ``used`` are in the unit that the rule is written in: ``has_unit`` tells that the
    rule names one, otherwise it is the unit of the product.  ``other_unit`` tells that
    the line is measured in another unit than that.
    """

    line_id: int
    product_id: int
    rule_id: int
    kind: str
    severity: str
    value: float = 0.0
    used: float = 0.0
    until: datetime | None = None
    has_unit: bool = False
    other_unit: bool = False

    @property
    def left(self):
        return max(self.value - self.used, 0.0)


def limits(matches, usage):
    """Limits that apply to lines of orders, whatever quantity they ask for.

    :param list[Matched] matches: what :func:`match` found for an order, or for a
        visitor who has none yet with a line for the product that is looked at
    :param dict usage: quantities used up, as :func:`evaluate` takes them
    :return: limits line by line, in the order of the rules
    :rtype: list[Limit]
    """
    found = []
    for matched in matches:
        for rule, own, _beaten in matched.winners:
            if rule.kind not in LIMIT_KINDS:
                continue
            for line in countable(rule, own):
                found += _limits_of(rule, matched.order, line, usage)
    return found


def _limits_of(rule, order, line, usage):
    factor = rule.uom_factor or line.product_factor or 1.0

    def limit(kind, value=0.0, used=0.0, until=None):
        return Limit(
            line.id,
            line.product_id,
            rule.id,
            kind,
            rule.severity,
            round(value, 6),
            round(used, 6),
            until,
            bool(rule.uom_factor),
            round(line.line_factor - factor, 9) != 0,
        )

    if rule.kind == "product_hold":
        yield limit("hold")
    elif rule.kind == "quota":
        start, end = period_bounds(
            rule.period, rule.period_days, order.now, order.timezone
        )
        company = min(rule.companies, default=0)
        who = quota_subject(rule.quota_per, order)
        key = (rule.quota_per, company, start, who, ledger_key(rule, line))
        yield limit("quota", rule.max_quantity, usage.get(key, 0.0) / factor, end)
    elif rule.kind == "max_quantity" or rule.correction == "cap":
        yield limit("max", rule.max_quantity)
    elif rule.kind == "multiple" or rule.correction == "round":
        if rule.min_quantity:
            yield limit("minimum", rule.min_quantity)
        if rule.multiple:
            yield limit("pack", rule.multiple)
