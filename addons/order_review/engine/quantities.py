"""Quantities that rules count: of a product, a template or all a rule covers."""

from collections import defaultdict
from typing import NamedTuple

from .periods import period_bounds


class Subject(NamedTuple):
    """What a quantity rule counts: the lines of one product, template or scope."""

    key: int  # product or template id, 0 for everything the rule covers
    lines: tuple

    @property
    def first(self):
        return self.lines[0]

    @property
    def quantity_ref(self):
        # a negative line must not make room for a positive one
        return sum(line.quantity_ref for line in self.lines if line.quantity_ref > 0)


def countable(rule, lines):
    """Lines whose quantities a rule can count: goods in units of its own kind."""
    return [
        line
        for line in lines
        if not line.is_delivery and rule.uom_root in (0, line.uom_root)
    ]


def subjects_of(rule, lines):
    """What the rule counts on these lines.

    :rtype: list[Subject]
    """
    groups = defaultdict(list)
    for line in countable(rule, lines):
        if rule.quantity_per == "product":
            key = line.product_id
        elif rule.quantity_per == "template":
            key = line.template_id
        else:
            key = 0
        groups[key].append(line)
    return [Subject(key, tuple(group)) for key, group in groups.items()]


def factor_of(rule, subject):
    """Reference units in one unit that the rule is written in."""
    return rule.uom_factor or subject.first.product_factor or 1.0


def quota_subject(quota_per, order):
    """Id of the one a quota counts for: customer, company, address or user."""
    return getattr(order, _SUBJECT_FIELDS[quota_per])


_SUBJECT_FIELDS = {
    "partner": "partner_id",
    "commercial": "commercial_id",
    "shipping": "shipping_id",
    "user": "user_id",
}


def quota_needs(matches):
    """What must be known of earlier orders before quotas can be judged.

    :param list[Matched] matches: what :func:`match` found
    :return: ``{(quota_per, company id or 0, start): (subject ids, ledger keys)}``; the
        ledger keys are those of :func:`ledger_key`
    :rtype: dict[tuple, tuple[set, set]]
    """
    needs = defaultdict(lambda: (set(), set()))
    for matched in matches:
        order = matched.order
        for rule, lines, _beaten in matched.winners:
            if rule.kind != "quota":
                continue
            start, _end = period_bounds(
                rule.period, rule.period_days, order.now, order.timezone
            )
            subjects, keys = needs[
                rule.quota_per, min(rule.companies, default=0), start
            ]
            subjects.add(quota_subject(rule.quota_per, order))
            keys.update(ledger_key(rule, line) for line in lines)
    return needs


def ledger_key(rule, line):
    """Key under which the ledger is read for a line that a rule counts.

    :return: ``("product", id)``, ``("template", id)`` or ``("rule", id)``, the last for
        a quota on everything the rule covers together
    :rtype: tuple
    """
    if rule.quantity_per == "product":
        return "product", line.product_id
    if rule.quantity_per == "template":
        return "template", line.template_id
    return "rule", rule.id
