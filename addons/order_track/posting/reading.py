"""A file as batches of rows, within bounds; nothing is ever read as a whole."""

from __future__ import annotations

import codecs
import csv
import io
import os
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from charset_normalizer import from_bytes

from . import workbook
from .trouble import PostingError

#: Bytes of a file as it comes.
MAX_BYTES = 128 << 20
#: Rows without the header.
MAX_ROWS = 2_000_000
MAX_COLUMNS = 200
#: Rows that are handled at once: their cells stay in the cache of a processor.
BATCH = 5_000
#: What is looked at to know how a file is written.
SAMPLE = 1 << 18
_DELIMITERS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass
class Table:
    """An open file.

    :param header: names of the columns, as they are written
    :param batches: iterator of lists of rows; a row is a list of texts, of any length
    """

    header: list
    batches: object


@contextmanager
def open_table(path, max_bytes=MAX_BYTES):
    """Open a CSV file (any usual delimiter and encoding) or an XLSX workbook.

    :param str path: where the file is
    :rtype: Table
    :raise PostingError: it cannot be read as a whole; also while it is read
    """
    check_size(os.path.getsize(path), max_bytes)
    with open(path, "rb") as file:
        head = file.read(SAMPLE)
    if not head.strip(b"\0 \r\n\t"):
        raise PostingError("empty")
    if head.startswith(b"PK\x03\x04"):
        with workbook.open_rows(path) as rows:
            yield _table(rows)
    elif head.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")):
        raise PostingError("old_workbook")
    else:
        encoding = detect(head)
        # the line ends are for the csv module: some are within quotes
        with open(path, encoding=encoding, newline="", errors="strict") as file:
            yield _table(_csv_rows(file, delimiter(head.decode(encoding, "ignore"))))


def check_size(size, max_bytes=MAX_BYTES):
    """:raise PostingError: a file of so many bytes is not read"""
    if size > max_bytes:
        raise PostingError("too_big", size=size >> 20, limit=max_bytes >> 20)


def detect(head):
    """The encoding of a text: by its mark, UTF-8 if it is that, else a guess.

    :param bytes head: its beginning
    :rtype: str
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) * 4 < len(head):
            raise PostingError("binary")
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        codecs.utf_8_decode(head, "strict", False)  # may end within a letter
    except UnicodeDecodeError:
        best = from_bytes(head[:65_536], cp_isolation=_SINGLE_BYTES).best()
        return best.encoding if best else "cp1252"
    return "utf-8"


# what office programs write that is not Unicode
_SINGLE_BYTES = ["cp1252", "cp1250", "cp1251", "mac_roman", "shift_jis", "gb18030"]


def delimiter(text):
    """What stands between the cells of a text: what its first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    quoted = first.split('"')[::2]  # what is not within quotes
    return max(_DELIMITERS, key=lambda sign: sum(part.count(sign) for part in quoted))


def _csv_rows(file, sign):
    reader = csv.reader(file, delimiter=sign, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise PostingError("quotes", line=reader.line_num) from error
    except UnicodeError as error:
        raise PostingError("encoding", line=reader.line_num + 1) from error


def _table(rows):
    header = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if header is None:
        raise PostingError("empty")
    while header and not header[-1].strip():
        header = header[:-1]
    if len(header) > MAX_COLUMNS:
        raise PostingError("columns", limit=MAX_COLUMNS)
    return Table(header, _batches(rows))


def _batches(rows):
    count = 0
    while batch := list(islice(rows, BATCH)):
        count += len(batch)
        if count > MAX_ROWS:
            raise PostingError("rows", limit=MAX_ROWS)
        yield batch


def to_csv(rows):
    """Lines of a CSV file that spreadsheet programs show and do not run.

    :param rows: iterable of rows
    :rtype: Iterator[bytes]
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    yield codecs.BOM_UTF8
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
        if out.tell() > 1 << 16:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _harmless(cell):
    text = "" if cell is None or cell is False else str(cell)
    # a minus before a number is no formula
    if text.startswith(("=", "+", "-", "@", "\t", "\r", "|", "%")):
        try:
            float(text)
        except ValueError:
            return f"'{text}"
    return text
