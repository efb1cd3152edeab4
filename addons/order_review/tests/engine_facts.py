"""Orders, lines and rules for tests of the engine: no database."""

from datetime import datetime
from itertools import count

from odoo.addons.order_review.engine import (
    LineFacts,
    OrderFacts,
    Rule,
    RuleBook,
    evaluate,
    plan,
)

NOW = datetime(2026, 11, 20, 10, 0)

_ids = count(1000)


def make_order(**vals):
    """An order of customer 1 in company 1; ids are its own unless given."""
    vals.setdefault("id", next(_ids))
    partner_id = vals.setdefault("partner_id", 1)
    return OrderFacts(
        **{
            "company_id": 1,
            "partner_ids": frozenset({partner_id}),
            "commercial_id": partner_id,
            "shipping_id": partner_id,
            "partner_tag_ids": frozenset(),
            "country_id": 0,
            "pricelist_id": 0,
            "website_id": 0,
            "team_id": 0,
            "user_id": 0,
            "group_ids": frozenset(),
            "carrier_id": 0,
            "is_new_customer": False,
            "currency_id": 1,
            "amount_total": 100.0,
            "amount_untaxed": 100.0,
            "margin": 20.0,
            "amount_paid": 0.0,
            "now": NOW,
            "timezone": "UTC",
            **vals,
        }
    )


def make_line(product_id=1, quantity=1.0, factor=1.0, **vals):
    """A line; ``factor`` is how many reference units one unit of it holds."""
    return LineFacts(
        **{
            "id": next(_ids),
            "order_id": 0,
            "product_id": product_id,
            "template_id": product_id + 500,
            "category_path": (),
            "product_tag_ids": frozenset(),
            "quantity": quantity,
            "quantity_ref": quantity * factor,
            "line_factor": factor,
            "product_factor": 1.0,
            "uom_root": 1,
            "price_unit": 10.0,
            "discount": 0.0,
            "is_delivery": False,
            **vals,
        }
    )


def make_rule(rule_id=1, kind="max_quantity", **vals):
    """A rule; at most 10 of each product unless something else is said."""
    if kind == "max_quantity":
        vals.setdefault("max_quantity", 10.0)
    return Rule(id=rule_id, kind=kind, **vals)


class Facts:
    """What the engine asks for beyond orders and lines, given in advance."""

    def __init__(self, lines, decisions=None, usage=None, hits=None, owed=0.0):
        self.lines = lines
        self.decisions = decisions or {}
        self.usage = usage or {}
        self.domain_hits = hits or {}
        self.owed = owed

    def products_on(self, order):
        return {line.product_id for line in self.lines[order.id] if line.quantity > 0}

    def amount(self, order, rule):
        if rule.measure == "margin_percent":
            return 100.0 * order.margin / order.amount_untaxed
        return {
            "total": order.amount_total,
            "untaxed": order.amount_untaxed,
            "margin": order.margin,
        }[rule.measure]

    def credit(self, order, rule):
        return order.amount_total, rule.credit_limit or None, self.owed


def judge(rules, lines, order=None, digits=2, **facts):
    """Findings of one order.

    :param list[Rule] rules: the rules in force
    :param list[LineFacts] lines: the lines of the order
    :param facts: keyword arguments of :class:`Facts`
    """
    order = order or make_order()
    by_order = {order.id: list(lines)}
    return judge_all([order], by_order, rules, Facts(by_order, **facts), digits=digits)


def judge_all(orders, lines, rules, facts, **options):
    """Findings of several orders: ``lines`` by order id, options as of the engine."""
    book = RuleBook(rules)
    matches = plan(orders, lines, book, facts.domain_hits)
    return evaluate(matches, book, facts, **options)
