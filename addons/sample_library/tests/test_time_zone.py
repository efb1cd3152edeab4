"""A day begins and ends where the library is, whoever asks."""

from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .common import SampleCommon

NEW_YORK, SYDNEY = "America/New_York", "Australia/Sydney"


@tagged("post_install", "-at_install")
class TestTimeZone(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sample.loan"].search([("is_open", "=", True)]).reminded = "3_after"
        cls.memo = cls._copy("MEMO-1")

    def _stages(self, loan):
        due = self.env["sample.loan"]._due_reminders(loan.ids)
        return list(due)

    def test_reminders(self):
        loan = self._lend(self.memo)
        loan.due_date = date(2030, 5, 10)
        for zone, moment, stages in (
            # 9 pm of the day before
            (NEW_YORK, datetime(2030, 5, 10, 1), ["1_before"]),
            (NEW_YORK, datetime(2030, 5, 10, 4), ["2_due"]),
            # 10 am of the day itself
            (SYDNEY, datetime(2030, 5, 9, 13), ["1_before"]),
            (SYDNEY, datetime(2030, 5, 9, 14), ["2_due"]),
        ):
            with self.subTest(zone=zone, moment=moment), freeze_time(moment):
                self.library.tz = zone
                self.assertEqual(self._stages(loan), stages)

    def test_kept_until_the_evening(self):
        self.library.tz = NEW_YORK
        with freeze_time("2030-05-07 02:00:00"):
            wait = self.env["sample.wait"].create(
                {
                    "item_id": self.item.id,
                    "library_id": self.library.id,
                    "person_id": self.designer.id,
                }
            )
        self.assertEqual(wait.hold_until, date(2030, 5, 6) + timedelta(days=3))
        for moment, state in (
            ("2030-05-10 03:59:00", "ready"),
            ("2030-05-10 04:00:00", "expired"),
        ):
            with freeze_time(moment):
                self.env["sample.wait"]._expire()
            self.assertEqual(wait.state, state, moment)

    def test_due_date(self):
        """Of the library's day, not of the clerk's."""
        self.library.tz = SYDNEY
        now = datetime.now().replace(microsecond=0)
        moment = (now - timedelta(days=2)).replace(hour=20, minute=0, second=0)
        answer = self._scan_out("MEMO-1", scanned_at=str(moment))
        loan = self.env["sample.loan"].browse(answer["loan_id"])
        self.assertEqual(loan.due_date, moment.date() + timedelta(days=1 + 14))

    def test_zone_of_a_library(self):
        self.center.tz = SYDNEY
        self.assertEqual(self._library(self.center).tz, SYDNEY)
        self.center.tz = False
        self.company.partner_id.tz = NEW_YORK
        self.assertEqual(self._library(self.center).tz, NEW_YORK)

    def test_archived_library(self):
        """What is lent of it is still to come back."""
        loan = self._lend(self.memo)
        self.library.active = False
        loan.due_date = self.today - timedelta(days=10)
        self.assertEqual(self._stages(loan), ["3_after"])
