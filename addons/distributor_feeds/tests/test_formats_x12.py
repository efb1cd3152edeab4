"""Structures as in published guides, with our own data: "846 Inventory Inquiry/Advice"
and "832 Price/Sales Catalog" of D&H, ECIA, QVC (CommerceHub), Logicbroker, X12 4010."""

import pytest

from ..formats import x12
from ..formats.contract import FormatError, Options
from ..rehearsal import edi_samples
from .common_edi import FILES, far_apart, read, refusal, written

PLACES = (FILES / "x12_846_places.edi").read_bytes()
STEPS = (FILES / "x12_832_steps.edi").read_bytes()


def _rows(data, *names):
    return [tuple(row.get(name, "") for name in names) for row in read(x12, data)]


def test_places_after_quantities_before_them_and_in_sdq():
    assert _rows(PLACES, "vendor_part", "warehouse", "quantity") == [
        ("HX-1001", "RENO", "42"),
        ("HX-1001", "HARRISBURG", "0"),
        ("HX-1002", "RENO", "7"),
        ("HX-1002", "HARRISBURG", "11"),
        ("HX-1003", "RENO", "4"),
        ("HX-1004", "", "5 | 8"),
    ]


def test_place_named_before_its_quantities():
    data = PLACES.replace(
        b"QTY*17*9*EA~\nQTY*33*4*EA~", b"N1*WH**92*A~\nQTY*33*4*EA~"
    ).replace(b"N1*WH*Reno warehouse*92*RENO~\n", b"N1*WH**92*B~\nQTY*33*6*EA~\n")
    data = data.replace(b"SE*33", b"SE*34")
    assert _rows(data, "warehouse", "quantity", "quantity_incoming")[4:6] == [
        ("A", "4", "100"),
        ("B", "6", ""),
    ]


def test_first_schedule_is_what_comes_next():
    rows = _rows(PLACES, "warehouse", "quantity_incoming", "incoming_date")
    assert rows[1] == ("HARRISBURG", "60", "2026-12-04")
    assert rows[4] == ("RENO", "100", "2026-12-20")


def test_codes_prices_and_date_of_846():
    assert read(x12, PLACES)[0] == {
        "vendor_part": "HX-1001",
        "manufacturer_part": "K4410",
        "gtin": "012345678905",
        "description": "Torque wrench, 1/2 inch",
        "warehouse": "RENO",
        "quantity": "42",
        "price": "84.5",
        "list_price": "119",
        "currency": "USD",
        "unit": "EA",
        "document_date": "2026-11-22",
    }


def test_price_steps_and_end_of_life_of_832():
    steps, gone, multiplied = read(x12, STEPS)
    assert steps == {
        "vendor_part": "555-0402",
        "manufacturer_part": "RC0402-10K",
        "description": "Resistor 10 kOhm 0402",
        "price": ".0041",
        "price_breaks": "100:.0041|1000:.0032|5000:.0025",
        "currency": "USD",
        "min_qty": "100",
        "pack_qty": "5000",
        "unit": "EA",
        "price_from": "2027-01-01",
        "document_date": "2026-11-22",
    }
    assert (gone["end_of_life"], gone["price_until"]) == ("1", "2027-03-31")
    assert "description" not in gone, "that of its part is not its own"
    assert "price" not in multiplied, "a multiplier changes what the price means"


@pytest.mark.parametrize("release", ["004010", "005010"])
@pytest.mark.parametrize("marks", ["*>~", "|:\n", "\x1d\x1f\x1c", "+&!"])
def test_separators_are_those_of_the_isa(release, marks):
    items = far_apart(3)
    data = written("846", items, release=release, marks=marks, line_end="")
    assert [row["quantity"] for row in read(x12, data)] == [
        one["quantity"] for one in items
    ]


