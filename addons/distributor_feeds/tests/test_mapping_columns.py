"""Rows converted by columns become what they become one by one."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.distributor_feeds.mapping import Mapping, Rule

KNOWN = {
    "currencies": {"EUR": 1, "USD": 2},
    "currency_default": "EUR",
    "units": {"pc": 1, "box": 10},
}
#: A pool of cells that each kind of column may meet, and texts of any kind.
CELLS = {
    "text": [
        "",
        " ",
        "A 1",
        " padded ",
        "a\xa0b",
        "tab\there",
        "x" * 1001,
        "Ünïcode",
        "0",
        "\\N",
        "a\nb",
    ],
    "code": ["", "A1", "a" * 129, "in\nside", "A1 ", "\x7f", "B2", "C3"],
    "number": [
        "",
        "0",
        "5",
        "12.5",
        "12.50",
        "12,50",
        "1.250",
        "007",
        "-3",
        "1e3",
        "9" * 13,
        "١",
        "1\n2",
        "100",
    ],
    "price": [
        "",
        "10",
        "10.00",
        "99,9",
        "9.99",
        "call",
        "EUR 5",
        "5 €",
        "-1",
        "0",
        "1.2.3",
        "3\n",
    ],
    "quantity": ["", "5", "50+", ">10", "in stock", "none", "many", "-1", "0"],
    "date": [
        "",
        "2026-11-23",
        "20261123",
        "23.11.2026",
        "2026-02-30",
        "1900-01-01",
        "2026-11-23T10:00",
    ],
    "boolean": ["", "yes", "no", "1", "maybe"],
    "currency": ["", "EUR", "usd", "€", "XXX"],
    "gtin": [
        "",
        "4006381333931",
        "4006381333932",
        "96385074",
        "036000291452",
        "00000000000000",
        "4006 381333931",
        "१२३४५६७८",
        "14006381333938",
        "123",
    ],
    "unit": ["", "pc", "box", "pallet"],
    "breaks": ["", "10:4.50|100:4.10", "10:4.50|5", "x"],
}
TARGETS = {
    "code": "code",
    "name": "text",
    "mpn": "code",
    "gtin": "gtin",
    "weight": "number",
    "end_of_life": "boolean",
    "quantity": "quantity",
    "incoming_date": "date",
    "price": "price",
    "currency": "currency",
}
MORE = {"price_breaks": "breaks", "min_qty": "number", "unit": "unit"}
RULES = st.fixed_dictionaries(
    {},
    optional={
        "decimal": st.sampled_from(("auto", ".", ",")),
        "default": st.sampled_from(("", "5")),
        "factor": st.sampled_from((Decimal(1), Decimal("1.2"))),
        "required": st.booleans(),
    },
)


@st.composite
def tables(draw):
    """A mapping's rules, its columns, and rows that fit them or not."""
    targets = TARGETS | (MORE if draw(st.booleans()) else {})
    rules = [Rule("code", "code")]
    for target in targets:
        if target != "code" and draw(st.booleans()):
            options = (
                draw(RULES)
                if targets[target] in ("number", "price", "text", "gtin")
                else {}
            )
            if targets[target] == "gtin":
                options.pop("default", None)
            rules.append(Rule(target, target, **options))
    columns = [rule.column for rule in rules]
    row = st.tuples(
        *(
            st.one_of(st.sampled_from(CELLS[targets[name]]), st.text(max_size=4))
            for name in columns
        )
    ).map(list)
    rows = draw(st.lists(row, max_size=12))
    if rows and draw(st.booleans()):
        rows[draw(st.integers(0, len(rows) - 1))].append("too many")
    return rules, columns, rows


def both_ways(rules, columns, rows):
    """What each way makes of the rows, and what it counted."""
    slow, fast = (Mapping(rules, columns, **KNOWN) for _way in range(2))
    expected = list(slow.convert(rows))
    values, refused = fast.columns(rows)
    accepted = iter(list(zip(*values, strict=True)))
    found = [
        refused[at] if at in refused else next(accepted) for at in range(len(rows))
    ]
    assert next(accepted, None) is None
    return (expected, slow.notes), (found, fast.notes)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_both_ways_agree(table):
    one_by_one, by_columns = both_ways(*table)
    assert by_columns == one_by_one


@pytest.mark.parametrize("target", [*TARGETS, *MORE])
@pytest.mark.parametrize("decimal", ["auto", ".", ","])
def test_each_cell_among_usual_ones(target, decimal):
    """Also two at a time: a strange cell must not change what its neighbours become."""
    kind = (TARGETS | MORE)[target]
    rules = (
        [Rule("code", "code")]
        if target == "code"
        else [
            Rule("code", "code"),
            Rule(
                target,
                target,
                **({"decimal": decimal} if kind in ("number", "price") else {}),
            ),
        ]
    )
    for cell in CELLS[kind]:
        usual = CELLS[kind][1]
        rows = (
            [[usual], [cell], [usual]]
            if target == "code"
            else [
                ["A", usual],
                ["B", cell],
                ["C", usual],
            ]
        )
        one_by_one, by_columns = both_ways(rules, [rule.column for rule in rules], rows)
        assert by_columns == one_by_one, cell


def test_nothing_is_nothing():
    mapping = Mapping(
        [Rule("code", "code"), Rule("price", "price")], ["code", "price"], **KNOWN
    )
    columns, refused = mapping.columns([])
    assert [len(column) for column in columns] == [0] * len(mapping.fields)
    assert not refused
