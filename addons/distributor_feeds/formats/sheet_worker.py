"""Turns one sheet of a workbook into records; run as a process of its own.

A workbook of 5 kB can name a cell in the last row and column of a sheet: the library
then asks for 500 GB, and the operating system ends the whole process. So it must not be
the process that serves customers. What this one may use of memory and time is limited.

Standard input: one JSON object, see :func:`main`. Standard output: a JSON object with
``columns`` and ``first_line``, the records, and ``\\x04`` before a last JSON object:
empty, or the error.
"""

import datetime
import json
import sys
from decimal import Decimal
from itertools import chain

import python_calamine

from .contract import FormatError, Limits
from .rows import RowRecords

END = b"\x04"


def as_text(value):
    """A cell as the one text that is used for its value.

    Whole numbers have no point (12.0 is ``12``), others the 15 digits that spreadsheet
    programs keep; dates are ISO 8601, without a time of midnight.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            value = value.date()
        return value.isoformat()
    return str(value)


def pick_sheet(book, name):
    """The sheet that is to be read, the first one where no name is given.

    :raises FormatError: ``no_member``
    """
    if not name and book.sheet_names:
        return book.get_sheet_by_index(0)
    if name not in book.sheet_names:
        raise FormatError(
            "no_member",
            f"The workbook has no sheet {name!r}. "
            f"In it: {', '.join(book.sheet_names[:20]) or 'nothing'}.",
            names=book.sheet_names[:20],
        )
    return book.get_sheet_by_name(name)


def read_rows(path, sheet, skip_rows, header):
    """``(names of the columns, number of the first row, iterator of rows)``"""
    rows = pick_sheet(
        python_calamine.CalamineWorkbook.from_path(path), sheet
    ).iter_rows()
    first, number = [], 0
    for number, row in enumerate(rows, 1):
        first = [as_text(cell) for cell in row]
        if number > skip_rows and any(first):
            break
    else:
        raise FormatError("empty", "The sheet is empty.")
    names = first
    while header and not names[-1].strip():
        names = names[:-1]
    width = len(names)

    def texts():
        for row in rows:
            cells = [as_text(cell) for cell in row]
            yield cells if any(cells[width:]) else cells[:width]

    if header:
        return names, number + 1, texts()
    return [""] * width, number, chain([first], texts())


def limit_process(max_memory, max_seconds):
    """Bound what this process may use, where the operating system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    seconds = int(max_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(order, out):
    """Write the records of a sheet.

    :param dict order: ``path``, ``sheet``, ``skip_rows``, ``header``, and ``limits``
        as :class:`~.contract.Limits` takes them
    :param out: binary file
    """
    limits = Limits(**order.pop("limits"))
    limit_process(limits.max_memory, limits.max_seconds)
    try:
        names, first_line, rows = read_rows(**order)
        out.write(json.dumps({"columns": names, "first_line": first_line}).encode())
        out.write(b"\n")
        for batch in RowRecords(None, names, rows, limits, first_line).batches():
            out.write(batch)
        error = {}
    except FormatError as refused:
        error = {
            "code": refused.code,
            "message": refused.message,
            "details": refused.details,
        }
    except python_calamine.PasswordError:
        error = {
            "code": "encrypted",
            "message": "The workbook is protected by a password. "
            "Ask for it without one.",
        }
    except python_calamine.CalamineError as trouble:
        error = {
            "code": "corrupt",
            "message": f"The workbook cannot be read ({str(trouble)[:200]}). "
            "Open it in a spreadsheet program and save it anew.",
        }
    out.write(END + json.dumps(error).encode() + b"\n")
    out.flush()


if __name__ == "__main__":
    run(json.load(sys.stdin), sys.stdout.buffer)
