"""What a sample file looks like."""

import gzip

import pytest

from odoo.addons.distributor_feeds.formats import FormatError, guess

from .common_formats import COLUMNS, ROWS, samples, to_csv, to_zip, write

GERMAN = (
    "Artikelnummer;Bezeichnung;Preis\r\n"
    'A1;Größe 5, rot;1.234,50\r\nB2;"Öl; süß";3,5\r\n'
)


@pytest.mark.parametrize("name", list(samples()))
def test_each_format(tmp_path, name):
    data, options = samples()[name]
    found = guess(write(tmp_path, data))
    assert found.options.kind == options.kind
    assert sorted(found.columns) == sorted(COLUMNS)
    assert len(found.sample) == 20
    code = found.columns.index("code")
    assert [row[code] for row in found.sample] == [row[0] for row in ROWS[:20]]
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("delimiter", list(",;\t|^~"))
def test_delimiters(tmp_path, delimiter):
    data = to_csv([COLUMNS, *ROWS], delimiter=delimiter)
    assert guess(write(tmp_path, data)).options.delimiter == delimiter


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_encodings(tmp_path, encoding, named):
    found = guess(write(tmp_path, GERMAN.encode(encoding)))
    assert found.options.encoding == named
    assert found.columns == ["Artikelnummer", "Bezeichnung", "Preis"]
    assert found.sample == [
        ["A1", "Größe 5, rot", "1.234,50"],
        ["B2", "Öl; süß", "3,5"],
    ]
    assert found.decimal == ","


def test_letters_of_another_alphabet(tmp_path):
    text = "артикул;название;цена\nА1;стол деревянный;5\nА2;стул мягкий;6\n"
    found = guess(write(tmp_path, (text * 20).encode("cp1251")))
    assert found.columns == ["артикул", "название", "цена"]
    assert "cp1251" in found.notes[0]


def test_a_letter_far_below(tmp_path):
    data = b"code;name\n" + b"A;plain\n" * 100_000 + "B;Größe\n".encode("cp1252")
    assert guess(write(tmp_path, data)).options.encoding == "cp1252"


def test_lines_above_and_no_header(tmp_path):
    found = guess(write(tmp_path, b"Price list\n\ncode;qty\nA;1\nB;2\n"))
    assert (found.options.skip_rows, found.columns) == (2, ["code", "qty"])
    found = guess(write(tmp_path, b"A;1;2.5\nB;2;3.5\n"))
    assert (found.options.header, found.columns[0]) == (False, "Column 1")
    assert found.sample == [["A", "1", "2.5"], ["B", "2", "3.5"]]
    found = guess(write(tmp_path, b"sep=|\na|b\n1|2\n"))
    assert (found.options.delimiter, found.columns) == ("|", ["a", "b"])


def test_apostrophes_that_quote(tmp_path):
    found = guess(write(tmp_path, b"'a','b'\n'1,2','x'\n'3','y'\n"))
    assert found.sample == [["1,2", "x"], ["3", "y"]]


def test_a_zip_of_several_files(tmp_path):
    data = to_csv([COLUMNS, *ROWS])
    found = guess(write(tmp_path, to_zip({"a.csv": data, "b.csv": data})))
    assert found.options.member == "a.csv"
    assert "2 files" in found.notes[0]


def test_rows_of_odd_length_are_noted(tmp_path):
    found = guess(write(tmp_path, b"a;b\n1;2\n3\n4;5\n"))
    assert found.sample == [["1", "2"], ["3"], ["4", "5"]]
    assert "row 2" in found.notes[0]
    assert found.confidence < 0.5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 20, "not_text"),
        (b"\x89PNG\r\n", "unsupported"),
        (gzip.compress(b"%PDF-1.4"), "unsupported"),
        (gzip.compress(b"a,b\n1,2\n")[:-3], "truncated"),
    ],
    ids=["nothing", "bytes", "a picture", "a packed document", "a packed file cut off"],
)
def test_what_is_not_read(tmp_path, data, code):
    with pytest.raises(FormatError) as refused:
        guess(write(tmp_path, data))
    assert refused.value.code == code
