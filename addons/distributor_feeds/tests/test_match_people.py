"""People say which product an offer is, and are listened to for good."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.distributor_feed_run_lock import LOCK_ACCOUNT
from .common_match import A, MatchCase

BERLIN = A + "Berlin"
ROME = A.replace("A1;5", "A1;7") + "Rome"


@tagged("post_install", "-at_install")
class TestMatchPeople(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._feed_user()
        cls.product = cls._product("Keyboard, black", default_code="X-77")

    def _as_user(self, *codes):
        offers = self.env["distributor.offer"].search(
            [("account_id", "=", self.account.id), ("code", "in", codes or ["A1"])]
        )
        return offers.with_user(self.user)

    def test_a_word_counts_for_all_warehouses_and_for_good(self):
        self._load(BERLIN, ROME)
        self._as_user()[0].action_match(self.product.id)
        self.assertEqual(self._matched("A1", "Berlin"), (self.product, "person"))
        self.assertEqual(self._matched("A1", "Rome"), (self.product, "person"))
        self.env.cr.execute("DELETE FROM distributor_offer WHERE code = 'A1'")
        self.env.invalidate_all()
        self._load(A.replace("10.00", "11.00") + "Oslo")
        self.assertEqual(self._matched("A1", "Oslo"), (self.product, "person"))

    def test_a_word_outweighs_numbers(self):
        part = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        self.assertEqual(self._matched(), (part, "part"))
        self._as_user().action_match(self.product.id)
        self.assertEqual(self._matched(), (self.product, "person"))
        other = self._product("Another")
        self._as_user().action_match(other.id)
        self.assertEqual(self._matched(), (other, "person"))
        self.assertEqual(
            len(self.env["distributor.match"].search([("code", "=", "A1")])), 1
        )

    def test_what_is_refused_does_not_come_back(self):
        part = self._product(manufacturer="Acme", mpn="KB-1")
        self._load(A)
        self._as_user().action_refuse_match()
        self.assertEqual(self._matched(), (self.env["product.product"], False))
        self._load(A.replace("10.00", "11.00"))
        part.barcode = "4006381333931"
        self._cron()
        self.assertFalse(self._offer("A1").product_id)
        self.env["distributor.match.refusal"].search([("code", "=", "A1")]).unlink()
        self._cron()
        self.assertEqual(self._matched(), (part, "part"))

    def test_a_refused_word_is_forgotten(self):
        self._load(A)
        self._as_user().action_match(self.product.id)
        self._as_user().action_refuse_match()
        self.assertFalse(self.env["distributor.match"].search([("code", "=", "A1")]))
        self.assertFalse(self._offer("A1").product_id)
        self._as_user().action_match(self.product.id)
        self.assertEqual(self._matched(), (self.product, "person"))
        self.assertFalse(
            self.env["distributor.match.refusal"].search([("code", "=", "A1")])
        )

    def test_refusing_one_of_two_leaves_the_other(self):
        twins = [self._product(manufacturer="Acme", mpn="KB-1") for _n in range(2)]
        self._load(A)
        self.assertEqual(self._offer("A1").matched_by, "ambiguous")
        self._as_user().action_match(twins[0].id)
        self._as_user().action_refuse_match()
        self.assertEqual(self._matched(), (twins[1], "part"))

    def test_archived_products_are_no_answer(self):
        self._load(A)
        self.product.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            self._as_user().action_match(self.product.id)

    def test_products_of_another_company_are_no_answer(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.user.company_ids += other
        self.product.company_id = other
        self._load(A)
        with self.assertRaisesRegex(UserError, "another company"):
            self._as_user().with_context(
                allowed_company_ids=[self.env.company.id, other.id]
            ).action_match(self.product.id)

    def test_nobody_else_decides(self):
        self._load(A)
        for group in ("purchase.group_purchase_user", "sales_team.group_sale_manager"):
            user = self._user(group.replace(".", "_"), group)
            offer = self._offer("A1").with_user(user)
            for call in (
                lambda offer=offer: offer.action_match(self.product.id),
                lambda offer=offer: offer.action_refuse_match(),
                lambda offer=offer: offer.action_choose_product(),
            ):
                with self.assertRaises(AccessError):
                    call()
        self.assertFalse(self._offer("A1").product_id)

    def test_a_load_under_way_is_waited_for(self):
        self._load(A)
        queue = self.env.registry["distributor.match.queue"]
        with self.env.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", (LOCK_ACCOUNT, self.account.id)
            )
            told = self._as_user().action_match(self.product.id)
        self.assertEqual(told["params"]["type"], "info")
        self.assertFalse(self._offer("A1").product_id)

        # A mock of its own would pass for one of the model's checks on deletion.
        def match_now(_queue, codes):
            self.fail(f"who runs later must not wait for {codes}")

        with patch.object(queue, "_match_now", match_now):
            self._cron()
        self.assertEqual(self._matched(), (self.product, "person"))

    def test_the_dialog_shows_what_fits(self):
        twins = [self._product(manufacturer="Acme", mpn="KB-1") for _n in range(2)]
        self._load(A)
        action = self._as_user().action_choose_product()
        dialog = (
            self.env[action["res_model"]].with_user(self.user).browse(action["res_id"])
        )
        self.assertEqual(dialog.fitting_product_ids.ids, [twin.id for twin in twins])
        dialog.product_id = twins[1]
        dialog.action_match()
        self.assertEqual(self._matched(), (twins[1], "person"))

    def _proposals(self, *codes):
        action = self._as_user(*codes).action_propose_products()
        return (
            self.env[action["res_model"]].with_user(self.user).browse(action["res_id"])
        )

    def test_proposals_have_a_reason_and_wait(self):
        number = self._product("Mouse", mpn="MS 2")
        self._load(
            "B2;1;2.00;Pointer;Acme;MS-2;;",
            "C3;1;2.00;Keyboard black;Zeta;ZZ;;",
            "D4;1;2.00;Nothing like it;Zeta;QQ;;",
        )
        dialog = self._proposals("B2", "C3", "D4")
        self.assertEqual((dialog.code_count, dialog.proposed_count), (3, 2))
        self.assertEqual(
            {(line.code, line.product_id, line.reason) for line in dialog.line_ids},
            {("B2", number, "number"), ("C3", self.product, "name")},
        )
        self.assertFalse(any(dialog.line_ids.mapped("accepted")))
        self.assertFalse(self._offer("B2").product_id)
        with self.assertRaisesRegex(UserError, "Tick"):
            dialog.action_match()
        dialog.action_tick_sure()
        dialog.action_match()
        self.assertEqual(self._matched("B2"), (number, "person"))
        self.assertFalse(self._offer("C3").product_id)

    def test_two_of_one_number_are_not_sure(self):
        twins = [
            self._product("Mouse", mpn="MS-2"),
            self._product("Mice", default_code="MS2"),
        ]
        self._load("B2;1;2.00;Pointer;Acme;MS-2;;")
        dialog = self._proposals("B2")
        self.assertEqual(dialog.line_ids.product_id.ids, [twin.id for twin in twins])
        dialog.action_tick_sure()
        self.assertFalse(any(dialog.line_ids.mapped("accepted")))
        dialog.line_ids.accepted = True
        with self.assertRaisesRegex(UserError, "one product"):
            dialog.action_match()

    def test_what_was_refused_is_not_proposed(self):
        number = self._product("Mouse", mpn="MS-2")
        self._load("B2;1;2.00;Pointer;Acme;MS-2;;")
        self._as_user("B2").action_match(number.id)
        self._as_user("B2").action_refuse_match()
        self.assertFalse(self._proposals("B2").line_ids)
