"""Calendar periods in the seller's time zone."""

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.order_review.engine import period_bounds

ZONES = st.sampled_from(
    [
        "UTC",
        "America/New_York",
        "Europe/Brussels",
        "Asia/Kolkata",
        "Pacific/Auckland",
        "America/Havana",  # summer time starts at midnight
        "Asia/Beirut",
    ]
)


@tagged("post_install", "-at_install")
class TestEnginePeriods(BaseCase):
    @settings(
        max_examples=400,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(
        st.sampled_from(["day", "week", "month"]),
        st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)),
        ZONES,
    )
    def test_periods_tile_time(self, period, now, zone):
        start, end = period_bounds(period, 0, now, zone)
        self.assertLessEqual(start, now)
        self.assertLess(now, end)
        # the next period begins where this one ends
        self.assertEqual(period_bounds(period, 0, end, zone)[0], end)
        before = period_bounds(period, 0, start - timedelta(seconds=1), zone)
        self.assertEqual(before[1], start)
        local = start.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone))
        noon = local.replace(hour=12)
        if period == "week":
            self.assertEqual(noon.weekday(), 0)
        if period == "month":
            self.assertEqual(noon.day, 1)

    def test_day_of_summer_time_change_has_23_hours(self):
        now = datetime(2026, 3, 29, 12)
        start, end = period_bounds("day", 0, now, "Europe/Brussels")
        self.assertEqual(start, datetime(2026, 3, 28, 23))
        self.assertEqual(end, datetime(2026, 3, 29, 22))

    def test_evening_in_new_york_is_not_tomorrow(self):
        now = datetime(2026, 12, 1, 3)  # still 30 November there
        self.assertEqual(
            period_bounds("month", 0, now, "America/New_York"),
            (datetime(2026, 11, 1, 4), datetime(2026, 12, 1, 5)),
        )

    def test_month_ends(self):
        for day, after in (
            (datetime(2028, 2, 29, 23, 59), datetime(2028, 3, 1)),
            (datetime(2026, 1, 31), datetime(2026, 2, 1)),
            (datetime(2026, 12, 31, 12), datetime(2027, 1, 1)),
        ):
            self.assertEqual(period_bounds("month", 0, day)[1], after)

    def test_rolling_has_no_end(self):
        now = datetime(2026, 11, 20, 10)
        self.assertEqual(
            period_bounds("rolling", 30, now), (datetime(2026, 10, 21, 10), None)
        )

    def test_unknown_zone_counts_as_utc(self):
        now = datetime(2026, 11, 20, 10)
        for name in ("", None, "Mars/Phobos", "../etc"):
            self.assertEqual(
                period_bounds("day", 0, now, name), period_bounds("day", 0, now)
            )

    def test_unknown_period_is_refused(self):
        with self.assertRaises(ValueError):
            period_bounds("year", 0, datetime(2026, 1, 1))
