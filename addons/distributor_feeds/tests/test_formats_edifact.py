"""Structures as in "EANCOM 1997 Part II: INVRPT, PRICAT" (D.96A), examples of part
6, and "EANCOM 2002 S4 INVRPT, PRICAT" (D.01B), with our own data."""

import pytest

from ..formats import edifact
from ..formats.contract import FormatError, Options
from .common_edi import FILES, far_apart, read, refusal, written

STOCK = (FILES / "edifact_invrpt_96a.edi").read_bytes()
PRICES = (FILES / "edifact_pricat_01b.edi").read_bytes()


def test_totals_places_packages_and_damaged_goods():
    names = "gtin", "warehouse", "quantity", "quantity_incoming", "incoming_date"
    assert [
        tuple(row.get(name, "") for name in names) for row in read(edifact, STOCK)
    ] == [
        ("4012345100109", "", "300", "", ""),
        ("4012345100208", "4012345500103", "60", "", ""),
        ("4012345100208", "4012345500110", "30", "12", "2026-12-01"),
        ("4012345100307", "4012345500103", "5", "", ""),
    ]


def test_price_catalogue_with_decimal_comma_and_released_quote():
    stepped, gone, foreign = read(edifact, PRICES)
    assert stepped == {
        "vendor_part": "KT-300",
        "manufacturer_part": "R 77",
        "gtin": "4012345100109",
        "description": 'Kühltasche "To\'go", 30 l blau',
        "price": "24.5",
        "price_breaks": "1:24.5|12:22",
        "list_price": "39.95",
        "price_quantity": "1",
        "currency": "EUR",
        "min_qty": "6",
        "pack_qty": "12",
        "unit": "PCE",
        "price_from": "2027-01-01",
        "document_date": "2026-11-22",
    }
    assert (gone["vendor_part"], gone["end_of_life"]) == ("KT-310", "1")
    assert (foreign["price"], foreign["price_quantity"]) == ("120", "100")
    assert (foreign["currency"], foreign["price_until"]) == ("CHF", "2027-06-30")


@pytest.mark.parametrize("release", ["96A", "01B"])
@pytest.mark.parametrize("marks", [":+.?'", ":+,?'", ";|,\\!", "\x1f\x1d. \x1c"])
def test_separators_are_those_of_una(release, marks):
    items = far_apart(3)
    data = written("PRICAT", items, release=release, marks=marks, line_end="")
    assert [row["price"] for row in read(edifact, data)] == [
        one["price"] for one in items
    ]


def test_every_separator_released():
    text = "a?b'c+d:e??'f?+g''"
    (row,) = read(edifact, written("INVRPT", [{"gtin": "1", "description": text}]))
    assert row["description"] == text


def test_pieces_of_the_file_that_end_at_a_released_terminator():
    items = [{"gtin": str(index), "description": "'?" * 60} for index in range(900)]
    rows = read(edifact, written("INVRPT", items, line_end=""))
    assert [row["description"] for row in rows] == ["'?" * 60] * 900


@pytest.mark.parametrize(
    ("charset", "encoding", "text"),
    [
        ("UNOC", "iso8859-1", "Größe"),
        ("UNOD", "iso8859-2", "Łódź"),
        ("UNOE", "iso8859-5", "Москва"),
        ("UNOY", "utf-8", "Łódź Москва 東京"),
    ],
)
def test_character_set_of_unb(charset, encoding, text):
    data = written("INVRPT", [{"gtin": "1", "description": text}], charset=charset)
    (row,) = read(edifact, data.decode().encode(encoding))
    assert row["description"] == text


def test_letters_outside_of_the_character_set():
    data = STOCK.replace(b"PIA+1+KT-300", "PIA+1+KÜ".encode("latin-1"))
    assert refusal(edifact, data) == "encoding"
    chosen = Options(kind="edifact", encoding="cp1252")
    assert read(edifact, data, chosen)[0]["vendor_part"] == "KÜ"


def test_several_interchanges_messages_and_a_group():
    one = written("INVRPT", far_apart(2)).decode()
    start, end = one.index("UNH"), one.index("UNZ")
    message = one[start:end]
    grouped = (
        one[:start]
        + "UNG+INVRPT+A+B+261122:2215+7+UN+D:96A'\n"
        + message
        + message
        + "UNE+2+7'\nUNZ+1+1'\n"
    )
    two = one[:end] + message + "UNZ+2+1'"
    assert len(read(edifact, (grouped + two).encode() + PRICES)) == 4 + 4 + 3
    assert refusal(edifact, grouped.replace("UNE+2", "UNE+1").encode()) == "counts"
    assert refusal(edifact, grouped.replace("UNE+2+7", "UNE+2+8").encode()) == "counts"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"UNZ+1+", b"UNZ+2+", "counts"),
        (b"UNZ+1+00000815", b"UNZ+1+00000816", "counts"),
        (b"ME000001'\nUNZ", b"ME000002'\nUNZ", "counts"),
        (b"QTY+145:300'\n", b"", "counts"),
        (b"CNT+2:3", b"CNT+2:4", "counts"),
        (b"INVRPT:D", b"ORDERS:D", "unsupported"),
        (b"UNOA", b"UNOX", "unsupported"),
        (b"LIN+2", b"LIM+2", "corrupt"),
        (b"LIN+2", b"GIN+2", "corrupt"),
        (b"LIN+2", b"LIN+BJ", "corrupt"),
        (b"UNB", b"UNX", "corrupt"),
        (b"BGM", b"LIN", "corrupt"),
    ],
)
def test_what_does_not_agree_is_refused(old, new, code):
    assert old in STOCK
    assert refusal(edifact, STOCK.replace(old, new, 1)) == code


def test_a_cut_file_is_never_taken_for_a_whole_one():
    for size in range(1, len(STOCK.rstrip()) - 1):
        code = refusal(edifact, STOCK[:size])
        assert code in ("truncated", "counts", "corrupt", "unsupported"), (size, code)
    assert refusal(edifact, STOCK[:400]) == "truncated"


def test_una_that_cannot_be():
    assert refusal(edifact, PRICES.replace(b"UNA:+,? '", b"UNA::,? '")) == "corrupt"
    assert refusal(edifact, b"UNA:+") == "truncated"


def test_unsupported_message_is_named():
    with pytest.raises(FormatError) as caught:
        read(edifact, STOCK.replace(b"INVRPT:D", b"DESADV:D"))
    assert caught.value.details == {"found": ["DESADV"]}


def test_looks_like():
    assert edifact.looks_like(STOCK[:4096]) == edifact.looks_like(PRICES[:4096]) == 0.99
    assert edifact.looks_like(STOCK.replace(b"INVRPT", b"ORDERS")) == 0.9
    assert edifact.looks_like(b"UNABLE TO CONNECT") == edifact.looks_like(b"") == 0
