"""What a cell becomes, and which cells are refused."""

import json
from decimal import Decimal

import pytest

from odoo.addons.distributor_feeds.mapping import Mapping, MappingError, Problem, Rule

KNOWN = {"currencies": {"EUR": 1, "USD": 2}, "currency_default": "EUR"}


def converted(target, cell, units=None, **rule):
    """``{field: value}`` of one cell, or the Problem."""
    rules = [Rule("code", "code"), Rule(target, "cell", **rule)]
    mapping = Mapping(rules, ["code", "cell"], units=units, **KNOWN)
    (result,) = mapping.convert([["A", cell]])
    if isinstance(result, Problem):
        assert result.target == target
        return result.code
    return dict(zip(mapping.fields, result, strict=True))[
        "currency_id" if target == "currency" else target
    ]


COMMA = {"decimal": ",", "thousands": "."}
POINT = {"decimal": ".", "thousands": ","}
BLANK = {"decimal": ",", "thousands": " "}


@pytest.mark.parametrize(
    ("cell", "rule", "expected"),
    [
        ("1.234", COMMA, "1234"),
        ("1.234,50", COMMA, "1234.5"),
        ("1234,5", COMMA, "1234.5"),
        ("1,234.50", POINT, "1234.5"),
        ("1.234", POINT, "1.234"),
        ("1 234,50", BLANK, "1234.5"),
        ("1\xa0234,50", BLANK, "1234.5"),
        ("1\u202f234\u202f567,5", BLANK, "1234567.5"),
        ("1’234.50", {"decimal": ".", "thousands": "'"}, "1234.5"),
        (" 007.10 ", {"decimal": "."}, "7.1"),
        (".5", {"decimal": "."}, "0.5"),
        ("5.", {"decimal": "."}, "5"),
        ("0", {}, "0"),
        ("-0.00", {"decimal": "."}, "0"),
        ("+5", {}, "5"),
        ("12.50 EUR", {"decimal": "."}, "12.5"),
        ("€ 12,50", {"decimal": ","}, "12.5"),
        ("12,50", {}, "12.5"),
        ("12.50", {}, "12.5"),
        ("0.125", {}, "0.125"),
        ("1.234,5", {}, "1234.5"),
        ("1,234.5", {}, "1234.5"),
        ("1,234,567", {}, "1234567"),
        ("1234.567", {}, "1234.567"),
        ("10", {"factor": Decimal("1.19")}, "11.9"),
        ("10", {"price_per": Decimal(3)}, "3.33333333"),
        ("", {}, None),
        ("", {"default": "5"}, "5"),
        ("-5", {"negative": True}, "-5"),
        ("5-", {"negative": True}, "-5"),
        ("on request", {}, None),
        # refused
        ("1.234", {}, "not_a_number"),
        ("1,234", {}, "not_a_number"),
        ("1.2.3", {"decimal": "."}, "not_a_number"),
        ("1.2.3", {}, "not_a_number"),
        ("1,23", POINT, "not_a_number"),
        ("12,34,567", POINT, "not_a_number"),
        ("1.23", COMMA, "not_a_number"),
        ("NaN", {}, "not_a_number"),
        ("inf", {}, "not_a_number"),
        ("1e999", {}, "not_a_number"),
        ("1e5", {}, "not_a_number"),
        ("0x10", {}, "not_a_number"),
        ("１２", {}, "not_a_number"),
        ("٣", {}, "not_a_number"),
        ("1_000", {}, "not_a_number"),
        ("--5", {}, "not_a_number"),
        ("-", {}, "not_a_number"),
        (".", {}, "not_a_number"),
        ("EUR", {}, "not_a_number"),
        ("12.50 USD", {"decimal": "."}, "not_a_number"),
        ("-5", {}, "negative"),
        ("5-", {}, "negative"),
        ("1" * 13, {}, "out_of_range"),
        ("1" * 5000, {}, "out_of_range"),
        ("", {"required": True}, "missing"),
    ],
)
def test_prices(cell, rule, expected):
    assert converted("price", cell, **rule) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("5", ("5", "f")),
        ("50+", ("50", "t")),
        ("50 +", ("50", "t")),
        (">50", ("50", "t")),
        ("> 50", ("50", "t")),
        (">=50", ("50", "t")),
        ("more than 50", ("50", "t")),
        ("Mehr als 50", ("50", "t")),
        ("plus de 50", ("50", "t")),
        ("más de 50", ("50", "t")),
        ("In Stock", ("1", "t")),
        ("auf  Lager", ("1", "t")),
        ("YES", ("1", "t")),
        ("out of stock", ("0", "f")),
        ("ausverkauft", ("0", "f")),
        ("rupture de stock", ("0", "f")),
        ("", (None, "f")),
        ("<50", "not_a_quantity"),
        ("50+-", "not_a_quantity"),
        ("soon", "not_a_quantity"),
        (">", "not_a_quantity"),
        ("-5", "negative"),
        (">-5", "negative"),
    ],
)
def test_quantities(cell, expected):
    rules = [Rule("code", "code"), Rule("quantity", "cell")]
    mapping = Mapping(rules, ["code", "cell"], **KNOWN)
    assert mapping.fields == ("code", "quantity", "quantity_more")
    (result,) = mapping.convert([["A", cell]])
    if isinstance(result, Problem):
        assert (result.code, result.target, result.value) == (
            expected,
            "quantity",
            cell,
        ) or (result.code == expected and result.target == "quantity")
    else:
        assert result == ("A", *expected)


