"""One HTTP request and its response, bounded in bytes and in time."""

import functools
import http.client
import io
import re
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from ..transport import addresses
from ..transport.errors import TransportError
from .vocabulary import Trouble

HEADER_BYTES = 64 * 1024
_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\Z")
_REFUSALS = {401: "login", 403: "login", 407: "login", 404: "unknown"}


@dataclass(frozen=True)
class Response:
    """What a service sent.

    :param int status: between 200 and 299
    :param str content_type: without parameters, small letters
    :param bytes body: whole
    """

    status: int
    content_type: str
    body: bytes


class _Bounded(io.RawIOBase):
    """What is read from a socket: until a moment, and up to a number of bytes.

    A timeout of the socket holds for each read, so a server that sends one byte at a
    time would never meet it; what is left is set before each read.
    """

    def __init__(self, sock, until, most):
        super().__init__()
        self._sock, self._until, self._left = sock, until, most
        # Keeps the socket open until the response is read, though http.client closes
        # it as soon as it knows that no other response will follow.
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self):
        return True

    def readinto(self, buffer):
        self._sock.settimeout(left(self._until))
        count = self._raw.readinto(buffer)
        self._left -= count
        if self._left < 0:
            raise Trouble("size")
        return count

    def close(self):
        self._raw.close()
        return super().close()


class _Socket:
    """What `http.client` needs of a socket, with the bounds above."""

    def __init__(self, sock, until, most):
        self._sock, self._until, self._most = sock, until, most

    def sendall(self, data):
        self._sock.settimeout(left(self._until))
        self._sock.sendall(data)

    def makefile(self, _mode):
        # One per response, so each has the whole number of bytes.
        return io.BufferedReader(_Bounded(self._sock, self._until, self._most))

    def close(self):
        self._sock.close()


class Connection:
    """A connection to one service that several requests of a question use in turn.

    It is not kept for the next question: answers are remembered for a while, so the
    same service is rarely asked twice within the time a server keeps a connection, and
    a server that closed it meanwhile would cost a failure or a second try.

    :param service: `Service`
    :param policy: `transport.Policy`
    :param float until: moment of `time.monotonic` when everything ends
    """

    def __init__(self, service, policy, until):
        self._service, self._policy, self._until = service, policy, until
        self._target, self._http = None, None

    def send(self, request):
        """Send a request and read its response.

        :param request: `adapters.Request`
        :raise Trouble: anything but a response with status 2xx, whole
        :rtype: Response
        """
        try:
            return self._send(request)
        except Trouble:
            self.close()
            raise
        except TimeoutError:
            self.close()
            raise Trouble("timeout") from None
        except (OSError, http.client.HTTPException, ValueError):
            # Texts of these name addresses and headers, secrets among them.
            self.close()
            raise Trouble("connection") from None

    def close(self):
        if self._http:
            self._http.close()
            self._http = None

    def _send(self, request):
        scheme, host, port, path = _split(request.url)
        if scheme == "http" and not self._policy.allow_http:
            raise Trouble("address")
        if self._target != (scheme, host, port):
            self.close()
            self._target = scheme, host, port
        if self._http is None:
            self._http = http.client.HTTPConnection(host, port)
            self._http.auto_open = 0
        if self._http.sock is None:
            self._http.sock = self._dial(scheme, host, port)
        headers = {
            "Accept-Encoding": "identity",
            "User-Agent": "distributor-feeds",
            **_checked(request.headers),
        }
        self._http.request(request.method, path, body=request.body, headers=headers)
        return self._read(self._http.getresponse())

    def _read(self, response):
        status = response.status
        if 300 <= status < 400:
            raise Trouble("redirect")
        if not 200 <= status < 300:
            raise Trouble(_REFUSALS.get(status, "server"))
        if (response.length or 0) > self._service.max_bytes:
            raise Trouble("size")
        if response.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Trouble("content")
        body = response.read(self._service.max_bytes + 1)
        if len(body) > self._service.max_bytes:
            raise Trouble("size")
        if response.length:  # the connection ended before the body did
            raise Trouble("connection")
        response.close()
        return Response(status, response.headers.get_content_type(), body)

    def _dial(self, scheme, host, port):
        try:
            # No limit here: whoever waits for this thread does not wait for longer, and
            # as long as the name service hangs, the thread is to be counted.
            found = addresses.addresses_of(host, port, self._policy, None)
        except TransportError:
            raise Trouble("address") from None
        sock = self._connect(found)
        if scheme == "https":
            try:
                sock.settimeout(left(self._until))
                # An end without TLS's own goodbye is an error: it may be cut short.
                sock = _tls(self._policy.ca_file).wrap_socket(
                    sock, server_hostname=host, suppress_ragged_eofs=False
                )
            except Exception:
                sock.close()
                raise
        return _Socket(sock, self._until, self._service.max_bytes + HEADER_BYTES)

    def _connect(self, found):
        """The first of the checked addresses that takes a connection."""
        for family, kind, protocol, _name, address in found:
            remaining = left(self._until)
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(remaining)
                sock.connect(address)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                sock.close()
                continue
            return sock
        left(self._until)
        raise Trouble("connection")


def left(until):
    """Seconds left.

    :raise Trouble: ``timeout``
    """
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise Trouble("timeout")
    return seconds


@functools.lru_cache(maxsize=8)
def _tls(ca_file):
    """Reading the certificates takes as long as a quick answer: once per process."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def _split(url):
    """Scheme, host, port and the rest of an address.

    :raise Trouble: ``address``
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        host = addresses.clean_host(parts.hostname or "")
    except (ValueError, KeyError, TransportError):
        raise Trouble("address") from None
    if parts.username is not None:
        raise Trouble("address")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        path += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return parts.scheme, host, port, path


def _checked(headers):
    """:raise Trouble: ``adapter`` when a header cannot be sent"""
    for name, value in headers.items():
        if not _NAME.match(name) or not (value.isascii() and value.isprintable()):
            raise Trouble("adapter")
    return headers
