"""A file from an SFTP server whose host key is pinned."""

import stat
from datetime import datetime, timezone

import paramiko
from paramiko.sftp import CMD_CLOSE, CMD_OPENDIR, CMD_READDIR

from . import names
from .errors import TransportError
from .place import Contact, Fetched
from .ssh import connect, log_in

#: Asked for at once, and the size of one piece of it.
WINDOW, PIECE = 4 * 1024**2, 32 * 1024


class _Client(paramiko.SFTPClient):
    def entries(self, folder):
        """Regular files of a folder.

        Unlike ``listdir_iter`` it survives names that are not UTF-8, and it tells the
        end of the list from the end of the connection.
        """
        _kind, answer = self._request(CMD_OPENDIR, (folder or ".").encode())
        handle = answer.get_string()
        while True:
            try:
                _kind, answer = self._request(CMD_READDIR, handle)
            except EOFError:
                self._request(CMD_CLOSE, handle)  # fails if the connection is gone
                return
            for _item in range(answer.get_int()):
                name = answer.get_string().decode("utf-8", "surrogateescape")
                answer.get_string()
                told = paramiko.SFTPAttributes._from_msg(answer)
                if stat.S_ISREG(told.st_mode or 0):
                    yield _entry(name, told)
                else:
                    yield names.Entry("")  # counts as a name, and never matches


def fetch(line, place, secret, known, sink):
    """See `transport.fetch`."""
    folder, pattern = names.split(place.path)
    transport, _key, pinned = connect(line, place)
    with transport:
        if not pinned:
            raise TransportError(
                "host_key",
                "No host key is pinned for this place. Test the connection, compare the"
                " key it shows with the one the distributor tells, and pin it.",
            )
        client = log_in(transport, line, place, secret, _Client)
        try:
            return _take(client, folder, pattern, place, known, sink)
        except (OSError, EOFError, paramiko.SSHException) as error:
            raise _meaning(error, place, transport) from None


def look(line, place, secret):
    """See `transport.test_connection`."""
    folder, pattern = names.split(place.path)
    transport, key, pinned = connect(line, place)
    contact = Contact(
        host_key=key.fingerprint,
        host_key_line=f"{key.get_name()} {key.get_base64()}",
        pinned=pinned,
    )
    with transport:
        if not pinned:
            return contact
        client = log_in(transport, line, place, secret, _Client)
        try:
            if names.is_pattern(pattern):
                found = names.matching(client.entries(folder), pattern)
            else:
                found = [_stat(client, place.path)]
        except (OSError, EOFError, paramiko.SSHException) as error:
            raise _meaning(error, place, transport) from None
    if not found:
        raise names.not_found(place)
    contact.names = names.newest_first(found)
    return contact


def _take(client, folder, pattern, place, known, sink):
    if names.is_pattern(pattern):
        found = names.matching(client.entries(folder), pattern)
        entry, waiting = names.choose(found, place, known)
    else:
        entry, waiting = _stat(client, place.path), 0
    source = names.shown(f"sftp://{place.host}/{place.path.lstrip('/')}", 500)
    if entry is None or names.same(entry, known):
        return Fetched(
            name=known.name,
            size=known.size,
            modified=known.modified,
            source=source,
            unchanged=True,
            waiting=waiting,
        )
    path = f"{folder.rstrip('/')}/{entry.name}" if folder else entry.name
    sink.expect(entry.size)
    with client.open(path, "rb", bufsize=0) as file:
        _read(file, entry.size, sink)
    after = _stat(client, path)
    if after != entry or entry.size not in (None, sink.size):
        raise names.changed_while_reading()
    return Fetched(
        name=entry.name, modified=entry.modified, source=source, waiting=waiting
    )


def _read(file, size, sink):
    """Read what the server said there is, much at a time, and see that no more comes.

    :param int size: None if the server does not know: then to the end
    """
    for start in range(0, size or 0, WINDOW):
        end = min(start + WINDOW, size)
        pieces = [
            (offset, min(PIECE, end - offset)) for offset in range(start, end, PIECE)
        ]
        for (_offset, length), data in zip(pieces, file.readv(pieces), strict=True):
            # paramiko takes any end for the end of the file, and then waits for ever
            if len(data) < length:
                raise EOFError
            sink.write(data)
    file.seek(sink.size)
    while data := file.read(PIECE):
        if size is not None:
            raise names.changed_while_reading()
        sink.write(data)


def _stat(client, path):
    """Size and date of a file.

    :raise TransportError: ``bad_name`` for a folder, a queue or a device
    """
    told = client.stat(path)
    name = path.rpartition("/")[2]
    if told.st_mode is not None and not stat.S_ISREG(told.st_mode):
        raise TransportError(
            "bad_name",
            "“%(name)s” is not an ordinary file. Name a file, or a pattern such as"
            " *.csv.",
            name=names.shown(name),
        )
    return _entry(name, told)


def _entry(name, told):
    date = told.st_mtime
    if date is not None:
        date = datetime.fromtimestamp(date, timezone.utc)
    return names.Entry(name, told.st_size, date)


def _meaning(error, place, transport):
    if isinstance(error, TimeoutError):
        return error
    if isinstance(error, FileNotFoundError):
        return names.not_found(place)
    if isinstance(error, PermissionError):
        return TransportError(
            "login",
            "Our user may not read “%(path)s”. Ask the distributor for the right.",
            path=names.shown(place.path),
        )
    if isinstance(error, EOFError) and transport.is_active():
        return names.changed_while_reading()  # there is less than there was
    if type(error) is OSError and transport.is_active():
        return TransportError(
            "server",
            "The server could not give the file. Try again; if it lasts, ask the"
            " distributor.",
        )
    return names.cut()
