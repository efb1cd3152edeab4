"""Zip files: their table of contents, and one of their files piece by piece."""

import copy
import fnmatch
import os
import zipfile
import zlib
from contextlib import contextmanager

from .contract import FormatError
from .trouble import corrupt, truncated, unpacks_too_far, unsupported

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TROUBLE = (
    zipfile.BadZipFile,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    zlib.error,
)


@contextmanager
def _told():
    try:
        yield
    except EOFError as error:
        raise truncated() from error
    except _TROUBLE as error:
        raise corrupt("its packed data do not unpack") from error


def open_zip(raw):
    """The table of contents of a zip.

    :param raw: binary file that can seek
    :return: ``(ZipFile, list of ZipInfo)``, without folders and hidden files
    :raises FormatError: ``truncated``
    """
    try:
        archive = zipfile.ZipFile(raw)
    except (EOFError, *_TROUBLE) as error:
        raise FormatError(
            "truncated",
            "The zip file has no table of contents: it was cut off on its way, "
            "or is damaged. Fetch it again.",
        ) from error
    found = [
        one
        for one in archive.infolist()
        if not one.is_dir()
        and not one.filename.startswith("__MACOSX/")
        and not os.path.basename(one.filename).startswith(".")
    ]
    return archive, found


def is_sheet(infos):
    """Whether files of a zip are the parts of one workbook (XLSX, XLSB, ODS)."""
    names = {one.filename for one in infos}
    return "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names


def pick(infos, options, limits):
    """The one file of a zip that is to be read.

    :param infos: list of ZipInfo
    :raises FormatError: ``no_member``, ``too_big``
    """
    wanted = options.member
    found = [one for one in infos if fnmatch.fnmatch(one.filename, wanted or "*")]
    if not wanted and len(found) > 1 or not found:
        names = sorted(one.filename for one in infos)[:20]
        if wanted:
            message = f"No file in the zip is called {wanted!r}. "
        elif found:
            message = "The zip holds several files: say which one is to be read. "
        else:
            message = "The zip holds no file. "
        raise FormatError(
            "no_member",
            message + f"In it: {', '.join(names) or 'nothing'}.",
            names=names,
        )
    # Names that differ by their date: the last one is the newest.
    info = max(found, key=lambda one: one.filename)
    if info.file_size > limits.max_unpacked:
        raise unpacks_too_far(info.filename, info.file_size, limits)
    return info


class Member:
    """One file inside of a zip, unpacked piece by piece.

    :raises FormatError: ``encrypted``, ``unsupported``, ``corrupt``, ``truncated``
    """

    def __init__(self, archive, info):
        if info.flag_bits & 0x1:
            raise FormatError(
                "encrypted",
                "The zip file is protected by a password. Ask for it without one.",
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # Python unpacks these without a bound on what one piece may become.
            raise unsupported("a zip packed in an unusual way")
        # Python stops at the declared size: declared too small, the rest of the data
        # would be dropped without a word.
        whole = copy.copy(info)
        whole.file_size = 1 << 62
        self._left = info.file_size
        with _told():
            self._file = archive.open(whole)

    def read(self, size):
        with _told():
            data = self._file.read(size)
        self._left -= len(data)
        if self._left < 0 or (not data and self._left):
            raise corrupt("it does not unpack to the size it declares")
        return data
