"""Services that lie, flood, drip or send us elsewhere."""

import json
import time
import tracemalloc

from odoo.tests import tagged

from odoo.addons.distributor_feeds.live import Breakers, Cache, Item

from .live_servers import http_service, service, stock
from .test_live_ask import AskCase

ITEMS = [Item(code="A1", ref=1), Item(code="A2", ref=2)]
OK = b"HTTP/1.1 200 OK\r\n"


def sends(head, chunk, pause=0.0):
    """Send a head once, and a chunk for ever."""

    def behave(connection, ended):
        connection.sendall(head)
        while not ended.is_set():
            connection.sendall(chunk)
            time.sleep(pause)

    return behave


def says(data):
    def behave(connection, _ended):
        connection.sendall(data)

    return behave


def whole(body):
    return OK + b"Content-Length: %d\r\n\r\n" % len(body) + body


@tagged("post_install", "-at_install")
class TestLiveHostile(AskCase):
    def test_bytes_that_never_end(self):
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        for head, chunk, reason in (
            (b"Content-Length: 10000000000\r\n\r\n", b"x" * 65536, "size"),
            (b"\r\n", b"[" * 65536, "size"),
            (
                b"Transfer-Encoding: chunked\r\n\r\n",
                b"400\r\n%s\r\n" % (b"x" * 1024),
                "size",
            ),
            (b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 999, "size"),
            (b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n" * 999, "size"),
            (b"Transfer-Encoding: chunked\r\n\r\n", b"f" * 65536, "connection"),
            (b"", b"X-Header: y\r\n" * 999, "connection"),
            (b"X-Long: ", b"y" * 65536, "connection"),
        ):
            self.breakers = Breakers()
            url = self.serve_raw(sends(OK + head, chunk))
            answer = self.ask_one(service(url, max_bytes=100_000), ITEMS)
            self.assertEqual((answer.status, answer.reason), ("error", reason), head)
        _now, peak = tracemalloc.get_traced_memory()
        self.assertLess(peak, 30_000_000)
        self.assertNoThreadLeft()

    def test_endless_continue(self):
        url = self.serve_raw(sends(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 99))
        answer = self.ask_one(service(url), ITEMS)
        self.assertEqual(answer.status, "error")

    def test_drips(self):
        for head in (b"", OK + b"X: ", OK + b"Content-Length: 5000\r\n\r\n"):
            self.breakers = Breakers()
            url = self.serve_raw(sends(head, b"1", pause=0.05))
            answer = self.ask_one(service(url), ITEMS, deadline=0.5)
            self.assertEqual(answer.status, "timeout", head)
            self.assertLess(self.seconds, 0.7)
            self.assertNoThreadLeft(within=0.5)

    def test_not_http_or_cut_short(self):
        for data in (
            b"",
            b"220 ftp ready\r\n",
            b"\x16\x03\x01\x00\x00",
            OK + b"Content-Length: 100\r\n\r\n{}",
            OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
            OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab",
            OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
        ):
            self.breakers = Breakers()
            answer = self.ask_one(service(self.serve_raw(says(data))), ITEMS)
            self.assertEqual(answer.status, "error", data)
            self.assertEqual(answer.items, {})

    def test_bodies_that_are_no_answer(self):
        for body in (
            b"",
            b"<html>Please log in</html>",
            b'{"items": [',
            b'{"items": [{"sku": "A1", "qty": NaN}]}',
            b'{"error": "quota"}',
            b'["A1"]',
            b"null",
            b"\xff\xfe{}",
            b"[" * 900_000,
            b'{"items":' * 50 + b"[]" + b"}" * 50,
            b'{"items": [{"sku": "A1", "qty": ' + b"9" * 900_000 + b"}]}",
            b'"' + b'\\"' * 400_000,
        ):
            self.breakers, self.cache = Breakers(), Cache()
            answer = self.ask_one(service(self.serve_raw(says(whole(body)))), ITEMS)
            self.assertEqual((answer.status, answer.items), ("error", {}), body[:60])
            self.assertLess(self.seconds, 1.6)

    def test_values_that_are_no_quantity(self):
        for value in (
            "1e999", "-5", '"-5"', '"NaN"', '"1e3"', "1e30", '"Infinity"', "true",
            '"1,000"', '"12 pcs"', "1e-999999999", "1e999999999", '"\u0663"',
        ):  # fmt: skip
            self.breakers, self.cache = Breakers(), Cache()
            body = f'{{"items": [{{"sku": "A1", "qty": {value}}}]}}'.encode()
            answer = self.ask_one(service(self.serve_raw(says(whole(body)))), ITEMS)
            self.assertEqual((answer.status, answer.items), ("error", {}), value)

    def test_a_bad_row_beside_a_good_one(self):
        body = json.dumps(
            {
                "items": [
                    {"sku": "A1", "qty": 3, "price": -1},
                    {"sku": "A2", "qty": 4},
                    {"sku": "A2", "qty": 2},
                    {"sku": "A2", "qty": 9},
                    {"sku": "ZZ", "qty": 9},
                    {"sku": ["A1"], "qty": 9},
                    {"qty": 9},
                    "A1",
                    None,
                ]
            }
        ).encode()
        answer = self.ask_one(service(self.serve_raw(says(whole(body)))), ITEMS)
        self.assertEqual(answer.status, "live")
        self.assertEqual(list(answer.items), [2])
        self.assertEqual([one.quantity for one in answer.items[2]], [2])

    def test_redirects_are_not_followed(self):
        with http_service(stock) as other:
            for status in (301, 302, 303, 307, 308):
                self.breakers = Breakers()
                server = self.serve(
                    lambda h, status=status: h.send(b"", status, Location=other.url)
                )
                answer = self.ask_one(service(server.url), ITEMS)
                self.assertEqual((answer.status, answer.reason), ("error", "redirect"))
            self.assertEqual(other.seen, [])

    def test_codes_cannot_leave_their_place(self):
        server = self.serve(stock)
        code = "A&admin=1 #/\r\nX: y"
        self.ask_one(service(server.url), [Item(code=code, ref=1)])
        self.assertEqual(server.seen[0].codes, [code])
        self.assertNotIn("X", server.seen[0].headers)
