"""Taking back by scanning."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestScanIn(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.env["sample.place"].create(
            {"library_id": cls.library.id, "code": "E1"}
        )
        cls.memo = cls._copy("MEMO-1", place_id=cls.place.id)

    def test_returned(self):
        loan = self._lend(self.memo)
        answer = self._scan_in("MEMO-1")
        self.assertEqual((answer["outcome"], answer["ok"]), ("returned", True))
        self.assertIn("E1", answer["text"])
        self.assertEqual(answer["person"], "Sample Dora")
        self.assertRecordValues(
            loan, [{"state": "returned", "returned_by_id": self.clerk.id}]
        )
        self.assertRecordValues(self.memo, [{"state": "in", "loan_id": False}])
        self.assertEqual(self._scan_out("MEMO-1")["outcome"], "lent")

    def test_not_lent(self):
        answer = self._scan_in("MEMO-1")
        self.assertEqual((answer["outcome"], answer["ok"]), ("not_out", False))
        self.assertIn("E1", answer["text"])

    def test_lost_is_found(self):
        loan = self._lend(self.memo)
        self._call(self.clerk, loan, "action_lost")
        self.assertRecordValues(loan, [{"state": "lost", "charge": 35}])
        self.assertEqual(self.memo.state, "lost")
        answer = self._scan_in("MEMO-1")
        self.assertEqual((answer["outcome"], answer["ok"]), ("found", True))
        self.assertIn("Sample Dora", answer["text"])
        # what was charged is for a manager to decide
        self.assertRecordValues(loan, [{"state": "returned", "charge": 35}])
        self.assertEqual(self.memo.state, "in")

    def test_lost_in_the_house_is_found(self):
        loan = self._lend(self.memo)
        self._scan_in("MEMO-1")
        returned_at = loan.returned_at
        self._call(self.clerk, self.memo, "action_lost")
        answer = self._scan_in("MEMO-1")
        self.assertEqual(answer["outcome"], "found")
        self.assertNotIn("charged", answer["text"])
        self.assertEqual(loan.returned_at, returned_at)
        self.assertEqual(self.memo.state, "in")

    def test_retired(self):
        self._call(self.clerk, self.memo, "action_retire")
        self.assertEqual(self._scan_in("MEMO-1")["outcome"], "retired")
        self.assertEqual(self.memo.state, "retired")

    def test_unknown(self):
        answer = self._scan_in("NO-SUCH-TAG")
        self.assertEqual(answer["outcome"], "unknown")
        # a badge is of no use here
        self.assertEqual(self._scan_in("SAMPLE-DORA")["outcome"], "unknown")

    def test_clock_of_another_browser(self):
        """Nothing comes back before it was lent."""
        loan = self._lend(self.memo)
        self._scan_in("MEMO-1", scanned_at=self._days_ago(2))
        self.assertEqual(loan.returned_at, loan.lent_at)

    def test_time_of_the_scan(self):
        self._scan_out("MEMO-1", scanned_at=self._days_ago(5))
        loan = self.memo.loan_id
        self.assertEqual(loan.lent_at.date(), self.today - timedelta(days=5))
        self.assertEqual(loan.due_date, self.today + timedelta(days=9))
        self._scan_in("MEMO-1", scanned_at=self._days_ago(2))
        self.assertEqual(loan.returned_at.date(), self.today - timedelta(days=2))

    def test_time_too_long_ago(self):
        """Whether it was done is not known any more, so it is not done again."""
        with self.assertRaisesRegex(UserError, "older than 90 days"):
            self._scan_out("MEMO-1", scanned_at=self._days_ago(91))
        self.assertFalse(self.memo.loan_ids)

    def test_written_off_and_waited_for(self):
        """Both is said: what was charged, and for whom it is kept."""
        self._call(self.clerk, self._lend(self.memo), "action_lost")
        self.env["sample.wait"].create(
            {
                "item_id": self.item.id,
                "library_id": self.library.id,
                "person_id": self.other_designer.id,
            }
        )
        answer = self._scan_in("MEMO-1")
        self.assertEqual((answer["outcome"], answer["tone"]), ("found", "primary"))
        self.assertIn("Sample Dirk waits for it", answer["text"])
        self.assertIn("what Sample Dora was charged", answer["text"])

    def test_time_in_the_future(self):
        self._scan_out("MEMO-1", scanned_at="2999-01-01 00:00:00")
        self.assertLessEqual(self.memo.loan_id.lent_at, fields.Datetime.now())
