"""What an automatic correction would change on an order."""

import math
from typing import NamedTuple

from .facts import LineFacts


class Change(NamedTuple):
    """One proposed change.

    ``field`` is ``quantity``, ``product``, ``add`` or ``carrier``; ``old`` and
    ``new`` are quantities in the unit of the line (or of the product where a line is
    added), ``value`` is the id of the new product or carrier.
    """

    line: LineFacts | None
    field: str
    old: float
    new: float
    value: int = 0


def _rounded_up(value, step, digits):
    return round(math.ceil(round(value / step, 9)) * step, digits)


def _floor(value, digits):
    return math.floor(round(value * 10**digits, 6)) / 10**digits


def _ceil(value, digits):
    return math.ceil(round(value * 10**digits, 6)) / 10**digits


def _by_product(lines):
    groups = {}
    for line in lines:
        if not line.is_delivery and line.quantity_ref > 0:
            groups.setdefault(line.product_id, []).append(line)
    return groups.values()


def _cap(rule, lines, digits):
    """Take the excess from the last line first, so the first wish is kept."""
    for group in _by_product(lines):
        factor = rule.uom_factor or group[0].product_factor or 1.0
        excess = sum(line.quantity_ref for line in group) - rule.max_quantity * factor
        for line in reversed(group):
            if round(excess / factor, digits) <= 0:
                break
            keep_ref = max(line.quantity_ref - excess, 0.0)
            keep = _floor(keep_ref / line.line_factor, digits)
            yield Change(line, "quantity", line.quantity, keep)
            excess -= line.quantity_ref - keep * line.line_factor


def _round(rule, lines, digits):
    """Raise the last line until the product reaches its minimum and a full pack."""
    for group in _by_product(lines):
        factor = rule.uom_factor or group[0].product_factor or 1.0
        asked = sum(line.quantity_ref for line in group) / factor
        # the line in the smallest unit hits the number most closely
        line = min(reversed(group), key=lambda one: one.line_factor)
        step = line.line_factor / factor  # units of the rule in one of the line
        wanted = max(asked, rule.min_quantity)
        if rule.multiple:
            # a pack that the unit of the line cannot express exactly is full as well
            slack = 0.51 * 10**-digits * step if wanted == asked else 0.0
            wanted = _rounded_up(wanted - slack, rule.multiple, digits)
        if round(wanted - asked, digits) <= 0:
            continue
        new = line.quantity + (wanted - asked) / step
        # a minimum must be reached; of a pack, the nearest that the unit can express
        new = round(new, digits) if rule.multiple else _ceil(new, digits)
        if round(new - line.quantity, digits) > 0:
            yield Change(line, "quantity", line.quantity, new)


def proposals(order, rule, lines, facts, digits=2):
    """Changes that a correction rule asks for and that are not made yet.

    :param OrderFacts order: the order
    :param Rule rule: a rule of kind ``correction``
    :param list[LineFacts] lines: lines in the scope of the rule that it can count
    :param facts: ``products_on(order)`` gives the ids of all products it sells
    :param int digits: decimals of quantities
    :rtype: Iterator[Change]
    """
    if not any(line.quantity > 0 and not line.is_delivery for line in lines):
        return
    if rule.correction == "cap":
        yield from _cap(rule, lines, digits)
    elif rule.correction == "round":
        yield from _round(rule, lines, digits)
    elif rule.correction == "replace":
        for line in lines:
            if line.product_id != rule.replacement_id and not line.is_delivery:
                yield Change(
                    line, "product", line.quantity, line.quantity, rule.replacement_id
                )
    elif rule.correction == "add":
        if rule.add_product_id not in facts.products_on(order):
            yield Change(
                None, "add", 0.0, max(rule.min_quantity, 1.0), rule.add_product_id
            )
    elif rule.correction == "carrier" and order.carrier_id != rule.carrier_id:
        yield Change(None, "carrier", 0.0, 0.0, rule.carrier_id)
