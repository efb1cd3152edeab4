"""Rules and columns: bound, refused, guessed."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.distributor_feeds.mapping import (
    TARGETS,
    Mapping,
    MappingError,
    Problem,
    Rule,
    guess_rules,
)
from odoo.addons.distributor_feeds.mapping.memory import remembered

KNOWN = {"currencies": {"EUR": 1, "USD": 2}, "currency_default": "EUR"}
CODE = Rule("code", "sku")


def fields(*rules, columns=("sku", "a", "b"), **options):
    return Mapping([CODE, *rules], columns, **{**KNOWN, **options}).fields


def test_fields_have_a_fixed_order_and_companions():
    assert fields() == ("code",)
    rules = [Rule("price", "b"), Rule("quantity", "a"), Rule("warehouse", constant="M")]
    expected = "code warehouse quantity quantity_more price currency_id call_for_price"
    assert fields(*rules) == fields(*reversed(rules)) == tuple(expected.split())
    assert fields(Rule("currency", "a")) == ("code", "currency_id")


@pytest.mark.parametrize(
    ("rules", "options", "code"),
    [
        ([Rule("price", "c")], {}, "column_missing"),
        ([Rule("price", "a"), Rule("price", "b")], {}, "twice"),
        ([Rule("break_qty_1", "a")], {}, "break"),
        (
            [
                Rule("break_qty_1", "a"),
                Rule("break_price_1", "b"),
                Rule("price_breaks", "b"),
            ],
            {},
            "break",
        ),
        ([Rule("price", "a")], {"currency_default": "XXX"}, "rule"),
        ([Rule("price", "a")], {"currency_default": ""}, "rule"),
        ([Rule("price", constant="free")], {}, "rule"),
        ([Rule("currency", constant="XXX")], {}, "rule"),
    ],
)
def test_rules_that_cannot_be_followed(rules, options, code):
    with pytest.raises(MappingError) as refused:
        fields(*rules, **options)
    assert refused.value.code == code and refused.value.message


def test_the_code_must_be_mapped():
    with pytest.raises(MappingError) as refused:
        Mapping([Rule("price", "a")], ["a"], **KNOWN)
    assert refused.value.code == "no_code"


def test_a_preview_goes_on_without_a_column():
    mapping = Mapping([CODE, Rule("price", "gone")], ["sku"], strict=False, **KNOWN)
    assert (mapping.fields, mapping.missing) == (("code",), ["gone"])
    assert list(mapping.convert([["A"]])) == [("A",)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": "colour"},
        {"target": "price", "decimal": ";"},
        {"target": "price", "decimal": ",", "thousands": ","},
        {"target": "price", "date_format": "d-m"},
        {"target": "price", "factor": "0"},
        {"target": "price", "factor": "-1"},
        {"target": "price", "factor": "NaN"},
        {"target": "price", "factor": "1e999"},
        {"target": "price", "price_per": "x"},
        {"target": "price", "size": 1},
        {},
    ],
)
def test_rules_that_are_refused(wrong):
    with pytest.raises(MappingError):
        Rule.from_dict(wrong)


def test_rules_travel_through_json():
    rule = Rule("end_of_life", "a", true_values=("eol",), factor=Decimal("1.5"))
    assert Rule.from_dict(json.loads(json.dumps(rule.to_dict()))) == rule


def test_one_result_per_row_in_order():
    mapping = Mapping([CODE, Rule("price", "a")], ["sku", "a"], **KNOWN)
    rows = [["A", "1"], ["B"], [], ["", "1"], ["C", "x"], ["D", "1", ""], ["E", "2"]]
    found = [
        one.code if isinstance(one, Problem) else one[0]
        for one in mapping.convert(rows)
    ]
    assert found == [
        "A", "columns", "columns", "code_missing", "not_a_number", "columns", "E"
    ]  # fmt: skip


def test_a_problem_shows_no_more_than_the_beginning():
    mapping = Mapping([CODE], ["sku"], **KNOWN)
    (problem,) = mapping.convert([["x" * 5000]])
    assert (problem.code, len(problem.value)) == ("too_long", 200)


def test_call_for_price():
    rules = [CODE, Rule("price", "a"), Rule("call_for_price", "b")]
    mapping = Mapping(rules, ["sku", "a", "b"], **KNOWN)
    at = mapping.fields.index("call_for_price")
    rows = [["A", "1", "no"], ["B", "1", "yes"], ["C", "", "no"], ["D", "POA", ""]]
    assert [one[at] for one in mapping.convert(rows)] == ["f", "t", "t", "t"]


def test_bad_gtins_are_counted_not_refused():
    mapping = Mapping([CODE, Rule("gtin", "a")], ["sku", "a"], **KNOWN)
    rows = [["A", "4006381333931"], ["B", "123"], ["C", "123"], ["D", ""]]
    assert [one[1] for one in mapping.convert(rows)] == [
        "4006381333931",
        None,
        None,
        None,
    ]
    assert mapping.notes == {"bad_gtin": 2}


def test_no_more_is_remembered_than_fits():
    convert = remembered(len)
    for number in range(120_000):
        assert convert(str(number)) == len(str(number))
    assert convert(" " * 1000) == 1000
    assert len(convert.__self__) <= 50_000
    assert " " * 1000 not in convert.__self__


def test_many_different_values_are_all_right():
    """More values than are remembered."""
    mapping = Mapping([CODE, Rule("quantity", "a")], ["sku", "a"], **KNOWN)
    rows = ([f"A{n}", str(n)] for n in [*range(120_000), *range(120_000)])
    found = list(mapping.convert(rows))
    assert found == [(f"A{n}", str(n), "f") for n in [*range(120_000)] * 2]


TEXTS = st.text(max_size=12) | st.text(
    "0123456789.,-+ '€eE%:|;=<>/TZ\xa0\x1a", max_size=20
)


@settings(max_examples=400, deadline=None)
@given(
    target=st.sampled_from(sorted(TARGETS)),
    cells=st.lists(TEXTS, min_size=1, max_size=5),
    decimal=st.sampled_from(["auto", ".", ","]),
    date_format=st.sampled_from(["", "dmy", "m/d/y"]),
    factor=st.sampled_from([Decimal(1), Decimal("0.001"), Decimal("1e12")]),
)
def test_convert_never_raises(target, cells, decimal, date_format, factor):
    rule = Rule(target, "a", decimal=decimal, date_format=date_format, factor=factor)
    rules = [rule]
    if target != "code":
        rules.append(CODE)
    if target.startswith("break_"):
        kind, number = target.split("_")[1:]
        other = {"qty": "price", "price": "qty"}[kind]
        rules.append(Rule(f"break_{other}_{number}", "a"))
    mapping = Mapping(rules, ["sku", "a"], units={"x": 0.1}, **KNOWN)
    rows = [["A", cell] for cell in cells] + [cells]
    found = list(mapping.convert(rows))
    assert len(found) == len(rows)
    for one in found:
        if isinstance(one, Problem):
            assert one.code and one.message and len(one.value) <= 200
        else:
            assert len(one) == len(mapping.fields)
            assert all(value is None or isinstance(value, str) for value in one)
            assert not any("\0" in value for value in one if value)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (
            "SKU,Description,Brand,MPN,UPC,Qty On Hand,Unit Price,Currency,MOQ,ETA",
            "code,name,manufacturer,mpn,gtin,quantity,price,currency,min_qty,incoming_date",
        ),
        (
            "Artikelnummer,Bezeichnung,Hersteller,Hersteller-Nr.,EAN,Lagerbestand,EK,Währung"
            ",Mindestmenge,Liefertermin,VPE",
            "code,name,manufacturer,mpn,gtin,quantity,price,currency,min_qty,incoming_date"
            ",pack_qty",
        ),
        (
            "Référence,Désignation,Marque,Code barres,Quantité,Prix HT,Devise",
            "code,name,manufacturer,gtin,quantity,price,currency",
        ),
        (
            "Código,Descripción,Marca,Código de barras,Existencias,Precio,Moneda",
            "code,name,manufacturer,gtin,quantity,price,currency",
        ),
        (
            "Item/@sku,Item/Price/Amount,StockQty,colour",
            "code,price_amount?,quantity,-",
        ),
    ],
)
def test_names_of_columns_are_known(columns, expected):
    columns = columns.split(",")
    found = {rule.column: rule.target for rule in guess_rules(columns, [])}
    for column, target in zip(columns, expected.split(","), strict=True):
        if target.endswith("?"):
            continue
        assert found.get(column, "-") == target


def test_a_target_takes_the_column_that_fits_best():
    rules = guess_rules(["Item Code", "SKU", "Code", "Stock", "Quantity"], [])
    assert {rule.target: rule.column for rule in rules} == {
        "code": "SKU",
        "quantity": "Quantity",
    }


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1.234,50", "3,5"], (",", ".")),
        (["1,234.50"], (".", ",")),
        (["3,5"], (",", "")),
        (["1 234,5"], (",", " ")),
        (["1.234.567"], (",", ".")),
        (["1.234"], ("auto", "")),
        (["12.000", "3.50"], (".", "")),
        (["5", "6"], ("auto", "")),
    ],
)
def test_signs_of_numbers_come_from_the_sample(cells, expected):
    (rule,) = guess_rules(["Preis"], [[cell] for cell in cells])
    assert (rule.decimal, rule.thousands) == expected


def test_dates_and_numbered_breaks_are_guessed():
    columns = ["ETA", "Staffelmenge 1", "Staffelpreis 1", "Qty2", "Price 3"]
    rules = {
        rule.target: rule for rule in guess_rules(columns, [["23/11/2026"] + [""] * 4])
    }
    assert rules["incoming_date"].date_format == "d.m.y"
    assert set(rules) == {"incoming_date", "break_qty_1", "break_price_1"}
    (rule,) = guess_rules(["ETA"], [["11/12/2026"], ["03/04/2026"]])
    assert rule.date_format == ""


@pytest.mark.parametrize(
    ("columns", "targets"),
    [
        (["Part No", "Stock"], ["code", "quantity"]),
        (["Item No", "Part No", "Stock"], ["code", "mpn", "quantity"]),
        (["SKU", "MPN", "Part No"], ["code", "mpn"]),
    ],
)
def test_a_part_number_beside_a_code_is_the_manufacturers(columns, targets):
    assert [rule.target for rule in guess_rules(columns, [])] == targets
    assert guess_rules(columns, [])[0].column == columns[0]
