"""The wait list: who waits longest is told first, and gets the sample."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
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
        first, second = self._wait(self.designer), self._wait(self.third)
        other = self.env["sample.copy"].create(
            {
                "item_id": self.item.id,
                "library_id": self.other_library.id,
                "tag": "MEMO-2",
            }
        )
        other.library_id = self.library
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
