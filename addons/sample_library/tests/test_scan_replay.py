"""A browser sends a scan again: it is done once, and answered in the same words."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CLERK, SampleCommon


@tagged("post_install", "-at_install")
class TestScanReplay(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memo = cls._copy("MEMO-1")

    def _scans(self, uid):
        return self.env["sample.scan"].search([("scan_uid", "=", uid)])

    def test_first_answer_is_repeated(self):
        first = self._scan_out("MEMO-1", uid="replay-0001")
        self._scan_in("MEMO-1", uid="replay-0002")
        self.assertEqual(self._scan_out("MEMO-1", uid="replay-0001"), first)
        self.assertEqual(self.memo.state, "in")
        self.assertEqual(len(self.memo.loan_ids), 1)
        self.assertEqual(len(self._scans("replay-0001")), 1)

    def test_refusal_is_repeated(self):
        first = self._scan_out("MEMO-2", uid="replay-0001")
        self.assertEqual(first["outcome"], "unknown")
        self._copy("MEMO-2")
        self.assertEqual(self._scan_out("MEMO-2", uid="replay-0001"), first)
        self.assertEqual(self._scan_out("MEMO-2", uid="replay-0002")["outcome"], "lent")

    def test_number_of_another_scan(self):
        self._scan_out("MEMO-1", uid="replay-0001")
        colleague = self._user("colleague", CLERK)
        self.library.clerk_ids |= colleague
        other = self._library(self.center, self.clerk)
        for scan, kwargs in (
            (self._scan_out, {"tag": "MEMO-2"}),
            (self._scan_in, {"tag": "MEMO-1"}),
            (self._scan_out, {"tag": "MEMO-1", "user": colleague}),
            (self._scan_out, {"tag": "MEMO-1", "library": other}),
        ):
            with self.assertRaisesRegex(UserError, "used for another one"):
                scan(uid="replay-0001", **kwargs)
        with self.assertRaises(AccessError):
            self._scan_out("MEMO-1", uid="replay-0001", user=self.neighbour)

    def test_numbers(self):
        for uid in (None, 1, "", "short", "x" * 65, "a b c d e f", "ü" * 10, ["x"]):
            with self.assertRaisesRegex(UserError, "number of its own"):
                self._call(
                    self.clerk,
                    self.env["sample.copy"],
                    "scan_in",
                    self.library.id,
                    "MEMO-1",
                    uid,
                )

    def test_database_refuses_a_second_row(self):
        self._scan_out("MEMO-1", uid="replay-0001")
        scan = self._scans("replay-0001")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            scan.copy()
            self.env.flush_all()

    def test_what_is_kept(self):
        self._scan_out("MEMO-1", uid="replay-0001")
        self.assertRecordValues(
            self._scans("replay-0001"),
            [
                {
                    "user_id": self.clerk.id,
                    "library_id": self.library.id,
                    "company_id": self.company.id,
                    "kind": "out",
                    "code": "MEMO-1",
                    "outcome": "lent",
                    "copy_id": self.memo.id,
                    "loan_id": self.memo.loan_id.id,
                }
            ],
        )

    def test_old_scans_are_forgotten(self):
        self._scan_out("MEMO-1", uid="replay-0001")
        self._scan_in("MEMO-1", uid="replay-0002")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sample_scan SET create_date = %s WHERE scan_uid = 'replay-0001'",
            [fields.Datetime.now() - timedelta(days=91)],
        )
        self.env.invalidate_all()
        self.env["sample.scan"]._gc_scans()
        self.assertFalse(self._scans("replay-0001"))
        self.assertTrue(self._scans("replay-0002"))
        self.assertEqual(len(self.memo.loan_ids), 1)

    def test_screen_starts_with_the_latest(self):
        self._scan_out("MEMO-1", uid="replay-0001")
        self._scan_in("MEMO-1", uid="replay-0002")
        self._call(self.clerk, self.env["sample.copy"], "scan_undo", "replay-0002")
        desk = self._call(self.clerk, self.env["sample.library"], "desk_open")
        self.assertEqual(desk["library_id"], self.library.id)
        self.assertEqual(
            [(one["scan_uid"], one["undone"]) for one in desk["scans"]],
            [("replay-0002", True), ("replay-0001", False)],
        )
        desk = self._call(
            self.neighbour, self.env["sample.library"], "desk_open", self.library.id
        )
        self.assertEqual(desk["library_id"], self.other_library.id)
        self.assertFalse(desk["scans"])
