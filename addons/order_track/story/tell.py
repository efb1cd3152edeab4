"""Facts put in order: one story."""

from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta

from .facts import MONEY, RANK, Arrivals, Fact, LineFacts, Money
from .rollups import fulfilment, payment, returned


@dataclass(frozen=True)
class Step:
    """A fact in its place. Texts are filled in by the model that words stories."""

    fact: Fact
    state: str  # done, current, expected
    text: str = ""
    when: str = ""
    source: str = ""

    @property
    def machine_time(self):
        """What stands in ``<time datetime>``: UTC, or a day."""
        if self.fact.at:
            return self.fact.at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return self.fact.on.isoformat() if self.fact.on else ""


@dataclass(frozen=True)
class RollUp:
    """One of the three summaries; ``late`` when its day has passed."""

    kind: str
    key: str
    late: bool = False
    due_on: date | None = None
    label: str = ""
    text: str = ""

    @property
    def tone(self):
        """Bootstrap's word for how good that is: an addition, the text says it all."""
        if self.late:
            return "danger"
        return _TONES.get(self.key, "secondary")


@dataclass(frozen=True)
class LineTold:
    """A line with what is worded of it."""

    facts: LineFacts
    quantities: tuple[tuple[str, str], ...] = ()
    expected_label: str = ""
    expected: str = ""
    source: str = ""


@dataclass(frozen=True)
class Story:
    """The status of an order, the same for everybody who may see the order."""

    steps: tuple[Step, ...]
    payment: RollUp
    fulfilment: RollUp
    returned: RollUp
    lines: tuple[LineTold, ...] = ()
    shows_money: bool = True

    @property
    def rollups(self):
        moving = self.fulfilment, self.returned
        return (self.payment, *moving) if self.shows_money else moving

    def without_money(self):
        """The story for those who are not to know what is paid, word for word else.

        :rtype: Story
        """
        steps = tuple(step for step in self.steps if step.fact.kind not in MONEY)
        return replace(self, steps=steps, shows_money=False)


def tell(
    facts,
    lines=(),
    money=None,
    arrivals=None,
    *,
    stage="order",
    promised_on=None,
    said=None,
    today,
    zone=UTC,
):
    """Order facts into a story.

    :param Iterable[Fact] facts: in any order
    :param Iterable[LineFacts] lines: lines as the order shows them
    :param Money money: bills and payments
    :param Arrivals arrivals: shipments sent and arrived
    :param str stage: quotation, order or cancelled
    :param date promised_on: the day until which goods were promised
    :param dict said: summaries that somebody said as they are, by kind (payment,
        fulfilment, return): they are not worked out of lines and money
    :param date today: the seller's day
    :param tzinfo zone: where the seller is, whose days those of invoices are
    :rtype: Story
    """
    lines = tuple(lines)
    money = money or Money()
    arrivals = arrivals or Arrivals()
    said = said or {}
    paying = said.get("payment") or payment(money)
    moving = said.get("fulfilment") or fulfilment(lines, arrivals, stage)
    coming_back = said.get("return") or returned(lines, money)
    due_on = next_due(money)
    waits = is_waiting(moving, lines) and stage == "order"
    return Story(
        steps=_in_order(facts, zone),
        payment=RollUp(
            "payment", paying, late=bool(due_on and due_on < today), due_on=due_on
        ),
        fulfilment=RollUp(
            "fulfilment",
            moving,
            late=bool(waits and promised_on and promised_on < today),
            due_on=promised_on if waits else None,
        ),
        returned=RollUp("return", coming_back),
        lines=tuple(LineTold(line) for line in lines),
    )


def next_due(money):
    """The earliest day on which something open has to be paid, or None."""
    days = (
        bill.due_on
        for bill in money.bills
        if bill.due_on and not bill.is_credit and money.sign(bill.open) > 0
    )
    return min(days, default=None)


def is_waiting(key, lines):
    """Whether somebody waits for goods of an order."""
    return key in {"waiting", "partly_shipped", "partly_delivered"} and any(
        line.is_positive(line.open) for line in lines if line.goods
    )


def _in_order(facts, zone):
    """Facts as steps: what happened, in order, then what is expected."""
    facts = list(facts)
    done = _interleave([fact for fact in facts if not fact.expected], zone)
    expected = sorted(
        (fact for fact in facts if fact.expected),
        key=lambda fact: (*_day_key(fact, zone), _tie(fact)),
    )
    steps = [Step(fact, "done") for fact in done]
    if steps:
        steps[-1] = Step(done[-1], "current")
    return tuple(steps) + tuple(Step(fact, "expected") for fact in expected)


def _interleave(facts, zone):
    """Facts with a time by time; those with a day only among them by their rank.

    A day alone does not say whether it was before or after something of that day: the
    life of an order does. Comparing two at a time would run in circles, so facts with
    a day are put one by one into those with a time.
    """
    timed = sorted((f for f in facts if f.at), key=lambda f: (f.at, _tie(f)))
    dayed = sorted((f for f in facts if f.on), key=lambda f: (f.on, _tie(f)))
    undated = sorted((f for f in facts if not f.at and not f.on), key=_tie)
    days = [_day(fact, zone) for fact in timed]
    births = (
        day for f, day in zip(timed, days, strict=True) if f.rank <= RANK["placed"]
    )
    born_on = next(births, None)
    slots = [[] for _place in range(len(timed) + 1)]
    for fact in dayed:
        day = fact.on
        # whoever wrote the day may have been elsewhere, where it was the day before
        if born_on == day + timedelta(days=1) and fact.rank > RANK["placed"]:
            day = born_on
        slot = 0
        for place, (other, its_day) in enumerate(zip(timed, days, strict=True), 1):
            if its_day < day or (its_day == day and other.rank <= fact.rank):
                slot = place
        slots[slot].append((day, _tie(fact), fact))
    result = []
    for place, slot in enumerate(slots):
        result += [fact for _day, _key, fact in sorted(slot, key=lambda each: each[:2])]
        result += timed[place : place + 1]
    return result + undated


def _day(fact, zone):
    """The day of a fact, where the seller is; None if nobody knows."""
    return fact.at.replace(tzinfo=UTC).astimezone(zone).date() if fact.at else fact.on


def _day_key(fact, zone):
    day = _day(fact, zone)
    return (day is None, day or date.min)


def _tie(fact):
    """What decides between facts of one time: total, so that no two runs differ."""
    return (
        fact.rank,
        fact.reference,
        fact.parcel,
        fact.source,
        fact.place,
        fact.note,
        fact.quantity or 0.0,
        fact.carrier,
        fact.link,
    )


_TONES = {
    "waiting": "info",
    "partly_shipped": "info",
    "partly_delivered": "info",
    "shipped": "success",
    "delivered": "success",
    "unpaid": "warning",
    "partly_paid": "warning",
    "in_process": "info",
    "paid": "success",
    "expected": "info",
}
