"""XML and JSON: cells by their paths, hostile documents refused."""

import pytest

from odoo.addons.distributor_feeds.formats import FormatError, Limits, Options

from .common_formats import COLUMNS, ROWS, read_all, to_json, to_xml, write

PLAIN = [[row[0], row[1], row[2], "name"] for row in ROWS]
ENTITY = b'<!DOCTYPE a [<!ENTITY x "y">]><a><i>&x;</i></a>'
LAUGHS = b"".join(
    [
        b'<!DOCTYPE a [<!ENTITY l0 "ha">',
        *(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)),
        b"]><a><i>&l9;</i></a>",
    ]
)
FILE = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><i>&x;</i></a>'
PARAMETER = b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]><a><i/></a>'


def read(folder, data, kind, record_path="", limits=None):
    path = write(folder, data)
    return read_all(path, Options(kind=kind, record_path=record_path), limits)


def refusal(folder, *args, **kwargs):
    with pytest.raises(FormatError) as refused:
        read(folder, *args, **kwargs)
    return refused.value


@pytest.mark.parametrize("path", ["Items/Item", "Item", ""])
def test_xml_as_written(tmp_path, path):
    columns, rows = read(tmp_path, to_xml([COLUMNS, *PLAIN]), "xml", path)
    assert columns == sorted(COLUMNS)
    assert rows == [[code, name, price, qty] for code, qty, price, name in PLAIN]


def test_xml_leaves(tmp_path):
    data = """<?xml version="1.0" encoding="iso-8859-1"?>
    <f:feed xmlns:f="urn:f" xmlns:g="urn:g"><!-- c --><date>2026</date><f:list>
      <f:i no="1"><g:n>Gr\xf6\xdfe &amp; <![CDATA[<x>]]></g:n><p cur="EUR"> 1.5 </p>
        <b><q>1</q></b><b><q>10</q></b></f:i>
      <f:i no="2"><late/><g:n>two
lines</g:n></f:i>
    </f:list></f:feed>""".encode("latin-1")
    columns, rows = read(tmp_path, data, "xml", "list/i")
    assert columns == ["@no", "b (2)/q", "b/q", "late", "n", "p", "p/@cur"]
    assert rows == [
        ["1", "10", "1", "", "Größe & <x>", "1.5", "EUR"],
        ["2", "", "", "", "two\nlines", "", ""],
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ENTITY, "entity"),
        (LAUGHS, "entity"),
        (FILE, "entity"),
        (PARAMETER, "entity"),
        (b"<a><i>1&nbsp;2</i></a>", "entity"),
        (b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/"><a><i>&x;</i></a>', "entity"),
        (b"<i>" * 60 + b"</i>" * 60, "depth"),
        (b"<a><i>1</i><i>2", "truncated"),
        (b"<a><i>1</i><i>2</j></a>", "corrupt"),
        (b"<a><i>1</i></a><a/>", "corrupt"),
        (b"<a><i>\0</i></a>", "encoding"),
        (b'<?xml version="1.0" encoding="utf-8"?><a><i>\xff</i></a>', "encoding"),
        (b'<?xml version="1.0" encoding="klingon"?><a><i>x</i></a>', "encoding"),
        (b"<a><j>1</j></a>", "no_member"),
        (b"<a><i>" + b"x" * 70_000 + b"</i></a>", "line_too_long"),
        (b"<a><i>" + b"x" * (20 << 20), "line_too_long"),
        (b"<a><i>" + b"<x>1</x>" * 600_000, "line_too_long"),
        (b"<a>" + b"".join(b"<j%d/>" % n for n in range(600)) + b"</a>", "columns"),
        (b"<a " + b" ".join(b'a%d=""' % n for n in range(350_000)) + b"/>", "columns"),
        (b"not xml", "corrupt"),
        (b"", "empty"),
    ],
)
def test_xml_that_is_refused(tmp_path, data, code):
    path = "a" if code == "columns" else "i"
    assert refusal(tmp_path, data, "xml", path).code == code


def test_xml_outside_of_records_is_not_kept(tmp_path):
    """7 MB of elements that are no records do not count as one record."""
    data = b"<a>" + b"<x>0123456789</x>" * 400_000 + b"<i><n>1</n></i></a>"
    assert read(tmp_path, data, "xml", "i", Limits(max_ratio=1)) == (["n"], [["1"]])


@pytest.mark.parametrize(
    ("data", "path", "columns", "rows"),
    [
        (b'[{"a":1},{"b":"x"}]', "", ["a", "b"], [["1", ""], ["", "x"]]),
        (b'{"a":1}\n{"a":2}\n', "", ["a"], [["1"], ["2"]]),
        (b"[[1,2],[3,4]]", "", ["1", "2"], [["1", "2"], ["3", "4"]]),
        (b'{"d":{"l":[{"a":1}],"x":[{"a":2}]}}', "d.l", ["a"], [["1"]]),
        (
            b'{"p":{"X":{"q":1},"Y":{"q":2}}}',
            "p.*",
            ["@key", "q"],
            [["X", "1"], ["Y", "2"]],
        ),
        (
            b'[{"p":{"v":1.50,"c":null},"b":[{"q":1},{"q":5}],"t":true,"t":false}]',
            "",
            ["b.1.q", "b.2.q", "p.c", "p.v", "t", "t (2)"],
            [["1", "5", "", "1.50", "true", "false"]],
        ),
        (b'[{"a":"x\\u0000\\ud800\\ny","b":1e5}]', "", ["a", "b"], None),
        ('[{"a":"ü\u2028"}]'.encode("utf-16"), "", ["a"], [["ü\u2028"]]),
    ],
)
def test_json(tmp_path, data, path, columns, rows):
    found = read(tmp_path, data, "json", path)
    assert found[0] == columns
    assert rows is None or found[1] == rows


def test_json_as_written(tmp_path):
    columns, rows = read(tmp_path, to_json([COLUMNS, *ROWS]), "json", "data.items")
    assert columns == sorted(COLUMNS)
    assert rows == [[code, name, price, qty] for code, qty, price, name in ROWS]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[" * 60 + b"]" * 60, "depth"),
        (b'[{"a":1},{"a"', "truncated"),
        (b'[{"a":1},]', "corrupt"),
        (b'[{"a":NaN}]', "corrupt"),
        (b'[{"a":' + b"9" * 5000 + b"}]", "corrupt"),
        (b'[{"a":"' + b"x" * 70_000 + b'"}]', "line_too_long"),
        (b'[{"a":"' + b"x" * (20 << 20), "line_too_long"),
        (b'[{"a":"\xff"}]', "encoding"),
        (b'{"none":[],"items":{}}', "no_member"),
        (b"{" + b'"a":1,' * 300_000 + b'"b":1}', "columns"),
        (b'{"items":[]}', "no_member"),
        (b"", "empty"),
    ],
)
def test_json_that_is_refused(tmp_path, data, code):
    path = "items" if b"items" in data else ""
    assert refusal(tmp_path, data, "json", path).code == code


def test_an_exponent_does_not_become_a_gigabyte(tmp_path):
    rows = read(tmp_path, b'[{"a":1e999999999,"b":1e5,"c":1E-30}]', "json")[1]
    assert rows == [["1E+999999999", "100000", "0." + "0" * 29 + "1"]]
