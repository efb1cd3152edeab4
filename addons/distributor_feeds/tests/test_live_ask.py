"""Services asked at once: time, threads, memory of failures and answers."""

import contextlib
import socket
import threading
import time
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from odoo.addons.distributor_feeds.live import (
    Adapter,
    Breakers,
    Cache,
    Crew,
    Item,
    Request,
    Stock,
    ask,
    register,
)
from odoo.addons.distributor_feeds.transport import Policy, addresses

from .live_servers import POLICY, http_service, never, raw_service, service, stock

ITEMS = [Item(code=f"A{n}", ref=n) for n in range(20)]


@register("test-broken")
class Broken(Adapter):
    def build(self, items):
        raise KeyError(self.service.secret)


@register("test-unreadable")
class Unreadable(Adapter):
    def build(self, items):
        return [Request(self.service.url, tuple(items))]

    def interpret(self, request, response):
        raise RuntimeError(self.service.secret)


@register("test-too-much")
class TooMuch(Adapter):
    def build(self, items):
        return [Request(self.service.url + "?sku=x", tuple(items))]

    def interpret(self, request, response):
        return {"not asked": [Stock(1.0)], request.items[0].ref: [Stock(2.0)]}


class AskCase(BaseCase):
    def setUp(self):
        super().setUp()
        self.breakers, self.cache, self.crew = Breakers(), Cache(), Crew()
        self.open = contextlib.ExitStack()
        self.addCleanup(self.open.close)

    def serve(self, answer):
        return self.open.enter_context(http_service(answer))

    def serve_raw(self, behave):
        return self.open.enter_context(raw_service(behave))

    def ask(self, *questions, deadline=1.5, policy=POLICY):
        start = time.monotonic()
        answers = ask(
            list(questions),
            deadline,
            breakers=self.breakers,
            cache=self.cache,
            policy=policy,
            crew=self.crew,
        )
        self.seconds = time.monotonic() - start
        return answers

    def ask_one(self, asked, items=ITEMS, **how):
        return self.ask((asked, items), **how)[asked.key]

    def assertNoThreadLeft(self, within=2.0):
        end = time.monotonic() + within
        while self.crew.busy() and time.monotonic() < end:
            time.sleep(0.01)
        self.assertEqual(self.crew.busy(), 0)


