"""Structures as in "Specification BMEcat Version 1.2" (2001) and "BMEcat 2005", with
our own data."""

import pytest

from ..formats import bmecat
from .common_edi import FILES, far_apart, read, refusal, written

OLD = (FILES / "bmecat_1_2_prices.xml").read_bytes()
NEW = (FILES / "bmecat_2005_catalog.xml").read_bytes()


def test_prices_of_1_2_with_factor_and_steps():
    assert read(bmecat, OLD) == [
        {
            "vendor_part": "Q20-P09",
            "price": "8.5000",
            "price_breaks": "1:8.5000|50:7.6500",
            "list_price": "12.00",
            "currency": "EUR",
            "price_from": "2027-01-01",
            "price_until": "2027-06-30",
            "document_date": "2026-11-22",
        }
    ]


def test_a_factor_that_is_no_number_makes_no_price():
    data = OLD.replace(b">0.85<", b">15 %<", 1)
    assert read(bmecat, data)[0]["price"] == "10.00 x 15 %"


def test_catalogue_of_2005():
    product, gone = read(bmecat, NEW)
    assert product == {
        "vendor_part": "LED-5",
        "manufacturer_part": "ML5",
        "manufacturer": "Muster Licht",
        "gtin": "7612345000019",
        "description": "LED lamp 5 W",
        "list_price": "49.50",
        "price_quantity": "10",
        "currency": "CHF",
        "min_qty": "5",
        "pack_qty": "5",
        "unit": "C62",
        "price_from": "2027-01-01",
        "document_date": "2026-11-22",
    }
    assert (gone["vendor_part"], gone["end_of_life"]) == ("LED-4", "1")


@pytest.mark.parametrize("version", ["1.2", "2005"])
@pytest.mark.parametrize(
    "transaction",
    ["T_NEW_CATALOG", "T_NEW_PRODUCTDATA", "T_UPDATE_PRODUCTS", "T_UPDATE_PRICES"],
)
def test_transactions(version, transaction):
    items = far_apart(3)
    data = written("BMEcat", items, version=version, transaction=transaction)
    assert [row["price"] for row in read(bmecat, data)] == [
        one["price"] for one in items
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'1_2.dtd">', b'1_2.dtd" [<!ENTITY x "y">]>', "entity"),
        (b"Q20-P09", b"&Auml;-P09", "entity"),
        (b"<!-- made up -->", b"<!DOCTYPE BMECAT>", "corrupt"),
        (b"<BMECAT", b"<OPENTRANS", "unsupported"),
        (b"</ARTICLE>", b"", "corrupt"),
    ],
)
def test_what_is_wrong_is_refused(old, new, code):
    assert old in OLD
    assert refusal(bmecat, OLD.replace(old, new)) == code


def test_a_file_without_a_header():
    start, end = OLD.index(b"<HEADER>"), OLD.index(b"</HEADER>") + 9
    assert "document_date" not in read(bmecat, OLD[:start] + OLD[end:])[0]


def test_looks_like():
    assert bmecat.looks_like(OLD[:4096]) == bmecat.looks_like(NEW[:4096]) == 0.99
    assert bmecat.looks_like(b"<Catalogue/>") == bmecat.looks_like(b"\xff\xfe<") == 0
