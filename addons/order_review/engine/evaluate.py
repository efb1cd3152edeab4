"""The one verdict: which rules does each order break, by how much."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from .corrections import proposals
from .facts import STORED_DIGITS, Finding, covers
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


class Matched(NamedTuple):
    """One order with the rules that apply, line by line."""

    order: object
    lines: list
    winners: list  # (rule, lines, ids of the rules that gave way)


class _ProductMasks(dict):
    """Rules per product, asked once per run: categories and tags may change later."""

    def __init__(self, book):
        super().__init__()
        self.book = book

    def of(self, line):
        mask = self.get(line.product_id)
        if mask is None:
            mask = self[line.product_id] = self.book.product_mask(line)
        return mask


def _choose(order, lines, book, mask, products):
    """Pick, line by line and then for the order, the most specific rule of a kind.

    Rules that are equally specific all apply: nothing says which of them was meant.

    :return: list of ``(rule, lines, beaten rule ids)`` in order of the rules
    """
    won = {}  # rule id -> (rule, lines, beaten ids)
    line_kinds = book.line_rules
    for line in lines:
        hits = products.of(line) & mask & line_kinds
        if not hits:
            continue
        for rule, beaten in _most_specific(book.iter(hits), order, line):
            entry = won.setdefault(rule.id, (rule, [], set()))
            entry[1].append(line)
            entry[2].update(beaten)
    hits = mask & ~line_kinds
    if hits:
        # order rules with a product scope apply to orders that hold such a product
        present, where = book.unscoped, {}
        for line in lines:
            product_mask = products.of(line)
            present |= product_mask
            for rule in book.iter(product_mask & hits & ~book.unscoped):
                closest = where.setdefault(rule.id, line)
                if rule.product_level(line) > rule.product_level(closest):
                    where[rule.id] = line
        rules = list(book.iter(hits & present))
        for rule, beaten in _most_specific(rules, order, None, where):
            won[rule.id] = (rule, lines, beaten)
    return [won[rule.id] for rule in book.iter(mask) if rule.id in won]


def _most_specific(rules, order, line, where=None):
    rivals = defaultdict(list)
    for rule in rules:
        rivals[rule.rival_key].append(rule)
    for group in rivals.values():
        if len(group) == 1:
            yield group[0], ()
            continue
        ranked = [
            (rule.specificity(order, line or (where or {}).get(rule.id)), rule)
            for rule in group
        ]
        best = max(rank for rank, _rule in ranked)
        beaten = tuple(rule.id for rank, rule in ranked if rank < best)
        winners = [rule for rank, rule in ranked if rank == best]
        if winners[0].is_exclusive:
            winners = winners[:1]
        for rule in winners:
            yield rule, beaten


def match(orders, lines_by_order, book):
    """Find the rules that apply to each order; orders without any are left out.

    :rtype: Iterator[Matched]
    """
    products = _ProductMasks(book)
    for order in orders:
        mask = book.order_mask(order)
        if not mask:
            continue
        lines = lines_by_order.get(order.id, ())
        yield Matched(order, lines, _choose(order, lines, book, mask, products))


def countable(rule, lines):
    """Lines whose quantities a rule can count: goods in units of its own kind."""
    return [
        line
        for line in lines
        if not line.is_delivery and rule.uom_root in (0, line.uom_root)
    ]


def _subjects(rule, lines):
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


def _factor(rule, subject):
    return rule.uom_factor or subject.first.product_factor or 1.0


def quota_subject(rule, order):
    """Id of the one a quota counts for: customer, company, address or user."""
    return {
        "partner": order.partner_id,
        "commercial": order.commercial_id,
        "shipping": order.shipping_id,
        "user": order.user_id,
    }[rule.quota_per]


def quota_needs(orders, lines_by_order, book):
    """What must be known of earlier orders before quotas can be judged.

    :return: ``{(quota_per, company id or 0, start): (subject ids, ledger keys)}``; the
        ledger keys are those of :func:`ledger_keys`
    :rtype: dict[tuple, tuple[set, set]]
    """
    needs = defaultdict(lambda: (set(), set()))
    if not book.masks.get("quota"):
        return needs
    for matched in match(orders, lines_by_order, book):
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
            subjects.add(quota_subject(rule, order))
            keys.update(ledger_keys(rule, lines))
    return needs


def ledger_keys(rule, lines):
    """Keys under which the ledger must be read for these lines of a rule.

    :return: ``("product", id)``, ``("template", id)`` or ``("rule", id)``, the last for
        a quota on everything the rule covers together
    :rtype: set[tuple]
    """
    return {
        ("template", line.template_id)
        if rule.quantity_per == "template"
        else ("product", line.product_id)
        if rule.quantity_per == "product"
        else ("rule", rule.id)
        for line in lines
    }


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
            check = _CHECKS[rule.kind]
            found = list(check(self, matched.order, rule, lines, claims))
            for finding in found:
                if beaten:
                    finding.details["over"] = sorted(beaten)
            findings += found
        if self.cumulative and not any(
            f.severity != "inform" and not f.decision_id for f in findings
        ):
            for key, amount in claims:
                self.claimed[key].append((matched.order.now, amount))
        return findings

    def claimed_since(self, claim, start=datetime.min):
        """What earlier orders of the same run used up since an instant."""
        return sum(amount for when, amount in self.claimed[claim] if when >= start)

    def finding(
        self, order, rule, subject, asked, allowed, used=0.0, by_line=False, **details
    ):
        line = subject.first if subject else None
        several = subject and len({x.product_id for x in subject.lines}) > 1
        finding = Finding(
            order_id=order.id,
            rule_id=rule.id,
            kind=rule.kind,
            severity=rule.severity,
            line_id=line.id if line else 0,
            product_id=line.product_id if line and not several else 0,
            asked=round(asked, STORED_DIGITS),
            allowed=round(allowed, STORED_DIGITS),
            used=round(used, STORED_DIGITS),
            price=round(max(map(_unit_price, subject.lines)), STORED_DIGITS)
            if subject
            else 0.0,
            details=details,
            subject=_subject_name(rule, subject, by_line),
        )
        for decision in self.facts.decisions.get((order.id, rule.id), ()):
            if covers(decision, finding, order.shipping_id) and (
                rule.severity != "block" or rule.overridable
            ):
                return finding._replace(decision_id=decision.id)
        return finding

    def over(self, value, limit, digits=None):
        """Whether a quantity is above its limit, in the decimals that count."""
        return round(value - limit, self.digits if digits is None else digits) > 0

    def above(self, value, limit):
        """Whether an amount or a percentage is above its limit."""
        return self.over(value, limit, _AMOUNT_DIGITS)


#: Decimals of amounts and percentages; those of quantities are a setting.
_AMOUNT_DIGITS = 2


def _unit_price(line):
    """Price of one unit of the product, however the line is measured."""
    return line.price_unit / (line.line_factor or 1.0) * (line.product_factor or 1.0)


def _subject_name(rule, subject, by_line):
    if not subject:
        return ""
    if by_line:
        return f"line/{subject.first.id}"
    return f"{rule.quantity_per}/{subject.key}" if subject.key else ""


def _max_quantity(judge, order, rule, lines, _claims):
    for subject in _subjects(rule, lines):
        asked = subject.quantity_ref / _factor(rule, subject)
        if judge.over(asked, rule.max_quantity):
            yield judge.finding(order, rule, subject, asked, rule.max_quantity)


def _quota(judge, order, rule, lines, claims):
    start, end = period_bounds(rule.period, rule.period_days, order.now, order.timezone)
    who = quota_subject(rule, order)
    for subject in _subjects(rule, lines):
        (ledger_key,) = ledger_keys(rule, subject.lines[:1])
        company = min(rule.companies, default=0)
        key = (rule.quota_per, company, start, who, ledger_key)
        claim = ("quota", rule.id, who, ledger_key)
        factor = _factor(rule, subject)
        asked = subject.quantity_ref / factor
        used = judge.facts.usage.get(key, 0.0) + judge.claimed_since(claim, start)
        used /= factor
        claims.append((claim, subject.quantity_ref))
        if judge.over(used + asked, rule.max_quantity) and asked > 0:
            yield judge.finding(
                order,
                rule,
                subject,
                asked,
                rule.max_quantity,
                used,
                until=end.isoformat(sep=" ") if end else None,
            )


def _product_hold(judge, order, rule, lines, _claims):
    for subject in _subjects(rule, lines):
        if subject.quantity_ref > 0:
            factor = subject.first.product_factor or 1.0
            yield judge.finding(
                order, rule, subject, subject.quantity_ref / factor, 0.0
            )


def _multiple(judge, order, rule, lines, _claims):
    for subject in _subjects(rule, lines):
        asked = subject.quantity_ref / _factor(rule, subject)
        if asked <= 0:
            continue
        if rule.min_quantity and judge.over(rule.min_quantity, asked):
            yield judge.finding(
                order,
                rule,
                subject,
                asked,
                rule.min_quantity,
                measure="minimum",
                lower=True,
            )
        elif rule.multiple:
            packs = asked / rule.multiple
            if judge.over(abs(packs - round(packs)) * rule.multiple, 0.0):
                yield judge.finding(
                    order, rule, subject, asked, rule.multiple, measure="multiple"
                )


def _customer_hold(judge, order, rule, _lines, _claims):
    yield judge.finding(order, rule, None, order.amount_total, 0.0)


def _credit(judge, order, rule, _lines, claims):
    own, limit, owed = judge.facts.credit(order, rule)
    claim = ("credit", order.commercial_id, order.company_id)
    owed += judge.claimed_since(claim)
    claims.append((claim, own))
    if limit is not None and judge.above(owed + own, limit):
        yield judge.finding(order, rule, None, own, limit, owed)


def _payment(judge, order, rule, _lines, _claims):
    due = order.amount_total * rule.payment_percent / 100.0
    if judge.above(due, order.amount_paid):
        yield judge.finding(order, rule, None, due, 0.0, order.amount_paid)


def _amount(judge, order, rule, lines, _claims):
    if rule.measure == "discount":
        for line in lines:
            if line.is_delivery or not line.quantity:
                continue
            if judge.above(line.discount, rule.amount_max or 0.0):
                yield judge.finding(
                    order,
                    rule,
                    Subject(line.product_id, (line,)),
                    line.discount,
                    rule.amount_max or 0.0,
                    by_line=True,
                    measure="discount",
                )
        return
    if rule.measure.startswith("margin") and not lines:
        return  # nothing is sold yet, so there is no margin to judge
    value = judge.facts.amount(order, rule)
    if rule.amount_max is not None and judge.above(value, rule.amount_max):
        yield judge.finding(
            order, rule, None, value, rule.amount_max, measure=rule.measure
        )
    elif rule.amount_min is not None and judge.above(rule.amount_min, value):
        measure = rule.measure if rule.measure.startswith("margin") else "amount_min"
        yield judge.finding(
            order, rule, None, value, rule.amount_min, measure=measure, lower=True
        )


def _domain(judge, order, rule, lines, _claims):
    failing = judge.facts.domain_hits.get(rule.id)
    if failing is None:  # the condition could not be checked: fail closed
        yield judge.finding(order, rule, None, 0.0, 0.0, error=True)._replace(
            severity="block"
        )
    elif rule.domain_model == "sale.order.line":
        for line in lines:
            if line.id in failing:
                yield judge.finding(
                    order,
                    rule,
                    Subject(line.product_id, (line,)),
                    line.quantity,
                    0.0,
                    by_line=True,
                )
    elif order.id in failing:
        yield judge.finding(order, rule, None, order.amount_total, 0.0)


def _correction(judge, order, rule, lines, _claims):
    for change in proposals(
        order, rule, countable(rule, lines), judge.facts, judge.digits
    ):
        subject = (
            Subject(change.line.product_id, (change.line,)) if change.line else None
        )
        yield judge.finding(
            order,
            rule,
            subject,
            change.old,
            change.new,
            by_line=True,
            measure=rule.correction,
        )


_CHECKS = {
    "max_quantity": _max_quantity,
    "quota": _quota,
    "product_hold": _product_hold,
    "multiple": _multiple,
    "customer_hold": _customer_hold,
    "credit": _credit,
    "payment": _payment,
    "amount": _amount,
    "domain": _domain,
    "correction": _correction,
}


def evaluate(orders, lines_by_order, book, facts, *, digits=2, cumulative=False):
    """Judge a set of orders against all rules.

    :param list[OrderFacts] orders: judged in the order given
    :param dict lines_by_order: order id to list of :class:`LineFacts`
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
    for matched in match(orders, lines_by_order, book):
        findings += judge.judge(matched)
    return findings
