"""Posted data from the server of a distributor, by its feed."""

import gzip
import io
import os
import zipfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.distributor_feeds import transport
from odoo.addons.distributor_feeds.models.distributor_feed_health import (
    DistributorFeed,
)
from odoo.addons.distributor_feeds.rehearsal import RehearsalDistributor
from odoo.addons.order_track.tests.common_posted import PostedCommon

HEADER = "name,account_number,status"


@tagged("post_install", "-at_install")
class TestFeedPosts(PostedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rehearsal = cls.enterClassContext(
            RehearsalDistributor(count=1, formats=("csv",))
        )
        policy = transport.Policy(allowed_hosts=("127.0.0.1", "localhost"), settle=0)
        cls.enterClassContext(
            patch.object(DistributorFeed, "_policy", lambda self: policy)
        )
        account = cls.env["distributor.account"].create(
            {"distributor_id": cls.mills.id}
        )
        place = cls.rehearsal.sftp_place("orders.*")
        cls.feed = cls.env["distributor.feed"].create(
            {
                "name": "Orders of the mills",
                "account_id": account.id,
                "post_kind": "order",
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

    def _serve(self, content, name="orders.csv"):
        """Put the only file of orders on the distributor's server."""
        folder = self.rehearsal.files_folder
        for old in os.listdir(folder):
            if old.startswith("orders."):
                os.remove(os.path.join(folder, old))
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)

    def _rows(self, *names, account="DC14"):
        return "\n".join(
            [HEADER, *(f"{name},{account},open" for name in names)]
        ).encode()

    def _go(self, run=None):
        """Run as the scheduled action does, and return the run."""
        run = run or self.feed._queue_runs()
        with self.enter_registry_test_mode():
            run._execute()
        return run

    def _orders(self):
        return set(
            self.env["track.order"]
            .search([("distributor_id", "=", self.mills.id)])
            .mapped("name")
        )

    def test_orders_come_by_sftp(self):
        self._serve(self._rows("A-1", "A-2"))
        run = self._go()
        self.assertEqual(
            (run.state, run.rows, run.created), ("done", 2, 2), run.message
        )
        post = run.post_id
        self.assertEqual((post.source, post.state, post.full), ("feed", "done", True))
        self.assertEqual(post.distributor_id, self.mills)
        self.assertEqual(self._orders(), {"A-1", "A-2"})
        seen = self.env["track.order"].with_user(self.clerk).search([])
        self.assertEqual(set(seen.mapped("name")), {"A-1", "A-2"})
        self.assertFalse(
            self.env["distributor.offer"].search(
                [("account_id", "=", self.feed.account_id.id)]
            )
        )
        self.assertEqual(self._go().state, "same")

    def test_packed_files(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("orders.csv", self._rows("Z-1"))
        for name, content, order in (
            ("orders.csv.gz", gzip.compress(self._rows("G-1")), "G-1"),
            ("orders.zip", packed.getvalue(), "Z-1"),
        ):
            with self.subTest(name):
                self._serve(content, name)
                run = self._go()
                self.assertEqual(run.state, "done", run.message)
                self.assertEqual(self._orders(), {order})

    def test_bad_files_change_nothing(self):
        self._serve(self._rows("A-1", "A-2"))
        self._go()
        posts = self.env["track.post"].search_count([])
        for content, state in (
            (b"", "failed"),
            (HEADER.encode(), "failed"),
            (b"colour;shape\nred;round\n", "failed"),
            (self._rows("A-1"), "held"),
            (self._rows("A-1", "A-2") + b"\n,DC14,open\n,DC14,open", "held"),
            (b"PK\x03\x04 and no zip", "failed"),
        ):
            with self.subTest(content):
                self._serve(content)
                run = self._go()
                self.assertEqual(run.state, state, run.message)
                self.assertTrue(run.message)
                self.assertEqual(self._orders(), {"A-1", "A-2"})
        self.assertEqual(self.env["track.post"].search_count([]), posts)
        self.assertTrue(self.feed.activity_ids)

    def test_first_file_without_rows_is_refused(self):
        self._serve(HEADER.encode())
        run = self._go()
        self.assertEqual(run.state, "failed")
        self.assertFalse(self.feed.good_run_id)

    def test_desk_sees_the_posting_and_not_the_feed(self):
        self._serve(self._rows("A-1"))
        post = self._go().post_id.with_user(self.desk)
        self.assertEqual((post.state, post.rows), ("done", 1))
        with self.assertRaises(AccessError):
            post.read(["feed_run_id"])
        own = self._post("order", [HEADER, "A-9,DC14,open"])
        self.assertEqual(own.rows, 1)

    def test_shrunk_file_is_released(self):
        self._serve(self._rows("A-1", "A-2", "A-3"))
        self._go()
        self._serve(self._rows("A-1"))
        run = self._go()
        self.assertEqual(run.state, "held", run.message)
        run.action_release()
        self._go(run)
        self.assertEqual((run.state, run.missing), ("done", 2), run.message)
        self.assertEqual(self._orders(), {"A-1"})

    def test_changes_alone_end_nothing(self):
        self.feed.delta = True
        self._serve(self._rows("A-1", "A-2", "A-3"))
        self._go()
        self._serve(self._rows("A-4"))
        run = self._go()
        self.assertEqual(run.state, "done", run.message)
        self.assertEqual(self._orders(), {"A-1", "A-2", "A-3", "A-4"})

    def test_stock_needs_the_subscription(self):
        self.feed.post_kind = "stock"
        self._serve(b"item_code,on_hand\nWIL,4\n")
        run = self._go()
        self.assertEqual(run.state, "failed")
        self.assertIn("subscription", run.message)
        self._open_inventory(self.mills, self.desk.partner_id)
        run = self._go()
        self.assertEqual(run.state, "done", run.message)

    def test_what_it_brings_stays_and_is_not_taken_back(self):
        self._serve(self._rows("A-1"))
        first = self._go()
        self._serve(self._rows("A-2"))
        self._go()
        with self.assertRaises(UserError):
            self.feed.post_kind = "customer"
        self.assertFalse(first.can_go_back)
        with self.assertRaises(UserError):
            first.action_undo_later()
