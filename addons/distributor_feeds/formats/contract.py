"""What every reader of a format keeps to, and what the loader may rely on."""

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields

#: Stands for a line break inside of a record, so that a record stays one line.
BREAK = "\x1e"
#: Joins the cells of a record whose format has no delimiter of its own.
JOIN = "\x1f"
#: ASCII's own "substitute": stands where a character was that a record must not hold.
SUBSTITUTE = "\x1a"

KINDS = ("delimited", "sheet", "xml", "json", "x12", "edifact", "ubl", "bmecat")
#: Codecs of Python that are no encodings of files.
_NO_FILES = {"idna", "punycode", "undefined", "utf-7"}
#: What no name holds: a database refuses it, and nobody could type it.
_NO_NAMES = dict.fromkeys([*range(32), 127, *range(0xD800, 0xE000)], " ")


class FormatError(Exception):
    """A file that is not read, or options that cannot be followed.

    :param str code: stable name of the reason, in snake_case
    :param str message: for a person: what is wrong and what to do
    :param details: figures and names behind it, JSON-able
    """

    def __init__(self, code, message, **details):
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details


@dataclass(frozen=True)
class Limits:
    """How much of a file is read before it is refused. Sizes are in bytes."""

    max_bytes: int = 1 << 30  # of the file as it came
    max_unpacked: int = 4 << 30  # of what a gz or zip unpacks to
    max_ratio: int = 200  # unpacked : packed; looked at from `ratio_floor` on
    ratio_floor: int = 16 << 20
    max_record: int = 64 << 10  # of one record, and of one line
    max_columns: int = 500
    max_rows: int = 20_000_000
    max_depth: int = 50  # of XML and JSON
    max_seconds: float = 3600.0  # from opening to the last byte
    max_memory: int = 2 << 30  # of the process that reads a workbook


@dataclass(frozen=True)
class Options:
    """How one distributor's files are to be read; what a profile keeps.

    :raises FormatError: code ``options``, with a message for the person who typed it
    """

    kind: str = "delimited"  # one of KINDS
    encoding: str = ""  # a name Python knows; '' looks at the beginning of the file
    delimiter: str = ","  # one character, or several where `quote` is ''
    quote: str = '"'  # one character; '' where nothing is quoted
    skip_space: bool = False  # blanks between the delimiter and a quote mean nothing
    header: bool = True  # the first record names the columns
    skip_rows: int = 0  # lines (rows of a sheet) above the header
    sheet: str = ""  # name of the sheet; '' is the first
    record_path: str = ""  # XML: 'Items/Item', JSON: 'data.items'; '' guesses
    member: str = ""  # which file of a zip, as in '*stock*.csv'; '' is the only one

    def __post_init__(self):
        for one in fields(self):
            if type(getattr(self, one.name)) is not one.type:
                raise FormatError(
                    "options", f"{one.name} must be {one.type.__name__}.", name=one.name
                )
        if self.kind not in KINDS:
            raise FormatError(
                "options", f"The format is one of {', '.join(KINDS)}.", name="kind"
            )
        if self.skip_rows < 0:
            raise FormatError(
                "options", "Rows to skip: give 0 or more.", name="skip_rows"
            )
        self._check_encoding()
        self._check_delimiter()

    def _check_encoding(self):
        if not self.encoding:
            return
        try:
            name = codecs.lookup(self.encoding).name
            "".encode(name)  # refuses what does not turn text into bytes
        except (LookupError, ValueError) as error:
            raise FormatError(
                "options",
                f"The encoding {self.encoding!r} is not known. "
                "Usual ones are utf-8, cp1252, utf-16.",
                name="encoding",
            ) from error
        if name in _NO_FILES or "escape" in name:
            raise FormatError(
                "options",
                f"{self.encoding!r} is not an encoding of files.",
                name="encoding",
            )

    def _check_delimiter(self):
        if len(self.quote) > 1:
            raise FormatError(
                "options", "The quote is one character, or none.", name="quote"
            )
        if not 1 <= len(self.delimiter) <= (1 if self.quote else 8):
            raise FormatError(
                "options",
                "The delimiter is one character. It may be longer (up to 8) "
                "only where the quote is left empty.",
                name="delimiter",
            )
        both = self.delimiter + self.quote
        if any(one in both for one in "\r\n\0\1\2" + BREAK + SUBSTITUTE):
            raise FormatError(
                "options",
                "A line break cannot be a delimiter or a quote.",
                name="delimiter",
            )
        if not both.isascii() and any("\ud800" <= one <= "\udfff" for one in both):
            raise FormatError(
                "options", "The delimiter is not a character.", name="delimiter"
            )
        if self.quote and self.quote in self.delimiter + " ":
            raise FormatError(
                "options",
                "The quote must differ from the delimiter and from a blank.",
                name="quote",
            )

    def to_dict(self):
        """What differs from the defaults, for JSON."""
        plain = Options()
        return {
            name: value
            for name, value in asdict(self).items()
            if value != getattr(plain, name) or name == "kind"
        }

    @classmethod
    def from_dict(cls, values):
        """The reverse of :meth:`to_dict`.

        :raises FormatError: code ``options``, also for a name that is not known
        """
        if not isinstance(values, dict):
            raise FormatError("options", "The options must be a JSON object.")
        known = {one.name for one in fields(cls)}
        if strange := sorted(map(str, set(values) - known)):
            raise FormatError(
                "options", f"These options are not known: {', '.join(strange)}."
            )
        return cls(**values)


