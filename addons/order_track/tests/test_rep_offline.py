"""The sales rep's phone without a network, and in somebody else's hands."""

import json
import socket
import threading
import time
from contextlib import contextmanager, suppress

from odoo.tests import tagged
from odoo.tests.common import HOST, ChromeBrowser

from .rep_common import RepHttpCase


class Wire:
    """The network between the browser and the server, which can be cut.

    Chrome's own switch for being off line does not reach service workers.
    """

    def __init__(self, server_port):
        self._server_port = server_port
        self._is_cut = False
        self._open = []
        self._listener = socket.create_server((HOST, 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                near, _address = self._listener.accept()
            except OSError:
                return
            if self._is_cut:
                near.close()
                continue
            far = socket.create_connection((HOST, self._server_port))
            self._open += [near, far]
            for source, target in ((near, far), (far, near)):
                threading.Thread(
                    target=self._carry, args=(source, target), daemon=True
                ).start()

    def _carry(self, source, target):
        # whatever goes wrong with it, the wire is cut
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for end in (source, target):
            self._close(end)

    def _close(self, end):
        # the other side may have been faster
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()

    def cut(self):
        """No network from now on."""
        self._is_cut = True
        while self._open:
            self._close(self._open.pop())

    def mend(self):
        """There is a network again."""
        self._is_cut = False

    def remove(self):
        """Take the wire away."""
        self.cut()
        self._listener.close()


@tagged("post_install", "-at_install")
class TestRepOffline(RepHttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.late = self._late_order(self.harbor)
        self.foreign = self._late_order(self.bloom)
        self._follow_up(self.ada, order_id=self.late.id)
        self.late_name, self.foreign_name = self.late.name, self.foreign.name
        self.env.flush_all()

    @contextmanager
    def _phone(self):
        """A browser on a wire that can be cut."""
        wire = Wire(int(self.base_url().rsplit(":", 1)[1]))
        self.addCleanup(wire.remove)
        browser = ChromeBrowser(self)
        # what cannot be fetched is logged as an error; that is what is tested
        browser.error_checker = lambda message: False
        with self.allow_requests(browser=browser):
            self.browser, self.wire = browser, wire
            try:
                yield
            finally:
                browser.stop()
                self._wait_remaining_requests()

    def _open(self, path):
        self.browser.navigate_to(
            f"http://{HOST}:{self.wire.port}{path}", wait_stop=True
        )
        self._until("document.readyState === 'complete'")

    def _evaluate(self, script):
        answer = self.browser._websocket_request(
            "Runtime.evaluate",
            params={"expression": script, "awaitPromise": True, "returnByValue": True},
        )
        return answer["result"].get("value")

    def _until(self, script, seconds=30):
        """Wait until a script says true."""
        end = time.time() + seconds
        while time.time() < end:
            if self._evaluate(f"(async () => {{ return Boolean({script}) }})()"):
                return
            time.sleep(0.2)
        self.fail(f"never true: {script}")

    def _text(self):
        return self._evaluate("document.body.innerText")

    def _kept(self):
        """Paths of the pages that the browser keeps."""
        return json.loads(
            self._evaluate(
                """(async () => {
                    if (!(await caches.has('track-rep-pages'))) { return '[]'; }
                    const keys = await (await caches.open('track-rep-pages')).keys();
                    return JSON.stringify(keys.map((key) => new URL(key.url).pathname));
                })()"""
            )
        )

    def _log_in_phone(self, user):
        self.authenticate(user.login, user.login, browser=self.browser)
        self.cr.flush()
        self.cr.clear()

    def _fill(self):
        """Log in as Ada and wait until the phone keeps her lists."""
        self._log_in_phone(self.ada)
        self._open("/my/rep")
        self._until("navigator.serviceWorker.controller")
        self._until_kept("/my/rep/follow-ups")

    def _until_kept(self, path):
        self._until(
            "(await caches.has('track-rep-pages')) && "
            f"(await (await caches.open('track-rep-pages')).match('{path}'))"
        )

    def test_lists_are_read_without_network(self):
        with self._phone():
            self._fill()
            self._open(f"/my/rep/orders/{self.late.id}")
            self.assertIn(self.late_name, self._text())
            self.assertNotIn("You are off line", self._text())
            self._until_kept(f"/my/rep/orders/{self.late.id}")
            self._until_kept("/my/rep/follow-ups")
            self.wire.cut()
            for path, text in (
                ("/my/rep", "Late orders"),
                ("/my/rep/orders", self.late_name),
                ("/my/rep/orders?which=late", self.late_name),
                ("/my/rep/customers", "Harbor Offices"),
                (f"/my/rep/orders/{self.late.id}", "Call about fabric"),
            ):
                with self.subTest(path):
                    self._open(path)
                    shown = self._text()
                    self.assertIn(text, shown)
                    self.assertRegex(
                        shown, r"You are off line\. This list is from \d?\d:\d\d"
                    )
                    self.assertNotIn(self.foreign_name, shown)
            # nothing is lost silently
            self.assertIn(
                "a follow-up can be written when you are connected", self._text()
            )
            self.assertTrue(
                self._evaluate(
                    "[...document.querySelectorAll('form[method=post] button')]"
                    ".filter((node) => node.closest('.o_track_rep_page'))"
                    ".every((node) => node.matches(':disabled'))"
                )
            )
            self._open("/my/rep/customers?search=never+seen")
            self.assertIn("This page was not opened before", self._text())
            self.wire.mend()
            self._open("/my/rep/orders")
            self.assertNotIn("You are off line", self._text())
            self.assertIn(self.late_name, self._text())

    def test_nothing_is_kept_for_others(self):
        with self._phone():
            self._fill()
            self.assertIn("/my/rep/orders", self._kept())
            # another rep on the same phone
            self._log_in_phone(self.ben)
            self._open("/my/rep/orders")
            self._until(
                "(await (await (await caches.open('track-rep-pages'))"
                f".match('/my/rep/owner'))?.text()) === '{self.ben.id}'"
            )
            self.wire.cut()
            for path in ("/my/rep", "/my/rep/orders", "/my/rep/customers"):
                self._open(path)
                self.assertNotIn("Harbor", self._text())
                self.assertNotIn(self.late_name, self._text())

    def test_nothing_is_kept_after_logout(self):
        with self._phone():
            self._fill()
            self.assertTrue(self._kept())
            self._open("/web/session/logout?redirect=/web/login")
            self._until("!(await caches.has('track-rep-pages'))")
            self.wire.cut()
            self._open("/my/rep/orders")
            self.assertNotIn(self.late_name, self._text() or "")

    def test_a_customer_on_the_same_phone(self):
        with self._phone():
            self._fill()
            self._log_in_phone(self.harbor_user)
            self._open("/my/home")
            self._until("!(await caches.has('track-rep-pages'))")
            self.wire.cut()
            self._open("/my/rep/orders")
            self.assertNotIn(self.late_name, self._text() or "")
