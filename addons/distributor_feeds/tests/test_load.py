from odoo.tests import tagged

from .. import loader
from .common import FeedCase

A = "A1;5;10.00;Keyboard;Acme;KB-1"
B = "B2;50+;20.00;Mouse;Acme;MS-2"
C = "C3;0;30.00;Screen;Zeta;SC 3"


@tagged("post_install", "-at_install")
class TestLoad(FeedCase):
    def test_first_file_makes_offers(self):
        run = self._run(A, B, C)
        self.assertEqual((run.rows, run.created, run.updated), (3, 3, 0))
        offer = self._offer("B2")
        self.assertEqual(
            (offer.quantity, offer.quantity_more, offer.price), (50, True, 20)
        )
        self.assertEqual(offer.currency_id, self.account.currency_id)
        self.assertEqual(
            (offer.distributor_id, offer.company_id),
            (self.distributor, self.env.company),
        )
        self.assertEqual(offer.stock_feed_id, self.feed)

    def test_only_what_changed_is_written(self):
        first = self._run(A, B, C)
        second = self._run(A, B.replace("20.00", "21.00"), C)
        self.assertEqual((second.unchanged, second.updated, second.created), (2, 1, 0))
        self.assertEqual(self._offer("A1").run_id, first)
        self.assertEqual(self._offer("B2").run_id, second)
        history = self.env["distributor.offer.history"].search(
            [("run_id", "=", second.id)]
        )
        self.assertEqual(history.offer_id, self._offer("B2"))
        self.assertEqual(history.price, 20)

    def test_the_same_file_again_confirms(self):
        first = self._run(A, B)
        again = self._run(A, B)
        self.assertEqual(again.state, "same")
        self.assertEqual(self.feed.good_run_id, first)

    def test_missing_offers_lose_their_stock(self):
        self.feed.max_shrink = 0
        self._run(A, B, C)
        run = self._run(B, C)
        self.assertEqual(run.missing, 1)
        self.assertEqual(self._offer("A1").quantity, 0)
        self.assertTrue(self._offer("A1").behind_since)
        back = self._run(A, B, C)
        self.assertEqual(back.updated, 1)
        self.assertEqual(self._offer("A1").quantity, 5)
        self.assertFalse(self._offer("A1").behind_since)

    def test_missing_offers_are_kept_as_set(self):
        self.feed.write({"max_shrink": 0, "missing": "keep"})
        self._run(A, B, C)
        self._run(B, C)
        self.assertEqual(self._offer("A1").quantity, 5)
        self.assertTrue(self._offer("A1").behind_since)
        self._run(A, B, C)
        self.assertFalse(self._offer("A1").behind_since)

    def test_missing_offers_end_as_set(self):
        self.feed.write({"max_shrink": 0, "missing": "end"})
        self._run(A, B, C)
        self._run(B, C)
        self.assertTrue(self._offer("A1").end_of_life)

    def test_a_file_of_changes_removes_nothing(self):
        self.feed.delta = True
        self._run(A, B, C)
        run = self._run(B.replace("20.00", "22.00"))
        self.assertEqual((run.updated, run.missing), (1, 0))
        self.assertEqual(self._offer("A1").quantity, 5)
        self.assertFalse(self._offer("A1").behind_since)

    def test_a_code_twice_is_nobodys(self):
        self._run(A, B)
        run = self._run(A.replace("10.00", "11.00"), A.replace("10.00", "12.00"), B)
        self.assertEqual(run.rejects, {"duplicate": 2})
        self.assertEqual(self._offer("A1").price, 10)

    def test_a_code_twice_once_as_before(self):
        self._run(A, B)
        run = self._run(A, A.replace("10.00", "12.00"), B)
        self.assertEqual(run.rejects, {"duplicate": 1})
        self.assertEqual(self._offer("A1").price, 10)

    def test_the_same_line_twice_counts_once(self):
        run = self._run(A, A, B)
        self.assertEqual((run.created, run.rejected), (2, 0))

    def test_a_bad_row_leaves_its_offer(self):
        self._run(A, B, C)
        run = self._run("A1;many;10.00;Keyboard;Acme;KB-1", B, C)
        self.assertEqual(run.rejected, 1)
        self.assertEqual(self._offer("A1").quantity, 5)
        self.assertTrue(self._offer("A1").behind_since)
        self.assertEqual((run.reject_ids.code, run.reject_ids.record), ("A1", 1))

    def test_with_a_row_of_nobody_nothing_is_missing(self):
        self.feed.max_shrink = 0
        self._run(A, B, C)
        run = self._run(";5;10.00;Keyboard;Acme;KB-1", B, C)
        self.assertEqual((run.rejected, run.missing), (1, 0))
        self.assertEqual(self._offer("A1").quantity, 5)

    def test_a_price_that_jumps_waits(self):
        self._run(A, B, C)
        run = self._run(A.replace("10.00", "100.00"), B, C)
        self.assertEqual(run.rejects, {"price_jump": 1})
        self.assertEqual(self._offer("A1").price, 10)
        self.assertEqual(run.reject_ids.state, "open")

    def test_a_price_of_nothing_waits(self):
        self._run(A, B, C)
        run = self._run(A.replace("10.00", "0"), B, C)
        self.assertEqual(run.rejects, {"price_zero": 1})
        self.assertEqual(self._offer("A1").price, 10)

    def test_a_short_file_is_held(self):
        many = [f"S{n};1;10.00;Thing {n};Acme;T{n}" for n in range(30)]
        self._run(*many)
        with self.assertRaises(loader.Held) as held:
            self._run(*many[:5])
        self.assertEqual(held.exception.reasons, [("shrunk", {"before": 30, "now": 5})])

    def test_going_back(self):
        self.feed.max_shrink = 0
        first = self._run(A, B)
        self._run(A.replace("10.00", "11.00"), B, C)
        self._run(A.replace("10.00", "12.00"), C)
        first.action_undo_later()
        self.assertEqual(self._offer("A1").price, 10)
        self.assertEqual(self._offer("B2").quantity, 50)
        self.assertFalse(self._offer("C3"))
        again = self._run(A, B)
        self.assertEqual(again.state, "same")

    def test_a_row_is_released(self):
        self._run(A, B, C)
        run = self._run(A.replace("10.00", "100.00"), B, C)
        run.reject_ids.action_release()
        self.assertEqual(run.reject_ids.state, "released")
        self.assertEqual(self._offer("A1").price, 100)
        self.assertFalse(self._offer("A1").behind_since)
        self.assertEqual(self._offer("B2").price, 20)
        again = self._run(A.replace("10.00", "100.00"), B, C.replace("30", "31"))
        self.assertEqual((again.rejected, again.unchanged), (0, 2))

    def test_a_row_refused_is_not_asked_about_again(self):
        self._run(A, B, C)
        run = self._run(A.replace("10.00", "100.00"), B, C)
        run.reject_ids.action_refuse()
        again = self._run(A.replace("10.00", "100.00"), B, C.replace("30", "31"))
        self.assertEqual(again.reject_ids.state, "refused")
        self.assertEqual(self._offer("A1").price, 10)
