"""What a caller says besides: defaults, and for whom he takes himself."""

import uuid

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestContext(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memo = cls._copy("MEMO-1")
        cls.stranger = cls._copy("STRANGER-1", library=cls.other_library)

    def test_lending(self):
        answer = self._scan_out(
            "MEMO-1",
            context={
                "default_returned_at": "2026-01-01 00:00:00",
                "default_lost_at": "2026-01-01 00:00:00",
                "default_reminded": "3_after",
                "default_charge": -5,
                "default_extensions": -3,
                "default_note": "planted",
            },
        )
        loan = self.env["sample.loan"].browse(answer["loan_id"])
        self.assertRecordValues(
            loan,
            [
                {
                    "state": "out",
                    "returned_at": False,
                    "lost_at": False,
                    "reminded": False,
                    "charge": 0,
                    "extensions": 0,
                    "note": False,
                }
            ],
        )
        self.assertEqual(
            self._scan_out("MEMO-1", self.other_designer)["outcome"], "already_out"
        )

    def test_wait_list(self):
        """Neither a place in the queue nor another library's copy is taken."""
        planted = {
            "default_state": "ready",
            "default_copy_id": self.stranger.id,
            "default_since": "2000-01-01 00:00:00",
            "default_hold_until": "2099-01-01",
            "default_notified_at": "2000-01-01 00:00:00",
        }
        self._lend(self.memo)
        answer = self._call(
            self.clerk,
            self.env["sample.library"],
            "desk_wait",
            self.library.id,
            self.other_designer.id,
            self.memo.id,
            context=planted,
        )
        self.assertEqual(answer["outcome"], "waiting")
        wait = self.env["sample.wait"].search([("library_id", "=", self.library.id)])
        self.assertRecordValues(
            wait,
            [
                {
                    "state": "waiting",
                    "copy_id": False,
                    "hold_until": False,
                    "notified_at": False,
                }
            ],
        )
        self.assertEqual(wait.since.date(), self.today)

    def test_slip(self):
        """Mails go to the borrower alone, whatever the caller would like to add."""
        loan = self._lend(self.memo)
        self._call(
            self.clerk,
            loan,
            "action_mail_slip",
            context={
                "default_email_cc": "thief@example.com",
                "default_recipient_ids": [],
            },
        )
        (mail,) = self._mails(self.designer)
        self.assertFalse(mail.email_cc)

    def test_other_user(self):
        """Nothing is done with what somebody else has scanned, and nothing kept."""
        uid = str(uuid.uuid4())
        for user_id in (self.manager.id, False, 0, "x", [self.clerk.id]):
            with self.subTest(user_id=user_id):
                for answer in (
                    self._scan_out("MEMO-1", uid=uid, user_id=user_id),
                    self._scan_in("MEMO-1", uid=uid, user_id=user_id),
                    self._undo(uid, user_id=user_id),
                ):
                    self.assertEqual(
                        (answer["code"], answer["outcome"], answer["ok"]),
                        ("other_user", "other_user", False),
                    )
                    self.assertNotIn("scan_uid", answer)
        self.assertEqual(self.memo.state, "in")
        self.assertFalse(self.env["sample.scan"].search([("scan_uid", "=", uid)]))
        # the same scan is done when he is back
        answer = self._scan_out("MEMO-1", uid=uid, user_id=self.clerk.id)
        self.assertEqual((answer["outcome"], answer["code"]), ("lent", "MEMO-1"))
        self.assertEqual(self._undo(uid, user_id=self.manager.id)["code"], "other_user")
        self.assertEqual(self.memo.state, "out")
        self.assertEqual(self._undo(uid, user_id=self.clerk.id)["outcome"], "undone")
        self.assertEqual(
            self._scan_in("MEMO-1", user_id=self.clerk.id)["outcome"], "not_out"
        )

    def _undo(self, uid, **kwargs):
        return self._call(
            self.clerk, self.env["sample.copy"], "scan_undo", uid, **kwargs
        )

    def test_characters_no_database_takes(self):
        """A browser would send for ever what ends in an error of the server."""
        answer = self._scan_out("MEMO-1", project="Hotel\x00 \ud800Lobby")
        loan = self.env["sample.loan"].browse(answer["loan_id"])
        self.assertEqual(loan.project, "Hotel Lobby")
        self.assertEqual(self._scan_in("\ud800\x00X")["outcome"], "unreadable")
        people = self._call(
            self.clerk,
            self.env["sample.library"],
            "desk_person",
            self.library.id,
            "Do\ud800ra\x00",
        )
        self.assertEqual([one["id"] for one in people["people"]], [self.designer.id])

    def test_final_refusals(self):
        """The browser gives up on these, and on no other error."""
        for scan in (
            {"uid": "short"},
            {"scanned_at": "yesterday"},
            {"scanned_at": "2000-01-01 00:00:00"},
        ):
            with self.subTest(scan), self.assertRaises(UserError) as caught:
                self._scan_out("MEMO-1", **scan)
            # not one of the kinds that may succeed later
            self.assertIs(type(caught.exception), UserError)