class Records:
    """The records of one open file; a context manager that closes it.

    ``columns``
        names of the columns: stripped, none empty, no two alike.
    ``first_line``
        number (from 1) of the line, row or record that is the first record.
        The n-th record staged (from 0) is reported as ``first_line + n``. That is the
        line of the file unless blank lines or records of several lines come before it.
    ``encoding``
        what the text looks like, see :func:`~.text.family`; empty where nothing tells
        or the format itself says it.
    """

    columns: list[str]
    first_line: int = 1
    encoding: str = ""

    def __init__(self, source):
        """:param source: the :class:`~.source.Source` that is read and closed"""
        self._source = source

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self._source.close()

    @property
    def read_bytes(self):
        """How much of the file (as it came, packed) has been read."""
        return self._source.read_bytes

    @property
    def total_bytes(self):
        """Size of the file as it came."""
        return self._source.total_bytes

    def batches(self) -> Iterator[bytes]:
        r"""Whole records, about 1 MB at a time; may be asked for once.

        One record per line, UTF-8, each ended by ``\n`` and by nothing else. Never
        holds ``\x00``, ``\x01`` or ``\x02``. A line break inside of a record is
        ``\x1e``.

        :raises FormatError: also after some batches: what came before must not be used
        """
        raise NotImplementedError

    def split(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """Cells of records that came out of :meth:`batches`, without the line end.

        One list per line, in order. A line that cannot be split gives a list that is
        not as long as ``columns``; it never takes anything from the next line.
        """
        raise NotImplementedError


@dataclass
class Guess:
    """What a sample file looks like."""

    options: Options
    columns: list[str]
    sample: list[list[str]]  # the first 20 rows, as they would be read
    notes: list[str] = field(default_factory=list)  # for a person
    confidence: float = 0.0  # 0 to 1
    decimal: str = ""  # '.', ',' or '' where nothing tells


def too_many_columns(found, limits):
    return FormatError(
        "columns",
        f"The file has {found} columns or more; at most {limits.max_columns} are read. "
        "Check the delimiter, or the path to the records.",
        found=found,
        limit=limits.max_columns,
    )


def column_names(names, limits):
    """Names as they are found, made usable: stripped, none empty, no two alike.

    :raises FormatError: code ``columns``, where there are too many
    """
    if len(names) > limits.max_columns:
        raise too_many_columns(len(names), limits)
    seen = set()
    result = []
    for number, name in enumerate(names, 1):
        name = " ".join(str(name).translate(_NO_NAMES).split()).strip("\ufeff")
        name = name or f"Column {number}"
        unique, copy = name, 1
        while unique in seen:
            copy += 1
            unique = f"{name} ({copy})"
        seen.add(unique)
        result.append(unique)
    return result
