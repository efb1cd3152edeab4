"""The first sheet of an XLSX workbook, row by row."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from .trouble import PostingError
from .types import as_text

#: What the parts of a workbook may unpack to, and how much of that the texts may be:
#: those are all kept in memory.
_MAX_UNPACKED = 512 << 20
_MAX_TEXTS = 64 << 20
_MAX_RATIO = 200
_MAX_MEMBERS = 2_000
#: Blank rows in a row: a sheet can claim that its next row is the millionth.
_MAX_BLANK = 10_000
_MAX_CELLS = 400
_TROUBLE = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    SyntaxError,  # of lxml
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
)


@contextmanager
def open_rows(path):
    """Rows of the first sheet, as lists of texts.

    :raise PostingError: ``bomb``, ``workbook``; also while the rows are read
    """
    try:
        _check_parts(path)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except _TROUBLE as error:
        if isinstance(error, PostingError):
            raise
        raise PostingError("workbook") from error
    try:
        yield _rows(book)
    finally:
        book.close()


def _check_parts(path):
    """What a zip says of itself is binding: Python unpacks no more of a part."""
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        declared = sum(info.file_size for info in infos)
        packed = sum(info.compress_size for info in infos) or 1
        texts = sum(i.file_size for i in infos if "sharedStrings" in i.filename)
        if (
            len(infos) > _MAX_MEMBERS
            or declared > _MAX_UNPACKED
            or texts > _MAX_TEXTS
            or (declared > 10 << 20 and declared > packed * _MAX_RATIO)
        ):
            raise PostingError("bomb")


def _rows(book):
    sheets = book.worksheets
    if not sheets:
        raise PostingError("empty")
    blank = 0
    try:
        # the size a sheet claims is not believed
        sheets[0].reset_dimensions()
        for row in sheets[0].iter_rows(values_only=True, max_col=_MAX_CELLS):
            cells = [as_text(cell) for cell in row]
            if any(cells):
                blank = 0
            else:
                blank += 1
                if blank > _MAX_BLANK:
                    return
            yield cells
    except _TROUBLE as error:
        if isinstance(error, PostingError):
            raise
        raise PostingError("workbook") from error
