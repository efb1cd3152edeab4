"""Circuit breakers and the cache."""

import json
import threading

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.distributor_feeds.live import Breakers, Cache, Item, Stock


class Clock:
    now = 1_000_000.0

    def __call__(self):
        return self.now


@tagged("post_install", "-at_install")
class TestLiveBreakers(BaseCase):
    def setUp(self):
        super().setUp()
        self.clock = Clock()
        self.breakers = Breakers(threshold=3, cool_down=30, clock=self.clock)

    def fail(self, times=1):
        for _time in range(times):
            self.breakers.record(7, False)

    def test_opens_after_failures_in_a_row(self):
        self.fail(2)
        self.breakers.record(7, True)
        self.fail(2)
        self.assertTrue(self.breakers.allow(7))
        self.fail()
        self.assertFalse(self.breakers.allow(7))
        self.assertTrue(self.breakers.allow(8))
        self.assertEqual(self.breakers.state(7), "open")

    def test_one_probe(self):
        self.fail(3)
        self.clock.now += 30
        self.assertEqual(self.breakers.state(7), "half-open")
        self.assertEqual(
            [self.breakers.allow(7) for _time in range(3)], [True, False, False]
        )
        self.breakers.record(7, True)
        self.assertEqual(self.breakers.state(7), "closed")
        self.assertEqual(self.breakers.dump(), {})

    def test_probe_that_fails(self):
        self.fail(3)
        self.clock.now += 30
        self.breakers.allow(7)
        self.fail()
        self.clock.now += 29
        self.assertFalse(self.breakers.allow(7))
        self.clock.now += 1
        self.assertTrue(self.breakers.allow(7))

    def test_probe_that_never_comes_back(self):
        self.fail(3)
        self.clock.now += 30
        self.breakers.allow(7)
        self.clock.now += 30
        self.assertTrue(self.breakers.allow(7))

    def test_probe_given_back(self):
        self.fail(3)
        self.clock.now += 30
        self.breakers.allow(7)
        self.breakers.release(7)
        self.assertTrue(self.breakers.allow(7))

    def test_late_failures_do_not_prolong(self):
        self.fail(3)
        self.clock.now += 20
        self.fail(3)
        self.clock.now += 10
        self.assertTrue(self.breakers.allow(7))

    def test_travels_as_json(self):
        self.fail(3)
        other = Breakers(cool_down=30, clock=self.clock)
        other.load(json.loads(json.dumps(self.breakers.dump())))
        self.assertEqual(other.state(7), "open")
        self.assertEqual(other.dump(), self.breakers.dump())

    def test_state_that_is_none(self):
        for state in (
            None,
            [],
            {"x": [1, 2, 3]},
            {"7": None},
            {"7": [3, float("inf"), None]},
            {"7": [3, "soon", None]},
            {"7": [float("inf"), 1, None]},
            {"7": [1]},
        ):
            self.breakers.load(state)
            self.assertTrue(self.breakers.allow(7), state)

    @settings(max_examples=300, deadline=None, database=None)
    @given(st.lists(st.floats(-1e9, 1e9), max_size=4))
    def test_no_jump_of_the_clock_keeps_it_open(self, jumps):
        self.setUp()
        self.fail(3)
        for jump in jumps:
            self.clock.now += jump
            if self.breakers.allow(7):
                self.fail()
        self.clock.now += 30.001
        if not self.breakers.allow(7):  # a probe went out before the last jump
            self.clock.now += 30.001
            self.assertTrue(self.breakers.allow(7))

    def test_one_probe_among_many_threads(self):
        self.fail(3)
        self.clock.now += 30
        allowed, start = [], threading.Barrier(16)

        def probe():
            start.wait()
            allowed.append(self.breakers.allow(7))

        threads = [threading.Thread(target=probe) for _thread in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sum(allowed), 1)


@tagged("post_install", "-at_install")
class TestLiveCache(BaseCase):
    def setUp(self):
        super().setUp()
        self.clock = Clock()
        self.cache = Cache(60, 15, size=3, clock=self.clock)
        self.item = Item(code="A", ref=1)

    def test_answers_are_kept_for_a_while(self):
        self.cache.put(7, self.item, [Stock(5.0)])
        self.clock.now += 59
        self.assertEqual(self.cache.get(7, Item(code="A", ref=2)), [Stock(5.0)])
        self.assertIsNone(self.cache.get(8, self.item))
        self.assertIsNone(self.cache.get(7, Item(code="A", quantity=2)))
        self.clock.now += 1
        self.assertIsNone(self.cache.get(7, self.item))

    def test_not_known_is_kept_shorter(self):
        self.cache.put(7, self.item, [])
        self.clock.now += 14
        self.assertEqual(self.cache.get(7, self.item), [])
        self.clock.now += 1
        self.assertIsNone(self.cache.get(7, self.item))

    def test_clock_that_went_back(self):
        self.cache.put(7, self.item, [Stock(5.0)])
        self.clock.now -= 1000
        self.assertIsNone(self.cache.get(7, self.item))

    def test_size(self):
        items = [Item(code=str(n)) for n in range(4)]
        for item in items[:3]:
            self.cache.put(7, item, [Stock(5.0)])
        self.cache.get(7, items[0])
        self.cache.put(7, items[3], [Stock(5.0)])
        kept = [self.cache.get(7, item) is not None for item in items]
        self.assertEqual(kept, [True, False, True, True])

    def test_forget(self):
        self.cache.put(7, self.item, [Stock(5.0)])
        self.cache.put(8, self.item, [Stock(5.0)])
        self.cache.forget(7)
        self.assertIsNone(self.cache.get(7, self.item))
        self.assertEqual(self.cache.get(8, self.item), [Stock(5.0)])

    def test_callers_cannot_change_what_is_kept(self):
        self.cache.put(7, self.item, [Stock(5.0)])
        self.cache.get(7, self.item).clear()
        self.assertEqual(self.cache.get(7, self.item), [Stock(5.0)])
