"""The one verdict: which rules does each order break, by how much."""

from collections import defaultdict
from datetime import datetime

from .checks import CHECKS
from .facts import STORED_DIGITS, Finding, covers, open_findings
from .match import match


class _Judge:
    """Holds what the checks of one run share."""

    def __init__(self, book, facts, digits, cumulative):
        self.book = book
        self.facts = facts
        self.digits = digits
        self.cumulative = cumulative
        self.claimed = defaultdict(list)  # what -> [(when, how much)]

    def judge(self, matched):
        findings, claims = [], []
        for rule, lines, beaten in matched.winners:
            found = CHECKS[rule.kind](self, matched.order, rule, lines, claims)
            if beaten:
                found = list(found)
                for finding in found:
                    finding.details["over"] = sorted(beaten)
            findings += found
        if self.cumulative and not open_findings(findings):
            for key, amount in claims:
                self.claimed[key].append((matched.order.now, amount))
        return findings

    def claimed_since(self, claim, start=datetime.min):
        """What earlier orders of the same run used up since an instant."""
        return sum(amount for when, amount in self.claimed[claim] if when >= start)

    def finding(
        self, order, rule, subject, asked, allowed, used=0.0, by_line=False, **details
    ):
        line_id, product_id, price, name = 0, 0, 0.0, ""
        if subject:
            lines = subject.lines
            line = lines[0]
            line_id, product_id, price = line.id, line.product_id, _unit_price(line)
            if len(lines) > 1:
                price = max(map(_unit_price, lines))
                if any(other.product_id != product_id for other in lines):
                    product_id = 0
            name = _subject_name(rule, subject, by_line)
        finding = Finding(
            order.id,
            rule.id,
            rule.kind,
            rule.severity,
            line_id,
            product_id,
            round(asked, STORED_DIGITS),
            allowed and round(allowed, STORED_DIGITS),
            used and round(used, STORED_DIGITS),
            round(price, STORED_DIGITS),
            details,
            0,
            name,
        )
        decisions = self.facts.decisions
        if decisions and (rule.severity != "block" or rule.overridable):
            for decision in decisions.get((order.id, rule.id), ()):
                if covers(decision, finding, order.shipping_id):
                    return finding._replace(decision_id=decision.id)
        return finding

    def may_exceed(self, rule, lines):
        """Whether anything the rule counts may reach its limit: mostly not.

        Quicker than to look closely: delivery and units of other kinds count, too.
        """
        by_product = rule.quantity_per == "product"
        totals = {}
        for line in lines:
            if line.quantity_ref > 0:
                # templates, and all that a rule covers, are added up as one
                key = by_product and line.product_id
                totals[key] = totals.get(key, 0.0) + line.quantity_ref
        if not totals:
            return False
        factor = rule.uom_factor or min(line.product_factor for line in lines)
        return self.over(max(totals.values()) / (factor or 1.0), rule.max_quantity)

    def over(self, value, limit, digits=None):
        """Whether a quantity is above its limit, in the decimals that count."""
        # mostly it is not, and that needs no rounding
        return value > limit and (
            round(value - limit, self.digits if digits is None else digits) > 0
        )

    def above(self, value, limit):
        """Whether an amount or a percentage is above its limit."""
        return self.over(value, limit, _AMOUNT_DIGITS)


#: Decimals of amounts and percentages; those of quantities are a setting.
_AMOUNT_DIGITS = 2


def _unit_price(line):
    """Price of one unit of the product, however the line is measured."""
    return line.price_unit / (line.line_factor or 1.0) * (line.product_factor or 1.0)


def _subject_name(rule, subject, by_line):
    if by_line:
        return f"line/{subject.first.id}"
    return f"{rule.quantity_per}/{subject.key}" if subject.key else ""


def plan(orders, lines_by_order, book, domain_hits):
    """Which rules must be looked at for which orders and lines.

    :param list[OrderFacts] orders: judged in the order given
    :param dict lines_by_order: order id to list of :class:`LineFacts`
    :param RuleBook book: the rules
    :param dict domain_hits: ids that fail each free condition, by rule id; a condition
        that could not be checked is missing
    :rtype: list[Matched]
    """
    suspects = _suspects(orders, lines_by_order, book, domain_hits)
    return list(match(orders, lines_by_order, book, suspects))


def evaluate(matches, book, facts, *, digits=2, cumulative=False):
    """Judge a set of orders against all rules.

    :param list[Matched] matches: what :func:`plan` returned
    :param RuleBook book: the rules
    :param facts: what rules need beyond the order: ``decisions`` (``{(order id, rule
        id): [Decision]}``), ``usage``, ``domain_hits``, ``credit(order, rule)``,
        ``amount(order, rule)``, ``products_on(order)``
    :param int digits: decimals of quantities
    :param bool cumulative: orders that pass use up quota and credit for the ones that
        follow, as when several are confirmed at once
    :return: all findings, those covered by a decision included
    :rtype: list[Finding]
    """
    judge = _Judge(book, facts, digits, cumulative)
    findings = []
    for matched in matches:
        findings += judge.judge(matched)
    return findings


def _suspects(orders, lines_by_order, book, hits):
    """Bits of the free conditions that each order fails, its own or on a line.

    Most orders meet most conditions: knowing it saves asking every one of them.
    """
    rules = book.masks["domain"]
    found = defaultdict(int)
    owner = {}
    if any(rule.domain_model == "sale.order.line" for rule in book.iter(rules)):
        owner = {line.id: key for key, own in lines_by_order.items() for line in own}
    for rule in book.iter(rules):
        failing = hits.get(rule.id)
        if failing is None:  # it could not be checked: all are suspect
            failing = (order.id for order in orders)
        elif rule.domain_model == "sale.order.line":
            failing = {owner[line_id] for line_id in failing if line_id in owner}
        for order_id in failing:
            found[order_id] |= book.bit(rule)
    return found
