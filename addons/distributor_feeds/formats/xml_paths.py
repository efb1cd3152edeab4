"""XML by paths: one element is a record, the leaves in it are its cells.

``Items/Item`` finds records wherever an ``Item`` lies in an ``Items``; namespaces are
left out. A cell's column is the path from the record to the leaf: ``Price/Amount``,
``@code`` or ``Price/@currency``; what is there twice gets a number, as in
``Price (2)/Amount``.

The columns are the paths of all records, in the order of the alphabet: so an element
that only the last record has is not lost, and records do not change with their order.
To know them, the file is read twice.
"""

from lxml import etree

from .contract import FormatError, Limits, Options, too_many_columns
from .paths import Watched, open_paths, put, too_deep
from .source import Source
from .trouble import truncated

_CUT_OFF = {
    "ERR_TAG_NOT_FINISHED",
    "ERR_GT_REQUIRED",
}


def looks_like(head):
    """How likely this is XML, from 0 to 1."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if head.startswith(mark):
            head = head[: len(head) // 2 * 2].decode(encoding, "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<?xml"):
        return 0.8
    return 0.5 if head.startswith(b"<") and head[1:2].isalpha() else 0.0


def open_records(path, options=None, limits=None):
    """Read the records of an XML file.

    :param path: of the file, plain or packed
    :param Options options: ``record_path``; none: the path that has the most records
    :param Limits limits: none: the defaults
    :rtype: ~.rows.RowRecords
    :raises FormatError: ``entity``, ``depth``, ``corrupt``, ``truncated``, ``columns``,
        ``no_member`` (nothing at the path), and what reading raises
    """
    options, limits = options or Options(kind="xml"), limits or Limits()
    wanted = options.record_path or guess_path(path, options, limits)
    if not wanted:
        raise FormatError("empty", "The file holds no element that is there twice.")

    def read(source):
        return _records(source, wanted, options, limits)

    return open_paths(path, wanted, read, options, limits)


def _records(source, wanted, options, limits):
    """``{path of a leaf: text}`` of each element at a path."""
    steps = wanted.strip("/").split("/")
    watched = Watched(source.read)
    trail, record = [], None
    for event, element in _events(watched, options, limits):
        if event == "start":
            trail.append(_name(element))
            if record is None and trail[-len(steps) :] == steps:
                record = element
            continue
        trail.pop()
        if element is record:
            leaves = {}
            _flatten(element, "", leaves, limits)
            yield leaves
            record = None
        if record is None:
            _forget(element)
            watched.unused = 0


def _flatten(element, prefix, leaves, limits):
    # Reading the attributes of one element takes time that grows with their square.
    if len(element.attrib) > limits.max_columns:
        raise too_many_columns(len(element.attrib), limits)
    for name, value in element.attrib.items():
        put(leaves, f"{prefix}@{name.rpartition('}')[2]}", value, limits)
    text = (element.text or "").strip()
    if text or not (len(element) or element.attrib):
        put(leaves, prefix[:-1] or ".", text, limits)
    counts = {}
    for child in element:
        if child.tag is etree.Entity:
            raise _unknown_entity(child.sourceline)
        name = _name(child)
        counts[name] = count = counts.get(name, 0) + 1
        step = name if count == 1 else f"{name} ({count})"
        _flatten(child, f"{prefix}{step}/", leaves, limits)


def _forget(element):
    """Free an element and what came before it; its parents stay for the parser."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while element.getprevious() is not None:
        del parent[0]


def guess_path(path, options, limits, most=50_000):
    """The path of the elements that are there most often, and hold others.

    :param int most: how many elements are looked at
    :return: '' where no element is there twice
    """
    counts, parents = {}, set()
    with Source(path, options, limits) as source:
        trail = []
        try:
            watched = Watched(source.read)
            events = _events(watched, options, limits)
            for number, (event, element) in enumerate(events):
                watched.unused = 0
                if event == "start":
                    trail.append(_name(element))
                    at = tuple(trail)
                    counts[at] = counts.get(at, 0) + 1
                    parents.add(at[:-1])
                    if element.attrib:
                        parents.add(at)
                else:
                    trail.pop()
                    _forget(element)
                if number > most or len(counts) > 10_000:
                    break
        except FormatError as error:
            if error.code not in ("truncated", "corrupt"):
                raise
    best = {
        at: n for at, n in counts.items() if at in parents and n > 1 and len(at) > 1
    }
    if not best:
        return ""
    # The outermost of those that are there about as often: an item, not its price.
    top = max(best.values())
    often = [at for at, n in best.items() if n * 5 >= top]
    return "/".join(min(often, key=lambda at: (len(at), -best[at]))[-2:])


def _name(element):
    return element.tag.rpartition("}")[2]


def _events(watched, options, limits):
    """Start and end of each element.

    Entities are not looked up, nothing is fetched, and a document that declares an
    entity is refused.
    """
    events = etree.iterparse(
        watched,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        encoding=options.encoding or None,
    )
    depth, first = 0, True
    try:
        for event, element in events:
            if event == "start":
                depth += 1
                if first:
                    _refuse_entities(element)
                    first = False
                if depth > limits.max_depth:
                    raise too_deep(limits)
            else:
                depth -= 1
            yield event, element
    except etree.XMLSyntaxError as error:
        raise _syntax(error, events.error_log.last_error) from error
    except LookupError as error:
        raise FormatError(
            "encoding", "The file is written in an encoding that is not known."
        ) from error


def _refuse_entities(root):
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and (next(dtd.iterentities(), None) is not None):
        raise FormatError(
            "entity",
            "The file declares entities of its own. They are a way to attack the "
            "reader and no feed needs them: ask for a file without.",
        )


def _unknown_entity(line):
    return FormatError(
        "entity",
        f"Line {line} uses an entity that the file does not explain.",
        line=line,
    )


def _syntax(error, last):
    """:param last: entry of the parser's log: the error itself may say nothing"""
    kind, line, text = (
        (last.type_name, last.line, last.message) if last else ("", 0, str(error))
    )
    if kind in _CUT_OFF:
        return truncated()
    if "ENCODING" in kind or "INVALID_CHAR" in kind:
        return FormatError(
            "encoding",
            f"Line {line} has bytes that are no letters in the encoding the file "
            "says it is written in.",
            line=line,
        )
    if "ENTITY" in kind:
        return _unknown_entity(line)
    return FormatError(
        "corrupt",
        f"The file is not well-formed XML, see line {line}: {text[:200]}",
        line=line,
    )
