"""Runs from the server of a distributor to the offers, good and bad ones."""

from unittest.mock import patch

from odoo.tests import tagged

from .. import transport
from ..models.distributor_feed_health import DistributorFeed
from ..rehearsal import RehearsalDistributor
from .common import FeedCase

RULES = {
    "code": "code",
    "manufacturer": "maker",
    "mpn": "mpn",
    "gtin": "gtin",
    "name": "name",
    "quantity": "stock",
    "price": "price",
    "currency": "currency",
}


@tagged("post_install", "-at_install")
class TestRun(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rehearsal = cls.enterClassContext(
            RehearsalDistributor(count=200, formats=("csv",))
        )
        policy = transport.Policy(allowed_hosts=("127.0.0.1", "localhost"), settle=0)
        cls.enterClassContext(
            patch.object(DistributorFeed, "_policy", lambda self: policy)
        )
        cls.profile.rule_ids.unlink()
        cls.profile.write(
            {
                "delimiter": cls.rehearsal.style.delimiter,
                "rule_ids": [
                    (0, 0, {"target": target, "column": column})
                    for target, column in RULES.items()
                ],
            }
        )
        place = cls.rehearsal.sftp_place("items.csv")
        cls.env.ref("base.EUR").active = True
        cls.feed.write(
            {
                "method": "sftp",
                "host": place["host"],
                "port": place["port"],
                "path": place["path"],
                "username": place["username"],
                "host_key": place["host_key"],
                "password": cls.rehearsal.password,
                "user_id": cls.env.ref("base.user_admin").id,
            }
        )

    def setUp(self):
        super().setUp()
        self.rehearsal.misbehave("good", revision=1, count=200)

    def _go(self, run=None):
        """Run as the scheduled action does, and return the run."""
        run = run or self.feed._queue_runs()
        with self.enter_registry_test_mode():
            run._execute()
        return run

    def _offers(self):
        return self.env["distributor.offer"].search(
            [("account_id", "=", self.account.id)]
        )

    def _prices(self):
        return {offer.code: offer.price for offer in self._offers()}

    def test_a_file_comes_in_by_sftp(self):
        run = self._go()
        self.assertEqual(
            (run.state, run.rows, run.created), ("done", 200, 200), run.message
        )
        self.assertEqual(run.file_name, "items.csv")
        self.assertEqual(self.feed.good_run_id, run)
        self.assertTrue(self.feed.data_at)
        self.assertEqual(len(self._offers()), 200)

    def test_the_next_revision_changes_few(self):
        self._go()
        self.rehearsal.misbehave(revision=2)
        run = self._go()
        self.assertEqual(run.state, "done", run.message)
        self.assertTrue(0 < run.updated < 60)

    def test_nothing_new_is_not_fetched_again(self):
        self._go()
        run = self._go()
        self.assertEqual(run.state, "same")
        self.assertFalse(run.attachment_id)

    def test_bad_files_change_nothing(self):
        self._go()
        prices = self._prices()
        for mood, state in {
            "prices_x10": "held",
            "prices_zero": "held",
            "currency": "held",
            "columns": "failed",
            "encoding": "held",
            "truncated": "held",
            "empty": "failed",
            "shrunk": "held",
            "nuls": "failed",
            "zip_bomb": "failed",
            "entity_bomb": "held",
            "late": "failed",
        }.items():
            with self.subTest(mood):
                self.rehearsal.misbehave(mood, revision=3)
                run = self._go()
                self.assertEqual((mood, run.state), (mood, state), run.message)
                self.assertTrue(run.message)
                self.assertEqual(self._prices(), prices)
        self.assertEqual(len(self.feed.activity_ids), 2)

    def test_a_held_file_is_released(self):
        self._go()
        before = self._prices()
        self.rehearsal.misbehave("prices_x10", revision=1)
        run = self._go()
        self.assertEqual(run.state, "held", run.message)
        run.action_release()
        self._go(run)
        self.assertEqual(run.state, "done", run.message)
        code = next(iter(before))
        self.assertAlmostEqual(self._prices()[code], 10 * before[code])
        self.assertEqual(run.rejected, 0)

    def test_a_refused_file_is_held_when_it_comes_again(self):
        self._go()
        self.rehearsal.misbehave("shrunk", revision=1)
        run = self._go()
        run.action_refuse()
        again = self._go()
        self.assertEqual(again.state, "held")
        self.assertIn("refused", again.message)

    def test_the_wrong_key_is_not_talked_to(self):
        self.feed.host_key = "SHA256:" + "A" * 43
        run = self._go()
        self.assertEqual(run.state, "failed")
        self.assertFalse(self._offers())
        self.assertNotIn(self.rehearsal.password, run.error)

    def test_utf8_read_as_single_bytes_is_held(self):
        """Read so, each accent would become two letters, and nobody would notice."""
        self._go()
        names = self._offers().mapped("name")
        self.feed.profile_id.encoding = "cp1252"
        run = self._go()
        self.assertEqual(run.state, "held", run.message)
        self.assertEqual([code for code, _figures in run.reasons], ["encoding"])
        self.assertEqual(self._offers().mapped("name"), names)
