"""What XML and JSON have in common: records whose cells are found by their paths."""

from .contract import FormatError, column_names, too_many_columns
from .rows import RowRecords
from .source import Source

#: Of one record with all that is in it, before anything of it is used. As a tree it
#: takes up to 30 times as much.
_MAX_TREE = 4 << 20


class Watched:
    """A reader that refuses to go on when nothing is used of what it gave.

    Parsers keep what they were given until something is complete. Whoever uses it
    up sets ``unused`` to 0.

    :param read: function of a size that returns bytes
    """

    def __init__(self, read):
        self._read = read
        self.unused = 0

    def read(self, size):
        data = self._read(min(size, 1 << 16))
        self.unused += len(data)
        if self.unused > _MAX_TREE:
            raise FormatError(
                "line_too_long",
                f"More than {_MAX_TREE} bytes belong to one record. Check the path.",
                limit=_MAX_TREE,
            )
        return data


def put(record, name, value, limits):
    """Add a leaf to a record; what has a name already gets a number.

    :raises FormatError: ``columns``; here, as a million of one name would take hours
    """
    if len(record) >= limits.max_columns:
        raise too_many_columns(len(record) + 1, limits)
    unique, copy = name, 1
    while unique in record:
        copy += 1
        unique = f"{name} ({copy})"
    record[unique] = value


def too_deep(limits):
    return FormatError(
        "depth",
        f"The file is nested more than {limits.max_depth} deep.",
        limit=limits.max_depth,
    )


def open_paths(path, wanted, read, options, limits):
    """Read a file twice: once for the names of its leaves, once for the records.

    :param str wanted: the path to the records, for the message
    :param read: function of a Source that yields ``{path of a leaf: text}``
    :rtype: RowRecords
    :raises FormatError: ``no_member`` where there is no record, ``columns``
    """
    names, found = set(), 0
    with Source(path, options, limits) as source:
        for record in read(source):
            found += 1
            if not names.issuperset(record):
                names.update(record)
                column_names(list(names), limits)
    if not found:
        raise FormatError(
            "no_member",
            f"The file has no records at {wanted!r}. Choose another path to them.",
            path=wanted,
        )
    order = sorted(names)
    source = Source(path, options, limits)
    rows = ([record.get(name, "") for name in order] for record in read(source))
    return RowRecords(source, column_names(order, limits), rows, limits)
