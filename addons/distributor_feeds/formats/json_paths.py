"""JSON by paths, and JSON lines: one object is a record, the values in it its cells.

``data.items`` finds the members of the list ``items`` in ``data``; ``products.*`` those
of an object, whose keys become the column ``@key``; no path at all finds the members of
a list that is the whole file, or objects that follow one another (JSON lines). A cell's
column is the path from the record to the value, as in ``price.amount`` or
``breaks.1.quantity``.

The columns are the paths of all records, in the order of the alphabet; see
:mod:`~.xml_paths` for the reason. The file is read twice.
"""

import re
from decimal import Decimal

import ijson

from .contract import FormatError, Limits, Options
from .paths import Watched, open_paths, put, too_deep
from .source import Source
from .text import utf8
from .trouble import corrupt, truncated

#: Python refuses to read these, and ijson does not notice that it did.
_LONG_NUMBER = re.compile(rb"[0-9]{1000}")


def looks_like(head):
    """How likely this is JSON, from 0 to 1."""
    head = head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf").lstrip()
    if head[:1] not in (b"{", b"["):
        return 0.0
    return 0.8 if head[1:].lstrip()[:1] in (b'"', b"{", b"[", b"}", b"]") else 0.3


def open_records(path, options=None, limits=None):
    """Read the records of a JSON file.

    :param path: of the file, plain or packed
    :param Options options: ``record_path``
    :param Limits limits: none: the defaults
    :rtype: ~.rows.RowRecords
    :raises FormatError: ``depth``, ``corrupt``, ``truncated``, ``columns``,
        ``no_member`` (nothing at the path), and what reading raises
    """
    options, limits = options or Options(kind="json"), limits or Limits()

    def read(source):
        return _records(source, options, limits)

    return open_paths(path, options.record_path, read, options, limits)


def guess_path(path, options, limits, most=50_000):
    """The path of the objects that are there most often.

    :param int most: how many events of the parser are looked at
    """
    lists, members, roots = {}, {}, 0
    with Source(path, options, limits) as source:
        trail = []
        try:
            events = _events(Watched(_pieces(source, options)), limits)
            for number, (event, value) in enumerate(events):
                if number > most:
                    break
                _step(trail, event, value)
                if event != "start_map":
                    continue
                above, at = trail[:-2], trail[-2] if len(trail) > 1 else None
                if at is None:
                    roots += 1
                elif all(isinstance(one, str) for one in above):
                    counts, last = (
                        (members, ["*"]) if isinstance(at, str) else (lists, [])
                    )
                    name = ".".join(above + last)
                    counts[name] = counts.get(name, 0) + 1
        except FormatError as error:
            if error.code not in ("truncated", "corrupt"):
                raise
    if roots > 1:
        return ""
    if lists:
        return max(lists, key=lists.get)
    best = max(members, key=members.get, default="")
    return best if members.get(best, 0) > 1 else ""


def _step(trail, event, value):
    """Keep track of the place: a key for an object, a number for a list."""
    if event == "map_key":
        trail[-1] = value
    elif event in ("end_map", "end_array"):
        trail.pop()
    else:
        if trail and isinstance(trail[-1], int):
            trail[-1] += 1
        if event == "start_map":
            trail.append("")
        elif event == "start_array":
            trail.append(0)


def _pieces(source, options):
    """A function that reads the text as UTF-8, whatever it is written in."""
    pieces = utf8(source, options, otherwise="utf-8")  # RFC 8259, 8.1
    rest = b""

    def read(size):
        nonlocal rest
        rest = rest or next(pieces, b"")
        data, rest = rest[:size], rest[size:]
        if _LONG_NUMBER.search(data):
            raise corrupt("a number in it has more than 1000 digits")
        return data

    return read


def _events(watched, limits):
    depth = 0
    try:
        for event, value in ijson.basic_parse(
            watched, multiple_values=True, buf_size=1 << 16
        ):
            if event in ("start_map", "start_array"):
                depth += 1
                if depth > limits.max_depth:
                    raise too_deep(limits)
            elif event in ("end_map", "end_array"):
                depth -= 1
            yield event, value
            watched.unused = 0 if depth < 1 else watched.unused
    except ijson.JSONError as error:
        if "premature" in str(error) or "Incomplete" in str(error):
            raise truncated() from error
        raise corrupt(f"it is not JSON ({_first_line(error)})") from error
    except ArithmeticError as error:
        raise corrupt(
            f"a number in it cannot be read ({_first_line(error)})"
        ) from error


def _first_line(error):
    text = error.args[0] if error.args else ""
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return " ".join(text.split("\n")[0].split())[:150]


def _records(source, options, limits):
    """``{path of a value: text}`` of each record."""
    wanted = [one for one in options.record_path.split(".") if one]
    is_members = wanted[-1:] == ["*"]
    above = wanted[:-1] if is_members else wanted
    watched = Watched(_pieces(source, options))
    trail, record, base = [], None, 0
    for event, value in _events(watched, limits):
        is_end = event in ("end_map", "end_array")
        opens = event in ("start_map", "start_array")
        _step(trail, event, value)
        if event == "map_key":
            continue
        if not is_end and record is None:
            at = trail[:-1] if opens else trail
            if _is_record(at, above, is_members, event, bool(wanted)):
                record, base = {}, len(at)
                if is_members:
                    record["@key"] = at[-1]
        if record is None:
            continue
        if not is_end and not opens:
            put(
                record, ".".join(map(str, trail[base:])) or ".", _as_text(value), limits
            )
        if not opens and len(trail) == base:
            yield record
            record = None
            watched.unused = 0


def _is_record(at, above, is_members, event, has_path):
    if not at:
        return not has_path and event != "start_array"
    if at[:-1] != above:
        return False
    return isinstance(at[-1], str) if is_members else isinstance(at[-1], int)


def _as_text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal) and abs(value.adjusted()) < 40:
        return format(value, "f")
    return str(value)
