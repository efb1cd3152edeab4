import hashlib
import itertools
import socket
import time
from unittest.mock import patch

from odoo.addons.distributor_feeds import transport
from odoo.addons.distributor_feeds.transport import addresses

from .common_transport import TransportCase
from .transport_servers import answer, raw_server, read_request, server_tls


class TestHttps(TransportCase):
    def serve(self, talk):
        """Port of a server with the rehearsal distributor's certificate."""
        tls = server_tls(self.shop.keys["server.pem"])
        server = raw_server(talk, tls)
        self.addCleanup(server.__exit__, None, None, None)
        return server.__enter__()

    def say(self, head, body=b"", requests=None):
        text = b"HTTP/1.1 " + head + b"\r\nConnection: close\r\n\r\n" + body
        return self.serve(answer(text, requests))

    def test_file_arrives_whole_with_what_is_known_about_it(self):
        steps = []
        fetched = self.fetch(
            self.shop.https_place(), progress=lambda *step: steps.append(step)
        )
        content = self.served()
        self.assertEqual(self.taken(), content)
        self.assertEqual(fetched.sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual(fetched.size, len(content))
        self.assertEqual((fetched.name, fetched.path), ("items.csv", self.target))
        self.assertIsNotNone(fetched.modified.tzinfo)
        self.assertEqual(steps[-1], (len(content), len(content)))
        self.assertNotIn(self.shop.password, repr(fetched))

    def test_the_same_file_is_not_sent_again(self):
        first = self.fetch(self.shop.https_place())
        known = transport.Known(first.name, first.size, first.modified, first.etag)
        again = self.fetch(self.shop.https_place(), known=known)
        self.assertTrue(again.unchanged)
        self.assertEqual((again.path, again.size), ("", first.size))
        self.shop.misbehave(revision=self.shop.state["revision"] + 1)
        self.assertFalse(self.fetch(self.shop.https_place(), known=known).unchanged)

    def test_304_without_a_question_is_an_error(self):
        self.refused("server", self.https(self.say(b"304 Not Modified")))

    def test_token_and_password(self):
        token = transport.Secret(token=self.shop.token)
        place = {**self.shop.https_place(), "username": ""}
        self.assertTrue(self.fetch(place, secret=token).size)
        self.refused("login", place, secret=transport.Secret(token="no"))
        self.refused("login", place, secret=transport.Secret(token="a\r\nX: b"))
        wrong = transport.Secret(password="wrong")
        self.refused("login", self.shop.https_place(), secret=wrong)

    def test_certificate_is_verified_and_the_host_with_it(self):
        place = transport.Place(**self.shop.https_place())
        self.refused("tls", place, self.policy(ca_file=""))
        other = transport.Place("https", "shop.test", place.port, "/files/items.csv")
        self._resolve("127.0.0.1")
        self.refused("tls", other, self.policy(allowed_networks=("127.0.0.0/8",)))
        careless = transport.Place(**self.shop.https_place(), tls_verify=False)
        self.refused("tls", careless)
        lax = self.policy(ca_file="", allow_unverified_tls=True)
        self.assertTrue(self.fetch(careless, lax).size)

    def test_proxy_of_the_environment_is_not_used(self):
        proxy = {
            "https_proxy": "http://127.0.0.1:9",
            "HTTPS_PROXY": "http://127.0.0.1:9",
        }
        with self._environment(proxy):
            self.assertTrue(self.fetch(self.shop.https_place()).size)

    def _environment(self, values):
        return patch.dict("os.environ", values)

    def _resolve(self, *answers):
        """Let the name service give one answer after the other, then the last."""
        rest = itertools.chain(answers, itertools.repeat(answers[-1]))

        def resolver(host, port, *_hints):
            kind = socket.AF_INET, socket.SOCK_STREAM, 6, ""
            return [(*kind, (next(rest), port))]

        patcher = patch.object(addresses, "resolver", resolver)
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_rebinding_cannot_change_the_address_after_the_check(self):
        # The second answer would be the shop's own address, if anybody asked again.
        asked = []
        port = self.serve(answer(b"HTTP/1.1 200 OK\r\n\r\n", asked))
        self._resolve("192.0.2.1", "127.0.0.1")
        place = transport.Place("https", "rebind.test", port, "/x")
        policy = self.policy(allowed_networks=("192.0.2.0/24",), connect_timeout=0.5)
        self.refused("connection", place, policy)
        self.assertFalse(asked)

    def test_rebinding_between_redirects_is_checked_again(self):
        port = self.say(b"302 Found\r\nLocation: https://rebind.test/admin")
        self._resolve("127.0.0.1", "10.0.0.1")
        self.refused("refused_address", self.https(port))

    def test_redirects_to_what_is_not_public_are_refused(self):
        for target in (
            "https://169.254.169.254/latest/meta-data",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://10.1.2.3/",
        ):
            with self.subTest(target):
                head = f"302 Found\r\nLocation: {target}".encode()
                self.refused("refused_address", self.https(self.say(head)))

    def test_redirects_to_other_schemes_are_refused(self):
        for target in (
            "http://localhost/x", "file:///etc/passwd", "ftp://localhost/x",
            "gopher://localhost/", "https://user:word@localhost/x", "https://", "",
            "https://localhost:99999/", "https://[/",
        ):  # fmt: skip
            with self.subTest(target):
                head = f"301 Moved\r\nLocation: {target}".encode()
                self.refused("redirect", self.https(self.say(head)))

    def test_redirects_have_an_end(self):
        self.refused("redirect", self.https(self.say(b"307 On\r\nLocation: /again")))

    def test_credentials_stay_with_their_host(self):
        seen, own = [], []
        other = self.say(b"200 OK\r\nContent-Length: 2", b"ok", seen)
        head = f"302 Found\r\nLocation: https://localhost:{other}/x".encode()
        place = self.https(
            self.say(head, requests=own), username="u", headers=(("X-Shop", "seven"),)
        )
        fetched = self.fetch(place, secret=transport.Secret(password="hidden"))
        self.assertEqual(fetched.size, 2)
        self.assertIn(b"Authorization: Basic", own[0])
        self.assertIn(b"X-Shop: seven", own[0])
        self.assertNotIn(b"Authorization", seen[0])
        self.assertNotIn(b"seven", seen[0])

    def test_token_header_of_the_place(self):
        seen = []
        port = self.say(b"200 OK\r\nContent-Length: 0", requests=seen)
        place = self.https(port, token_header="X-Api-Key")
        self.fetch(place, secret=transport.Secret(token="abc"))
        self.assertIn(b"X-Api-Key: abc\r\n", seen[0])

    def test_headers_cannot_smuggle_a_second_request(self):
        for header in (("X", "a\r\nHost: b"), ("X: y", "a"), ("Host", "other")):
            self.refused("bad_place", self.https(1, headers=(header,)), self.policy())

    def test_an_endless_body_is_cut_at_the_limit(self):
        def talk(sock):
            read_request(sock)
            sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                sock.sendall(bytes(65536))

        policy = self.policy(max_bytes=300_000)
        self.refused("too_big", self.https(self.serve(talk)), policy)

    def test_a_declared_size_of_4_gb_is_refused_at_once(self):
        port = self.say(b"200 OK\r\nContent-Length: 4294967296")
        self.refused("too_big", self.https(port))

    def test_cut_in_the_middle(self):
        port = self.say(b"200 OK\r\nContent-Length: 1000", b"half")
        self.refused("connection", self.https(port))
        chunked = b"200 OK\r\nTransfer-Encoding: chunked"
        self.refused("connection", self.https(self.say(chunked, b"100\r\nhalf")))

    def test_cut_without_a_declared_size_is_noticed_by_tls(self):
        def talk(sock):
            read_request(sock)
            sock.sendall(b"HTTP/1.0 200 OK\r\n\r\nhalf")
            socket.socket(fileno=sock.detach()).close()  # no goodbye of TLS

        self.refused("connection", self.https(self.serve(talk)))

    def test_more_than_declared_is_not_read(self):
        port = self.say(b"200 OK\r\nContent-Length: 3", b"onetwo")
        self.fetch(self.https(port))
        self.assertEqual(self.taken(), b"one")

    def test_slow_drip_ends_with_the_time(self):
        def drip(sock):
            read_request(sock)
            sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while True:
                sock.sendall(b"x")
                time.sleep(0.1)

        def drip_head(sock):
            while True:
                sock.sendall(b"H")
                time.sleep(0.1)

        for talk in (drip, drip_head):
            began = time.monotonic()
            self.refused(
                "timeout", self.https(self.serve(talk)), self.policy(total_timeout=1)
            )
            self.assertLess(time.monotonic() - began, 5)

    def test_silence_ends_after_the_idle_time(self):
        place = self.https(self.serve(lambda sock: time.sleep(5)))
        self.refused("timeout", place, self.policy(idle_timeout=0.5))

    def test_statuses(self):
        for status, code in (
            (401, "login"), (403, "login"), (404, "not_found"), (410, "not_found"),
            (429, "busy"), (503, "busy"), (500, "server"), (206, "server"),
        ):  # fmt: skip
            with self.subTest(status):
                self.refused(code, self.https(self.say(b"%d x" % status)))

    def test_what_is_not_http(self):
        self.refused(
            "server", self.https(self.serve(answer(b"\0\1\2 garbage\r\n\r\n")))
        )

    def test_gzip_is_kept_as_it_is_and_other_encodings_are_refused(self):
        head = b"200 OK\r\nContent-Length: 3\r\nContent-Encoding: "
        self.fetch(self.https(self.say(head + b"gzip", b"\x1f\x8b\x08")))
        self.assertEqual(self.taken(), b"\x1f\x8b\x08")
        self.target += "2"
        self.refused("encoded", self.https(self.say(head + b"br", b"abc")))

    def test_names_from_outside_are_only_names(self):
        for told, name in (
            ('attachment; filename="stock.xlsx"', "stock.xlsx"),
            ('attachment; filename="../../etc/cron.d/x"', "items.csv"),
            ("attachment; filename*=UTF-8''a%00b%0Ac", "items.csv"),
            ("attachment; filename*=UTF-8''%E2%80%AEvsc.exe", "items.csv"),
        ):
            with self.subTest(told):
                head = b"200 OK\r\nContent-Length: 0\r\nContent-Disposition: "
                port = self.say(head + told.encode())
                self.assertEqual(self.fetch(self.https(port)).name, name)

    def test_query_is_sent_and_not_shown(self):
        seen = []
        port = self.say(b"200 OK\r\nContent-Length: 0", requests=seen)
        fetched = self.fetch(self.https(port, "/a b.csv?key=x y&z=ä"))
        self.assertIn(b"GET /a%20b.csv?key=x%20y&z=%C3%A4 HTTP/1.1\r\n", seen[0])
        self.assertNotIn("key", fetched.source)

    def test_stopped_by_who_watches(self):
        def progress(_done, _expected):
            raise KeyError("enough")

        self.refused("stopped", self.shop.https_place(), progress=progress)

    def test_http_only_where_allowed(self):
        place = transport.Place("http", "localhost", 1, "/x")
        self.refused("bad_place", place)
        with raw_server(
            answer(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        ) as port:
            place = transport.Place("http", "localhost", port, "/x")
            self.assertEqual(self.fetch(place, self.policy(allow_http=True)).size, 2)

    def test_less_than_declared_is_noticed_without_tls(self):
        text = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
        with raw_server(answer(text)) as port:
            place = transport.Place("http", "localhost", port, "/x")
            self.refused("connection", place, self.policy(allow_http=True))
