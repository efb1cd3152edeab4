"""A file from an FTP server, plain or with TLS (RFC 959, 2428, 3659, 4217)."""

import ftplib
import re
from datetime import datetime, timezone

from . import addresses, names
from .errors import TransportError
from .ftp_client import Client, code_of, login_refused, wire
from .place import Contact, Fetched

CHUNK = 256 * 1024

#: Without dates in its listing, a server is asked for the date of each file.
MAX_ASKED = 500

_MAX_LISTING = 32 * 1024**2
_DATE = re.compile(r"(\d{14})(\.\d{1,6})?\d*\Z", re.ASCII)
_UNKNOWN_COMMAND = {"500", "501", "502", "504"}


def fetch(line, place, secret, known, sink):
    """See `transport.fetch`."""
    folder, pattern = names.split(place.path)
    with _entered(line, place, secret) as client, _meanings(place):
        entry, waiting = _pick(client, folder, pattern, place, known)
        source = names.shown(
            f"{place.scheme}://{client.host}/{place.path.lstrip('/')}", 500
        )
        if entry is None or names.same(entry, known):
            return Fetched(
                name=known.name,
                size=known.size,
                modified=known.modified,
                source=source,
                unchanged=True,
                waiting=waiting,
            )
        path = _join(folder, entry.name)
        sink.expect(entry.size)
        with client.transfercmd(f"RETR {wire(path)}") as data:
            while chunk := data.recv(CHUNK):
                sink.write(chunk)
        client.voidresp()
        if _stat(client, path)[1:] != entry[1:]:
            raise names.changed_while_reading()
        if entry.size is not None and entry.size != sink.size:
            raise names.cut()
    return Fetched(
        name=entry.name, modified=entry.modified, source=source, waiting=waiting
    )


def look(line, place, secret):
    """See `transport.test_connection`."""
    folder, pattern = names.split(place.path)
    with _entered(line, place, secret) as client, _meanings(place):
        if not names.is_pattern(pattern):
            return Contact(names=[_stat(client, place.path).name])
        found = names.matching(_entries(client, folder), pattern)
    if not found:
        raise names.not_found(place)
    return Contact(names=names.newest_first(found))


class _entered:
    """A client that is logged in, closed at the end."""

    def __init__(self, line, place, secret):
        self._client = Client(line, place, addresses.clean_host(place.host))
        self._place, self._secret = place, secret

    def __enter__(self):
        try:
            with _meanings(self._place):
                self._client.enter(self._place, self._secret)
        except BaseException:
            self._client.close()
            raise
        return self._client

    def __exit__(self, *_exception):
        self._client.close()


class _meanings:
    """Says what an answer of the server means for the person who set up the place."""

    def __init__(self, place):
        self._place = place

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _traceback):
        if not isinstance(error, ftplib.Error):
            return
        code = code_of(error)
        if code == "550":
            raise names.not_found(self._place) from None
        if code in ("530", "532"):
            raise login_refused(code) from None
        if code in ("426", "451"):
            raise names.cut() from None
        if code[:1] == "4":
            raise TransportError(
                "busy",
                "The server is busy or asks us to come later (%(code)s). The next run"
                " tries again.",
                code=code,
            ) from None
        raise TransportError(
            "server",
            "The server's answer is not what FTP expects (%(code)s). Look at host and"
            " port, and whether it is FTP, FTPS or SFTP.",
            code=code or "-",
        ) from None


def _pick(client, folder, pattern, place, known):
    if names.is_pattern(pattern):
        found = names.matching(_entries(client, folder), pattern)
        entry, waiting = names.choose(found, place, known)
        if entry is None:
            return None, 0
        # Some servers round dates in listings: what is compared later is asked once.
        return _stat(client, _join(folder, entry.name)), waiting
    return _stat(client, place.path), 0


def _entries(client, folder):
    """Files of a folder, with dates where the server tells any."""
    try:
        lines = list(_lines(client, f"MLSD {wire(folder)}".rstrip()))
    except ftplib.error_perm as error:
        if code_of(error) not in _UNKNOWN_COMMAND:
            raise
        yield from _undated(client, folder)
        return
    for line in lines:
        facts, _space, name = line.partition(" ")
        kind, size, modified = _facts(facts)
        if kind == "file":
            yield names.Entry(name, size, modified)


def _undated(client, folder):
    """Files of a server that lists names only: it is asked for each date."""
    try:
        lines = list(_lines(client, f"NLST {wire(folder)}".rstrip()))
    except (ftplib.error_perm, ftplib.error_temp) as error:
        if code_of(error) not in ("450", "550"):  # how many say “no files”
            raise
        return
    found = [line.rpartition("/")[2] for line in lines]
    if len(found) > MAX_ASKED:
        raise TransportError(
            "too_many_names",
            "The folder holds more than %(limit)s names and the server does not tell"
            " their dates. Ask for a folder of its own for these files, or name one"
            " file.",
            limit=MAX_ASKED,
        )
    for name in filter(names.is_safe, found):
        try:
            yield _ask(client, _join(folder, name), name)
        except ftplib.error_perm:
            continue  # a folder


def _lines(client, command):
    data = b""
    with client.transfercmd(command) as listing:
        parts = []
        while chunk := listing.recv(CHUNK):
            parts.append(chunk)
            if sum(map(len, parts)) > _MAX_LISTING:
                raise TransportError(
                    "too_many_names",
                    "The folder's listing is too long. Ask for a folder of its own for"
                    " these files.",
                )
        data = b"".join(parts)
    client.voidresp()
    for line in data.split(b"\n"):
        if text := line.rstrip(b"\r").decode("utf-8", "surrogateescape"):
            yield text


def _stat(client, path):
    """Size and date of one file as the server tells them.

    :raise TransportError: ``bad_name`` for a folder
    :rtype: names.Entry
    """
    name = path.rpartition("/")[2]
    try:
        answer = client.sendcmd(f"MLST {wire(path)}")
    except ftplib.error_perm as error:
        if code_of(error) not in _UNKNOWN_COMMAND:
            raise
        return _ask(client, path, name)
    kind, size, modified = None, None, None
    for line in answer.split("\n")[1:2]:
        kind, size, modified = _facts(line.strip().partition(" ")[0])
    if kind in ("dir", "cdir", "pdir"):
        raise TransportError(
            "bad_name",
            "“%(name)s” is a folder. Name a file, or a pattern such as *.csv.",
            name=names.shown(name),
        )
    return names.Entry(name, size, modified)


def _ask(client, path, name):
    size = modified = None
    try:
        size = _number(client.sendcmd(f"SIZE {wire(path)}")[4:])
        modified = _date(client.sendcmd(f"MDTM {wire(path)}")[4:].strip())
    except ftplib.error_perm as error:
        if code_of(error) not in _UNKNOWN_COMMAND:
            raise
    return names.Entry(name, size, modified)


def _facts(text):
    """Type, size and date out of the facts of RFC 3659 7.2."""
    facts = dict(part.lower().partition("=")[::2] for part in text.split(";"))
    return facts.get("type"), _number(facts.get("size")), _date(facts.get("modify"))


def _number(text):
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _date(text):
    if not (match := _DATE.match(text or "")):
        return None
    try:
        date = datetime.strptime(match[1], "%Y%m%d%H%M%S")
    except ValueError:
        return None
    fraction = int((match[2] or ".0")[1:].ljust(6, "0"))
    return date.replace(microsecond=fraction, tzinfo=timezone.utc)


def _join(folder, name):
    return f"{folder.rstrip('/')}/{name}" if folder else name
