"""When less, or later, is worse than what a customer saw."""

from datetime import date

import pytest

from odoo.addons.distributor_feeds_website.models.promise_change import Shown, is_worse

DAY, LATER = date(2031, 3, 7), date(2031, 3, 8)


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        (Shown(5, "in_stock", 5, DAY), Shown(5, "in_stock", 5, DAY), False),
        (Shown(5, "in_stock", 5, DAY), Shown(5, "from_distributor", 5, LATER), True),
        (Shown(5, "from_distributor", 5, LATER), Shown(5, "in_stock", 5, DAY), False),
        (
            Shown(5, "from_distributor", 5, DAY),
            Shown(5, "from_distributor", 4, DAY),
            True,
        ),
        (Shown(5, "from_distributor", 5, DAY), Shown(5, "unavailable", 0, None), True),
        (Shown(5, "on_request", 0, None), Shown(5, "unavailable", 0, None), False),
        (Shown(5, "on_request", 0, None), Shown(5, "incoming", 5, LATER), False),
        (Shown(5, "unavailable", 0, None), Shown(8, "unavailable", 0, None), False),
        (
            Shown(5, "from_distributor", 3, DAY),
            Shown(3, "from_distributor", 3, DAY),
            False,
        ),
        (
            Shown(5, "from_distributor", 5, DAY),
            Shown(8, "from_distributor", 5, DAY),
            True,
        ),
    ],
)
def test_is_worse(before, after, worse):
    assert is_worse(before, after) is worse
