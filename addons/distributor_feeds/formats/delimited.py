"""Text with a delimiter: CSV, TSV, pipes and whatever else people invent.

RFC 4180 where a file keeps to it: a cell may be quoted, a quote in it is written twice,
and it may hold delimiters and line breaks. A quote in the middle of a cell that is not
quoted is a plain character (as inches are), and so is a backslash.
"""

import csv
from itertools import islice

from .contract import BREAK, FormatError, Limits, Options, Records, column_names
from .source import Source
from .text import blocks, detect, drop_blank, family

#: After so many quotes that never close, each line is a record of its own. Looking for
#: the end of each costs up to `max_record`, which on millions of lines would be hours.
_MAX_BROKEN = 100


def looks_like(head):
    """How likely this is text with a delimiter, from 0 to 1: never very."""
    return 0.0 if b"\0" in head and not detect(head).startswith("utf-16") else 0.3


def open_records(path, options=None, limits=None):
    """Read delimited text.

    :param path: of a file, plain or packed
    :param Options options: none: comma, double quotes, a header
    :param Limits limits: none: the defaults
    :rtype: DelimitedRecords
    :raises FormatError: whatever :class:`~.source.Source` and
        :func:`~.text.blocks` raise, and ``columns``
    """
    options, limits = options or Options(), limits or Limits()
    source = Source(path, options, limits)
    try:
        return DelimitedRecords(source, options, limits)
    except BaseException:
        source.close()
        raise


class DelimitedRecords(Records):
    """See :class:`~.contract.Records`."""

    def __init__(self, source, options, limits):
        super().__init__(source)
        self.encoding = family(source.peek())
        self._limits = limits
        self._delimiter, self._quote = options.delimiter, options.quote
        self._skip_space = options.skip_space
        self._bytes = options.delimiter.encode(), options.quote.encode()
        self._held = []  # lines of a record whose quote is still open
        self._broken = 0
        self._blocks = blocks(source, options, limits)
        self._first = self._skip(options.skip_rows)
        line, taken = self._take_record()
        if line is None:
            raise FormatError("empty", "The file holds nothing but blank lines.")
        cells = next(self.split([line])) or line.split(self._delimiter)
        names = cells if options.header else [""] * len(cells)
        self.columns = column_names(names, limits)
        # Spreadsheet programs save empty rows as rows of delimiters.
        delimiter, quote = self._bytes
        self._nothing = delimiter + quote + b" \t\n"
        self._blank = (b"\n ", b"\n\t", b"\n" + delimiter * min(len(names) - 1, 2))
        if options.header:
            self.first_line += taken
        else:
            self._first = f"{line}\n".encode() + self._first

    # ------------------------------------------------------------------ the beginning

    def _skip(self, count):
        """Leave out lines; returns what is left of the block they end in."""
        self.first_line = 1
        for block in self._blocks:
            lines = block.count(b"\n")
            if lines > count:
                self.first_line += count
                return block.split(b"\n", count)[count] if count else block
            count -= lines
            self.first_line += lines
        return b""

    def _take_record(self):
        """The first record that is not blank, and how many lines it took up."""
        while True:
            block = self._first or next(self._blocks, b"")
            if not block:
                return None, 0
            line, _nl, rest = block.partition(b"\n")
            if line.strip():
                break
            self.first_line += 1
            self._first = rest
        lines = [line]
        is_open = self._is_open(line)
        size = len(line)
        while is_open and rest and size <= self._limits.max_record:
            line, _nl, rest = rest.partition(b"\n")
            lines.append(line)
            size += len(line) + 1
            is_open = self._is_open(line, inside=True)
        if is_open:
            rest = b"\n".join([*lines[1:], rest])
            del lines[1:]
        self._first = rest
        return BREAK.encode().join(lines).decode(), len(lines)

    # ------------------------------------------------------------------ records

    def batches(self):
        if self._first:
            first, self._first = self._first, b""
            if batch := self._whole(first):
                yield batch
        for block in self._blocks:
            if batch := self._whole(block):
                yield batch
        if self._held and (batch := drop_blank(self._merge([], final=True))):
            yield batch

    def _whole(self, block):
        """The records that end in a block, each on one line."""
        quote = self._bytes[1]
        if quote and (self._held or quote in block):
            lines = block.split(b"\n")
            lines.pop()
            if self._held or any(line.count(quote) & 1 for line in lines):
                block = self._merge(lines)
        block = drop_blank(block)  # only now: a quoted cell may hold empty lines
        if any(mark in block for mark in self._blank) or block.startswith(
            tuple(mark[1:] for mark in self._blank)
        ):
            block = b"".join(
                line
                for line in block.splitlines(keepends=True)
                if line.strip(self._nothing)
            )
        return block

    def _merge(self, lines, final=False):
        quote, longest = self._bytes[1], self._limits.max_record
        lines, self._held = self._held + lines, []
        out, done = [], 0
        for first in [at for at, line in enumerate(lines) if line.count(quote) & 1]:
            if first < done or self._broken > _MAX_BROKEN:
                continue
            if not self._is_open(lines[first]):
                continue
            last, size, is_open = first, len(lines[first]), True
            while is_open and last + 1 < len(lines) and size <= longest:
                last += 1
                size += len(lines[last]) + 1
                is_open = self._is_open(lines[last], inside=True)
            if is_open and size <= longest and not final:
                out += lines[done:first]
                self._held = lines[first:]
                done = len(lines)
                break
            if is_open or size > longest:
                self._broken += 1  # its line stays a record, and is found wanting
                continue
            out += lines[done:first]
            out.append(BREAK.encode().join(lines[first : last + 1]))
            done = last + 1
        out += lines[done:]
        out.append(b"")
        return b"\n".join(out)

    def _is_open(self, line, inside=False):
        """Whether a line ends within quotes.

        :param bytes line: without line end
        :param bool inside: whether it begins within quotes
        """
        delimiter, quote = self._bytes
        at = 0
        while quote:
            if not inside:
                if self._skip_space:
                    while line.startswith(b" ", at):
                        at += 1
                inside = line.startswith(quote, at)
                at += len(quote) if inside else 0
            if inside:
                at = line.find(quote, at)
                while at >= 0 and line.startswith(quote * 2, at):
                    at = line.find(quote, at + 2 * len(quote))
                if at < 0:
                    return True
                at += len(quote)
                inside = False
            at = line.find(delimiter, at)
            if at < 0:
                return False
            at += len(delimiter)
        return False

    # ------------------------------------------------------------------ cells

    def split(self, lines):
        delimiter, quote = self._delimiter, self._quote
        if not quote:
            for line in lines:
                yield line.replace(BREAK, "\n").split(delimiter)
            return
        # The reader is given one line at a time. Where a quote does not close, it asks
        # for another and finds none: so no line can take anything from the next.
        pending = []
        reader = csv.reader(
            iter(pending.pop, None),
            delimiter=delimiter,
            quotechar=quote,
            skipinitialspace=self._skip_space,
        )
        for line in lines:
            if quote not in line:
                yield line.split(delimiter)
                continue
            pending.append(line)
            try:
                cells = next(reader)
            except (csv.Error, IndexError):
                pending.clear()
                cells = []
            if BREAK in line:
                cells = [cell.replace(BREAK, "\n") for cell in cells]
            yield cells


def first_rows(records, count):
    """The first rows of open records, split.

    :rtype: list[list[str]]
    """
    rows = []
    for batch in records.batches():
        lines = batch.decode().split("\n")[: count - len(rows)]
        rows += records.split(line for line in lines if line)
        if len(rows) >= count:
            break
    return list(islice(rows, count))
