"""How far a run is, who is told of trouble, and that feeds are not fetched twice."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import tagged

from ..models import distributor_feed_progress
from ..models.distributor_feed_progress import Notes
from ..models.distributor_feed_trouble import TROUBLE
from .common_roles import RolesCase

A = "A1;5;10.00;Keyboard;Acme;KB-1"
B = "B2;50;20.00;Mouse;Acme;M-2"


class Records:
    """A file half read."""

    read_bytes, total_bytes = 50, 100


@tagged("post_install", "-at_install")
class TestProgress(RolesCase):
    def test_notes_are_few(self):
        now, written = [0.0], []
        notes = Notes("no database", 1, Records(), clock=lambda: now[0])
        with patch.object(Notes, "_write", lambda self, *note: written.append(note)):
            for at, *note in (
                (0.5, "staging", 10),
                (1.5, "staging", 20),
                (2.0, "staging", 30),
                (3.6, "staging", 40),
                (3.7, "comparing", 50),
                (3.8, "reading", 5),
                (3.9, "reading", 6),
                (9.0, "reading", 7),
            ):
                now[0] = at
                notes(*note)
        self.assertEqual(
            written,
            [
                ("staging", 20),
                ("staging", 40),
                ("comparing", 50),
                ("reading", 5),
                ("reading", 7),
            ],
        )

    def test_the_bar_only_grows(self):
        notes = Notes("no database", 1, Records())
        notes("comparing", 100)
        percents = [
            notes._percent(*note)
            for note in (
                ("staging", 50),
                ("comparing", 100),
                ("reading", 0),
                ("reading", 50),
                ("reading", 100),
                ("judging", 100),
                ("writing", 100),
                ("matching", 100),
            )
        ]
        self.assertEqual(percents, sorted(percents))
        self.assertLessEqual(percents[-1], 100)

    def test_a_load_tells_how_far_it_is_while_it_runs(self):
        """Others see how far it is, though nothing is committed yet."""
        dbname, seen = self.env.cr.dbname, []
        write = Notes._write

        def write_and_look(notes, step, done):
            write(notes, step, done)
            with db_connect(dbname).cursor() as cr:
                cr.execute(
                    "SELECT step, done FROM distributor_feed_progress "
                    "WHERE run_id = %s",
                    (notes._run_id,),
                )
                seen.extend(cr.fetchall())

        with (
            patch.object(distributor_feed_progress, "QUIET", 0),
            patch.object(distributor_feed_progress, "PAUSE", 0),
            patch.object(Notes, "_write", write_and_look),
        ):
            run = self._run(A, B)
        with db_connect(dbname).cursor() as cr:
            cr.execute(
                "DELETE FROM distributor_feed_progress WHERE run_id = %s", (run.id,)
            )
        self.assertEqual(run.state, "done")
        self.assertIn(("comparing", 2), seen)
        self.assertEqual(seen[-1][0], "matching")

    def test_it_is_shown_on_run_and_feed(self):
        run = self.env["distributor.feed.run"].create({"feed_id": self.feed.id})
        self.assertIn("turn", run.with_user(self.user).progress_text)
        run.state = "running"
        self.env["distributor.feed.progress"].create(
            {
                "run_id": run.id,
                "step": "staging",
                "done": 12345,
                "percent": 17,
                "at": "2026-11-23 12:00:00",
            }
        )
        self.env.invalidate_all()
        self.assertEqual(run.with_user(self.user).progress, 17)
        self.assertIn("12,345", self.feed.with_user(self.user).progress_text)
        run.state = "done"
        self.env.invalidate_all()
        self.assertFalse(run.progress_text)
        self.assertFalse(self.feed.progress_text)

    def test_the_note_goes_with_the_run(self):
        run = self.env["distributor.feed.run"].create({"feed_id": self.feed.id})
        self.env["distributor.feed.progress"].create(
            {"run_id": run.id, "step": "staging", "at": "2026-11-23 12:00:00"}
        )
        with self.enter_registry_test_mode():
            run._forget_progress()
        self.assertFalse(
            self.env["distributor.feed.progress"].search([("run_id", "=", run.id)])
        )

    def test_a_feed_at_work_is_not_fetched_again(self):
        self.feed.write({"method": "folder", "path": "/srv/stock.csv"})
        self.env["distributor.feed.run"].create(
            {
                "feed_id": self.feed.id,
                "state": "running",
                "started_at": "2026-11-23 12:00:00",
            }
        )
        runs = type(self.env["distributor.feed.run"])
        with (
            patch.object(runs, "_bury_dead", lambda self: None),
            self.assertRaisesRegex(UserError, "Hourly stock: already running since"),
        ):
            self.feed.with_user(self.manager).action_fetch()

    def test_a_killed_run_does_not_stop_the_next(self):
        self.feed.write({"method": "folder", "path": "/srv/stock.csv"})
        dead = self.env["distributor.feed.run"].create(
            {
                "feed_id": self.feed.id,
                "state": "running",
                "started_at": "2026-11-23 12:00:00",
            }
        )
        with self.enter_registry_test_mode():
            self.feed.with_user(self.manager).action_fetch()
        self.assertEqual(dead.state, "failed")
        self.assertEqual(self.feed.run_ids.sorted("id")[-1].state, "queued")
        with (
            self.enter_registry_test_mode(),
            self.assertRaisesRegex(UserError, "already waiting since"),
        ):
            self.feed.with_user(self.manager).action_fetch()

    def test_trouble_is_told_once_and_closes_itself(self):
        self.feed.user_id = self.manager
        run = self.env["distributor.feed.run"].create({"feed_id": self.feed.id})
        run.write({"state": "failed", "error": "<b>Bad</b>"})
        for _time in range(2):
            self.feed.last_run_id = run
            self.feed._update_health()
            self.feed._tell_trouble(run)
        told = self.feed.activity_search([TROUBLE])
        self.assertEqual((len(told), told.user_id), (1, self.manager))
        self.assertIn("&lt;b&gt;Bad", told.note)
        own = self.feed.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.user.id
        )
        self._run(A)
        self.assertEqual(self.feed.activity_ids, own)
        self.feed._tell_trouble(run)
        self.assertEqual(len(self.feed.activity_search([TROUBLE])), 1)
