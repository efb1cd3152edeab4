"""Killed workers, lost connections, two at once, and clocks that are wrong."""

import os
import tempfile
from datetime import datetime, timedelta
from unittest.mock import patch

import psycopg2

from odoo import sql_db
from odoo.tests import tagged
from odoo.tools import mute_logger

from .. import loader
from ..models import distributor_feed_run_execute as execute
from ..models.distributor_feed_run_lock import LOCK_FEED
from .common import FeedCase, write_file

LINES = [f"R{n};{n};1{n}.00;Thing {n};Acme;T{n}" for n in range(5)]
FUTURE = datetime(2046, 1, 1)


@tagged("post_install", "-at_install")
class TestReliability(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = cls.env.cr.now().replace(microsecond=0)

    def _queued(self, *lines, **file):
        """Return a run that has its file and waits."""
        run = self.env["distributor.feed.run"].create({"feed_id": self.feed.id})
        run._keep_file(
            write_file(self.folder, [";".join(self._header()), *(lines or LINES)])
        )
        run.write(file)
        return run

    def _header(self):
        return ("sku", "stock", "price", "title", "brand", "part")

    def _go(self, run):
        with self.enter_registry_test_mode():
            return run._execute()

    def _offers(self):
        return self.env["distributor.offer"].search(
            [("account_id", "=", self.account.id)]
        )

    # ------------------------------------------------------------------ two at once

    def test_a_feed_that_runs_elsewhere_is_left_alone(self):
        run = self._queued()
        with sql_db.db_connect(self.env.cr.dbname).cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", (LOCK_FEED, self.feed.id)
            )
            with patch.object(execute._logger, "info") as told:
                self.assertFalse(self._go(run))
        self.assertIn("running elsewhere", told.call_args.args[0])
        self.assertEqual((run.state, len(self._offers())), ("queued", 0))
        self.assertTrue(self._go(run))
        self.assertEqual((run.state, len(self._offers())), ("done", 5))

    def test_a_run_is_not_run_twice(self):
        run = self._queued()
        self.assertTrue(self._go(run))
        with patch.object(execute._logger, "info") as told:
            self.assertFalse(self._go(run))
        self.assertIn("another process took it", told.call_args.args[0])

    def test_a_collision_is_tried_again(self):
        run = self._queued()
        with patch.object(
            loader, "load", side_effect=psycopg2.errors.SerializationFailure
        ):
            self.assertTrue(self._go(run))
        self.assertEqual((run.state, self.feed.activity_ids.ids), ("queued", []))
        self._go(run)
        self.assertEqual(run.state, "done")

    # ------------------------------------------------------------------ what is left
    # behind

    def test_a_dead_run_is_buried_and_the_next_one_loads(self):
        run = self._queued()
        run.state = "running"
        with (
            tempfile.TemporaryDirectory() as folder,
            patch.object(tempfile, "tempdir", folder),
        ):
            left = run._temporary()
            with open(os.path.join(left.name, "file"), "w") as file:
                file.write("half a f")
            for name in ("feed-other-1-x", f"feed-{self.env.cr.dbname}-x", "else"):
                os.mkdir(os.path.join(folder, name))
            with self.enter_registry_test_mode():
                run._bury_dead()
            self.assertCountEqual(
                os.listdir(folder),
                ["else", "feed-other-1-x", f"feed-{self.env.cr.dbname}-x"],
            )
            left.cleanup()
        self.assertEqual(run.state, "failed")
        self.assertIn("stopped in the middle", run.message)
        self.assertTrue(self.feed.activity_ids)
        again = self._queued()
        self._go(again)
        self.assertEqual((again.state, again.created), ("done", 5))

    def test_a_living_run_is_not_buried(self):
        run = self._queued()
        run.state = "running"
        with (
            tempfile.TemporaryDirectory() as folder,
            patch.object(tempfile, "tempdir", folder),
            sql_db.db_connect(self.env.cr.dbname).cursor() as other,
        ):
            other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", (LOCK_FEED, self.feed.id)
            )
            with run._temporary() as path, self.enter_registry_test_mode():
                run._bury_dead()
                self.assertTrue(os.path.isdir(path))
        self.assertEqual(run.state, "running")

    def test_whatever_goes_wrong_is_said_and_ends_the_run_alone(self):
        for error, words in (
            (
                psycopg2.OperationalError("server closed the connection"),
                "server closed",
            ),
            (MemoryError("no memory"), "no memory"),
            (OSError(28, "No space left on device"), "No space left"),
        ):
            with self.subTest(words), mute_logger(execute.__name__):
                run = self._queued()
                with patch.object(loader, "load", side_effect=error):
                    self.assertTrue(self._go(run))
                self.assertEqual(run.state, "failed")
                self.assertIn(words, run.message)
                self.assertFalse(self._offers())

    # ------------------------------------------------------------------ clocks

    def test_a_feed_does_not_sleep_for_years(self):
        self.feed.next_run = FUTURE
        self.feed._mend_clock()
        self.assertLessEqual(self.feed.next_run, self.now + timedelta(minutes=61))

    def test_a_plan_of_some_days_stays(self):
        self.feed.next_run = planned = self.now + timedelta(days=6)
        self.feed._mend_clock()
        self.assertEqual(self.feed.next_run, planned)

    def test_figures_are_never_from_the_future(self):
        self._go(self._queued(file_modified=FUTURE))
        self.assertLessEqual(self.feed.data_at, datetime.now())

    def test_a_clock_that_was_ahead_is_taken_back(self):
        self._go(self._queued())
        self.feed.data_at = FUTURE
        self._offers()[0].behind_since = FUTURE
        past = self.now - timedelta(days=3)
        self._offers()[1].behind_since = past
        self.feed._mend_clock()
        self.env.invalidate_all()
        self.assertLessEqual(self.feed.data_at, datetime.now())
        self.assertLessEqual(self._offers()[0].behind_since, datetime.now())
        self.assertEqual(self._offers()[1].behind_since, past)

    def test_a_date_from_the_future_does_not_hold_all_later_files(self):
        self._go(self._queued(file_modified=FUTURE))
        later = self._queued(
            *LINES[:4],
            "R9;9;9.00;Thing 9;Acme;T9",
            file_modified=self.now + timedelta(days=1),
        )
        self._go(later)
        self.assertEqual(later.state, "done", later.message)
        older = self._queued(*LINES, file_modified=self.now - timedelta(days=1))
        self._go(older)
        self.assertEqual(older.state, "held")
        self.assertIn("older", older.message)
