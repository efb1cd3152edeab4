"""What a process remembers of services, and what it learns from other processes."""

from odoo.addons.distributor_feeds.live import Breakers, Item, Stock, memory_of

ITEM = Item(code="A1")


def test_a_breaker_that_opened_elsewhere_is_open_here():
    now = [1000.0]
    here, there = (Breakers(cool_down=30, clock=lambda: now[0]) for _turn in range(2))
    for _turn in range(3):
        there.record(7, False)
    here.learn(there.dump())
    assert here.state(7) == "open"
    now[0] += 31
    assert here.allow(7)
    here.record(7, True)
    here.learn({})
    assert here.state(7) == "closed"


def test_what_is_older_or_nonsense_is_not_learned():
    now = [1000.0]
    here = Breakers(cool_down=30, clock=lambda: now[0])
    for _turn in range(3):
        here.record(7, False)
    here.learn({"7": [3, 900.0, None], "8": "nonsense", "9": [1, None, None]})
    assert here.dump() == {"7": [3, 1000.0, None]}


def test_each_service_is_believed_as_long_as_it_says():
    memory = memory_of("a database that does not exist")
    assert memory_of("a database that does not exist") is memory
    caches, stocks = memory.caches, [Stock(quantity=3)]
    caches.put(1, ITEM, stocks)
    assert caches.get(1, ITEM) is None, "nobody said how long"
    caches.keep_for(1, 60)
    assert not caches.knows(1)
    caches.put(1, ITEM, stocks)
    caches.keep_for(1, 60)
    assert caches.get(1, ITEM) == stocks
    assert caches.knows(1)
    caches.keep_for(1, 5)
    assert caches.get(1, ITEM) is None, "another time, another cache"
    caches.put(1, ITEM, stocks)
    caches.forget(1)
    assert caches.get(1, ITEM) is None
    assert not caches.has_any()