def test_several_interchanges_with_separators_of_their_own():
    items = far_apart(4)
    data = (
        written("846", items[:1], control=1)
        + written("832", items[1:2], marks="|:\n", line_end="", control=2)
        + b"\r\n\r\n"
        + written("846", items[2:], marks="+>'", line_end="\r\n", control=3)
        + b"\x1a"
    )
    assert [row["vendor_part"] for row in read(x12, data)] == [
        one["vendor_part"] for one in items
    ]


def test_several_sets_in_a_group():
    one = written("846", far_apart(1)).decode()
    start, end = one.index("ST*"), one.index("GE*")
    both = one[:end] + one[start:end].replace("0001", "0002") + one[end:]
    assert refusal(x12, both.encode()) == "counts"
    assert len(read(x12, both.replace("GE*1", "GE*2").encode())) == 2


def test_lines_wrapped_at_eighty_characters():
    head, rest = PLACES[:106], PLACES[106:].replace(b"\n", b"")
    wrapped = b"\r\n".join(rest[at : at + 80] for at in range(0, len(rest), 80))
    assert read(x12, head + b"\r\n" + wrapped) == read(x12, PLACES)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"IEA*1", b"IEA*2", "counts"),
        (b"IEA*1*000004711", b"IEA*1*000004712", "counts"),
        (b"GE*1*815", b"GE*2*815", "counts"),
        (b"GE*1*815", b"GE*1*816", "counts"),
        (b"SE*33*", b"SE*32*", "counts"),
        (b"*0042~\nGE", b"*0043~\nGE", "counts"),
        (b"CTT*4", b"CTT*5", "counts"),
        (b"QTY*33*42*EA~\n", b"", "counts"),
        (b"GE*1*815~\n", b"", "corrupt"),
        (b"ST*846", b"ST*850", "unsupported"),
        (b"LIN*2", b"LIM*2", "corrupt"),
        (b"081234567      ", b"081234567 ", "corrupt"),
        (b"Torque", b"Torqu\xff", "encoding"),
        (b"ISA*", b"ISX*", "corrupt"),
        (b"*P*>~", b"*P**~", "corrupt"),
    ],
)
def test_what_does_not_agree_is_refused(old, new, code):
    assert old in PLACES
    assert refusal(x12, PLACES.replace(old, new, 1)) == code


def test_a_cut_file_is_never_taken_for_a_whole_one():
    for size in range(1, len(PLACES.rstrip()) - 1):
        code = refusal(x12, PLACES[:size])
        assert code in ("truncated", "counts", "corrupt"), (size, code)
    assert refusal(x12, PLACES[:600]) == "truncated"


def test_last_terminator_may_be_missing():
    assert read(x12, PLACES.rstrip(b"~\n")) == read(x12, PLACES)


def test_unsupported_set_is_named():
    with pytest.raises(FormatError) as caught:
        read(x12, PLACES.replace(b"ST*846", b"ST*855"))
    assert caught.value.details == {"found": ["855"]}


def test_a_document_without_items():
    assert refusal(x12, written("846", [])) == "empty"


def test_an_endless_item_is_refused():
    data = "".join(edi_samples.x12_846(far_apart(1)))
    data = data.replace("QTY*", "QTY*33*1*EA~\nQTY*", 1).replace(
        "QTY*33*1*EA~\n", "QTY*33*1*EA~\n" * 9000
    )
    assert refusal(x12, data.encode()) == "too_big"


def test_an_encoding_may_be_chosen():
    data = PLACES.replace(b"Torque", "Größe".encode("cp1252"))
    assert refusal(x12, data) == "encoding"
    chosen = Options(kind="x12", encoding="cp1252")
    assert read(x12, data, chosen)[0]["description"].startswith("Größe")


def test_looks_like():
    assert x12.looks_like(PLACES[:4096]) == x12.looks_like(STEPS[:4096]) == 0.99
    assert x12.looks_like(PLACES.replace(b"ST*846", b"ST*850")) == 0.9
    assert x12.looks_like(b"ISA stands for something else" * 9) == 0.3
    assert x12.looks_like(b"UNB+UNOC:3") == x12.looks_like(b"") == 0
