"""A list of codes and quantities out of a file or pasted text.

Everything is bounded before it is parsed: bytes, rows, columns, and for XLSX what the
archive would unpack to.
"""

import codecs
import csv
import io
import zipfile

import openpyxl

#: Rows of one list, without the header.
MAX_ROWS = 5_000

#: Size of an uploaded file.
MAX_BYTES = 5 * 1024 * 1024

#: What the parts of an XLSX file may unpack to, together.
_MAX_UNPACKED = 25 * 1024 * 1024
_MAX_MEMBERS = 200

#: Rows of a sheet, blank ones included: one row can claim to be the billionth.
_MAX_SHEET_ROWS = 50_000
_MAX_COLUMNS = 50
_MAX_CELL = 300

#: Characters in a field as it is read; more is no field but a quote left open.
_MAX_FIELD = 131_072

_CODE_WORDS = {
    "sku", "code", "barcode", "ean", "gtin", "upc", "article", "item", "item number",
    "internal reference", "reference", "ref", "product", "product code",
    "customer reference", "your reference", "artikel", "artikelnummer", "artnr",
    "référence", "codigo", "código", "referencia",
}  # fmt: skip
_QUANTITY_WORDS = {
    "qty", "quantity", "quantities", "pcs", "pieces", "units", "count", "menge",
    "anzahl", "stück", "quantité", "qté", "cantidad", "cant",
}  # fmt: skip


class TableError(ValueError):
    """``code`` says what is wrong with the whole file, ``values`` the numbers of it.

    ``empty``, ``bytes``, ``rows``, ``encoding``, ``format``, ``xlsx``, ``columns``
    """

    def __init__(self, code, **values):
        super().__init__(code)
        self.code, self.values = code, values


def read_table(content, name=""):
    """Rows of an uploaded file.

    :param bytes content: CSV (UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab)
        or XLSX, told apart by what is in it
    :param str name: name of the file: an old XLS file is refused by its name
    :return: ``[(row number in the file, code, quantity)]``
    :raise TableError: where the file as a whole cannot be used
    """
    if not content:
        raise TableError("empty")
    if len(content) > MAX_BYTES:
        raise TableError("bytes", limit=MAX_BYTES // 1024 // 1024)
    if content[:4] == b"PK\x03\x04":
        return _pick(_read_xlsx(content))
    if content[:4] == b"\xd0\xcf\x11\xe0" or name.lower().endswith(".xls"):
        raise TableError("format")
    return read_text(_decode(content))


def read_text(text):
    """Rows of pasted text or of a decoded file: one code and quantity per line.

    :rtype: list[tuple]
    :raise TableError: where there is nothing in it, or too much
    """
    if len(text) > MAX_BYTES:
        raise TableError("bytes", limit=MAX_BYTES // 1024 // 1024)
    if not text.strip():
        raise TableError("empty")
    separator = _separator(text)
    if separator is None:  # "ABC-1   12": code and quantity apart by spaces
        rows = ((line.rsplit(None, 1)) for line in text.splitlines())
    else:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return _pick(enumerate(_guard(rows), 1))


def _guard(rows):
    try:
        for row in rows:
            # Odoo lifts the limit that csv has of its own
            if any(len(cell) > _MAX_FIELD for cell in row):
                raise TableError("format")  # a quote that never ends
            yield row
    except csv.Error:
        raise TableError("format") from None


def _decode(content):
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\x00" in content:
        raise TableError("encoding")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # what spreadsheet programs in Western Europe save as "CSV"
        return _strictly(content, "cp1252")


def _strictly(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeError:
        raise TableError("encoding") from None


def _separator(text):
    """The separator that most lines hold; outside quotes that is the real one."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    best, most = None, 0
    for separator in ("\t", ";", ","):
        count = sum(1 for line in lines if separator in line)
        if count > most:
            best, most = separator, count
    return best


def _read_xlsx(content):
    _check_archive(content)
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        sheet = book.worksheets[0]
        # what the file says of its own size is only a claim
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True)
        for number, row in enumerate(rows, 1):
            if number > _MAX_SHEET_ROWS:
                raise TableError("rows", limit=MAX_ROWS)
            yield number, row
    except TableError:
        raise
    except Exception as error:  # a broken file raises whatever its part runs into
        raise TableError("xlsx") from error


def _check_archive(content):
    """Look at an archive before anything of it is parsed.

    A member is never unpacked beyond the size that its entry names, so the sum of
    those sizes is what it can cost.

    :raise TableError: where it is broken, too large, or defines entities of its own
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if (
                len(members) > _MAX_MEMBERS
                or sum(member.file_size for member in members) > _MAX_UNPACKED
            ):
                raise TableError("bytes", limit=MAX_BYTES // 1024 // 1024)
            for member in members:
                data = archive.read(member)
                if any(mark in data for mark in _DOCTYPES):
                    raise TableError("xlsx")
    except TableError:
        raise
    except Exception as error:  # encrypted, truncated, an unknown compression …
        raise TableError("xlsx") from error


#: No spreadsheet program writes this; entities that contain entities need it.
_DOCTYPES = tuple(
    "<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


def _pick(numbered):
    """Code and quantity of each row, by the header where there is one.

    :raise TableError: after one row more than is allowed, before reading any further
    """
    code, quantity, rows, first = 0, 1, [], True
    for number, row in numbered:
        cells = [_cell(value) for value in row[:_MAX_COLUMNS]]
        if not any(cell not in ("", None) for cell in cells):
            continue
        if first:
            first = False
            if found := _header(cells):
                code, quantity = found
                continue
        if len(rows) >= MAX_ROWS:
            raise TableError("rows", limit=MAX_ROWS)
        rows.append((number, _code(cells, code), _at(cells, quantity)))
    if not rows:
        raise TableError("empty")
    return rows


def _header(cells):
    """Places of code and quantity if this is a header, else nothing."""
    words = [str(cell).strip().lower() for cell in cells]
    code = next((i for i, word in enumerate(words) if word in _CODE_WORDS), None)
    count = next((i for i, word in enumerate(words) if word in _QUANTITY_WORDS), None)
    if code is None and count is None:
        return None
    if code is None:
        code = 0 if count else 1
    if count is None:
        count = code + 1
    return code, count


def _cell(value):
    if isinstance(value, (int, float, bool)) or value is None:
        return value
    return str(value)[:_MAX_CELL].strip()


def _at(cells, place):
    value = cells[place] if place < len(cells) else None
    return "" if value is None else value


def _code(cells, place):
    """A code as text: spreadsheet programs make numbers of barcodes."""
    value = _at(cells, place)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)
