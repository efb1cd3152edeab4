"""What each source can give by which day, after safety, age and packs."""

import math
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

OWN = "own"

# From the best to the weakest; the index is the tier of a portion.
STATES = ("in_stock", "from_distributor", "incoming")
IN_STOCK, FROM_DISTRIBUTOR, INCOMING = range(3)

# Nobody plans further ahead: later dates are mistakes or mean "never".
HORIZON = timedelta(days=3650)
NONE = Decimal(0)


@dataclass(eq=False)
class Source:
    """A source with what it can give.

    :param key: as in `Supply.source`
    :param dict portions: ``{(tier, date): Decimal}``, the safety quantity taken off
    :param Decimal minimum: least quantity it sells
    :param Decimal pack: it sells multiples of this; 0: any quantity
    """

    key: object
    portions: dict = field(default_factory=dict)
    minimum: Decimal = NONE
    pack: Decimal = NONE

    @property
    def bound(self):
        """Whether it sells only certain quantities."""
        return bool(self.minimum or self.pack)

    @property
    def first_day(self):
        return min(day for _tier, day in self.portions)

    def at_most(self, wanted, limit, surplus):
        """The most it gives of ``wanted``.

        :param tuple limit: ``(tier, date)``: no portion beyond either of them
        :param bool surplus: a pack may be opened, a minimum may be more than wanted
        :return: Decimal
        """
        there = sum(quantity for _slot, quantity in self._within(limit))
        if surplus:
            sold = self._sold(there)
            return min(wanted, sold)
        return self._sold(min(wanted, there))

    def at_least(self, wanted):
        """The least it sells that is not less than ``wanted``."""
        quantity = max(wanted, self.minimum)
        if self.pack:
            packs = (quantity / self.pack).to_integral_value(ROUND_CEILING)
            quantity = packs * self.pack
        return quantity

    def _sold(self, quantity):
        """The most it sells that is not more than ``quantity``."""
        if self.pack:
            packs = (quantity / self.pack).to_integral_value(ROUND_FLOOR)
            quantity = packs * self.pack
        return quantity if quantity >= self.minimum else NONE

    def _within(self, limit):
        tier, day = limit
        return [
            (slot, quantity)
            for slot, quantity in sorted(self.portions.items())
            if slot[0] <= tier and slot[1] <= day
        ]

    def share_out(self, quantity, limit):
        """Take ``quantity`` from the portions, the best ones first.

        :param tuple limit: as in `at_most`
        :return: iterator of ``((tier, date), Decimal)``
        """
        for slot, there in self._within(limit):
            if part := min(quantity, there):
                yield slot, part
                quantity -= part


def gather(supplies, today, workdays):
    """Sort supplies by source and leave out what must not be promised.

    :param supplies: sequence of `Supply`
    :param workdays: ``(day, n)`` -> date
    :return: ``(sources, open, stale)``: a list of `Source` with something to give;
        whether something was left out that somebody could ask about; whether it was
        left out because it is too old
    """
    fresh = [supply for supply in supplies if not _is_stale(supply)]
    stale = len(fresh) < len(supplies)
    asked = {supply.source for supply in fresh if supply.live}
    open_question, grouped = stale, {}
    for supply in fresh:
        if supply.source not in asked or supply.live:
            grouped.setdefault(supply.source, []).append(supply)
    sources = []
    for key, group in grouped.items():
        source = Source(
            key,
            minimum=max(_number(supply.min_qty) for supply in group),
            pack=max(_number(supply.pack_qty) for supply in group),
        )
        for supply in group:
            open_question |= not _add(source, supply, today, workdays)
        _take_off(source.portions, max(_number(s.safety_qty) for s in group))
        if source.portions:
            sources.append(source)
    return sources, open_question, stale


def _is_stale(supply):
    limit = supply.stale_after_hours
    if limit is None:
        return False
    # Written so that an age that is not a number is too old as well.
    return supply.age_hours is None or not supply.age_hours <= limit


def _number(value):
    """A quantity as it was written; nothing for what is no quantity."""
    if value is None or not math.isfinite(value) or value < 0:
        return NONE
    return Decimal(str(value))


def _add(source, supply, today, workdays):
    """Add a supply's portions.

    :return: False when goods were left out because nobody knows when they come
    """
    now = IN_STOCK if source.key == OWN else FROM_DISTRIBUTOR
    known = True
    for tier, quantity, start in (
        (now, _number(supply.quantity), max(supply.available_on or today, today)),
        (INCOMING, _number(supply.incoming_qty), supply.incoming_date),
    ):
        if not quantity:
            continue
        days = max(supply.lead_days, 0)
        late = start is None or start < today or start > today + HORIZON
        if late or days > HORIZON.days:
            known = False
            continue
        slot = (tier, max(workdays(start, days), start))
        source.portions[slot] = source.portions.get(slot, NONE) + quantity
    return known


def _take_off(portions, safety):
    """Take the safety quantity from what is there first; what is left over of it from
    what comes later."""
    for slot in sorted(portions):
        taken = min(safety, portions[slot])
        safety -= taken
        portions[slot] -= taken
        if not portions[slot]:
            del portions[slot]
