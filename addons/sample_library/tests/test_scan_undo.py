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

    def _wait(self, person):
        return self.env["sample.wait"].create(
            {
                "item_id": self.item.id,
                "library_id": self.library.id,
                "person_id": person.id,
            }
        )

    def test_lending_gives_the_place_on_the_list_back(self):
        """Who was served waits again where he was, and the next one is told nothing."""
        self._lend(self.memo)
        first, second = self._wait(self.other_designer), self._wait(self.studio)
        self._scan_in("MEMO-1")
        held = first.hold_until
        self._scan_out("MEMO-1", self.other_designer, uid="undo-0001")
        self.assertEqual(first.state, "served")
        self._undo("undo-0001")
        self.assertRecordValues(
            first | second,
            [
                {"state": "ready", "copy_id": self.memo.id, "hold_until": held},
                {"state": "waiting", "copy_id": False, "hold_until": False},
            ],
        )
        self.assertFalse(self._mails(self.studio))
        self.assertEqual(len(self._mails(self.other_designer)), 1)
        self.assertEqual(self._scan_out("MEMO-1", self.studio)["outcome"], "reserved")

    def test_lending_another_one_than_was_kept(self):
        """Who took another copy is first in the queue again."""
        other = self._copy("MEMO-2")
        self._lend(self.memo)
        self._lend(other)
        first, second = self._wait(self.other_designer), self._wait(self.studio)
        self._scan_in("MEMO-1")
        self.env["sample.loan"].search([("copy_id", "=", other.id)]).write(
            {"returned_at": fields.Datetime.now()}
        )
        other._set_state("in")
        self._scan_out("MEMO-2", self.other_designer, uid="undo-0001")
        self.assertEqual((first.state, second.state), ("served", "ready"))
        self._undo("undo-0001")
        self.assertRecordValues(
            first | second,
            [
                {"state": "ready", "copy_id": other.id},
                {"state": "ready", "copy_id": self.memo.id},
            ],
        )

    def test_lending_after_which_he_waits_again(self):
        self._lend(self.memo)
        first = self._wait(self.other_designer)
        self._scan_in("MEMO-1")
        self._scan_out("MEMO-1", self.other_designer, uid="undo-0001")
        self.env.flush_all()
        again = self._wait(self.other_designer)
        self._undo("undo-0001")
        self.assertEqual((first.state, again.state), ("served", "ready"))

    def test_finding_what_was_lost_in_the_house(self):
        """A loan that had come back long ago stays over."""
        loan = self._lend(self.memo)
        self._call(self.clerk, loan, "action_lost")
        self._scan_in("MEMO-1")
        returned_at = loan.returned_at
        self.assertTrue(returned_at)
        self._call(self.clerk, self.memo, "action_lost")
        answer = self._scan_in("MEMO-1", uid="undo-0001")
        self.assertEqual((answer["outcome"], answer["loan_id"]), ("found", False))
        self._undo("undo-0001")
        self.assertRecordValues(
            loan, [{"state": "returned", "returned_at": returned_at}]
        )
        self.assertEqual(self.memo.state, "lost")
