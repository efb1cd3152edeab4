"""Text with a delimiter: what is written is what is read."""

import csv
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.distributor_feeds import formats
from odoo.addons.distributor_feeds.formats import (
    FormatError,
    Limits,
    Options,
    open_records,
)

from .common_formats import read_all, to_csv, write

CELLS = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\1\2\r\x1e"),
    max_size=8,
)

DELIMITERS = ",;\t|^~¦"
#: A row of nothing else is an empty one.
SIGNS = DELIMITERS + "\"' \t\n"


def rows_of(folder, data, **options):
    return read_all(write(folder, data), Options(**options))


@st.composite
def tables(draw):
    width = draw(st.integers(2, 5))
    rows = st.lists(CELLS, min_size=width, max_size=width).filter(
        lambda row: any(cell.strip(SIGNS) for cell in row)
    )
    return [[f"c{n}" for n in range(width)], *draw(st.lists(rows, max_size=8))]


@settings(max_examples=100, deadline=None)
@given(
    table=tables(),
    delimiter=st.sampled_from(DELIMITERS),
    quote=st.sampled_from("\"'"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_table_comes_back(table, delimiter, quote, quoting, encoding, end):
    if end == "\r":
        quoting = csv.QUOTE_ALL  # else Python leaves cells with a line feed unquoted
    data = to_csv(
        table,
        encoding,
        delimiter=delimiter,
        quotechar=quote,
        quoting=quoting,
        lineterminator=end,
    )
    with tempfile.TemporaryDirectory() as folder:
        columns, rows = rows_of(
            Path(folder), data, delimiter=delimiter, quote=quote, encoding=encoding
        )
    assert columns == table[0]
    assert rows == table[1:]


@settings(max_examples=100, deadline=None)
@given(
    data=st.binary(max_size=300)
    | st.text('a;"\n\r\\ \x1e', max_size=80).map(str.encode)
)
def test_any_bytes_give_lines_that_never_shift(data):
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), b"a;b\n" + data)
        try:
            read_all(path, Options(delimiter=";"))
        except FormatError as error:
            assert error.code in {"encoding", "nul"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a;b\n1;2\r3;4\r\n5;6", [["1", "2"], ["3", "4"], ["5", "6"]]),
        (b"a;b\n\n1;2\n\n\n;\n3;4\n\n", [["1", "2"], ["3", "4"]]),
        (b'a;b\n"x;y";2\n', [["x;y", "2"]]),
        (b'a;b\n"x""y";2\n', [['x"y', "2"]]),
        (b'a;b\n24" screen;2\n', [['24" screen', "2"]]),
        (b"a;b\nC:\\;2\n\\n;3\n", [["C:\\", "2"], ["\\n", "3"]]),
        (b'a;b\n"two\r\nlines";2\n3;4\n', [["two\nlines", "2"], ["3", "4"]]),
        (b'a;b\n\n"two\n\n\nparts";2\n\n3;4\n', [["two\n\n\nparts", "2"], ["3", "4"]]),
        (b'a;b\n1;"two\n"\n3;4\n', [["1", "two\n"], ["3", "4"]]),
        (b"a;b\n1\x01;2\x02\n3\x1e;4\n", [["1\x1a", "2\x1a"], ["3\x1a", "4"]]),
    ],
)
def test_lines_and_quotes(tmp_path, data, expected):
    assert rows_of(tmp_path, data, delimiter=";")[1] == expected


def test_a_quote_that_never_closes_costs_one_row(tmp_path):
    body = b'1;2\n3;"open\n' + b"4;5\n" * 30_000
    columns, rows = rows_of(tmp_path, b"a;b\n" + body, delimiter=";")
    assert rows[0] == ["1", "2"]
    assert rows[1] == []
    assert rows[2:] == [["4", "5"]] * 30_000


def test_a_quote_that_never_closes_at_the_end_costs_one_row(tmp_path):
    rows = rows_of(tmp_path, b'a;b\n1;2\n"3;4\n\n\n5;6\n\n', delimiter=";")[1]
    assert rows == [["1", "2"], [], ["5", "6"]]


def test_a_quote_in_the_header_that_never_closes(tmp_path):
    columns, rows = rows_of(tmp_path, b'a;"b\n1;2\n', delimiter=";")
    assert columns == ["a", '"b']
    assert rows == [["1", "2"]]


def test_an_open_quote_behind_an_inch_mark_takes_nothing(tmp_path):
    rows = rows_of(tmp_path, b'a;b\n24";"open\n1;2\n', delimiter=";")[1]
    assert rows == [[], ["1", "2"]]


def test_quotes_that_open_again_on_every_line_take_no_hours(tmp_path):
    data = b"a;b\n" + b'a"b";"c\n' * 100_000
    with open_records(write(tmp_path, data), Options(delimiter=";")) as records:
        assert sum(batch.count(b"\n") for batch in records.batches()) == 100_000


def test_a_record_may_cross_blocks(tmp_path):
    table = [["a", "b"], *([str(n), f"line\n{n}" * 20] for n in range(10_000))]
    assert rows_of(tmp_path, to_csv(table))[1] == table[1:]


def test_a_line_end_may_be_cut_in_two(tmp_path):
    for pad in range(11):
        data = b"x" * pad + b"a,b\r\n" + b'"x\r\ny",1\r\n' * 7_000
        rows = rows_of(tmp_path, data)[1]
        assert rows == [["x\ny", "1"]] * 7_000


