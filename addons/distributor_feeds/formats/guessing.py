"""What a sample file looks like: format, encoding, delimiter, columns."""

import codecs
import csv
import re
from collections import Counter

from charset_normalizer import from_bytes

from . import READERS, reader
from .contract import FormatError, Guess, Options
from .delimited import first_rows
from .source import Source
from .text import detect

#: The earlier one wins a draw.
DELIMITERS = ("\t", ";", ",", "|", "^", "~", "\x1f", "¦", "§", "#", ":")
_ROWS = 20
_LOOK = 1 << 16
_LOOK_FURTHER = 64 << 20
_LINES = 200
#: What old programs write, in Europe, America and East Asia.
_LEGACY = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp437", "cp850", "mac_roman"),
    *("gb18030", "big5", "shift_jis", "euc_kr"),
]
_VALUE = re.compile(
    r"[-+<>]? ?[€$£]? ?\d[\d.,' \xa0]*[%+]?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*"
)


def guess_file(path, limits):
    """See :func:`~.guess`."""
    member, notes = "", []
    try:
        head = _head(path, member, limits)
    except FormatError as error:
        names = error.details.get("names")
        if error.code != "no_member" or not names:
            raise
        member = names[0]
        notes.append(f"The zip holds {len(names)} files; this is {member}.")
        head = _head(path, member, limits)
    ranked = sorted(
        ((score, kind) for kind in READERS if (score := _score(kind, head)) > 0),
        reverse=True,
    )
    trouble = None
    for score, kind in ranked:
        options = _options(kind, head, member, notes)
        try:
            return _guess(path, options, limits, notes, score)
        except FormatError as error:
            if error.code == "entity":
                raise  # whoever attacks a reader of XML sends no text with a delimiter
            trouble = trouble or error
    raise trouble or FormatError(
        "not_text", "This is neither text nor a spreadsheet: nothing here reads it."
    )


def _head(path, member, limits):
    """The first bytes; and where they are plain ASCII, the first that are not.

    Else a name with an accent in the millionth line would be of the wrong encoding.
    """
    with Source(path, Options(member=member), limits, keep_sheet=True) as source:
        head = source.peek(_LOOK)
        data, seen = head, 0
        while data and data.isascii() and seen < _LOOK_FURTHER:
            data = source.read(_LOOK)
            seen += len(data)
        if head.isascii() and not data.isascii():
            # From a line end, so that it is not cut within a character.
            head = head[: head.rfind(b"\n") + 1] + data[data.find(b"\n") + 1 :]
        return head


def _score(kind, head):
    try:
        return reader(kind).looks_like(head)
    except ModuleNotFoundError as error:
        if error.name != f"{__package__}.{READERS[kind]}":
            raise
        return 0.0  # a format that is not part of this installation


def _options(kind, head, member, notes):
    if kind != "delimited":
        return Options(kind=kind, member=member)
    encoding = guess_encoding(head, notes)
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    lines = re.split("\r\n|\r|\n", text)
    if len(lines) > 1:
        del lines[-1]  # may be cut
    skip = 0
    delimiter = ""
    # What spreadsheet programs write for each other.
    if found := re.fullmatch("sep=(.)", lines[0], re.IGNORECASE):
        delimiter, skip = found[1], 1
    lines = lines[skip : skip + _LINES]
    quote = _quote(lines)
    delimiter = delimiter or guess_delimiter(lines, quote)
    rows = _split(lines, delimiter, quote)
    above = _rows_above(rows)
    options = Options(
        encoding=encoding,
        delimiter=delimiter,
        quote=quote,
        skip_space=bool(re.search(re.escape(delimiter) + ' +"', "\n".join(lines))),
        skip_rows=skip + above,
        header=has_header(rows[above:]),
        member=member,
    )
    if above:
        notes.append(f"The first {above} lines are left out: the columns begin below.")
    return options


