"""A copy that is free is offered to who waits, however it came to be free."""

from odoo import Command
from odoo.tests import tagged

from .common import SampleCommon


@tagged("post_install", "-at_install")
class TestWaitFree(SampleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.memo = cls._copy("MEMO-1")

    def _wait(self, person=None, item=None, library=None):
        return self.env["sample.wait"].create(
            {
                "item_id": (item or self.item).id,
                "library_id": (library or self.library).id,
                "person_id": (person or self.other_designer).id,
            }
        )

    def _assert_kept(self, wait, copy):
        self.assertRecordValues(wait, [{"state": "ready", "copy_id": copy.id}])

    def test_kept_copy_is_lost_and_another_one_is_here(self):
        for action in ("action_lost", "action_retire"):
            with self.subTest(action):
                kept, free = self._copy(f"KEPT-{action}"), self._copy(f"FREE-{action}")
                self.memo.action_retire()
                wait = self._wait()
                kept = wait.copy_id
                free = self.item.copy_ids.filtered(lambda one: one.state == "in") - kept
                self._call(self.clerk, kept, action)
                self._assert_kept(wait, free)
                wait.unlink()
                free.action_retire()

    def test_kept_copy_is_undone(self):
        """What was taken back by mistake is lent again; another one is kept."""
        self._lend(self.memo)
        wait = self._wait()
        self._scan_in("MEMO-1", uid="free-0001")
        self._assert_kept(wait, self.memo)
        spare = self._copy("MEMO-2")
        self._call(self.clerk, self.env["sample.copy"], "scan_undo", "free-0001")
        self._assert_kept(wait, spare)

    def test_kept_copy_becomes_another_item(self):
        wait = self._wait()
        self._assert_kept(wait, self.memo)
        self._call(self.clerk, self.memo, "write", {"item_id": self.other_item.id})
        self.assertRecordValues(wait, [{"state": "waiting", "copy_id": False}])

    def test_kept_copy_moves_to_another_library(self):
        self.other_library.clerk_ids = [Command.link(self.clerk.id)]
        wait = self._wait()
        self._call(
            self.clerk, self.memo, "write", {"library_id": self.other_library.id}
        )
        self.assertRecordValues(wait, [{"state": "waiting", "copy_id": False}])

    def test_copy_comes_from_elsewhere(self):
        """From another item, and from another library."""
        self.other_library.clerk_ids = [Command.link(self.clerk.id)]
        wait = self._wait(item=self.other_item)
        self.assertEqual(wait.state, "waiting")
        self._call(self.clerk, self.memo, "write", {"item_id": self.other_item.id})
        self._assert_kept(wait, self.memo)
        there = self._wait(self.designer, self.item, self.other_library)
        spare = self._copy("MEMO-2")
        self._call(self.clerk, spare, "write", {"library_id": self.other_library.id})
        self._assert_kept(there, spare)

    def test_what_does_not_move_stays_kept(self):
        wait = self._wait()
        self._call(
            self.clerk,
            self.memo,
            "write",
            {"item_id": self.item.id, "library_id": self.library.id},
        )
        self._assert_kept(wait, self.memo)
        self.assertEqual(len(self._mails(self.other_designer)), 1)

    def test_two_copies_change_places(self):
        """Nothing is kept twice when two items are mixed up at once."""
        spare = self._copy("MEMO-2", item=self.other_item)
        first, second = self._wait(), self._wait(self.designer)
        third = self._wait(self.studio, self.other_item)
        self._assert_kept(third, spare)
        (self.memo | spare).write({"item_id": self.item.id})
        self.assertEqual((first | second).copy_id, self.memo | spare)
        self.assertEqual(third.state, "waiting")

    def test_wait_is_deleted(self):
        first, second = self._wait(), self._wait(self.designer)
        self._assert_kept(first, self.memo)
        self._call(self.manager, first, "unlink")
        self._assert_kept(second, self.memo)

    def test_kept_copy_is_deleted(self):
        """He waits on, as before; or gets another one."""
        wait = self._wait()
        kept = self._copy("MEMO-2")
        self.assertEqual(wait.copy_id, self.memo)
        self._call(self.manager, self.memo, "unlink")
        self._assert_kept(wait, kept)
        self._call(self.manager, kept, "unlink")
        self.assertRecordValues(wait, [{"state": "waiting", "copy_id": False}])

    def test_who_is_to_be_phoned(self):
        """Only who has an address was told."""
        self.other_designer.email = False
        wait = self._wait()
        self._assert_kept(wait, self.memo)
        self.assertFalse(wait.notified_at)
        self.assertTrue(wait.hold_until)
