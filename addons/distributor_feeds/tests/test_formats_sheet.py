"""Workbooks: cells as the text of their value, hostile ones refused."""

import datetime
import gzip
import io

import openpyxl
import pytest

from odoo.addons.distributor_feeds.formats import (
    FormatError,
    Limits,
    Options,
    open_records,
)

from .common_formats import (
    COLUMNS,
    ROWS,
    read_all,
    to_ods,
    to_xls,
    to_xlsx,
    to_zip,
    write,
)

SHEET = Options(kind="sheet")
REPEATED = (
    "<table:table-row table:number-rows-repeated='1048576'><table:table-cell "
    "table:number-columns-repeated='16384' office:value-type='string'>"
)


def refusal(folder, data, options=SHEET, limits=None):
    with pytest.raises(FormatError) as refused:
        read_all(write(folder, data), options, limits)
    return refused.value


@pytest.mark.parametrize("make", [to_xlsx, to_xls, to_ods])
def test_what_is_written_is_read(tmp_path, make):
    path = write(tmp_path, make([COLUMNS, *ROWS]))
    assert read_all(path, SHEET) == (COLUMNS, ROWS)


def test_packed_workbooks(tmp_path):
    book = to_xlsx([COLUMNS, *ROWS])
    for packed in (gzip.compress(book), to_zip({"stock.xlsx": book})):
        assert read_all(write(tmp_path, packed), SHEET) == (COLUMNS, ROWS)


def test_values_become_text(tmp_path):
    values = [
        (12.0, "12"),
        (19.900000000000002, "19.9"),
        (4006381333931, "4006381333931"),
        (0.00001, "0.00001"),
        (-3, "-3"),
        (True, "true"),
        (datetime.datetime(2026, 11, 23), "2026-11-23"),
        (datetime.datetime(2026, 11, 23, 8, 30), "2026-11-23T08:30:00"),
        ("two\nlines", "two\nlines"),
        ("00123", "00123"),
    ]
    table = [
        ["code", "value"],
        *([f"A{n}", one] for n, (one, _text) in enumerate(values)),
    ]
    _columns, rows = read_all(write(tmp_path, to_xlsx(table)), SHEET)
    assert [row[1] for row in rows] == [text for _one, text in values]


def test_rows_above_blank_rows_and_cells_beside(tmp_path):
    table = [["ACME", None, None], [None] * 3, ["code", "qty", None], ["A", 1, None]]
    table += [[None] * 3, ["B", 2, "note"]]
    path = write(tmp_path, to_xlsx(table))
    options = Options(kind="sheet", skip_rows=1)
    with open_records(path, options) as records:
        assert (records.columns, records.first_line) == (["code", "qty"], 4)
    assert read_all(path, options)[1] == [["A", "1"], ["B", "2", "note"]]
    options = Options(kind="sheet", skip_rows=3, header=False)
    assert read_all(path, options)[0] == ["Column 1", "Column 2", "Column 3"]


def test_a_sheet_by_name(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["a"])
    book.create_sheet("Lager").append(["b"])
    out = io.BytesIO()
    book.save(out)
    path = write(tmp_path, out.getvalue())
    assert read_all(path, Options(kind="sheet", sheet="Lager"))[0] == ["b"]
    refused = refusal(tmp_path, out.getvalue(), Options(kind="sheet", sheet="Stock"))
    assert refused.code == "no_member" and "Lager" in refused.message


def test_a_cell_in_the_last_corner_does_not_end_the_server(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "code", "x"
    out = io.BytesIO()
    book.save(out)
    assert refusal(tmp_path, out.getvalue()).code == "too_big"


def test_memory_of_the_other_process_is_limited(tmp_path):
    """A million rows of 20 cells, all but two of them empty: 670 MB."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["T1048576"] = "code", "x"
    out = io.BytesIO()
    book.save(out)
    limits = Limits(max_memory=400 << 20)
    assert refusal(tmp_path, out.getvalue(), limits=limits).code == "too_big"


def test_a_row_that_is_repeated_a_million_times(tmp_path):
    book = to_ods([["code"]]).replace(b"x", b"x")
    plain = '<table:table-row><table:table-cell office:value-type="string">'
    content = _part(book, "content.xml").decode().replace(plain, REPEATED)
    assert REPEATED in content
    book = to_zip(
        {"mimetype": _part(book, "mimetype"), "content.xml": content.encode()}
    )
    assert refusal(tmp_path, book).code in ("corrupt", "too_big")


def _part(book, name):
    import zipfile

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name)


def test_a_workbook_that_is_a_bomb(tmp_path):
    book = to_zip({"[Content_Types].xml": b"<a/>", "xl/media/1": b"\0" * (64 << 20)})
    assert refusal(tmp_path, book).code == "ratio"
    assert (
        refusal(tmp_path, book, limits=Limits(max_unpacked=1 << 20)).code == "too_big"
    )


def test_a_process_that_takes_too_long(tmp_path):
    limits = Limits(max_seconds=0.01)
    assert refusal(tmp_path, to_xls([COLUMNS, *ROWS]), limits=limits).code == "time"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "corrupt"),
        (to_zip({"[Content_Types].xml": b"<a/>"}), "corrupt"),
        (to_xlsx([]), "empty"),
        (to_xlsx([[f"c{n}" for n in range(501)]]), "columns"),
    ],
)
def test_files_that_are_refused(tmp_path, data, code):
    assert refusal(tmp_path, data).code == code


def test_only_a_header(tmp_path):
    assert read_all(write(tmp_path, to_xlsx([COLUMNS])), SHEET) == (COLUMNS, [])


def test_more_rows_than_allowed_are_told_at_the_end(tmp_path):
    book = to_xlsx([COLUMNS, *ROWS])
    assert refusal(tmp_path, book, limits=Limits(max_rows=59)).code == "too_big"


def test_closing_early_ends_the_process(tmp_path):
    path = write(tmp_path, to_xlsx([COLUMNS, *ROWS * 500]))
    with open_records(path, SHEET) as records:
        process = records._process
    assert process.returncode is not None