def guess_encoding(head, notes):
    """The encoding of a text.

    Marks, UTF-16 and UTF-8 are certain; for the rest, charset-normalizer looks at what
    the letters would be.

    :param bytes head: the beginning of the file
    :param list notes: a doubt is added here
    """
    encoding = detect(head)
    if encoding != "cp1252":
        return encoding
    best = from_bytes(head, cp_isolation=_LEGACY).best()
    # Neighbours share most letters: where it is the same text, take the usual name.
    if best and str(best) != head.decode("cp1252", "ignore"):
        encoding = codecs.lookup(best.encoding).name
    notes.append(
        f"The letters look like {encoding}: check names with accents in the first rows."
    )
    return encoding


def _quote(lines):
    """Apostrophes quote where they open and close cells in most lines."""
    pair = re.compile(r"(?:^|[^\w\s])'[^']*'(?:$|[^\w\s])")
    if '"' in "".join(lines):
        return '"'
    found = sum(bool(pair.search(line)) for line in lines)
    return "'" if found * 2 > len(lines) else '"'


def guess_delimiter(lines, quote):
    """The sign that cuts most lines into the same number of cells, more than one.

    :param lines: the first lines
    :param str quote: what is between two of it is not looked at
    """
    best, delimiter = 0.0, ","
    for one in DELIMITERS:
        counts = Counter(len(row) for row in _split(lines, one, quote) if any(row))
        width, often = max(
            counts.items(), key=lambda item: (item[1], item[0]), default=(1, 0)
        )
        if width < 2:
            continue
        share = often / sum(counts.values())
        # Blanks after commas are prose or numbers rather than cells.
        score = share * (1 + min(width, 20) / 100)
        if one in ":#*" or (one == "," and _are_decimals(lines)):
            score *= 0.6
        if score > best + 1e-9:
            best, delimiter = score, one
    return delimiter


def _are_decimals(lines):
    """Whether commas are decimal signs: each between digits, and none anywhere else."""
    text = "\n".join(lines[1:])
    inside = len(re.findall(r"(?<![\d,])\d+,\d+(?![\d,])", text))
    return bool(inside) and inside == text.count(",")


def _split(lines, delimiter, quote):
    reader_ = csv.reader(lines, delimiter=delimiter, quotechar=quote or None)
    rows = []
    try:
        for row in reader_:
            rows.append(row)
    except csv.Error:
        return [line.split(delimiter) for line in lines]
    return rows


def _rows_above(rows):
    """How many lines with fewer cells (a title, a date) stand above the columns."""
    widths = Counter(len(row) for row in rows if any(row))
    width = widths.most_common(1)[0][0] if widths else 0
    for number, row in enumerate(rows[:15]):
        if len(row) == width and sum(map(bool, row)) * 2 >= width:
            return number
    return 0


def has_header(rows):
    """Whether the first row names the columns: no number in it, and nothing twice."""
    rows = [row for row in rows if any(row)]
    if not rows:
        return True
    first = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in first if cell]
    if any(_VALUE.fullmatch(cell) for cell in filled):
        return False
    return len(set(filled)) == len(filled)


def _guess(path, options, limits, notes, score):
    if options.kind in ("xml", "json"):
        path_to = reader(options.kind).guess_path(path, options, limits)
        options = Options(kind=options.kind, record_path=path_to, member=options.member)
    with reader(options.kind).open_records(path, options, limits) as records:
        sample = first_rows(records, _ROWS)
        columns = records.columns
    if not sample:
        notes.append("There are no rows below the names of the columns.")
    odd = [number for number, row in enumerate(sample, 1) if len(row) != len(columns)]
    if odd:
        notes.append(
            f"Not all rows have {len(columns)} cells; the first that does not is row "
            f"{odd[0]}."
        )
    if len(columns) < 2:
        score /= 2
    if options.kind == "delimited":
        score = 0.9 if len(columns) > 1 and not odd else 0.4
    return Guess(options, columns, sample, notes, score, _decimal(sample))


def _decimal(sample):
    """The decimal sign of the sample, '' where nothing tells."""
    signs = Counter(
        found[1]
        for row in sample
        for cell in row
        if (found := re.fullmatch(r"[-+]?\d*([.,])(?:\d{1,2}|\d{4,})", cell.strip()))
    )
    return signs.most_common(1)[0][0] if signs else ""
