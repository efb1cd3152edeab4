import base64
import io
import logging
import sys
import traceback

from odoo.addons.distributor_feeds import transport
from odoo.addons.distributor_feeds.transport import ssh

from .common_transport import TransportCase
from .transport_servers import FTP_ANSWERS, answer, ftp_talk, raw_server, server_tls

WORD = "Gr0ssesGeheimnis-4711"
TOKEN = "token-abcdef-0815"


class TestSecrets(TransportCase):
    """Nothing that a log, a screen or an error tracker sees holds a secret."""

    def setUp(self):
        super().setUp()
        self.secret = transport.Secret(password=WORD, token="")
        self.log = io.StringIO()
        handler = logging.StreamHandler(self.log)
        loggers = [logging.getLogger(name) for name in ("", "paramiko", ssh.LOG)]
        loggers.append(logging.getLogger("odoo.addons.distributor_feeds"))
        for logger in loggers:
            level = logger.level
            logger.addHandler(handler)
            logger.setLevel(1)
            self.addCleanup(logger.setLevel, level)
            self.addCleanup(logger.removeHandler, handler)

    def told(self, place, secret=None, **options):
        """All that can be seen of a failed fetch, with the variables of each frame."""
        try:
            transport.fetch(
                place, secret or self.secret, self.policy(), self.target, **options
            )
        except transport.TransportError as error:
            self.assertIsNone(error.__cause__)
            self.assertIsNone(error.__context__)
            shown = traceback.TracebackException(*sys.exc_info(), capture_locals=True)
            return "".join(
                [*shown.format(), repr(error), repr(vars(error)), self.log.getvalue()]
            )
        self.fail("it was fetched")

    def assert_clean(self, text):
        pair = base64.b64encode(f"me:{WORD}".encode()).decode()
        for hidden in (WORD, TOKEN, pair, WORD[:12], "PRIVATE KEY"):
            self.assertNotIn(hidden, text)

    def test_refused_logins(self):
        for place in (
            self.shop.https_place(), self.shop.ftp_place(), self.shop.ftps_place(),
            self.shop.sftp_place(),
        ):  # fmt: skip
            self.assert_clean(self.told(transport.Place(**place)))

    def test_refused_token_and_key(self):
        place = transport.Place(**{**self.shop.https_place(), "username": ""})
        self.assert_clean(self.told(place, transport.Secret(token=TOKEN)))
        self.assert_clean(self.told(place, transport.Secret(token=f"{TOKEN}\n")))
        key = f"-----BEGIN OPENSSH PRIVATE KEY-----\n{WORD}\n-----END"
        place = transport.Place(**self.shop.sftp_place())
        self.assert_clean(self.told(place, transport.Secret(WORD, key)))

    def test_servers_that_repeat_what_they_are_told(self):
        def echo(sock):
            request = sock.recv(65536)
            sock.sendall(
                b"HTTP/1.1 500 " + request.replace(b"\r\n", b" ") + b"\r\n\r\n"
            )

        def redirect(sock):
            value = base64.b64encode(f"me:{WORD}".encode())
            talk = answer(b"HTTP/1.1 302 x\r\nLocation: ftp://x/" + value + b"\r\n\r\n")
            talk(sock)

        tls = server_tls(self.shop.keys["server.pem"])
        for talk in (echo, redirect):
            with raw_server(talk, tls) as port:
                place = transport.Place("https", "localhost", port, "/x", "me")
                self.assert_clean(self.told(place))
        told = {"PASS": b"530 not " + WORD.encode() + b"\r\n"}
        for answers in (told, {"PASS": b"230 ok\r\n", "TYPE": told["PASS"]}):
            with raw_server(ftp_talk({**FTP_ANSWERS, **answers})) as port:
                place = transport.Place("ftp", "localhost", port, "a.csv", "me")
                self.assert_clean(self.told(place))

    def test_what_nobody_thought_of(self):
        # A place out of an old record may hold anything: the error is still clean.
        place = transport.Place("ftp", "localhost", 1, 7, "me")
        text = self.told(place)
        self.assertIn("unexpected", text)
        self.assert_clean(text)

    def test_a_good_fetch_logs_nothing_secret(self):
        self.secret = transport.Secret(password=self.shop.password)
        for place in (
            self.shop.https_place(), self.shop.ftp_place(), self.shop.sftp_place(),
        ):  # fmt: skip
            fetched = self.fetch(place)
            hidden = f":{self.shop.password}"
            self.assertNotIn(hidden, repr(fetched) + self.log.getvalue())
