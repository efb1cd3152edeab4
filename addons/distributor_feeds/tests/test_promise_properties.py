"""What holds for any promise."""

import math
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.distributor_feeds.promise import OWN, Supply, promise

TODAY = date(2031, 3, 3)
STATES = ["unavailable", "on_request", "incoming", "from_distributor", "in_stock"]

amounts = st.one_of(
    st.integers(0, 60),
    st.sampled_from([0.1, 0.25, 2.5, 1e12]),
)
wild = st.sampled_from([math.nan, math.inf, -math.inf, -1, None])
days = st.none() | st.integers(-5, 40).map(lambda n: TODAY + timedelta(days=n))
supply = st.builds(
    Supply,
    source=st.sampled_from([OWN, 1, 2, 3]),
    quantity=amounts | wild,
    more=st.booleans(),
    available_on=days,
    lead_days=st.integers(-2, 9),
    age_hours=st.none() | st.integers(0, 60),
    stale_after_hours=st.none() | st.integers(0, 60),
    safety_qty=amounts,
    incoming_qty=amounts | wild,
    incoming_date=days,
    min_qty=st.just(0) | amounts,
    pack_qty=st.just(0) | amounts,
    live=st.booleans(),
)
supplies = st.lists(supply, max_size=7)
wanted = st.one_of(st.integers(1, 80), st.sampled_from([0.3, 2.5, math.inf]))
ways = st.fixed_dictionaries({"split": st.booleans(), "surplus": st.booleans()})


def is_stale(one):
    limit = one.stale_after_hours
    return limit is not None and (one.age_hours is None or one.age_hours > limit)


def number(value):
    return Fraction(str(value)) if value and 0 < value < math.inf else Fraction(0)


def rank(found):
    """Compares promises: quantity, then the kind of source, then the day."""
    day = found.date or date.max
    return found.quantity, STATES.index(found.state), -day.toordinal()


checked = settings(
    max_examples=600,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@tagged("post_install", "-at_install")
class TestPromiseProperties(BaseCase):
    @checked
    @given(wanted, supplies, ways)
    def test_never_more_than_there_is(self, quantity, given_, way):
        found = promise(quantity, given_, TODAY, **way)
        self.assertLessEqual(found.quantity, quantity)
        fresh = [one for one in given_ if not is_stale(one)]
        for source in {one.source for one in given_}:
            own = [one for one in fresh if one.source == source]
            if any(one.live for one in own):
                own = [one for one in own if one.live]
            there = sum(number(one.quantity) + number(one.incoming_qty) for one in own)
            safety = max((number(one.safety_qty) for one in own), default=0)
            taken = sum(number(p.quantity) for p in found.parts if p.source == source)
            self.assertLessEqual(taken, max(0, there - safety))

    @checked
    @given(wanted, supplies, ways, st.data())
    def test_more_stock_is_never_worse(self, quantity, given_, way, data):
        if not given_:
            given_ = [Supply(1)]
        at = data.draw(st.integers(0, len(given_) - 1))
        name = data.draw(st.sampled_from(["quantity", "incoming_qty"]))
        more = float(number(getattr(given_[at], name))) + data.draw(st.integers(1, 30))
        richer = list(given_)
        richer[at] = replace(given_[at], **{name: more})
        before = promise(quantity, given_, TODAY, **way)
        after = promise(quantity, richer, TODAY, **way)
        self.assertGreaterEqual(rank(after), rank(before))

    @checked
    @given(wanted, supplies, ways, st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, quantity, given_, way, random):
        shuffled = list(given_)
        random.shuffle(shuffled)
        self.assertEqual(
            promise(quantity, given_, TODAY, **way),
            promise(quantity, shuffled, TODAY, **way),
        )

    @checked
    @given(wanted, supplies, ways)
    def test_stale_promises_nothing(self, quantity, given_, way):
        fresh = [one for one in given_ if not is_stale(one)]
        found = promise(quantity, given_, TODAY, **way)
        without = promise(quantity, fresh, TODAY, **way)
        self.assertEqual(found.parts, without.parts)
        self.assertEqual(found.stale, len(fresh) < len(given_))

    @checked
    @given(wanted, supplies, ways)
    def test_the_parts_explain_the_promise(self, quantity, given_, way):
        found = promise(quantity, given_, TODAY, **way)
        total = sum(part.quantity for part in found.parts)
        self.assertAlmostEqual(found.quantity, total, delta=1e-9 * max(1, total))
        self.assertEqual(
            found.date, max((part.date for part in found.parts), default=None)
        )
        for part in found.parts:
            self.assertGreaterEqual(part.date, TODAY)
            self.assertGreater(part.quantity, 0)
            self.assertEqual(
                part.state == "in_stock",
                part.source == OWN and part.state != "incoming",
            )
        if not way["split"]:
            self.assertLessEqual(len({part.source for part in found.parts}), 1)
        if found.parts:
            worst = min(found.parts, key=lambda part: STATES.index(part.state))
            self.assertEqual(found.state, worst.state)
        else:
            self.assertIn(found.state, ("on_request", "unavailable"))

    @checked
    @given(st.integers(1, 80), supplies)
    def test_packs_and_minimums_are_kept(self, quantity, given_):
        found = promise(quantity, given_, TODAY, split=True)
        used = {part.source for part in found.parts}
        for source in used:
            group = [o for o in given_ if o.source == source and not is_stale(o)]
            if any(one.live for one in group):
                group = [one for one in group if one.live]
            taken = sum(p.quantity for p in found.parts if p.source == source)
            self.assertGreaterEqual(taken + 1e-9, max(o.min_qty for o in group))
            if pack := max(one.pack_qty for one in group):
                packs = taken / pack
                self.assertAlmostEqual(packs, round(packs), places=6)
