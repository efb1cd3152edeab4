"""The promise: how many, from where, by when.

What is promised follows from three wishes, in this order: as many as wanted, from the
best kind of source (own stock, then distributors' stock, then what is on its way), as
early as possible. Each wish is a maximum over what can be had, so more stock never
makes a promise worse, and the order of the supplies does not matter.
"""

import datetime
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from .sources import OWN, STATES, Source, gather

UNLIMITED = Decimal("1e15")


@dataclass(frozen=True)
class Supply:
    """What one source is known to have.

    Several supplies may name the same source: its warehouses. They count as one source
    with the largest of their safety quantities, minimums and packs. When one of them is
    a fresh live answer, the source's figures from feeds are left out: they tell of the
    same goods.

    :param source: ``"own"``, or the key of a distributor
    :param float quantity: pieces now, in the unit of what is wanted
    :param bool more: the source says "at least": only ``quantity`` is counted
    :param date available_on: first day the pieces can leave; None: now
    :param int lead_days: days from leaving there to leaving here
    :param float age_hours: age of the figure; None: not known
    :param float stale_after_hours: older figures promise nothing; None: never stale
    :param float safety_qty: pieces of the source that are never promised
    :param float incoming_qty: pieces on their way to the source
    :param date incoming_date: when they are expected; without a date, or with one that
        is over, they are not promised
    :param price: not used here; kept for who chooses among sources
    :param float min_qty: least quantity the source sells
    :param float pack_qty: the source sells multiples of this
    :param bool live: told by the source's service just now, not by a feed
    """

    source: object
    quantity: float = 0.0
    more: bool = False
    available_on: datetime.date | None = None
    lead_days: int = 0
    age_hours: float | None = 0.0
    stale_after_hours: float | None = None
    safety_qty: float = 0.0
    incoming_qty: float = 0.0
    incoming_date: datetime.date | None = None
    price: object = None
    min_qty: float = 0.0
    pack_qty: float = 0.0
    live: bool = False


@dataclass(frozen=True)
class Part:
    """A share of a promise.

    :param source: as in `Supply`
    :param float quantity: pieces
    :param date date: when they can leave here
    :param str state: ``in_stock``, ``from_distributor`` or ``incoming``
    """

    source: object
    quantity: float
    date: datetime.date
    state: str


@dataclass(frozen=True)
class Promise:
    """What may be said to the customer.

    :param str state: the weakest of the parts: ``in_stock`` (own stock only),
        ``from_distributor``, ``incoming``. Without parts ``on_request`` (somebody could
        find out: figures too old, goods without a date, minimum or pack not met) or
        ``unavailable``
    :param float quantity: how many of those wanted are promised, never more than wanted
    :param date date: when the last part can leave; None without parts
    :param list parts: `Part`, earliest first: the explanation
    :param bool stale: a figure was left out because it is too old
    """

    state: str
    quantity: float = 0.0
    date: datetime.date | None = None
    parts: list = field(default_factory=list)
    stale: bool = False


