"""When a feed is due next."""

from datetime import datetime

from odoo import Command
from odoo.tests import tagged

from .common import FeedCase, office_hours


@tagged("post_install", "-at_install")
class TestSchedule(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = office_hours(cls.env, range(5), "Europe/Vienna")
        cls.feed.interval_minutes = 60

    def test_day_and_night(self):
        self.assertEqual(
            self.feed._next_run(datetime(2026, 11, 21, 2, 30)),
            datetime(2026, 11, 21, 3, 30),
        )

    def test_within_the_hours_of_its_calendar(self):
        self.feed.calendar_id = self.office
        for after, due in (
            (datetime(2026, 11, 20, 9, 5), datetime(2026, 11, 20, 10, 5)),
            # Vienna is an hour ahead: its Friday is over, its Monday begins at eight.
            (datetime(2026, 11, 20, 14, 30), datetime(2026, 11, 23, 7, 0)),
        ):
            with self.subTest(after=after):
                self.assertEqual(self.feed._next_run(after), due)

    def test_not_on_holidays(self):
        self.feed.calendar_id = self.office
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.office.id,
                "date_from": datetime(2026, 11, 22, 23),
                "date_to": datetime(2026, 11, 23, 23),
            }
        )
        self.assertEqual(
            self.feed._next_run(datetime(2026, 11, 20, 14, 30)),
            datetime(2026, 11, 24, 7, 0),
        )

    def test_a_calendar_that_is_never_open(self):
        self.office.attendance_ids = [Command.clear()]
        self.feed.calendar_id = self.office
        self.assertEqual(
            self.feed._next_run(datetime(2026, 11, 21, 2, 30)),
            datetime(2026, 11, 21, 3, 30),
        )
