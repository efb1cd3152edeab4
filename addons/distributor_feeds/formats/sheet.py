"""Workbooks: XLSX, XLSB, XLS and ODS, read by python-calamine in another process."""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from .contract import FormatError, Limits, Options, Records, column_names
from .rows import split_rows
from .sheet_worker import END
from .source import OLE, Source
from .trouble import unpacks_too_far
from .unzip import ZIP, Member, open_zip

_CHUNK = 1 << 20


def looks_like(head):
    """How likely this is a workbook, from 0 to 1.

    :param bytes head: of the file; a zip needs more than its head to be sure
    """
    if head.startswith(OLE):
        return 0.9
    return 0.5 if head.startswith(ZIP[0]) else 0.0


def open_records(path, options=None, limits=None):
    """Read one sheet of a workbook.

    :param path: of the workbook, as it is or packed
    :param Options options: ``sheet`` names the sheet; none: the first one
    :param Limits limits: none: the defaults
    :rtype: SheetRecords
    :raises FormatError: ``encrypted``, ``corrupt``, ``no_member``, ``empty``,
        ``too_big``, ``ratio``, ``time``, ``columns``
    """
    options, limits = options or Options(kind="sheet"), limits or Limits()
    with ExitStack() as stack:
        source = Source(path, options, limits, keep_sheet=True)
        stack.callback(source.close)
        path = _unpack(path, source, stack)
        _check_parts(path, limits)
        return SheetRecords(source, path, options, limits, stack.pop_all())


def _temporary():
    return tempfile.NamedTemporaryFile(prefix="feed_")


def _unpack(path, source, stack):
    """A path where the workbook lies unpacked."""
    head = source.peek(len(OLE))
    if not head.startswith((OLE, ZIP[0])):
        raise FormatError(
            "not_text" if b"\0" in head else "corrupt",
            "This is not a workbook (XLSX, XLS or ODS): choose another format.",
        )
    if not source.packed:
        return os.path.abspath(path)
    copy = stack.enter_context(_temporary())
    while data := source.read(_CHUNK):
        copy.write(data)
    copy.flush()
    return copy.name


def _check_parts(path, limits):
    """Unpack everything once, to nowhere, within limits: the library has none.

    :raises FormatError: ``too_big``, ``ratio``, ``corrupt``, ``encrypted``
    """
    with open(path, "rb") as file:
        if not file.read(8).startswith(ZIP[0]):
            return
        file.seek(0)
        archive, infos = open_zip(file)
        declared = sum(info.file_size for info in infos)
        if declared > limits.max_unpacked:
            raise unpacks_too_far("The workbook", declared, limits)
        most = max(limits.ratio_floor, limits.max_ratio * os.path.getsize(path))
        size = 0
        for info in infos:
            member = Member(archive, info)
            while data := member.read(_CHUNK):
                size += len(data)
                if size > most:
                    raise FormatError(
                        "ratio",
                        f"The workbook unpacks to more than {limits.max_ratio} times "
                        "its size: it is refused as a bomb.",
                        limit=limits.max_ratio,
                    )


def _error(line):
    """The error that the other process tells of."""
    told = json.loads(line.removeprefix(END))
    return FormatError(told["code"], told["message"], **told.get("details", {}))


class SheetRecords(Records):
    """See :class:`~.contract.Records`; numbers of lines are numbers of rows."""

    def __init__(self, source, path, options, limits, stack):
        super().__init__(source)
        self._limits = limits
        self._stack = stack
        self._rest = b""
        try:
            self._start(path, options)
            head = self._read_head()
            self.columns = column_names(head["columns"], limits)
            self.first_line = head["first_line"]
        except BaseException:
            self.close()
            raise

    def _start(self, path, options):
        order = {
            "path": path,
            "sheet": options.sheet,
            "skip_rows": options.skip_rows,
            "header": options.header,
            "limits": dataclasses.asdict(self._limits),
        }
        folder = Path(__file__).parent
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"{folder.name}.sheet_worker"],
            cwd=folder.parent,
            # Nothing else of ours: the environment may hold passwords.
            env={"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._late = threading.Event()
        timer = threading.Timer(self._limits.max_seconds, self._give_up)
        timer.daemon = True
        timer.start()
        self._stack.callback(self._process.stdout.close)
        self._stack.callback(self._process.wait)
        self._stack.callback(self._process.kill)
        self._stack.callback(timer.cancel)
        with self._process.stdin as pipe:
            pipe.write(json.dumps(order).encode())

    def _give_up(self):
        self._late.set()
        self._process.kill()

    def _read_head(self):
        while b"\n" not in self._rest:
            data = self._process.stdout.read1(_CHUNK)
            if not data:
                raise self._died()
            self._rest += data
        line, _nl, self._rest = self._rest.partition(b"\n")
        if line.startswith(END):
            raise _error(line)
        return json.loads(line)

    def batches(self):
        data = self._rest
        while END not in data:
            cut = data.rfind(b"\n") + 1
            if cut >= _CHUNK:
                yield data[:cut]
                data = data[cut:]
            more = self._process.stdout.read1(_CHUNK)
            if not more:
                raise self._died()
            data += more
        data, _end, line = data.partition(END)
        if data:
            yield data
        while not line.endswith(b"\n"):
            more = self._process.stdout.read1(_CHUNK)
            if not more:
                raise self._died()
            line += more
        if line.strip() != b"{}":
            raise _error(line)

    def _died(self):
        """The reason why the process ended without an end of its output."""
        if self._late.is_set():
            return FormatError(
                "time",
                f"Reading took longer than {self._limits.max_seconds:g} seconds.",
            )
        return FormatError(
            "too_big",
            "The workbook needs more memory than is allowed, or is damaged. Delete "
            "rows and columns that are not needed and save it anew, or send it as CSV.",
        )

    def split(self, lines):
        return split_rows(lines)

    def close(self):
        self._stack.close()
