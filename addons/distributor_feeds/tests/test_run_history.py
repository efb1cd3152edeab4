"""What runs changed, and the way back."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.distributor_feed_run_lock import LOCK_ACCOUNT, DistributorFeedRun
from .common_roles import RolesCase

A = "A1;5;10.00;Keyboard;Acme;KB-1"
B = "B2;50;20.00;Mouse;Acme;M-2"
C = "C3;30;30.00;Cable;Acme;C-3"


@tagged("post_install", "-at_install")
class TestChanges(RolesCase):
    def _changes(self, run, user=None):
        changes = self.env["distributor.feed.change"].with_user(user or self.user)
        changes.invalidate_model()
        found = changes.search(run.action_changes()["domain"])
        return {
            change.code: (
                change.kind,
                change.old_quantity,
                change.new_quantity,
                change.old_price,
                change.new_price,
            )
            for change in found
        }

    def test_before_and_after(self):
        self.feed.max_shrink = 0
        first = self._run(A, B)
        second = self._run("A1;7;11.00;Keyboard;Acme;KB-1", C)
        third = self._run("A1;7;12.00;Keyboard;Acme;KB-1", C)
        self.assertEqual(
            self._changes(first),
            {"A1": ("created", 0, 5, 0, 10), "B2": ("created", 0, 50, 0, 20)},
        )
        self.assertEqual(
            self._changes(second),
            {
                "A1": ("changed", 5, 7, 10, 11),
                "B2": ("missing", 50, 0, 20, 20),
                "C3": ("created", 0, 30, 0, 30),
            },
        )
        self.assertEqual(self._changes(third), {"A1": ("changed", 7, 7, 11, 12)})

    def test_a_changed_description_is_a_change(self):
        self._run(A)
        run = self._run(A.replace("Keyboard", "Keyboard, black"))
        self.assertEqual(self._changes(run), {"A1": ("changed", 5, 5, 10, 10)})

    def test_an_end_of_life_is_missing(self):
        self.feed.write({"missing": "end", "max_shrink": 0})
        self._run(A, B)
        run = self._run(A)
        self.assertEqual(self._changes(run)["B2"][0], "missing")

    def test_how_far_the_price_moved(self):
        self._run(A)
        run = self._run(A.replace("10.00", "12.50"))
        change = self.env["distributor.feed.change"].search(
            run.action_changes()["domain"]
        )
        self.assertAlmostEqual(change.price_change, 25)
        self.assertEqual(change.new_currency_id, self.account.currency_id)

    def test_roles(self):
        run = self._run(A)
        self.assertTrue(self._changes(run, self.manager))
        with self.assertRaises(AccessError):
            self._changes(run, self.stranger)
        self.assertFalse(self._changes(run, self.foreign))
        with self.assertRaises(AccessError):
            run.with_user(self.foreign).action_changes()

    def test_a_page_of_a_million_is_quick(self):
        """The condition on the run reaches the index of each half."""
        run = self._run(A)
        changes = self.env["distributor.feed.change"]
        query = changes._search([("run_id", "=", run.id)], limit=80, order="id")
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(line for (line,) in plan)
        self.assertIn("distributor_offer_history_run", plan)
        self.assertIn("distributor_offer_created", plan)


@tagged("post_install", "-at_install")
class TestGoingBack(RolesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.feed.max_shrink = 0

    def _wizard(self, run, user=None):
        return (
            self.env["distributor.feed.go.back"]
            .with_user(user or self.manager)
            .create({"run_id": run.id})
        )

    def test_it_is_said_what_will_happen(self):
        first = self._run(A, B)
        second = self._run(A.replace("10.00", "11.00"), B, C)
        third = self._run(A.replace("10.00", "12.00"), C)
        self.assertEqual(
            [run.can_go_back for run in first | second | third], [True, True, False]
        )
        wizard = self._wizard(first)
        self.assertEqual(
            (wizard.later_count, wizard.changed_count, wizard.created_count), (2, 2, 1)
        )
        wizard.action_go_back()
        self.assertEqual((second | third).mapped("state"), ["undone", "undone"])
        self.assertEqual(self._offer("A1").price, 10)
        self.assertFalse(first.can_go_back)
        self.assertEqual(self.feed.good_run_id, first)
        self.assertIn("2 runs taken back", self.feed.message_ids[0].body)

    def test_nothing_to_take_back(self):
        run = self._run(A)
        with self.assertRaisesRegex(UserError, "no later run"):
            run.with_user(self.manager).action_undo_later()

    def test_to_a_release_of_rows_and_behind_it(self):
        first = self._run(A, B)
        second = self._run(A.replace("10.00", "100.00"), B.replace("20.00", "200.00"))
        one, two = second.reject_ids.sorted("code")
        one.action_release()
        two.action_release()
        one_run, two_run = one.released_run_id, two.released_run_id
        self.assertEqual((self._offer("A1").price, self._offer("B2").price), (100, 200))

        one_run.action_undo_later()
        self.assertEqual((self._offer("A1").price, self._offer("B2").price), (100, 20))
        self.assertEqual(
            (one.state, two.state, two_run.state), ("released", "open", "undone")
        )
        # The file that is loaded is the one the row came in, not the row.
        self.assertEqual(self.feed.good_run_id, second)
        self.assertEqual(self._run(A, B).rows, 2)

        first.action_undo_later()
        self.assertEqual((self._offer("A1").price, self._offer("B2").price), (10, 20))
        self.assertEqual((one.state, two.state), ("released", "superseded"))
        self.assertEqual(one_run.state, "undone")

    def test_a_released_row_is_taken_back_alone(self):
        self._run(A, B)
        second = self._run(A.replace("10.00", "100.00"), B)
        second.reject_ids.action_release()
        second.action_undo_later()
        self.assertEqual(self._offer("A1").price, 10)
        self.assertEqual(second.reject_ids.state, "open")
        second.reject_ids.action_release()
        self.assertEqual(self._offer("A1").price, 100)

    def test_what_another_feed_wrote_stays(self):
        """Prices of one feed, stock of another: each goes back alone."""
        profile = self.profile.copy({"name": "Prices"})
        profile.rule_ids.filtered(lambda rule: rule.target == "quantity").unlink()
        prices = self._feed(name="Prices", kind="price", profile_id=profile.id)
        self.profile.rule_ids.filtered(lambda rule: rule.target == "price").unlink()
        self.feed.kind = "stock"
        first = self._run(A)
        first_price = self._run(A, feed=prices)
        self._run(A.replace(";5;", ";6;"))
        self._run(A.replace("10.00", "11.00"), feed=prices)
        self._run(A.replace(";5;", ";7;"))
        first.action_undo_later()
        self.assertEqual((self._offer("A1").quantity, self._offer("A1").price), (5, 11))
        self._run(A.replace(";5;", ";8;"))
        first_price.action_undo_later()
        self.assertEqual((self._offer("A1").quantity, self._offer("A1").price), (8, 10))

    def test_a_load_at_work_is_not_waited_for(self):
        first = self._run(A)
        self._run(B)

        def busy(run):
            run.env.cr.execute("SELECT FALSE")
            if not run.env.cr.fetchone()[0]:
                raise UserError(run.env._("at work"))

        with (
            patch.object(DistributorFeedRun, "_hold_account", busy),
            self.assertRaisesRegex(UserError, "at work"),
        ):
            first.action_undo_later()
        self.assertFalse(self._offer("A1").price == 0)

    def test_the_account_is_held_until_the_end(self):
        first = self._run(A)
        self._run(B)
        first.action_undo_later()
        self.env.cr.execute(
            """
            SELECT count(*) FROM pg_locks
             WHERE locktype = 'advisory' AND classid = %s AND objid = %s
               AND pid = pg_backend_pid()
            """,
            (LOCK_ACCOUNT, self.account.id),
        )
        self.assertEqual(self.env.cr.fetchone()[0], 1)

    def test_roles(self):
        first = self._run(A)
        self._run(B)
        for user in (self.user, self.stranger, self.foreign):
            for method in ("action_go_back", "action_undo_later"):
                with self.subTest((user.login, method)), self.assertRaises(AccessError):
                    getattr(first.with_user(user), method)()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._wizard(first, user).read(["later_count"])
        self.assertEqual(
            first.with_user(self.manager).action_go_back()["target"], "new"
        )
