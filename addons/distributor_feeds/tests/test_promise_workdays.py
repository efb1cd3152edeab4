"""Working days, and what is said beside a promise."""

from datetime import date

import pytest

from odoo.addons.distributor_feeds.promise import (
    OWN,
    Supply,
    availability,
    working_days,
)

FRIDAY = date(2031, 3, 7)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, date(2031, 3, 11)),  # Monday is a holiday
        (FRIDAY, 6, date(2031, 3, 18)),
        (date(2031, 3, 8), 0, date(2031, 3, 11)),
    ],
)
def test_weekends_and_holidays_do_not_count(day, count, expected):
    assert working_days(range(5), {date(2031, 3, 10)})(day, count) == expected


def test_without_days_every_day_is_worked():
    assert working_days(())(FRIDAY, 2) == date(2031, 3, 9)


def test_a_calendar_that_is_never_open_comes_to_an_end():
    closed = {date.fromordinal(FRIDAY.toordinal() + n) for n in range(1000)}
    assert working_days(range(5), closed)(FRIDAY, 1) > FRIDAY


def test_age_and_more_are_those_of_who_gives():
    told = availability(
        5,
        [
            Supply(OWN, quantity=2),
            Supply(1, quantity=4, age_hours=3.0, more=True),
            Supply(1, quantity=1, age_hours=0.0, live=True),
            Supply(2, quantity=0, age_hours=9.0, more=True),
            Supply(3, quantity=7, age_hours=99.0, stale_after_hours=48.0, more=True),
        ],
        FRIDAY,
        working_days(()),
    )
    assert (told.own, told.most.quantity, told.promise.quantity) == (2, 3, 3)
    assert (told.more, told.live, told.age_hours) == (False, True, 0.0)