def test_names_of_columns_become_usable(tmp_path):
    data = '\ufeff Code ;;Preis;Preis;"two\nlines"\n1;2;3;4;5\n'.encode()
    columns, rows = rows_of(tmp_path, data, delimiter=";")
    assert columns == ["Code", "Column 2", "Preis", "Preis (2)", "two lines"]
    assert rows == [["1", "2", "3", "4", "5"]]


def test_without_header_and_with_lines_above(tmp_path):
    data = b"ACME\n\n1;2\n3;4\n"
    path = write(tmp_path, data)
    options = Options(delimiter=";", header=False, skip_rows=1)
    with open_records(path, options) as records:
        assert records.columns == ["Column 1", "Column 2"]
        assert records.first_line == 3
    assert read_all(path, options)[1] == [["1", "2"], ["3", "4"]]


def test_first_line_is_below_the_header(tmp_path):
    path = write(tmp_path, b"title\n\ncode;qty\n1;2\n")
    with open_records(path, Options(delimiter=";", skip_rows=1)) as records:
        assert records.columns == ["code", "qty"]
        assert records.first_line == 4


def test_a_delimiter_of_several_characters(tmp_path):
    data = b'a||b\n1||2"\n'
    assert rows_of(tmp_path, data, delimiter="||", quote="")[1] == [["1", '2"']]


def test_blanks_before_quotes(tmp_path):
    data = b'a, b\n1, "x, y"\n'
    assert rows_of(tmp_path, data, skip_space=True)[1] == [["1", "x, y"]]


def test_only_a_header(tmp_path):
    assert rows_of(tmp_path, b"a,b\n") == (["a", "b"], [])


@pytest.mark.parametrize(
    ("data", "options", "code"),
    [
        (b"", {}, "empty"),
        (b"\xef\xbb\xbf", {}, "empty"),
        (b"\n \n"[:2] * 9, {}, "empty"),
        (b"a,b\n1,\0\n", {}, "nul"),
        ("a,b\n1,2\n".encode("utf-16-le"), {"encoding": "utf-8"}, "nul"),
        ("a,b\nü,2\n".encode("cp1252"), {"encoding": "utf-8"}, "encoding"),
        (b"a,b\n" + "ü".encode() * 40_000 + b"\n", {}, "line_too_long"),
        (b"a,b\n" + "ü\n".encode() * 40_000 + b"\xfc\n", {}, "encoding"),
        (b"a,b\n\xff\xfe\n", {"encoding": "utf-8"}, "encoding"),
        (b"x" * 70_000, {}, "line_too_long"),
        (b"," * 600, {}, "columns"),
        (b"\x50\x4b\x03\x04nonsense", {}, "truncated"),
        (b"%PDF-1.7", {}, "unsupported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, {}, "not_text"),
    ],
)
def test_files_that_are_refused(tmp_path, data, options, code):
    with pytest.raises(FormatError) as refused:
        rows_of(tmp_path, data, **options)
    assert refused.value.code == code


def test_more_rows_than_allowed(tmp_path):
    path = write(tmp_path, b"a,b\n" + b"1,2\n" * 100)
    with pytest.raises(FormatError, match="more than 50 rows"):
        read_all(path, Options(), Limits(max_rows=50))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "csv"},
        {"encoding": "latin-99"},
        {"encoding": "idna"},
        {"encoding": "rot13"},
        {"encoding": "unicode_escape"},
        {"delimiter": ""},
        {"delimiter": "\n"},
        {"delimiter": "||"},
        {"delimiter": '"'},
        {"quote": '""'},
        {"skip_rows": -1},
        {"skip_rows": "1"},
        {"header": 1},
        {"colour": "red"},
    ],
)
def test_options_that_are_refused(wrong):
    with pytest.raises(FormatError) as refused:
        Options.from_dict(wrong)
    assert refused.value.code == "options"


def test_options_travel_through_json():
    options = Options(kind="sheet", sheet="Lager", skip_rows=2, header=False)
    assert Options.from_dict(options.to_dict()) == options
    assert Options.from_dict({}) == Options()


MEMORY = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from {package} import Options, open_records
with open_records(sys.argv[2], Options(kind=sys.argv[3])) as records:
    count = sum(batch.count(b"\\n") for batch in records.batches())
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.parametrize(
    ("kind", "few", "many", "head", "line", "foot"),
    [
        ("delimited", 30_000, 3_000_000, b"a,b,c\n", b'"A-1","5",12.50\n', b""),
        ("xml", 1_000, 100_000, b"<a>", b"<i><b>1</b><c>2</c></i>\n", b"</a>"),
        ("json", 1_000, 100_000, b"", b'{"a":"A-1","b":5}\n', b""),
    ],
)
def test_memory_does_not_grow_with_the_file(
    tmp_path, kind, few, many, head, line, foot
):
    """The peak of a process that reads few records, and of one with a hundredfold."""
    folder = Path(formats.__file__).parent
    peaks = []
    for lines in (few, many):
        path = write(tmp_path, b"")
        with open(path, "wb") as file:
            file.write(head)
            for _part in range(lines // few):
                file.write(line * few)
            file.write(foot)
        done = subprocess.run(
            [sys.executable, "-c", MEMORY.format(package=folder.name)]
            + [folder.parent, path, kind],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=True,
        )
        count, peak = map(int, re.findall(rb"\d+", done.stdout))
        assert count == lines
        peaks.append(peak)
    assert peaks[1] < peaks[0] + 24_000  # kB
