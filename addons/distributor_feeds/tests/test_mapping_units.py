"""Units of a fixed number of pieces."""

from decimal import Decimal

import pytest

from odoo.addons.distributor_feeds.mapping import MappingError, units_of


def test_what_everybody_knows():
    units = units_of("")
    assert (units["pce"], units["dzn"], units["pr"]) == (1, 12, 2)
    assert "bx" not in units


def test_what_a_person_adds():
    units = units_of(" BX = 10, Rolle=0.5,pce=2, ")
    assert (units["bx"], units["rolle"], units["pce"]) == (10, Decimal("0.5"), 2)


@pytest.mark.parametrize(
    "text", ["BX", "BX=", "=10", "BX=ten", "BX=0", "BX=-1", "BX=NaN", "BX=1e10"]
)
def test_what_is_no_unit(text):
    with pytest.raises(MappingError) as refused:
        units_of(text)
    assert refused.value.code == "rule"
    assert text in refused.value.message
