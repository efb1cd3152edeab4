"""File names: which are safe, which match, which is taken."""

import fnmatch
import re
import unicodedata
from datetime import datetime, timezone
from typing import NamedTuple

from .errors import TransportError

#: Entries of a folder that are looked at.
MAX_NAMES = 100_000

#: Names that a test of the connection shows.
SHOWN = 20

_MAX_LENGTH = 255
_GLOB = re.compile(r"[*?\[]")
_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)


class Entry(NamedTuple):
    """A file in a listing; ``size`` and ``modified`` may be None."""

    name: str
    size: int | None = None
    modified: datetime | None = None


def is_safe(name):
    """Whether a name from outside is only a name: no way to another folder, no control
    or invisible character, no bytes that were not text.

    :rtype: bool
    """
    return (
        0 < len(name) <= _MAX_LENGTH
        and name not in (".", "..")
        and not any(
            sign in "/\\"
            or unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")
            for sign in name
        )
    )


def shown(text, limit=200):
    """One harmless line of a text from outside.

    :rtype: str
    """
    line = "".join(
        sign if unicodedata.category(sign)[0] != "C" else " " for sign in str(text)
    )
    return " ".join(line.split())[:limit]


def split(path):
    """Folder and last part of a remote path.

    :raise TransportError: ``bad_name`` for an empty last part, ``..``, or control signs
    :return: ``(folder, name)``; the folder is empty for a name alone
    :rtype: tuple[str, str]
    """
    folder, _slash, name = path.rpartition("/")
    parts = [part for part in folder.split("/") if part]
    if not all(map(is_safe, [*parts, name])):
        raise TransportError(
            "bad_name",
            "“%(path)s” is not the path of a file. Write folders and a file name with"
            " “/” between them, without “..”.",
            path=shown(path),
        )
    return ("/" if path.startswith("/") else "") + "/".join(parts), name


def is_pattern(name):
    return bool(_GLOB.search(name))


def matching(entries, pattern):
    """The entries whose name is safe and matches; hidden ones only if asked for.

    :param entries: iterable of `Entry`, of any length
    :param str pattern: with ``*``, ``?``, ``[…]``; capitals count
    :raise TransportError: ``too_many_names``
    :rtype: list[Entry]
    """
    fits = re.compile(fnmatch.translate(pattern)).match
    hidden = pattern.startswith(".")
    found = []
    for count, entry in enumerate(entries):
        if count >= MAX_NAMES:
            raise TransportError(
                "too_many_names",
                "The folder holds more than %(limit)s names. Ask for a folder of its"
                " own for these files, or have old ones removed.",
                limit=MAX_NAMES,
            )
        if (
            fits(entry.name)
            and is_safe(entry.name)
            and (hidden or not entry.name.startswith("."))
        ):
            found.append(entry)
    return found


def _age(entry):
    return (entry.modified or _LONG_AGO, entry.name)


def choose(found, place, known):
    """Which of the matches is taken.

    :param list found: of `Entry`
    :param Place place: ``each``: the oldest that is newer than the one known; else the
        newest.  Of equal dates, or without dates, the name decides
    :param Known known: the file taken last, or None
    :raise TransportError: ``not_found`` where nothing matches
    :return: `Entry` or None where there is no newer one, and how many wait behind it
    :rtype: tuple
    """
    if not found:
        raise not_found(place)
    if not place.each:
        return max(found, key=_age), 0
    if known and known.name:
        found = [entry for entry in found if _age(entry) > _age(known)]
    if not found:
        return None, 0
    return min(found, key=_age), len(found) - 1


def newest_first(found):
    """Names for a person, the newest first.

    :rtype: list[str]
    """
    return [entry.name for entry in sorted(found, key=_age, reverse=True)][:SHOWN]


def same(entry, known):
    """Whether name, size and date are those of the file taken last, all of them known.

    :rtype: bool
    """
    return bool(
        known
        and entry.modified
        and entry.size is not None
        and (entry.name, entry.size, entry.modified)
        == (known.name, known.size, known.modified)
    )


def not_found(place):
    return TransportError(
        "not_found",
        "There is no file “%(path)s”. Look at the path, or ask the distributor when the"
        " file will be there.",
        path=shown(place.path.partition("?")[0] if is_web(place) else place.path),
    )


def changed_while_reading():
    return TransportError(
        "changed_while_reading",
        "The file was changed while it was read, so it was not taken. The next run"
        " takes it.",
    )


def cut():
    return TransportError(
        "connection",
        "The connection ended before the file was whole, so it was not taken. The next"
        " run tries again.",
    )


def is_web(place):
    return place.scheme in ("https", "http")
