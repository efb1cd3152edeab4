"""What comes too late, and what was never sent."""

import time

from odoo.tests import tagged

from odoo.addons.distributor_feeds.live import (
    Adapter,
    Breakers,
    Crew,
    Item,
    Request,
    Stock,
    register,
)

from .live_servers import http_service, service, stock
from .test_live_ask import AskCase

ITEMS = [Item(code="A1", ref=1)]


@register("test-slow-reader")
class SlowReader(Adapter):
    def build(self, items):
        return [Request(self.service.url + "?sku=x", tuple(items))]

    def interpret(self, request, response):
        time.sleep(0.4)
        return {1: [Stock(2.0)]}


@tagged("post_install", "-at_install")
class TestLiveLate(AskCase):
    def test_late_answers_change_nothing(self):
        with http_service(stock) as server:
            asked = service(server.url, adapter="test-slow-reader")
            answer = self.ask_one(asked, ITEMS, deadline=0.2)
            self.assertLess(self.seconds, 0.35)
            self.assertNoThreadLeft()
        self.assertEqual((answer.status, answer.items), ("timeout", {}))
        self.assertEqual(len(self.cache), 0)
        self.assertEqual(self.breakers.dump()["1"][0], 1)

    def test_probe_without_a_thread_is_given_back(self):
        now = [0.0]
        self.breakers = Breakers(threshold=1, cool_down=30, clock=lambda: now[0])
        self.breakers.record(1, False)
        now[0] = 30.0
        self.crew = Crew(total=0)
        answer = self.ask_one(service("http://127.0.0.1:1/"), ITEMS)
        self.assertEqual(answer.reason, "busy")
        self.assertTrue(self.breakers.allow(1))
