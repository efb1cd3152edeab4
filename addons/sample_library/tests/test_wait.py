"""The wait list: who waits longest is told first, and gets the sample."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestWait(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memo = cls._copy("MEMO-1")
        cls.third = cls.env["res.partner"].create(
            {"name": "Sample Thea", "email": "thea@example.com"}
        )

    def _wait(self, person, **vals):
        wait_id = self._call(
            self.clerk,
            self.env["sample.wait"],
            "create",
            {
                "item_id": self.item.id,
                "library_id": self.library.id,
                "person_id": person.id,
                **vals,
            },
        )
        return self.env["sample.wait"].browse(wait_id)

    def test_first_come_first_served(self):
        self._lend(self.memo)
        first, second = self._wait(self.other_designer), self._wait(self.third)
        answer = self._scan_in("MEMO-1")
        self.assertEqual((answer["outcome"], answer["ok"]), ("keep", True))
        self.assertIn("Sample Dirk", answer["text"])
        self.assertRecordValues(
            first,
            [
                {
                    "state": "ready",
                    "copy_id": self.memo.id,
                    "hold_until": self.today + timedelta(days=3),
                }
            ],
        )
        self.assertTrue(first.notified_at)
        self.assertEqual(second.state, "waiting")
        (mail,) = self._mails(self.other_designer)
        self.assertIn("Willow Sage", mail.subject)
        self.assertFalse(self._mails(self.third))
        # nobody else gets it
        answer = self._scan_out("MEMO-1", self.third)
        self.assertEqual(answer["outcome"], "reserved")
        self.assertIn("Sample Dirk", answer["text"])
        self.assertIn("Sample Dirk", self._scan_in("MEMO-1")["text"])
        self.assertEqual(
            self._scan_out("MEMO-1", self.other_designer)["outcome"], "lent"
        )
        self.assertEqual((first.state, second.state), ("served", "waiting"))

    def _desk_wait(self, person_id, copy_id, user=None):
        """Press the button of the scan screen."""
        return self._call(
            user or self.clerk,
            self.env["sample.library"],
            "desk_wait",
            self.library.id,
            person_id,
            copy_id,
        )

    def test_from_the_scan_screen(self):
        self._lend(self.memo)
        answer = self._scan_out("MEMO-1", self.other_designer)
        self.assertEqual(
            (answer["outcome"], answer["wait_for_id"], answer["wait_for"]),
            ("already_out", self.other_designer.id, "Sample Dirk"),
        )
        for _twice in range(2):
            told = self._desk_wait(answer["wait_for_id"], answer["copy_id"])
            self.assertEqual((told["outcome"], told["tone"]), ("waiting", "success"))
            self.assertIn("number 1", told["text"])
        self.assertIn("number 2", self._desk_wait(self.third.id, self.memo.id)["text"])
        waits = self.env["sample.wait"].search([("item_id", "=", self.item.id)])
        self.assertEqual(waits.person_id, self.other_designer | self.third)
        back = self._scan_in("MEMO-1")
        self.assertEqual((back["outcome"], back["tone"]), ("keep", "primary"))
        told = self._desk_wait(self.other_designer.id, self.memo.id)
        self.assertEqual((told["outcome"], told["tone"]), ("keep", "primary"))
        self.assertIn("MEMO-1", told["text"])
        # kept for somebody: the next one may wait as well
        reserved = self._scan_out("MEMO-1", self.designer)
        self.assertEqual(
            (reserved["outcome"], reserved["wait_for_id"]),
            ("reserved", self.designer.id),
        )

    def test_who_has_it_does_not_wait_for_it(self):
        self._lend(self.memo)
        self.assertFalse(self._scan_out("MEMO-1")["wait_for_id"])

    def test_scan_screen_and_strangers(self):
        theirs = self._copy("THEIRS-1", library=self.other_library)
        for person_id, copy_id in (
            (self.third.id, theirs.id),
            (self.third.id, 0),
            (self.third.id, "1"),
            (self.third.id, 2**40),
            (None, self.memo.id),
            (2**40, self.memo.id),
        ):
            with (
                self.subTest(person=person_id, copy=copy_id),
                self.assertRaisesRegex(UserError, "not there any more"),
            ):
                self._desk_wait(person_id, copy_id)
        for user in (self.neighbour, self._user("nobody")):
            with self.assertRaises(AccessError):
                self._desk_wait(self.third.id, self.memo.id, user=user)
        self.assertFalse(self.env["sample.wait"].search([]).person_id & self.third)

    def test_what_is_here_is_kept_at_once(self):
        self.assertEqual(self._wait(self.designer).copy_id, self.memo)
        self.assertEqual(self._wait(self.third).state, "waiting")

    def test_cancelled_passes_it_on(self):
        first, second = self._wait(self.designer), self._wait(self.third)
        self._call(self.clerk, first, "action_cancel")
        self.assertEqual((first.state, first.copy_id.id), ("cancelled", False))
        self.assertEqual(second.copy_id, self.memo)

    def test_not_picked_up(self):
        first, second = self._wait(self.designer), self._wait(self.third)
        first.hold_until = self.today - timedelta(days=1)
        with self.enter_registry_test_mode():
            self.env.ref("sample_library.ir_cron_remind").method_direct_trigger()
        self.assertEqual((first.state, second.state), ("expired", "ready"))
        self.assertEqual(len(self._mails(self.third)), 1)

    def test_another_copy_frees_the_kept_one(self):
        other = self._copy("MEMO-2")
        loan = self._lend(other, self.studio)
        first, second = self._wait(self.designer), self._wait(self.third)
        # here again, and nobody was told
        loan.returned_at = loan.lent_at
        other._set_state("in")
        self.assertEqual(self._scan_out("MEMO-2")["outcome"], "lent")
        self.assertEqual(first.state, "served")
        self.assertEqual(second.copy_id, self.memo)

    def test_new_copy_serves(self):
        self._lend(self.memo)
        wait = self._wait(self.third)
        self.assertEqual(wait.state, "waiting")
        copy = self._copy("MEMO-2")
        self.assertEqual(wait.copy_id, copy)

    def test_kept_copy_gets_lost(self):
        wait = self._wait(self.designer)
        self._call(self.clerk, self.memo, "action_lost")
        self.assertRecordValues(wait, [{"state": "waiting", "copy_id": False}])
        self._call(self.clerk, self.memo, "action_bring_back")
        self.assertEqual(wait.copy_id, self.memo)

    def test_undo_of_the_return(self):
        self._lend(self.memo)
        wait = self._wait(self.third)
        self._scan_in("MEMO-1", uid="wait-0001")
        self._call(self.clerk, self.env["sample.copy"], "scan_undo", "wait-0001")
        self.assertEqual((wait.state, self.memo.state), ("waiting", "out"))

    def test_nobody_waits_twice(self):
        self._lend(self.memo)
        self._wait(self.third)
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self._wait(self.third)

    def test_no_place_in_the_queue_by_hand(self):
        self._lend(self.memo)
        self._wait(self.other_designer)
        late = self._wait(self.third, since="2020-01-01 00:00:00")
        self.assertEqual(late.since.date(), self.today)
        vals = {"state": "ready", "copy_id": self.memo.id}
        with self.assertRaises(AccessError):
            self._call(self.clerk, late, "write", vals)
        with self.assertRaises(AccessError):
            self._call(self.neighbour, late, "action_cancel")