@tagged("post_install", "-at_install")
class TestLiveAsk(AskCase):
    def test_as_long_as_the_slowest(self):
        questions = [
            (service(self.serve(lambda h: stock(h, 0.3)).url, key), ITEMS)
            for key in range(5)
        ]
        answers = self.ask(*questions)
        self.assertEqual([a.status for a in answers.values()], ["live"] * 5)
        self.assertGreaterEqual(self.seconds, 0.3)
        self.assertLess(self.seconds, 0.8)  # one after the other: 1.5 s
        found = answers[3].items[19][0]
        self.assertEqual(
            (found.quantity, found.price, found.currency), (7, "2.5", "EUR")
        )
        self.assertEqual(set(answers[3].items), set(range(20)))

    def test_a_dead_one_ends_at_the_deadline(self):
        questions = [
            (service(self.serve(lambda h: stock(h, 0.3)).url, key), ITEMS)
            for key in range(5)
        ]
        dead = service(self.serve_raw(never), 9)
        answers = self.ask(*questions, (dead, ITEMS))
        self.assertLess(self.seconds, 1.6)
        self.assertEqual(answers[9].status, "timeout")
        self.assertTrue(answers[9].message)
        self.assertTrue(all(answers[key].status == "live" for key in range(5)))
        self.assertLess(max(answers[key].seconds for key in range(5)), 0.8)
        self.assertNoThreadLeft()

    def test_timeout_of_the_service_is_shorter(self):
        self.ask_one(service(self.serve_raw(never), timeout=0.2))
        self.assertLess(self.seconds, 0.5)

    def test_no_time_at_all(self):
        answer = self.ask_one(service(self.serve(stock).url), deadline=-3)
        self.assertEqual(answer.status, "timeout")

    def test_one_request_per_item_at_once(self):
        server = self.serve(lambda h: stock(h, 0.2))
        options = {**service("").options, "batch": 1, "parallel": 10}
        answer = self.ask_one(service(server.url, options=options))
        self.assertEqual((answer.status, len(answer.items)), ("live", 20))
        self.assertEqual(len(server.seen), 20)
        self.assertLess(self.seconds, 0.9)
        ports = {handler.client_address for handler in server.seen}
        self.assertEqual(len(ports), 10, "each connection is used twice")

    def test_what_came_in_time_is_kept(self):
        def slow_for_some(handler):
            stock(handler, 3 if handler.codes[0] in ("A3", "A4") else 0)

        options = {**service("").options, "batch": 1}
        asked = service(self.serve(slow_for_some).url, options=options)
        answer = self.ask_one(asked, deadline=0.5)
        self.assertEqual((answer.status, len(answer.items)), ("timeout", 18))
        self.assertEqual(self.breakers.dump(), {}, "it is alive")
        self.assertNoThreadLeft()

    def test_unknown_item_among_known(self):
        def knows_some(handler):
            if handler.codes[0] == "A3":
                handler.send(b"no", status=404)
            else:
                stock(handler)

        options = {**service("").options, "batch": 1, "parallel": 1}
        answer = self.ask_one(service(self.serve(knows_some).url, options=options))
        self.assertEqual((answer.status, len(answer.items)), ("live", 19))

    def test_knows_nothing(self):
        server = self.serve(lambda handler: handler.send({"items": []}))
        answer = self.ask_one(service(server.url))
        self.assertEqual((answer.status, answer.items), ("unknown", {}))
        self.ask_one(service(server.url))
        self.assertEqual(len(server.seen), 1, "remembered for a while")

    def test_cache(self):
        server = self.serve(stock)
        first = self.ask_one(service(server.url))
        again = self.ask_one(service(server.url))
        self.assertEqual(first.items, again.items)
        self.assertEqual((again.status, len(server.seen)), ("live", 1))
        self.ask_one(service(server.url), [*ITEMS, Item(code="B", ref="b")])
        self.assertEqual(server.seen[1].codes, ["B"])

    def test_breaker_opens_and_keeps_what_is_remembered(self):
        server = self.serve(lambda handler: handler.send(b"", status=500))
        asked = service(server.url)
        self.cache.put(1, ITEMS[0], [Stock(5.0)])
        states = [self.ask_one(asked) for _time in range(5)]
        self.assertEqual([a.status for a in states], ["error"] * 3 + ["open"] * 2)
        self.assertEqual(len(server.seen), 3)
        self.assertEqual(states[-1].items, {0: [Stock(5.0)]})

    def test_service_comes_back(self):
        now = [1000.0]
        self.breakers = Breakers(threshold=1, cool_down=30, clock=lambda: now[0])
        broken = [True]
        server = self.serve(
            lambda h: h.send(b"", status=503) if broken[0] else stock(h)
        )
        states = []
        for seconds, is_broken in ((0, True), (1, False), (31, False), (0, False)):
            now[0] += seconds
            broken[0] = is_broken
            states.append(self.ask_one(service(server.url)).status)
        self.assertEqual(states, ["error", "open", "live", "live"])

    def test_name_service_that_hangs(self):
        released = threading.Event()
        self.addCleanup(released.set)

        def hang(*_words):
            released.wait(20)
            raise socket.gaierror("gone")

        self.crew = Crew(per_service=2)
        self.breakers = Breakers(threshold=99)
        asked = service("http://slow.example.com/stock")
        with patch.object(addresses, "resolver", hang):
            found = [self.ask_one(asked, deadline=0.1) for _time in range(4)]
        self.assertLess(sum(answer.seconds for answer in found), 0.6)
        self.assertEqual(
            [(a.status, a.reason) for a in found],
            [("timeout", "timeout")] * 2 + [("error", "busy")] * 2,
        )
        self.assertEqual(self.crew.busy(), 2)
        other = service(self.serve(stock).url, 2)
        self.assertEqual(self.ask_one(other).status, "live")
        released.set()
        self.assertNoThreadLeft()

    def test_no_more_threads_than_allowed(self):
        self.crew = Crew(total=3)
        url = self.serve_raw(never)
        answers = self.ask(
            *((service(url, key), ITEMS) for key in range(6)), deadline=0.3
        )
        reasons = [answer.reason for answer in answers.values()]
        self.assertEqual(reasons, ["timeout"] * 3 + ["busy"] * 3)
        self.assertNoThreadLeft()

    def test_system_without_threads(self):
        with patch.object(threading.Thread, "start", side_effect=RuntimeError):
            answer = self.ask_one(service("http://127.0.0.1:1/"))
        self.assertEqual((answer.status, answer.reason), ("error", "busy"))
        self.assertEqual(self.crew.busy(), 0)

    def test_adapters_that_fail(self):
        url = self.serve(stock).url + "?sku=x"
        for name, reason in (
            ("test-broken", "adapter"),
            ("test-unreadable", "content"),
            ("nobody", "adapter"),
        ):
            answer = self.ask_one(service(url, adapter=name))
            self.assertEqual((answer.status, answer.reason), ("error", reason), name)
            self.assertNotIn("s3cr3t", repr(answer))

    def test_not_asked_for_is_left_out(self):
        asked = service(self.serve(stock).url, adapter="test-too-much")
        answer = self.ask_one(asked, ITEMS[:2])
        self.assertEqual(answer.items, {0: [Stock(2.0)]})

    def test_nothing_to_ask(self):
        self.assertEqual(self.ask(), {})
        answer = self.ask_one(service("http://127.0.0.1:1/"), [])
        self.assertEqual((answer.status, answer.items), ("live", {}))

    def test_addresses_that_are_refused(self):
        inside = self.serve(stock).url
        for url, policy in (
            (inside, Policy(allow_http=True)),
            (inside, Policy(allowed_hosts=("127.0.0.1",))),
            ("file:///etc/passwd", POLICY),
            ("http://user:pass@127.0.0.1:1/", POLICY),
            ("http://[::1/", POLICY),
            ("http://127.0.0.1:99999/", POLICY),
            ("http://169.254.169.254/latest/meta-data", POLICY),
            ("", POLICY),
        ):
            self.breakers = Breakers()
            answer = self.ask_one(service(url), policy=policy)
            self.assertEqual((answer.status, answer.reason), ("error", "address"), url)

    def test_nobody_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        answer = self.ask_one(service(f"http://127.0.0.1:{port}/"))
        self.assertEqual((answer.status, answer.reason), ("error", "connection"))

    def test_secret_is_sent_and_never_told(self):
        server = self.serve(lambda handler: handler.send(b"", status=401))
        asked = service(server.url)
        answer = self.ask_one(asked)
        told = server.seen[0].headers["Authorization"]
        self.assertEqual(told, "Bearer s3cr3t-t0ken")
        self.assertEqual((answer.status, answer.reason), ("error", "login"))
        for text in (repr(asked), repr(answer)):
            self.assertNotIn("s3cr3t", text)

    def test_secret_that_would_break_the_header(self):
        server = self.serve(stock)
        for secret in ("a\r\nX-Evil: 1", "ä"):
            answer = self.ask_one(service(server.url, secret=secret))
            self.assertEqual(answer.reason, "adapter")
        self.assertEqual(server.seen, [])
