"""The bytes of a file, unpacked while they are read, within limits."""

import os
import time
import zlib

from .contract import FormatError
from .trouble import corrupt, truncated, unsupported
from .unzip import ZIP, Member, is_sheet, open_zip, pick

GZIP = b"\x1f\x8b"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Beginnings of files that nothing here reads, and what a person calls them.
_OTHERS = {
    b"BZh": "bzip2",
    b"\xfd7zXZ\x00": "xz",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"Rar!\x1a\x07": "RAR",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"%PDF-": "PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x7fELF": "a program",
}
_CHUNK = 1 << 16
#: A zip's table of contents is read as a whole.
_MAX_DIRECTORY = 16 << 20


class _Raw:
    """The file on the disk: counts what is read, looks at the clock."""

    def __init__(self, path, limits):
        self.total = os.path.getsize(path)
        if self.total > limits.max_bytes:
            raise FormatError(
                "too_big",
                f"The file has {self.total} bytes; "
                f"at most {limits.max_bytes} are read.",
                found=self.total,
                limit=limits.max_bytes,
            )
        self.count = 0
        self._limits = limits
        self._deadline = time.monotonic() + limits.max_seconds
        self._file = open(path, "rb")  # noqa: SIM115 -- closed by close()
        self.seek, self.tell = self._file.seek, self._file.tell
        self.close = self._file.close

    def read(self, size=-1):
        if time.monotonic() > self._deadline:
            raise FormatError(
                "time",
                f"Reading took longer than {self._limits.max_seconds:g} seconds.",
            )
        left = self.total - self._file.tell()
        size = left if size is None or size < 0 else min(size, left)
        if size > _MAX_DIRECTORY:
            raise FormatError(
                "bomb", "The zip file's table of contents is too large to be honest."
            )
        data = self._file.read(max(size, 0))
        self.count += len(data)
        return data

    def seekable(self):
        return True


class _Gunzip:
    """One gz file, or several one after another (RFC 1952, 2.2)."""

    def __init__(self, raw):
        self._raw = raw
        self._pending = b""
        self._inflate = None

    def read(self, size):
        out = b""
        while not out:
            if not self._inflate and not self._next_member():
                return b""
            data = self._pending or self._raw.read(_CHUNK)
            if not data:
                raise truncated()
            try:
                out = self._inflate.decompress(data, size)
            except zlib.error as error:
                raise corrupt("its packed data do not unpack") from error
            if self._inflate.eof:
                self._pending, self._inflate = self._inflate.unused_data, None
            else:
                self._pending = self._inflate.unconsumed_tail
        return out

    def _next_member(self):
        data = self._pending
        while True:
            # Tapes and some servers fill up the last block with zeros.
            data = data.lstrip(b"\0")
            if len(data) >= len(GZIP):
                break
            more = self._raw.read(_CHUNK)
            if not more:
                break
            data += more
        if data and not data.startswith(GZIP):
            raise corrupt("something follows the packed data")
        self._pending = data
        self._inflate = zlib.decompressobj(wbits=31) if data else None
        return bool(data)


class Source:
    """The unpacked bytes of a file, a piece at a time; closes it.

    Looks at the first bytes, never at the name. Reads gz, zip and gz in zip.

    :param path: where the file is
    :param Options options: ``member`` names the file in a zip
    :param Limits limits: see there
    :param bool keep_sheet: hand out workbooks (which are zips) as they are;
        ``packed`` tells whether the file itself is something else
    :raises FormatError: ``empty``, ``too_big``, ``corrupt``, ``truncated``,
        ``encrypted``, ``no_member``, ``unsupported``, ``bomb``, ``time``
    """

    def __init__(self, path, options, limits, keep_sheet=False):
        self._limits = limits
        self.unpacked = 0
        self._raw = _Raw(path, limits)
        self._head = b""
        try:
            self._layer = self._open_layers(options, keep_sheet)
        except BaseException:
            self.close()
            raise

    def _open_layers(self, options, keep_sheet):
        raw = self._raw
        head = raw.read(8)
        raw.seek(0)
        layer, packed = raw, False
        if head.startswith(ZIP):
            archive, infos = open_zip(raw)
            if is_sheet(infos):
                if not keep_sheet:
                    raise FormatError(
                        "not_text", "This is a spreadsheet: choose that format."
                    )
                raw.seek(0)
            else:
                layer, packed = (
                    Member(archive, pick(infos, options, self._limits)),
                    True,
                )
                head = self._peek_into(layer)
        if head.startswith(GZIP):
            layer, packed = _Gunzip(_Joined(self._head, layer)), True
            self._head = b""
            head = self._peek_into(layer)
        for magic, name in _OTHERS.items():
            if head.startswith(magic):
                raise unsupported(name)
        if packed and head.startswith(ZIP) and not keep_sheet:
            raise unsupported("a zip inside of another packed file")
        if not head:
            raise FormatError("empty", "The file is empty.")
        self.packed = packed
        return layer

    def _peek_into(self, layer):
        self._head = layer.read(_CHUNK)
        return self._head[:8]

    def read(self, size=_CHUNK):
        """Up to about ``size`` bytes; none at the end.

        :raises FormatError: ``truncated``, ``corrupt``, ``too_big``, ``ratio``,
            ``time``
        """
        if size == 0:
            return b""  # lxml and ijson ask what kind of data this gives
        data, self._head = self._head, b""
        if not data:
            data = self._layer.read(size)
        elif len(data) > size:
            data, self._head = data[:size], data[size:]
        self.unpacked += len(data)
        limits = self._limits
        if self.unpacked > limits.max_unpacked:
            raise FormatError(
                "too_big",
                f"The file unpacks to more than {limits.max_unpacked} bytes.",
                limit=limits.max_unpacked,
            )
        if self.unpacked > max(limits.ratio_floor, limits.max_ratio * self._raw.count):
            raise FormatError(
                "ratio",
                f"The file unpacks to more than {limits.max_ratio} times its size. "
                "No real price list does: it is refused as a bomb.",
                limit=limits.max_ratio,
            )
        return data

    def peek(self, size=_CHUNK):
        """The next bytes, up to about ``size``, left where they are."""
        parts = [self._head] if self._head else []
        while (have := sum(map(len, parts))) < size:
            data = self._layer.read(size - have)
            if not data:
                break
            parts.append(data)
        self._head = b"".join(parts)
        return self._head[:size]

    @property
    def read_bytes(self):
        return min(self._raw.count, self._raw.total)

    @property
    def total_bytes(self):
        return self._raw.total

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()

    def close(self):
        self._raw.close()


class _Joined:
    """Bytes that were read already, then the rest."""

    def __init__(self, first, rest):
        self._first, self._rest = first, rest

    def read(self, size):
        if self._first:
            data, self._first = self._first[:size], self._first[size:]
            return data
        return self._rest.read(size)
