"""The rehearsal distributor's HTTPS: files, services and the page that controls it.

Everything needs the user and password (Basic) or the token (Bearer).
"""

import base64
import hmac
import json
import os
import shutil
import ssl
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from . import answers, control, moods

_MAX_BODY = 1024**2


class WebServer:
    """Serves until `close`.

    :param distributor: the `RehearsalDistributor` that is asked for everything
    :param str certificate: PEM file with key and certificate
    """

    def __init__(self, distributor, certificate, host, port=0):
        self._server = ThreadingHTTPServer((host, port), _Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._server.distributor = distributor
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        # The handshake is left to the thread of the connection.
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self._server.handle_error = lambda *_arguments: None  # clients may go away
        self.port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        ).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    timeout = 30
    server_version, sys_version = "Rehearsal", ""

    @property
    def _shop(self):
        return self.server.distributor

    def do_GET(self):
        path = urlsplit(self.path).path
        if not self._is_let_in():
            return
        if path.startswith("/files/"):
            self._file(unquote(path[len("/files/") :]))
        elif path in ("/", "/control"):
            self._say(
                200, control.page(self._shop.state, self._shop.names), "text/html"
            )
        elif path == "/api/stock":
            codes = dict(parse_qsl(urlsplit(self.path).query)).get("codes", "")
            self._service(json.dumps({"codes": codes.split(",")}), "json")
        else:
            self._say(404)

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _MAX_BODY:
            self._say(413)
            return
        body = self.rfile.read(int(length))
        if not self._is_let_in():
            return
        if self.path == "/api/stock":
            self._service(body, "json")
        elif self.path == "/soap":
            self._service(body, "soap")
        elif self.path == "/control":
            self._control(body)
        else:
            self._say(404)

    def log_message(self, *_arguments):
        """Nothing: a terminal full of requests helps nobody."""

    def _is_let_in(self):
        kind, _space, proof = self.headers.get("Authorization", "").partition(" ")
        pair = f"{self._shop.user}:{self._shop.password}".encode()
        right = {
            "basic": base64.b64encode(pair),
            "bearer": self._shop.token.encode(),
        }.get(kind.lower())
        if right and hmac.compare_digest(proof.encode(), right):
            return True
        self._say(401, headers={"WWW-Authenticate": 'Basic realm="rehearsal"'})
        return False

    def _file(self, name):
        if name not in self._shop.names:
            self._say(404)
            return
        with open(self._shop.path_of(name), "rb") as file:
            told = os.fstat(file.fileno())
            etag = f'"{told.st_mtime_ns:x}-{told.st_size:x}"'
            if self.headers.get("If-None-Match") == etag:
                self._say(304, headers={"ETag": etag})
                return
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(told.st_size))
            self.send_header("Last-Modified", formatdate(told.st_mtime, usegmt=True))
            self.send_header("ETag", etag)
            self.end_headers()
            shutil.copyfileobj(file, self.wfile, 256 * 1024)

    def _service(self, body, kind):
        shop = self._shop
        mood = shop.state["api_mood"]
        if mood == "slow":
            shop.wait()
        if mood == "dead":
            self.close_connection = True
            return
        if mood == "errors":
            self._say(500)
            return
        if mood == "garbage":
            self._say(200, moods.garbage(shop.seed), "application/json")
            return
        codes_of, answer_of, content = {
            "json": (answers.json_codes, answers.json_answer, "application/json"),
            "soap": (answers.soap_codes, answers.soap_answer, "text/xml"),
        }[kind]
        try:
            codes = codes_of(body)
        except answers.BadQuestion as problem:
            self._say(400, str(problem).encode(), "text/plain")
            return
        state = shop.state["revision"], shop.share
        self._say(200, answer_of(shop.seed, codes, *state), content)

    def _control(self, body):
        # A browser sends the password along for any page that posts here.
        origin = self.headers.get("Origin")
        if origin and urlsplit(origin).netloc != self.headers.get("Host"):
            self._say(403)
            return
        is_json = self.headers.get("Content-Type", "").startswith("application/json")
        try:
            fields = json.loads(body) if is_json else dict(parse_qsl(body.decode()))
            self._shop.misbehave(**control.wishes(dict(fields)))
        except (ValueError, TypeError) as problem:
            self._say(400, str(problem).encode(), "text/plain")
            return
        if is_json:
            self._say(200, json.dumps(self._shop.state).encode(), "application/json")
        else:
            self._say(303, headers={"Location": "/control"})

    def _say(self, status, body=b"", kind="text/plain", headers=None):
        self.send_response(status)
        if status != 304:
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
