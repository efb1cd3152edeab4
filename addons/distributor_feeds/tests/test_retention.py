"""What is kept, and what goes."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.distributor_feed_cleaning import Cleaning
from .common_roles import RolesCase

A = "A1;5;10.00;Keyboard;Acme;KB-1"
B = "B2;50;20.00;Mouse;Acme;M-2"


@tagged("post_install", "-at_install")
class TestRetention(RolesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.feed.write({"max_shrink": 0, "keep_runs": 2})

    def _runs_of(self, *days):
        """Load a file for each number of days ago."""
        runs = self.env["distributor.feed.run"]
        for number, ago in enumerate(days):
            run = self._run(A.replace("10.00", f"10.0{number}"), B)
            run.ended_at = fields.Datetime.now() - timedelta(days=ago)
            runs |= run
        return runs

    def _clean(self):
        """Do all portions, as the scheduled action does, without its commits."""
        cleaning = Cleaning(self.env)
        cleaning.close_history()
        counts = []
        for step in (
            cleaning.drop_files,
            cleaning.drop_history,
            cleaning.drop_rejects,
            cleaning.drop_runs,
            cleaning.drop_progress,
        ):
            counts.append(0)
            while done := step():
                counts[-1] += done
        return counts

    def test_files(self):
        old, young, good = self._runs_of(31, 29, 31)
        self.assertEqual(self.feed.good_run_id, good)
        self._clean()
        self.assertEqual(
            [bool(run.attachment_id) for run in (old, young, good)], [False, True, True]
        )

    def test_files_that_are_still_needed(self):
        first = self._run(A, B)
        waiting = self._run(A.replace("10.00", "100.00"), B)
        held = self._run(A, B.replace("50", "51"))
        held.state = "held"
        last = self._run(A, B.replace("50", "52"))
        (first | waiting | held | last).ended_at = fields.Datetime.now() - timedelta(
            days=99
        )
        self._clean()
        self.assertEqual(
            [bool(run.attachment_id) for run in (first, waiting, held, last)],
            [False, True, True, True],
        )
        self.assertEqual(waiting.reject_ids.state, "open")
        waiting.reject_ids.action_release()
        self.assertEqual(self._offer("A1").price, 100)

    def test_nothing_goes_if_it_is_kept_for_ever(self):
        self.feed.write({"keep_file_days": 0, "keep_history_days": 0})
        runs = self._runs_of(5000, 5000, 5000, 5000)
        self.assertEqual(self._clean()[:4], [0, 0, 0, 0])
        self.assertTrue(runs[0].can_go_back)

    def test_the_way_back_ends_where_the_history_does(self):
        runs = self._runs_of(500, 500, 500, 500, 1)
        self._clean()
        self.assertEqual(
            runs.mapped("history_purged"), [True, True, True, False, False]
        )
        self.assertEqual(runs.mapped("can_go_back"), [False, False, True, True, False])
        self.assertIn("400 days", runs[1].go_back_note)
        self.assertFalse(runs[2].go_back_note)
        with self.assertRaisesRegex(UserError, "400 days"):
            runs[1].action_undo_later()
        runs[2].action_undo_later()
        self.assertAlmostEqual(self._offer("A1").price, 10.02)

    def test_history_goes_in_portions(self):
        runs = self._runs_of(500, 500, 500, 500, 1)
        history = self.env["distributor.offer.history"]
        self.assertEqual(history.search_count([("run_id", "in", runs.ids)]), 4)
        self._clean()
        self.assertEqual(history.search([("run_id", "in", runs.ids)]).run_id, runs[3:])

    def test_rejected_rows_and_empty_runs(self):
        runs = self._runs_of(500, 500, 500)
        bad = self._run(A.replace("10.00", "100.00"), B)
        self._run(A, B)
        failed = self.env["distributor.feed.run"].create({"feed_id": self.feed.id})
        failed.state = "failed"
        last = failed.copy()
        self.feed.last_run_id = last
        (bad | failed | last).ended_at = fields.Datetime.now() - timedelta(days=500)
        counts = self._clean()
        self.assertEqual(counts[2:4], [1, 1])
        self.assertFalse(failed.exists())
        self.assertTrue(last.exists())
        self.assertEqual(runs.exists(), runs)
        self.assertEqual(bad.rejected, 1)

    def test_the_scheduled_action(self):
        runs = self._runs_of(500, 500, 500, 500)
        with self.enter_registry_test_mode():
            self.env.ref("distributor_feeds.ir_cron_keep").method_direct_trigger()
        self.assertTrue(runs[0].history_purged)
        self.assertFalse(runs[0].attachment_id)
