"""A promise together with what else is worth saying about a product."""

import math
from dataclasses import dataclass
from decimal import Decimal

from .decide import OWN, Promise, promise
from .sources import gather


@dataclass(frozen=True)
class Availability:
    """What may be said about a product.

    :param float wanted: how many were asked for
    :param Promise promise: for those
    :param Promise most: for as many as there are; its parts are what the shop may show
    :param bool more: somebody who gives a part of ``most`` has more than he tells
    :param float age_hours: of the oldest figure of a distributor that counts; None: own
        stock only
    :param bool live: a distributor's service told it a moment ago
    :param float larger: the least quantity above ``wanted`` that can be had in full,
        when ``wanted`` cannot for packs or a minimum alone; else None
    """

    wanted: float
    promise: Promise
    most: Promise
    more: bool = False
    age_hours: float | None = None
    live: bool = False
    larger: float | None = None

    @property
    def own(self):
        """Pieces in the own stock that nobody else was promised."""
        return sum(part.quantity for part in self.most.parts if part.source == OWN)


def availability(wanted, supplies, today, workdays):
    """Work out an `Availability`; several sources are added up, packs stay closed.

    :param float wanted: above 0
    :param supplies: list of `Supply`
    :param date today: no promised date is before it
    :param workdays: as in `promise`
    """
    most = promise(math.inf, supplies, today, workdays, split=True)
    giving = {part.source for part in most.parts}
    told = [supply for supply in supplies if supply.source in giving - {OWN}]
    if live := {supply.source for supply in told if supply.live}:
        told = [supply for supply in told if supply.live or supply.source not in live]
    ages = [supply.age_hours for supply in told if supply.age_hours is not None]
    wanted_now = promise(wanted, supplies, today, workdays, split=True)
    short = wanted_now.quantity < wanted <= most.quantity
    return Availability(
        wanted=wanted,
        promise=wanted_now,
        most=most,
        more=any(supply.more for supply in told),
        age_hours=max(ages, default=None),
        live=bool(live),
        larger=_larger(wanted, supplies, today, workdays) if short else None,
    )


def _larger(wanted, supplies, today, workdays):
    """See `Availability.larger`."""
    sources, _open, _stale = gather(supplies, today, workdays)
    amount = Decimal(str(wanted))
    for step in sorted(source.at_least(amount) for source in sources if source.bound):
        there = promise(float(step), supplies, today, workdays, split=True)
        if step > amount and there.quantity >= step:
            return float(step)
    return None