@pytest.mark.parametrize(
    ("cell", "date_format", "expected"),
    [
        ("2026-11-23", "", "2026-11-23"),
        ("2026-11-23T10:00:00Z", "", "2026-11-23"),
        ("2026-11-23 10:00", "", "2026-11-23"),
        ("2026-11-23T10:00:00.123+02:00", "", "2026-11-23"),
        ("20261123", "", "2026-11-23"),
        ("23.11.2026", "", "2026-11-23"),
        ("3.1.26", "", "2026-01-03"),
        ("11/12/2026", "m/d/y", "2026-11-12"),
        ("11/12/2026", "d.m.y", "2026-12-11"),
        ("2026/11/23", "y.m.d", "2026-11-23"),
        ("231126", "dmy", "2026-11-23"),
        ("0000-00-00", "", None),
        ("31.12.9999", "", None),
        ("0", "", None),
        ("", "", None),
        ("11/12/2026", "", "not_a_date"),
        ("30.02.2026", "", "not_a_date"),
        ("2026-13-01", "", "not_a_date"),
        ("tomorrow", "", "not_a_date"),
        ("23.11.2026", "iso", "not_a_date"),
        ("1823-01-01", "", "out_of_range"),
        ("٢٠٢٦-11-23", "", "not_a_date"),
    ],
)
def test_dates(cell, date_format, expected):
    assert converted("incoming_date", cell, date_format=date_format) == expected


@pytest.mark.parametrize(
    ("cell", "own", "expected"),
    [
        ("Yes", (), "t"),
        ("x", (), "t"),
        ("sí", (), "t"),
        ("Nein", (), "f"),
        ("", (), "f"),
        ("EOL", ("eol",), "t"),
        ("active", ("eol",), "f"),
        ("perhaps", (), "not_a_boolean"),
    ],
)
def test_yes_and_no(cell, own, expected):
    assert converted("end_of_life", cell, true_values=own) == expected


@pytest.mark.parametrize(
    ("target", "cell", "expected"),
    [
        ("name", "  Größe\n\t5\xa0m ", "Größe 5 m"),
        ("name", "", None),
        ("name", "x" * 1001, "too_long"),
        ("warehouse", "", ""),
        ("mpn", " AB-1 ", "AB-1"),
        ("mpn", "x" * 129, "too_long"),
        ("mpn", "A\x1aB", "bad_character"),
        ("mpn", "A\nB", "bad_character"),
        ("gtin", "4006381333931", "4006381333931"),
        ("gtin", "4 006381-333931", "4006381333931"),
        ("gtin", "4006381333932", None),
        ("gtin", "4.00638E+12", None),
        ("gtin", "0000000000000", None),
        ("currency", "usd", "2"),
        ("currency", "€", "1"),
        ("currency", "XXX", "unknown_currency"),
    ],
)
def test_texts_and_codes(target, cell, expected):
    assert converted(target, cell) == expected


@pytest.mark.parametrize(
    ("cell", "rule", "expected"),
    [
        ("10:4.50|100:4.10", {"decimal": "."}, [[10, 4.5], [100, 4.1]]),
        ("100:4,10; 10:4,50;", {"decimal": ","}, [[10, 4.5], [100, 4.1]]),
        ("10=4.50", {"decimal": ".", "price_per": Decimal(10)}, [[10, 0.45]]),
        ("", {}, None),
        ("10:4.50|10:4.10", {}, "not_breaks"),
        ("10", {}, "not_breaks"),
        ("10:", {}, "not_breaks"),
        ("10:-1", {}, "negative"),
        ("a:1", {}, "not_a_number"),
    ],
)
def test_breaks_in_one_column(cell, rule, expected):
    found = converted("price_breaks", cell, **rule)
    assert (json.loads(found) if found and found[0] == "[" else found) == expected


def test_numbered_breaks():
    columns = ["code", "q1", "p1", "q2", "p2"]
    rules = [
        Rule("code", "code"),
        *(
            Rule(f"break_{kind}_{n}", f"{kind[0]}{n}", decimal=".")
            for n in (1, 2)
            for kind in ("qty", "price")
        ),
    ]
    mapping = Mapping(rules, columns, **KNOWN)
    assert mapping.fields == ("code", "price_breaks")
    rows = [
        ["A", "10", "4.5", "100", "4"],
        ["B", "10", "4.5", "", ""],
        ["C", "0", "0", "", ""],
        ["D", "10", "", "", ""],
    ]
    a, b, c, d = mapping.convert(rows)
    assert (a[1], b[1], c[1]) == ("[[10, 4.5], [100, 4]]", "[[10, 4.5]]", None)
    assert d.code == "not_breaks"
    with pytest.raises(MappingError, match="Price break 2"):
        Mapping(rules[:-1], columns, **KNOWN)


def test_units_scale_quantities_and_prices():
    columns = ["code", "qty", "price", "breaks", "unit"]
    rules = [Rule("code", "code"), Rule("quantity", "qty"), Rule("unit", "unit")]
    rules += [Rule("price", "price", decimal="."), Rule("price_breaks", "breaks")]
    units = {"BX": 12, "pc": 1}
    mapping = Mapping(rules, columns, units=units, **KNOWN)
    rows = [
        ["A", "2", "6.00", "5:3", "bx"],
        ["B", "2", "6.00", "5:3", "PC"],
        ["C", "2", "", "", ""],
        ["D", "2", "6.00", "", "pallet"],
    ]
    box, piece, none, pallet = mapping.convert(rows)
    assert box == ("A", "24", "f", "0.5", "1", "[[60, 0.25]]", "f")
    assert piece == ("B", "2", "f", "6", "1", "[[5, 3]]", "f")
    assert none == ("C", "2", "f", None, "1", None, "t")
    assert (pallet.code, pallet.target) == ("unknown_unit", "unit")
