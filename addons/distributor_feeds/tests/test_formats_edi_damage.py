"""Documents of standards that were damaged on their way: nothing wrong is read."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..formats.contract import FormatError
from .common_edi import CARRIED, DOCUMENTS, far_apart, read, written

_QUICK = settings(
    max_examples=80,
    deadline=2000,  # milliseconds: damage must not make it hang
    suppress_health_check=[HealthCheck.too_slow],
)
_ITEMS = far_apart(5)
#: Owner of what no small damage turns into another one's.
_CODES = {
    one[name]: index
    for index, one in enumerate(_ITEMS)
    for name in ("vendor_part", "gtin")
}
_FIGURES = {
    one[name]: index
    for index, one in enumerate(_ITEMS)
    for name in ("quantity", "price")
}
_SYNTAX = [
    *(bytes([one]) for one in b"~*'+:?\n<>&\"=/\0\x1f\xff 0S"),
    b"&x;",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<a>",
    b"LIN*9*VP*X~",
    b"QTY*33*5~",
    b"LIN+9++X'",
    b"QTY+145:5'",
]

_text = st.text(
    st.characters(
        codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="~*>"
    ),
    min_size=1,
    max_size=20,
)
_number = st.decimals(0, 10**9, places=2).map(str)
_whole = st.integers(1, 10**6).map(str)
_date = st.dates().map(lambda one: one.strftime("%Y-%m-%d").rjust(10, "0"))
_steps = st.lists(
    st.tuples(st.integers(1, 999), _number),
    min_size=2,
    max_size=4,
    unique_by=lambda x: x[0],
).map(lambda steps: "|".join(f"{least}:{price}" for least, price in sorted(steps)))
_item = st.fixed_dictionaries(
    {
        "vendor_part": _text,
        "description": _text,
        "quantity": _number,
        "price": _number,
    },
    optional={
        "manufacturer_part": _text,
        "manufacturer": _text,
        "gtin": _whole,
        "buyer_part": _text,
        "warehouse": _text,
        "quantity_incoming": _number,
        "list_price": _number,
        "price_quantity": _whole,
        "currency": st.sampled_from(["EUR", "USD"]),
        "min_qty": _whole,
        "pack_qty": _whole,
        "unit": st.sampled_from(["PCE", "C62"]),
        "price_breaks": _steps,
        "price_from": _date,
        "price_until": _date,
        "end_of_life": st.just("1"),
    },
)


@pytest.mark.parametrize("name", DOCUMENTS)
@given(items=st.lists(_item, min_size=1, max_size=4))
@settings(_QUICK, max_examples=15)
def test_what_is_written_is_read(name, items):
    for item in items:
        if "price_breaks" in item:
            item["price"] = item["price_breaks"].split("|")[0].split(":")[1]
    rows = read(DOCUMENTS[name][0], written(name, items))
    names = CARRIED[name] - {"unit"}  # not written without a price or a quantity
    expected = [{key: one[key] for key in names & one.keys()} for one in items]
    if name in ("BMEcat",):
        for one in expected:
            one.setdefault("currency", "EUR")  # of its header
    assert [{key: row[key] for key in names & row.keys()} for row in rows] == expected


@cache
def _whole_document(name):
    """Its pieces (segments, or lines of one item), and its records."""
    data, end = written(name, _ITEMS), DOCUMENTS[name][2].encode()
    pieces = [one + end for one in data.split(end)]
    pieces[-1] = pieces[-1].removesuffix(end)
    return pieces, read(DOCUMENTS[name][0], data)


@st.composite
def _damage(draw, pieces):
    """One damaged piece: ``(index, bytes)``."""
    index = draw(st.integers(0, len(pieces) - 1))
    piece = pieces[index]
    start = draw(st.integers(0, len(piece)))
    kind = draw(st.sampled_from(["flip", "cut", "insert", "double", "drop"]))
    if kind == "flip" and start < len(piece):
        mask = draw(st.integers(1, 255))
        return index, piece[:start] + bytes([piece[start] ^ mask]) + piece[start + 1 :]
    if kind == "cut":
        return index, piece[:start] + piece[draw(st.integers(start, len(piece))) :]
    if kind == "insert":
        return index, piece[:start] + draw(st.sampled_from(_SYNTAX)) + piece[start:]
    return index, piece * 2 if kind == "double" else b""


@pytest.mark.parametrize("name", DOCUMENTS)
@given(data=st.data())
@_QUICK
def test_damage_of_one_piece_changes_one_item_or_is_refused(name, data):
    pieces, whole = _whole_document(name)
    index, piece = data.draw(_damage(pieces))
    try:
        rows = read(
            DOCUMENTS[name][0], b"".join([*pieces[:index], piece, *pieces[index + 1 :]])
        )
    except FormatError as error:
        assert error.message
        return
    for row in rows:
        _assert_own_figures(row)
    if index > _head(pieces):
        assert len(_changed(whole, rows)) <= 1


@pytest.mark.parametrize("name", DOCUMENTS)
@given(data=st.binary(max_size=200), at=st.integers(0, 2000))
@settings(_QUICK, max_examples=30)
def test_anything_at_all_is_read_or_refused(name, data, at):
    """Also bytes that replace much of a document, and files that are nothing else."""
    good = b"".join(_whole_document(name)[0])
    for bad in (data, good[:at] + data, good[:at] + data + good[at + len(data) :]):
        try:
            rows = read(DOCUMENTS[name][0], bad)
        except FormatError as error:
            assert error.message
        else:
            for row in rows:
                _assert_own_figures(row)


def _assert_own_figures(row):
    """No quantity and no price next to the code of another item."""
    owners = {
        _CODES[row[name]] for name in ("vendor_part", "gtin") if row.get(name) in _CODES
    }
    figures = {
        _FIGURES[row[name]]
        for name in ("quantity", "price")
        if row.get(name) in _FIGURES
    }
    assert not owners or figures <= owners, row


def _head(pieces):
    """Index of the last piece before the first item."""
    marks = (b"LIN", b"Line>", b"<PRODUCT>")
    return (
        next(
            index
            for index, one in enumerate(pieces)
            if any(mark in one for mark in marks)
        )
        - 1
    )


def _changed(whole, rows):
    """Records of the whole document that the other one does not have in their place."""
    start = 0
    while start < min(len(whole), len(rows)) and whole[start] == rows[start]:
        start += 1
    rest, other = whole[start:], rows[start:]
    while rest and other and rest[-1] == other[-1]:
        rest, other = rest[:-1], other[:-1]
    return rest
