"""The days of standing orders: plain Python, no database."""

from datetime import date

from odoo.tests import BaseCase, tagged

from ..rhythm import days


@tagged("post_install", "-at_install")
class TestRhythm(BaseCase):
    def _days(self, first, last, **rhythm):
        rhythm = {"rhythm": "daily", "interval": 1, "start": first, **rhythm}
        return [f"{day:%d}" for day in days(first, last, **rhythm)]

    def test_every_third_day_from_the_start(self):
        found = self._days(
            date(2031, 3, 5), date(2031, 3, 14), interval=3, start=date(2031, 3, 1)
        )
        self.assertEqual(found, ["07", "10", "13"])

    def test_every_second_week_on_two_days(self):
        found = self._days(
            date(2031, 3, 1),
            date(2031, 3, 31),
            rhythm="weekly",
            interval=2,
            # a Wednesday: the Monday of its week is over, its Friday is not
            start=date(2031, 3, 5),
            weekdays=(0, 4),
        )
        self.assertEqual(found, ["07", "17", "21", "31"])

    def test_last_day_of_short_months(self):
        found = self._days(
            date(2031, 1, 1),
            date(2031, 4, 30),
            rhythm="monthly",
            start=date(2031, 1, 1),
            month_day=31,
        )
        self.assertEqual(found, ["31", "28", "31", "30"])

    def test_left_out(self):
        found = self._days(
            date(2031, 3, 1),
            date(2031, 3, 6),
            skips=[
                (date(2031, 3, 2), date(2031, 3, 3)),
                (date(2031, 3, 6), date(2031, 3, 6)),
            ],
        )
        self.assertEqual(found, ["01", "04", "05"])

    def test_not_before_the_start(self):
        found = self._days(date(2031, 3, 1), date(2031, 3, 4), start=date(2031, 3, 3))
        self.assertEqual(found, ["03", "04"])
