"""Two clerks at the same second."""

import psycopg2.errors

from odoo import SUPERUSER_ID, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .at_once_common import TAG, AtOnceCase


@tagged("post_install", "-at_install")
class TestTwoAtOnce(AtOnceCase):
    def test_one_of_two_clerks_lends(self):
        answers = self._race(
            (self.person_ids[0], "at-once-0001", TAG),
            (self.person_ids[1], "at-once-0002", TAG),
        )
        outcomes = sorted(answer["outcome"] for answer in answers)
        self.assertEqual(outcomes, ["already_out", "lent"])
        (lent,) = (one for one in answers if one["outcome"] == "lent")
        (refused,) = (one for one in answers if one["outcome"] == "already_out")
        self.assertEqual(self._run(self._loans), [lent["person_id"]])
        # the second one is told who was faster
        self.assertEqual(refused["person_id"], lent["person_id"])

    def test_one_scan_sent_twice_at_once(self):
        scan = (self.person_ids[0], "at-once-0001", TAG)
        first, second = self._race(scan, scan)
        self.assertEqual(first, second)
        self.assertEqual(first["outcome"], "lent")
        self.assertEqual(self._run(self._loans), [self.person_ids[0]])

    def test_limit_holds_for_two_clerks(self):
        """Two copies, one person, who may have one."""
        self._run(self._limit_to_one)
        answers = self._race(
            (self.person_ids[0], "at-once-0001", TAG),
            (self.person_ids[0], "at-once-0002", "TWO-AT-ONCE-2"),
        )
        outcomes = sorted(answer["outcome"] for answer in answers)
        self.assertEqual(outcomes, ["lent", "limit"])

    def _limit_to_one(self, env):
        env["sample.library"].browse(self.library_id).max_open_loans = 1
        env["sample.copy"].create(
            {
                "item_id": self.item_id,
                "library_id": self.library_id,
                "tag": "TWO-AT-ONCE-2",
            }
        )

    def test_return_and_wait(self):
        """A copy comes back while somebody is put on the list: it is kept for him."""
        first, second = self.person_ids
        self._race((first, "at-once-0001", TAG))
        answers = self._at_once(
            ("_facts", "_of_library"),
            ("sample.library", "desk_wait", self.library_id, second, self.copy_id),
            ("sample.copy", "scan_in", self.library_id, TAG, "at-once-0002"),
        )
        self.assertIn("keep", [answer["outcome"] for answer in answers])
        self.assertEqual(self._run(self._waits), [("ready", self.copy_id)])

    def test_wait_and_lending_what_is_here(self):
        """What one clerk keeps for somebody, another one does not lend."""
        first, second = self.person_ids
        answers = self._at_once(
            ("_facts", "_of_library"),
            ("sample.library", "desk_wait", self.library_id, second, self.copy_id),
            ("sample.copy", "scan_out", self.library_id, first, TAG, "at-once-0001"),
        )
        outcomes = tuple(answer["outcome"] for answer in answers)
        self.assertIn(outcomes, [("keep", "reserved"), ("waiting", "lent")])

    def test_undo_and_lending(self):
        """A second clerk is waited for; an undo is not refused because of him."""
        first, second = self.person_ids
        self._race((first, "at-once-0001", TAG))
        answers = self._at_once(
            ("_facts", "_lock_as_scans_do"),
            ("sample.copy", "scan_undo", "at-once-0001"),
            ("sample.copy", "scan_out", self.library_id, second, TAG, "at-once-0002"),
        )
        self.assertEqual(answers[0]["outcome"], "undone")
        self.assertIn(answers[1]["outcome"], ("lent", "already_out"))
        lent = [second] if answers[1]["outcome"] == "lent" else []
        self.assertEqual(self._run(self._loans), lent)

    def test_last_in_line_goes_and_another_one_comes(self):
        """What is kept no more is kept for who is just put on the list."""
        first, second = self.person_ids
        wait_id = self._run(lambda env: self._keep_for(env, first))
        answers = self._at_once(
            ("_of_library", "filtered"),
            ("sample.library", "desk_wait", self.library_id, second, self.copy_id),
            ("sample.wait", "action_cancel", [wait_id]),
        )
        self.assertIn(answers[0]["outcome"], ("keep", "waiting"))
        self.assertEqual(
            sorted(self._run(self._waits)),
            [("cancelled", False), ("ready", self.copy_id)],
        )

    def _keep_for(self, env, person_id):
        wait = env["sample.wait"].create(
            {
                "item_id": self.item_id,
                "library_id": self.library_id,
                "person_id": person_id,
            }
        )
        return wait.id

    def _waits(self, env):
        waits = env["sample.wait"].search([("library_id", "=", self.library_id)])
        return [(wait.state, wait.copy_id.id) for wait in waits]

    def test_database_itself_refuses(self):
        """Also what goes past all our methods."""

        def lend(env):
            loan = env["sample.loan"]
            for person_id in self.person_ids:
                loan.create(
                    {
                        "copy_id": self.copy_id,
                        "item_id": self.item_id,
                        "library_id": self.library_id,
                        "company_id": env.company.id,
                        "currency_id": env.company.currency_id.id,
                        "person_id": person_id,
                        "lent_at": fields.Datetime.now(),
                        "lent_by_id": SUPERUSER_ID,
                        "due_date": fields.Date.today(),
                    }
                )
                env.flush_all()

        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
        ):
            self._run(lend)
        self.assertFalse(self._run(self._loans))
