"""One check per kind of rule: given where it applies, what does it find."""

from .corrections import proposals
from .periods import period_bounds
from .quantities import (
    Subject,
    countable,
    factor_of,
    ledger_key,
    quota_subject,
    subjects_of,
)


def _max_quantity(judge, order, rule, lines, _claims):
    if not judge.may_exceed(rule, lines):
        return
    for subject in subjects_of(rule, lines):
        asked = subject.quantity_ref / factor_of(rule, subject)
        if judge.over(asked, rule.max_quantity):
            yield judge.finding(order, rule, subject, asked, rule.max_quantity)


def _quota(judge, order, rule, lines, claims):
    start, end = period_bounds(rule.period, rule.period_days, order.now, order.timezone)
    who = quota_subject(rule.quota_per, order)
    company = min(rule.companies, default=0)
    for subject in subjects_of(rule, lines):
        counted = ledger_key(rule, subject.first)
        key = (rule.quota_per, company, start, who, counted)
        claim = ("quota", rule.id, who, counted)
        factor = factor_of(rule, subject)
        quantity_ref = subject.quantity_ref
        asked = quantity_ref / factor
        used = judge.facts.usage.get(key, 0.0) + judge.claimed_since(claim, start)
        used /= factor
        claims.append((claim, quantity_ref))
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
    for subject in subjects_of(rule, lines):
        if subject.quantity_ref > 0:
            factor = subject.first.product_factor or 1.0
            yield judge.finding(
                order, rule, subject, subject.quantity_ref / factor, 0.0
            )


def _multiple(judge, order, rule, lines, _claims):
    for subject in subjects_of(rule, lines):
        asked = subject.quantity_ref / factor_of(rule, subject)
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
        most = rule.amount_max or 0.0
        for line in lines:
            if line.discount <= most or line.is_delivery or not line.quantity:
                continue
            if judge.above(line.discount, most):
                yield judge.finding(
                    order,
                    rule,
                    Subject(line.product_id, (line,)),
                    line.discount,
                    most,
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


#: Each yields findings: ``check(judge, order, rule, lines, claims)``.
CHECKS = {
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
