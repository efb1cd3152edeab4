"""Structures as in the example documents of "Universal Business Language Version 2.1"
(OASIS Standard, 4 November 2013), annex A, with our own data."""

import pytest

from ..formats import ubl
from .common_edi import FILES, far_apart, read, refusal, written

STOCK = (FILES / "ubl_stock_availability.xml").read_bytes()
CATALOGUE = (FILES / "ubl_catalogue.xml").read_bytes()


def test_what_is_there_and_what_comes():
    assert read(ubl, STOCK) == [
        {
            "vendor_part": "WG-9",
            "gtin": "4012345100109",
            "buyer_part": "B-77",
            "description": "Work gloves, size 9",
            "quantity": "50",
            "unit": "NAR",
            "document_date": "2026-11-22",
        },
        {
            "vendor_part": "WG-10",
            "description": "Work gloves, size 10",
            "quantity": "0",
            "quantity_incoming": "120",
            "incoming_date": "2026-12-20",
            "unit": "NAR",
            "document_date": "2026-11-22",
        },
    ]


def test_catalogue_with_steps_and_a_deleted_item():
    stepped, gone = read(ubl, CATALOGUE)
    assert stepped == {
        "vendor_part": "SG-1",
        "manufacturer": "Acme & Sons",
        "description": "Safety glasses",
        "price": "4.50",
        "price_breaks": "10:4.50|100:4.10",
        "price_quantity": "1",
        "currency": "EUR",
        "min_qty": "10",
        "unit": "C62",
        "price_from": "2027-01-01",
        "price_until": "2027-06-30",
        "document_date": "2026-11-22",
    }
    assert (gone["vendor_part"], gone["end_of_life"]) == ("SG-0", "1")


def test_a_price_in_another_currency_is_no_step():
    data = CATALOGUE.replace(b'"EUR">4.10', b'"USD">4.10')
    row = read(ubl, data)[0]
    assert (row["price"], row.get("price_breaks")) == ("4.50", None)


def test_two_prices_for_the_same_quantity_are_both_shown():
    data = CATALOGUE.replace(b">100</cbc:MinimumQ", b">10</cbc:MinimumQ")
    assert read(ubl, data)[0]["price"] == "4.50 | 4.10"


@pytest.mark.parametrize("encoding", ["utf-16", "iso8859-1"])
def test_encodings(encoding):
    text = CATALOGUE.decode().replace("Sons", "Söhne").replace("UTF-8", encoding)
    assert read(ubl, text.encode(encoding))[0]["manufacturer"] == "Acme & Söhne"


_BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
_FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_OUTSIDE = b'<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd">'


@pytest.mark.parametrize("doctype", [_BOMB, _FILE, _OUTSIDE, b"<!DOCTYPE x>"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(doctype, encoding):
    data = STOCK.replace(b"?>", b"?>" + b"<!-- > -->" + doctype, 1)
    data = data.decode().replace("UTF-8", encoding).encode(encoding)
    assert refusal(ubl, data) == "entity"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b">50<", b">&fifty;<", "entity"),
        (b"</cac:Item>", b"", "corrupt"),
        (b"size 9", b"size \xff", "encoding"),
        (b"StockAvailabilityReport", b"Invoice", "unsupported"),
    ],
)
def test_what_is_wrong_is_refused(old, new, code):
    assert refusal(ubl, STOCK.replace(old, new)) == code


def test_a_cut_file_is_never_taken_for_a_whole_one():
    for size in range(40, len(STOCK.rstrip()), 3):
        code = refusal(ubl, STOCK[:size])
        assert code in ("truncated", "corrupt", "unsupported", "entity"), (size, code)
    assert refusal(ubl, STOCK[:1500]) == "truncated"


def test_depth_and_length_have_limits():
    deep = b"<a>" * 400 + b"</a>" * 400
    assert refusal(ubl, STOCK.replace(b">50<", b">" + deep + b"<")) == "depth"
    long = b"<a/>" * 600_000
    assert refusal(ubl, STOCK.replace(b">50<", b">" + long + b"<")) == "too_big"


def test_a_document_without_lines():
    assert refusal(ubl, written("Catalogue", [])) == "empty"


def test_looks_like():
    assert ubl.looks_like(STOCK[:4096]) == ubl.looks_like(CATALOGUE[:4096]) == 0.99
    assert ubl.looks_like(written("InventoryReport", far_apart(1))) == 0.99
    assert ubl.looks_like(b"<Catalogue><Item/>") == 0.3
    assert ubl.looks_like(b"<Invoice/>") == ubl.looks_like(b"") == 0
