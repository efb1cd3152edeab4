"""A file from a folder of this server, below a root that the administrator lists."""

import os
import stat
import time
from datetime import datetime, timezone

from . import names
from .errors import TransportError
from .place import Contact, Fetched

CHUNK = 1024 * 1024


def fetch(line, place, known, sink):
    """See `transport.fetch`."""
    folder, pattern = _open_folder(place, line.policy)
    try:
        entry, waiting = _pick(folder, pattern, place, known)
        source = names.shown(place.path, 500)
        if entry is None or names.same(entry, known):
            return Fetched(
                name=known.name,
                size=known.size,
                modified=known.modified,
                source=source,
                unchanged=True,
                waiting=waiting,
            )
        handle = _open_file(folder, entry.name, place)
    finally:
        os.close(folder)
    with open(handle, "rb", buffering=0) as file:
        before = _settled(file, line)
        sink.expect(before.st_size)
        while data := file.read(CHUNK):
            line.left()
            sink.write(data)
            if sink.size > before.st_size:  # a writer may be faster than we are
                break
        now = os.fstat(file.fileno())
        if sink.size != before.st_size or _mark(now) != _mark(before):
            raise names.changed_while_reading()
    return Fetched(
        name=entry.name, modified=_date(before), source=source, waiting=waiting
    )


def look(line, place):
    """See `transport.test_connection`."""
    folder, pattern = _open_folder(place, line.policy)
    try:
        found = names.matching(_entries(folder), pattern)
    finally:
        os.close(folder)
    if not found:
        raise names.not_found(place)
    return Contact(names=names.newest_first(found))


def _open_folder(place, policy):
    """Walk from an allowed root to the folder, following no link on the way.

    Links are resolved first; the walk makes sure that what was resolved is what is
    opened, whatever is renamed meanwhile.

    :return: file descriptor of the folder, and the last part of the path
    """
    path, name = os.path.split(place.path)
    names.split(place.path)
    real = os.path.realpath(path)
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    for root in map(os.path.realpath, policy.allowed_folders):
        if os.path.isabs(place.path) and os.path.commonpath([root, real]) == root:
            break
    else:
        raise TransportError(
            "refused_folder",
            "The folder of “%(path)s” is not one of those that the administrator allows"
            " for feeds.",
            path=names.shown(place.path),
        )
    try:
        folder = os.open(root, flags)
        for part in os.path.relpath(real, root).split(os.sep):
            above = folder
            try:
                folder = os.open(part, flags | os.O_NOFOLLOW, dir_fd=above)
            finally:
                os.close(above)
    except OSError as error:
        raise _unreadable(place, error) from None
    return folder, name


def _pick(folder, pattern, place, known):
    if names.is_pattern(pattern):
        found = names.matching(_entries(folder), pattern)
        return names.choose(found, place, known)
    try:
        told = os.stat(pattern, dir_fd=folder, follow_symlinks=False)
    except OSError as error:
        raise _unreadable(place, error) from None
    return names.Entry(pattern, told.st_size, _date(told)), 0


def _entries(folder):
    """Regular files only: no link, queue, device or folder."""
    with os.scandir(folder) as listing:
        for item in listing:
            try:
                if item.is_file(follow_symlinks=False):
                    told = item.stat(follow_symlinks=False)
                    yield names.Entry(item.name, told.st_size, _date(told))
            except FileNotFoundError:
                continue  # taken away since the listing began


def _open_file(folder, name, place):
    # Without O_NONBLOCK a named pipe would keep us waiting for its other end.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        handle = os.open(name, flags, dir_fd=folder)
    except OSError as error:
        raise _unreadable(place, error) from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise TransportError(
            "bad_name",
            "“%(name)s” is not an ordinary file.",
            name=names.shown(name),
        )
    return handle


def _settled(file, line):
    """Make sure that nobody is writing any more.

    :raise TransportError: ``growing``
    """
    first = os.fstat(file.fileno())
    quiet = time.time() - first.st_mtime
    if 0 <= quiet >= line.policy.settle:
        return first
    time.sleep(min(line.policy.settle, line.left()))
    if _mark(os.fstat(file.fileno())) == _mark(first):
        return first
    raise TransportError(
        "growing",
        "The file is still being written, so it was not taken. The next run takes it.",
    )


def _mark(told):
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns


def _date(told):
    return datetime.fromtimestamp(told.st_mtime_ns // 1000 / 1e6, timezone.utc)


def _unreadable(place, error):
    if isinstance(error, FileNotFoundError):
        return names.not_found(place)
    return TransportError(
        "refused_folder",
        "“%(path)s” cannot be read: %(reason)s. Links are not followed; the file must"
        " be readable for the server's user.",
        path=names.shown(place.path),
        reason=os.strerror(error.errno or 0),
    )
