"""Records of formats that are not lines of text: rows of cells, joined by one sign."""

import re

from .contract import BREAK, JOIN, SUBSTITUTE, Records
from .trouble import line_too_long, too_many_rows

_BATCH = 1 << 20
_BREAKS = re.compile("\r\n?|\n")
#: Control characters, and halves of characters that UTF-8 cannot hold.
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1d\x1f\x7f\ud800-\udfff]")


def clean(cell):
    """A cell's text without what a record must not hold."""
    if cell.isprintable():
        return cell
    return _REFUSED.sub(SUBSTITUTE, _BREAKS.sub(BREAK, cell.replace(BREAK, SUBSTITUTE)))


def split_rows(lines):
    """Cells of lines that :class:`RowRecords` made."""
    for line in lines:
        yield line.replace(BREAK, "\n").split(JOIN)


class RowRecords(Records):
    """Records made of rows of texts.

    :param source: what ``close()`` closes, with ``read_bytes`` and ``total_bytes``
    :param columns: names, already made unique
    :param rows: iterator of lists of str; those without any text are left out
    :param Limits limits: ``max_record`` and ``max_rows`` are kept here
    :param int first_line: number of the first row
    """

    def __init__(self, source, columns, rows, limits, first_line=1):
        super().__init__(source)
        self.columns = columns
        self.first_line = first_line
        self._rows = rows
        self._limits = limits

    def batches(self):
        lines, size, number = [], 0, 0
        for row in self._rows:
            if not any(row):
                continue
            line = JOIN.join([clean(cell) for cell in row]).encode()
            if len(line) > self._limits.max_record:
                raise line_too_long(self.first_line + number, self._limits)
            number += 1
            if number > self._limits.max_rows:
                raise too_many_rows(self._limits)
            lines.append(line)
            size += len(line) + 1
            if size >= _BATCH:
                yield b"\n".join(lines) + b"\n"
                lines, size = [], 0
        if lines:
            yield b"\n".join(lines) + b"\n"

    def split(self, lines):
        return split_rows(lines)