def promise(
    wanted: float,
    supplies: Sequence[Supply],
    today: datetime.date,
    workdays: Callable[[datetime.date, int], datetime.date] | None = None,
    *,
    split: bool = False,
    surplus: bool = False,
) -> Promise:
    """Tell what may be promised.

    Without ``split`` one source serves all. With it several do; own stock is taken
    first, and the date is that of the last part.

    Without ``surplus`` nothing is bought that nobody ordered: a source with packs of 10
    gives nothing to somebody who wants 3, and 20 to somebody who wants 25; a split then
    uses at most one source that has a minimum or packs. With ``surplus`` the pack is
    opened and the rest is ours: 3 are promised when 10 are there.

    :param float wanted: pieces, above 0; ``math.inf`` asks for as many as there are
    :param supplies: `Supply`, in any order
    :param date today: no promised date is before it
    :param workdays: ``(day, n)`` -> the n-th working day after ``day`` (for n = 0 the
        day itself, or the first working day after it); None: calendar days
    :param bool split: several sources may be added up
    :param bool surplus: more may be bought than is wanted
    :return: `Promise`
    :raise ValueError: ``wanted`` is no number above 0
    """
    if math.isnan(wanted) or wanted <= 0:
        raise ValueError(f"The wanted quantity must be above 0, not {wanted}.")
    amount = min(Decimal(str(wanted)), UNLIMITED)
    sources, open_question, stale = gather(supplies, today, workdays or _calendar)
    taken, limit = _best(amount, sources, split, surplus)
    if not taken:
        state = "on_request" if open_question or sources else "unavailable"
        return Promise(state, stale=stale)
    parts = [
        Part(source.key, float(quantity), day, STATES[tier])
        for source, portion in taken
        for (tier, day), quantity in source.share_out(portion, limit)
    ]
    parts.sort(key=lambda part: (part.date, _order(part.source), part.state))
    return Promise(
        state=max((part.state for part in parts), key=STATES.index),
        quantity=float(sum(quantity for _source, quantity in taken)),
        date=parts[-1].date,
        parts=parts,
        stale=stale,
    )


def _calendar(day, days):
    return day + datetime.timedelta(days=days)


def _order(key):
    """Own stock first, then any fixed order."""
    return key != OWN, str(key)


def _best(wanted, sources, split, surplus):
    """Who gives how much: as much as possible, then the best tier, then the first day.

    :return: ``(taken, limit)``: a list of ``(Source, Decimal)``, empty when nothing can
        be promised; the worst tier and the last day they need
    """
    sources = sorted(sources, key=lambda source: _order(source.key))
    slots = sorted({slot for source in sources for slot in source.portions})
    if not slots:
        return [], None
    days = sorted({day for _tier, day in slots})
    choose = _several if split else _one

    def pick(tier, day):
        return choose(wanted, sources, (tier, day), surplus)

    most = _total(pick(len(STATES), days[-1]))
    if not most:
        return [], None
    for tier in sorted({tier for tier, _day in slots}):
        # What can be had by the last day tells whether the tier is worth a search.
        if _total(pick(tier, days[-1])) < most:
            continue
        for day in days:
            taken = pick(tier, day)
            if _total(taken) == most:
                return taken, (tier, day)
    raise AssertionError("the largest pool holds the most")


def _total(taken):
    return sum(quantity for _source, quantity in taken)


def _one(wanted, sources: list[Source], limit, surplus):
    """The one source that gives the most by ``limit``, own stock first."""
    best = []
    for source in sources:
        quantity = source.at_most(wanted, limit, surplus)
        if quantity > _total(best):
            best = [(source, quantity)]
    return best


def _several(wanted, sources: list[Source], limit, surplus):
    """Sources added up, own stock first and then who is first in time.

    Choosing among several packs would be a knapsack, and filling them one after the
    other could make a promise worse when stock is added. One pack beside any number of
    sources that sell single pieces has neither trouble.
    """
    loose = [s for s in sources if surplus or not s.bound]
    loose.sort(key=lambda s: (s.key != OWN, s.first_day, _order(s.key)))
    pieces = {s: s.at_most(wanted, limit, surplus) for s in loose}
    filled = min(wanted, sum(pieces.values()))
    packed, in_packs = None, Decimal(0)
    for source in sources:
        if surplus or not source.bound:
            continue
        most = source.at_most(wanted, limit, surplus)
        if min(wanted, most + sum(pieces.values())) > filled:
            filled = min(wanted, most + sum(pieces.values()))
            packed, in_packs = source, most
    if packed:
        in_packs = packed.at_least(filled - sum(pieces.values()))
    taken, rest = ([(packed, in_packs)] if packed else []), filled - in_packs
    for source in loose:
        if quantity := min(rest, pieces[source]):
            taken.append((source, quantity))
            rest -= quantity
    return taken
