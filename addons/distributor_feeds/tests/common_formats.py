"""What tests of file formats share: samples, packing, and reading to the end."""

import csv
import functools
import gzip
import io
import json
import time
import zipfile

import openpyxl
import xlwt

from odoo.addons.distributor_feeds.formats import (
    FormatError,
    Limits,
    Options,
    open_records,
)

COLUMNS = ["code", "quantity", "price", "name"]
ROWS = [[f"A{n}", str(n % 50), f"{n}.25", f'Größe "{n}"; x, y'] for n in range(60)]
#: Small, so that a mutation that asks for more than is there is refused at once.
LIMITS = Limits(max_unpacked=8 << 20, max_seconds=20, max_memory=1 << 30)
#: What a reader may take for one small file, also on a busy machine.
SECONDS = 15


def write(folder, data, name="feed"):
    """A file with these bytes in a folder; returns its path."""
    path = folder / name
    path.write_bytes(data)
    return path


def read_all(path, options=None, limits=None):
    """``(columns, rows)`` of a file, and a check of what every batch must keep to."""
    with open_records(path, options or Options(), limits) as records:
        rows = []
        for batch in records.batches():
            assert batch.endswith(b"\n")
            assert not set(b"\0\1\2\r") & set(batch)
            lines = batch.decode().split("\n")[:-1]
            assert all(lines)
            cells = list(records.split(lines))
            assert len(cells) == len(lines)
            rows += cells
        assert 0 <= records.read_bytes <= records.total_bytes
        return records.columns, rows


def outcome(path, options, limits=LIMITS):
    """What reading a file ends in: a code, or its rows; and how long it took.

    :return: ``(code or None, rows or None, seconds)``
    """
    start = time.monotonic()
    try:
        _columns, rows = read_all(path, options, limits)
        code = None
    except FormatError as error:
        assert error.code.isidentifier() and error.message
        json.dumps(error.details)
        code, rows = error.code, None
    return code, rows, time.monotonic() - start


def to_csv(table, encoding="utf-8", **how):
    out = io.StringIO(newline="")
    csv.writer(out, **how).writerows(table)
    return out.getvalue().encode(encoding)


def to_xlsx(table):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Stock")
    for row in table:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_xls(table):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Stock")
    for y, row in enumerate(table):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_ODS = (
    "<office:document-content"
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Stock">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def to_ods(table):
    cell = (
        '<table:table-cell office:value-type="string"><text:p>{}</text:p>'
        "</table:table-cell>"
    )
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>"
        for row in table
    )
    return to_zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": _ODS.format(rows).encode(),
            "META-INF/manifest.xml": b'<manifest:manifest xmlns:manifest="'
            b'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        }
    )


def to_zip(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def to_xml(table):
    names, *rows = table
    items = "".join(
        "<Item>"
        + "".join(
            f"<{name}>{cell}</{name}>" for name, cell in zip(names, row, strict=True)
        )
        + "</Item>"
        for row in rows
    )
    return f'<?xml version="1.0"?>\n<Items>{items}</Items>'.encode()


def to_json(table):
    names, *rows = table
    items = [dict(zip(names, row, strict=True)) for row in rows]
    return json.dumps({"data": {"items": items}}).encode()


@functools.cache
def samples():
    """``{name: (bytes, Options)}``: one small good file of each format."""
    table = [COLUMNS, *ROWS]
    csv_data = to_csv(table)
    plain = Options()
    return {
        "csv": (csv_data, plain),
        "utf16": (to_csv(table, "utf-16", delimiter="\t"), Options(delimiter="\t")),
        "gz": (gzip.compress(csv_data, mtime=0), plain),
        "zip": (to_zip({"stock.csv": csv_data}), plain),
        "gz_in_zip": (to_zip({"s.gz": gzip.compress(csv_data, mtime=0)}), plain),
        "xlsx": (to_xlsx(table), Options(kind="sheet")),
        "xls": (to_xls(table), Options(kind="sheet")),
        "ods": (to_ods(table), Options(kind="sheet")),
        "xml": (to_xml(table), Options(kind="xml", record_path="Items/Item")),
        "json": (to_json(table), Options(kind="json", record_path="data.items")),
    }
