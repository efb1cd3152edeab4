"""A file from a web server.

`http.client` and not a library on top of it: it takes no proxy, password file or
redirect from anywhere, so all that happens to an address is written here.

The bytes are kept as they are sent.  We ask for no encoding; a server that says
``gzip`` nevertheless (many do so for files that end in .gz) gives a gzip file, and
whoever reads it knows one by its first bytes.
"""

import base64
import http.client
import re
from datetime import timezone
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit

from . import addresses, names
from .errors import TransportError
from .line import tls_context
from .place import PORTS, Contact, Fetched

CHUNK = 256 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_OURS = {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\Z")


class _Plain(http.client.HTTPConnection):
    def __init__(self, line, host, port):
        super().__init__(host, port)
        self._line = line

    def connect(self):
        self.sock = self._line.dial(self.host, self.port)


class _Encrypted(_Plain):
    default_port = 443

    def __init__(self, line, host, port, context):
        super().__init__(line, host, port)
        self._tls = context

    def connect(self):  # pylint: disable=missing-return
        super().connect()
        # An end without TLS's own goodbye is an error: the file may have been cut.
        self.sock = self._tls.wrap_socket(
            self.sock, server_hostname=self.host, suppress_ragged_eofs=False
        )


def fetch(line, place, secret, known, sink):
    """See `transport.fetch`."""
    response, url = _ask(line, place, secret, known)
    source = _source(url)
    if response.status == 304:
        return Fetched(
            name=known.name,
            size=known.size,
            modified=known.modified,
            etag=known.etag,
            source=source,
            unchanged=True,
        )
    expected = response.length
    sink.expect(expected)
    while data := response.read(CHUNK):
        sink.write(data)
    if expected is not None and sink.size != expected:
        raise names.cut()
    return Fetched(
        name=_name(response, url),
        modified=_date(response.headers.get("Last-Modified")),
        etag=names.shown(response.headers.get("ETag", "")),
        source=source,
    )


def look(line, place, secret):
    """See `transport.test_connection`."""
    response, url = _ask(line, place, secret, None)
    return Contact(names=[_name(response, url)])


def _ask(line, place, secret, known):
    """Follow redirects to the response of the file.

    :return: the response, nothing of its body read, and its address split
    """
    url = home = _first(place)
    for _step in range(line.policy.max_redirects + 1):
        _check_scheme(url, line.policy)
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if _origin(url) == _origin(home):
            headers |= _own_headers(place, secret)
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        elif known and known.modified:
            headers["If-Modified-Since"] = format_datetime(
                known.modified.astimezone(timezone.utc), usegmt=True
            )
        response = _send(line, place, url, headers)
        if response.status not in _REDIRECTS:
            _check_answer(response, place, known)
            return response, url
        target = response.headers.get("Location", "")
        response.close()
        url = _next(url, target)
    raise TransportError(
        "redirect",
        "The server sent us from address to address more than %(limit)s times. Ask the"
        " distributor for the address of the file itself.",
        limit=line.policy.max_redirects,
    )


def _send(line, place, url, headers):
    scheme, host, port = _origin(url)
    if scheme == "https":
        context = tls_context(place, line.policy)
        connection = _Encrypted(line, host, port, context)
    else:
        connection = _Plain(line, host, port)
    target = quote(url.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if url.query:
        target += "?" + quote(url.query, safe="/%:@!$&'()*+,;=~-._?")
    connection.request("GET", target, headers=headers)
    return connection.getresponse()


def _first(place):
    host = addresses.clean_host(place.host)
    if ":" in host:
        host = f"[{host}]"
    path = place.path if place.path.startswith("/") else f"/{place.path}"
    return urlsplit(f"{place.scheme}://{host}:{place.real_port}{path}")


def _next(url, target):
    try:
        following = urlsplit(urljoin(url.geturl(), target))
        usable = bool(target and following.hostname and following.port != 0)
    except ValueError:
        usable = False
    if not usable or following.username is not None:
        raise TransportError(
            "redirect",
            "The server sent us on to an address that cannot be used. Ask the"
            " distributor for the address of the file itself.",
        )
    return following


def _check_scheme(url, policy):
    if url.scheme == "https" or (url.scheme == "http" and policy.allow_http):
        return
    if url.scheme == "http":
        raise TransportError(
            "redirect",
            "%(host)s wants to send the file unencrypted (http), which is not allowed"
            " here. Ask the distributor for an https address.",
            host=names.shown(url.hostname),
        )
    raise TransportError(
        "redirect",
        "The server sent us on to an address that is neither https nor http.",
    )


def _origin(url):
    host = addresses.clean_host(url.hostname)
    return url.scheme, host, url.port or PORTS[url.scheme]


def _own_headers(place, secret):
    """What only the place's own host is told."""
    headers = {}
    for name, value in place.headers:
        if name.lower() in _OURS or not _HEADER.match(name) or not _is_value(value):
            raise TransportError(
                "bad_place",
                "The header “%(name)s” cannot be sent. Use letters, digits and “-” for"
                " its name, and one line for its value.",
                name=names.shown(name),
            )
        headers[name] = value
    if secret.token:
        name = place.token_header
        bearer = "Bearer " if name.lower() == "authorization" else ""
        if not _HEADER.match(name) or not _is_value(secret.token):
            raise TransportError(
                "login", "The token holds signs that cannot be sent. Enter it again."
            )
        headers[name] = bearer + secret.token
    elif place.username:
        pair = f"{place.username}:{secret.password}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
    return headers


def _is_value(text):
    return text.isascii() and text.isprintable()


def _check_answer(response, place, known):
    """:raise TransportError: unless it is the file, or 304 to a question about it"""
    status = response.status
    if status == 304 and known and (known.etag or known.modified):
        return
    if status in (401, 403):
        raise TransportError(
            "login",
            "The server refused our user, password or token (%(status)s). Enter them"
            " again, or ask the distributor for access to this file.",
            status=status,
        )
    if status in (404, 410):
        raise names.not_found(place)
    if status in (429, 503):
        raise TransportError(
            "busy",
            "The server is busy or asks us to come less often (%(status)s). The next"
            " run tries again; fetch less often if this repeats.",
            status=status,
        )
    if status != 200:
        raise TransportError(
            "server",
            "The server answered with an error (%(status)s). Try again; if it lasts,"
            " ask the distributor.",
            status=status,
        )
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise TransportError(
            "encoded",
            "The server packed the file in a way we did not ask for (%(encoding)s). Ask"
            " the distributor for the plain file, a zip or a gz.",
            encoding=names.shown(encoding, 40),
        )


def _name(response, url):
    for name in (response.headers.get_filename(), url.path.rpartition("/")[2]):
        if name and names.is_safe(name):
            return name
    return "download"


def _date(text):
    try:
        date = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)


def _source(url):
    return names.shown(f"{url.scheme}://{url.netloc}{url.path}", 500)
