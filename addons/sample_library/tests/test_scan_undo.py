"""Undoing a scan."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CLERK, SampleCommon


@tagged("post_install", "-at_install")
class TestScanUndo(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memo = cls._copy("MEMO-1")

    def _undo(self, uid, user=None):
        return self._call(user or self.clerk, self.env["sample.copy"], "scan_undo", uid)

    def test_lending(self):
        self._scan_out("MEMO-1", uid="undo-0001")
        answer = self._undo("undo-0001")
        self.assertEqual((answer["outcome"], answer["ok"]), ("undone", True))
        self.assertEqual(answer["item"], "Willow Sage")
        self.assertFalse(self.memo.loan_ids)
        self.assertEqual(self.memo.state, "in")
        # a second time nothing happens, not even to a later loan
        self._scan_out("MEMO-1")
        self.assertEqual(self._undo("undo-0001")["outcome"], "undone")
        self.assertEqual(self.memo.state, "out")

    def test_taking_back(self):
        loan = self._lend(self.memo)
        self._scan_in("MEMO-1", uid="undo-0001")
        self._undo("undo-0001")
        self.assertRecordValues(loan, [{"state": "out", "returned_by_id": False}])
        self.assertRecordValues(self.memo, [{"state": "out", "loan_id": loan.id}])

    def test_finding(self):
        loan = self._lend(self.memo)
        self._call(self.clerk, loan, "action_lost")
        self._scan_in("MEMO-1", uid="undo-0001")
        self._undo("undo-0001")
        self.assertEqual((loan.state, self.memo.state), ("lost", "lost"))

    def test_too_much_happened(self):
        self._lend(self.memo)
        self._scan_in("MEMO-1", uid="undo-0001")
        later = self._lend(self.memo, self.other_designer)
        self._scan_out("MEMO-1", uid="undo-0002")
        self._scan_in("MEMO-1", uid="undo-0003")
        self._scan_out("MEMO-1", uid="undo-0004")
        self._scan_in("MEMO-1", uid="undo-0005")
        for uid in ("undo-0001", "undo-0002", "undo-0003", "undo-0004"):
            with self.assertRaisesRegex(UserError, "cannot be undone"):
                self._undo(uid)
        self.assertEqual(later.state, "returned")
        self.assertEqual(self.memo.state, "in")
        self._undo("undo-0005")
        self.assertEqual(self.memo.state, "out")

    def test_old(self):
        self._scan_out("MEMO-1", uid="undo-0001")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sample_scan SET create_date = %s WHERE scan_uid = 'undo-0001'",
            [fields.Datetime.now() - timedelta(hours=25)],
        )
        with self.assertRaisesRegex(UserError, "cannot be undone"):
            self._undo("undo-0001")

    def test_of_others(self):
        self._scan_out("MEMO-1", uid="undo-0001")
        colleague = self._user("colleague", CLERK)
        self.library.clerk_ids |= colleague
        for user in (colleague, self.neighbour, self.manager):
            with self.assertRaisesRegex(UserError, "no such scan"):
                self._undo("undo-0001", user)
        self.library.clerk_ids = colleague
        with self.assertRaises(AccessError):
            self._undo("undo-0001")
        self.assertEqual(self.memo.state, "out")
