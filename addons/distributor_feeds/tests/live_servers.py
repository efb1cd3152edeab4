"""Services on this machine that behave, and some that do not."""

import contextlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from odoo.addons.distributor_feeds.live import Service
from odoo.addons.distributor_feeds.transport import Policy

POLICY = Policy(allowed_hosts=("127.0.0.1", "localhost"), allow_http=True)

FIELDS = {"code": "sku", "quantity": "qty", "price": "price", "currency": "cur"}


def service(url, key=1, **changes):
    """A service that is asked for all items at once."""
    values = {
        "key": key,
        "name": f"Distributor {key}",
        "adapter": "json",
        "url": url,
        "secret": "s3cr3t-t0ken",
        "options": {
            "batch": 100,
            "query": {"sku": "{codes}"},
            "auth": "bearer",
            "rows": "items",
            "fields": FIELDS,
        },
    }
    return Service(**{**values, **changes})


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        length = int(self.headers.get("Content-Length", 0))
        self.body = self.rfile.read(length)
        self.server.seen.append(self)
        with contextlib.suppress(ConnectionError):
            self.server.answer(self)

    do_POST = do_GET

    def log_message(self, *_words):
        """Nothing: the tests look at what was seen."""

    def send(self, body, status=200, **headers):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @property
    def codes(self):
        return parse_qs(urlsplit(self.path).query)["sku"][0].split(",")


@contextlib.contextmanager
def http_service(answer, wrap=None):
    """A web server.

    :param answer: called with the handler of each request
    :param wrap: wraps the listening socket, for TLS
    :return: the server, with ``url`` and ``seen`` (handlers)
    """
    server = _Server(("127.0.0.1", 0), _Handler)
    if wrap:
        server.socket = wrap(server.socket)
    server.answer, server.seen = answer, []
    server.url = f"http{'s' * bool(wrap)}://127.0.0.1:{server.server_address[1]}/stock"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def stock(handler, seconds=0.0, quantity=7):
    """Answer properly after a while."""
    time.sleep(seconds)
    rows = [
        {"sku": code, "qty": quantity, "price": 2.5, "cur": "EUR"}
        for code in handler.codes
    ]
    handler.send({"items": rows})


@contextlib.contextmanager
def raw_service(behave):
    """A server of bytes: ``behave(connection)`` once the request is there, until the
    other side closes."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    ended = threading.Event()

    def serve(connection):
        with connection, contextlib.suppress(OSError):
            connection.settimeout(10)
            connection.recv(65536)
            behave(connection, ended)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                connection, _address = listener.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/stock"
    finally:
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def never(_connection, ended):
    """Accepts, and never answers."""
    ended.wait(10)
