"""What is promised: examples one can check by hand."""

import math
from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.distributor_feeds.promise import OWN, Supply, availability, promise

TODAY = date(2031, 3, 3)  # a Monday


def day(days):
    return TODAY + timedelta(days=days)


def five_days_a_week(start, days):
    """The n-th working day after a day, Monday to Friday."""
    while start.weekday() > 4:
        start += timedelta(days=1)
    while days:
        start += timedelta(days=1)
        days -= start.weekday() < 5
    return start


@tagged("post_install", "-at_install")
class TestPromise(BaseCase):
    def assertPromise(self, found, state, quantity, on, parts=None):
        self.assertEqual(
            (found.state, found.quantity, found.date), (state, quantity, on)
        )
        if parts is not None:
            self.assertEqual(
                [(p.source, p.quantity, p.date) for p in found.parts], parts
            )

    def test_own_stock_first(self):
        supplies = [Supply(7, 100), Supply(OWN, 10, lead_days=2)]
        self.assertPromise(
            promise(10, supplies, TODAY), "in_stock", 10, day(2), [(OWN, 10, day(2))]
        )

    def test_one_source_serves_all(self):
        supplies = [Supply(OWN, 4), Supply(7, 10, lead_days=1)]
        self.assertPromise(
            promise(6, supplies, TODAY),
            "from_distributor",
            6,
            day(1),
            [(7, 6, day(1))],
        )

    def test_most_that_one_source_has(self):
        supplies = [Supply(OWN, 4), Supply(7, 5), Supply(8, 3)]
        self.assertPromise(promise(9, supplies, TODAY), "from_distributor", 5, day(0))

    def test_split_date_is_of_the_last_part(self):
        supplies = [
            Supply(8, 5, lead_days=9),
            Supply(OWN, 4),
            Supply(7, 3, lead_days=2),
        ]
        self.assertPromise(
            promise(9, supplies, TODAY, split=True),
            "from_distributor",
            9,
            day(9),
            [(OWN, 4, day(0)), (7, 3, day(2)), (8, 2, day(9))],
        )

    def test_split_takes_no_later_source_than_needed(self):
        supplies = [
            Supply(8, 5, lead_days=9),
            Supply(OWN, 4),
            Supply(7, 5, lead_days=2),
        ]
        self.assertPromise(
            promise(9, supplies, TODAY, split=True),
            "from_distributor",
            9,
            day(2),
            [(OWN, 4, day(0)), (7, 5, day(2))],
        )

    def test_safety_quantity(self):
        for there, given in ((12, 7), (5, 0), (3, 0)):
            found = promise(50, [Supply(7, there, safety_qty=5)], TODAY)
            self.assertEqual(found.quantity, given, there)

    def test_safety_once_per_distributor(self):
        supplies = [Supply(7, 3, safety_qty=4), Supply(7, 6, safety_qty=4)]
        self.assertEqual(promise(50, supplies, TODAY).quantity, 5)

    def test_safety_is_filled_from_what_comes(self):
        supply = Supply(7, 2, safety_qty=5, incoming_qty=10, incoming_date=day(4))
        self.assertPromise(promise(9, [supply], TODAY), "incoming", 7, day(4))

    def test_at_least_fifty(self):
        supply = Supply(7, 50, more=True)
        self.assertEqual(promise(60, [supply], TODAY).quantity, 50)
        self.assertEqual(promise(40, [supply], TODAY).quantity, 40)

    def test_stale_is_on_request(self):
        supply = Supply(7, 50, age_hours=25, stale_after_hours=24)
        found = promise(1, [supply], TODAY)
        self.assertPromise(found, "on_request", 0, None, [])
        self.assertTrue(found.stale)

    def test_age_not_known_is_stale(self):
        for age in (None, math.nan):
            supply = Supply(7, 50, age_hours=age, stale_after_hours=24)
            self.assertEqual(promise(1, [supply], TODAY).state, "on_request")

    def test_stale_beside_fresh(self):
        supplies = [Supply(7, 50, age_hours=25, stale_after_hours=24), Supply(OWN, 3)]
        found = promise(2, supplies, TODAY)
        self.assertEqual((found.state, found.stale), ("in_stock", True))

    def test_live_answer_replaces_the_feed(self):
        supplies = [Supply(7, 50), Supply(7, 2, live=True)]
        self.assertEqual(promise(9, supplies, TODAY).quantity, 2)

    def test_old_live_answer_does_not_replace_the_feed(self):
        old = Supply(7, 2, live=True, age_hours=30, stale_after_hours=24)
        self.assertEqual(promise(9, [Supply(7, 50), old], TODAY).quantity, 9)

    def test_incoming_gives_the_date(self):
        supply = Supply(7, 3, incoming_qty=10, incoming_date=day(5), lead_days=2)
        found = promise(8, [supply], TODAY)
        self.assertPromise(
            found, "incoming", 8, day(7), [(7, 3, day(2)), (7, 5, day(7))]
        )

    def test_incoming_is_not_needed(self):
        supply = Supply(7, 3, incoming_qty=10, incoming_date=day(5))
        self.assertPromise(promise(3, [supply], TODAY), "from_distributor", 3, day(0))

    def test_incoming_without_or_after_its_date(self):
        for expected in (None, day(-1)):
            supply = Supply(7, incoming_qty=10, incoming_date=expected)
            self.assertPromise(promise(3, [supply], TODAY), "on_request", 0, None)

    def test_incoming_before_late_stock(self):
        supplies = [
            Supply(7, 2, available_on=day(9), incoming_qty=9, incoming_date=day(3)),
        ]
        self.assertPromise(
            promise(9, supplies, TODAY), "incoming", 9, day(3), [(7, 9, day(3))]
        )

    def test_nothing_anywhere(self):
        self.assertPromise(promise(3, [Supply(7, 0)], TODAY), "unavailable", 0, None)
        self.assertPromise(promise(3, [], TODAY), "unavailable", 0, None)

    def test_packs(self):
        supply = Supply(7, 100, pack_qty=10)
        for wanted, given in ((3, 0), (10, 10), (25, 20), (100, 100), (300, 100)):
            self.assertEqual(promise(wanted, [supply], TODAY).quantity, given, wanted)
        self.assertEqual(promise(3, [supply], TODAY).state, "on_request")

    def test_what_packs_and_minimums_leave_open(self):
        def larger(wanted, *supplies):
            return availability(wanted, supplies, TODAY, five_days_a_week).larger

        pack = Supply(7, 25, pack_qty=10)
        self.assertEqual(
            [larger(n, pack) for n in (3, 10, 13, 21)], [10, None, 20, None]
        )
        self.assertEqual(larger(3, Supply(7, 25, min_qty=20)), 20)
        self.assertEqual(larger(3, pack, Supply(8, 9, min_qty=5)), 5)
        self.assertIsNone(larger(3, pack, Supply(OWN, 3)))
        self.assertIsNone(larger(30, pack, Supply(OWN, 3)), "there are not so many")

    def test_packs_may_be_opened(self):
        supply = Supply(7, 27, pack_qty=10)
        for wanted, given in ((3, 3), (20, 20), (25, 20)):
            found = promise(wanted, [supply], TODAY, surplus=True)
            self.assertEqual(found.quantity, given, wanted)

    def test_minimum(self):
        supply = Supply(7, 30, min_qty=20)
        self.assertEqual(promise(19, [supply], TODAY).quantity, 0)
        self.assertEqual(promise(21, [supply], TODAY).quantity, 21)
        self.assertEqual(promise(19, [supply], TODAY, surplus=True).quantity, 19)
        low = Supply(7, 19, min_qty=20)
        self.assertEqual(promise(5, [low], TODAY, surplus=True).quantity, 0)

    def test_pack_beside_single_pieces(self):
        supplies = [Supply(OWN, 5), Supply(7, 40, pack_qty=10)]
        self.assertPromise(
            promise(20, supplies, TODAY, split=True),
            "from_distributor",
            20,
            day(0),
            [(7, 20, day(0))],
        )
        self.assertPromise(
            promise(14, supplies, TODAY, split=True),
            "from_distributor",
            14,
            day(0),
            [(OWN, 4, day(0)), (7, 10, day(0))],
        )

        supplies = [Supply(OWN, 15), Supply(7, 40, pack_qty=10)]
        found = promise(24, supplies, TODAY, split=True)
        self.assertPromise(
            found,
            "from_distributor",
            24,
            day(0),
            [(OWN, 14, day(0)), (7, 10, day(0))],
        )

    def test_equals_in_any_order(self):
        supplies = [Supply(8, 5), Supply(7, 5)]
        for split in (False, True):
            found = promise(5, supplies, TODAY, split=split)
            self.assertEqual(found.parts[0].source, 7)
            again = promise(5, supplies[::-1], TODAY, split=split)
            self.assertEqual(found, again)

    def test_fractions_are_exact(self):
        supplies = [Supply(OWN, 0.1), Supply(7, 0.2)]
        self.assertEqual(promise(1, supplies, TODAY, split=True).quantity, 0.3)
        self.assertEqual(
            promise(0.3, [Supply(7, 9, pack_qty=0.1)], TODAY).quantity, 0.3
        )

    def test_working_days(self):
        supply = Supply(7, 5, lead_days=5)
        found = promise(5, [supply], TODAY, five_days_a_week)
        self.assertEqual(found.date, date(2031, 3, 10))

    def test_calendar_that_goes_back(self):
        found = promise(5, [Supply(7, 5)], TODAY, lambda start, days: day(-3))
        self.assertEqual(found.date, TODAY)

    def test_available_later(self):
        supply = Supply(7, 5, available_on=day(6), lead_days=1)
        self.assertEqual(promise(5, [supply], TODAY).date, day(7))
        past = Supply(7, 5, available_on=day(-6), lead_days=1)
        self.assertEqual(promise(5, [past], TODAY).date, day(1))

    def test_nonsense_promises_nothing(self):
        for supply in (
            Supply(7, math.nan),
            Supply(7, math.inf),
            Supply(7, -5),
            Supply(7, None),
            Supply(7, 5, available_on=date(9999, 12, 31), lead_days=9),
            Supply(7, 5, lead_days=10**9),
        ):
            self.assertEqual(promise(5, [supply], TODAY).quantity, 0, supply)

    def test_wanted_must_be_a_number_above_0(self):
        for wanted in (0, -1, math.nan):
            with self.assertRaises(ValueError):
                promise(wanted, [], TODAY)

    def test_as_many_as_there_are(self):
        supplies = [Supply(OWN, 4), Supply(7, 9)]
        self.assertEqual(promise(math.inf, supplies, TODAY).quantity, 9)
        found = promise(math.inf, supplies, TODAY, split=True)
        self.assertEqual(found.quantity, 13)
