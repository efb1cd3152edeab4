"""Two clerks at one bag, one request, one proposal: real connections."""

from odoo import Command
from odoo.tests import tagged

from .at_once_common import TAG, AtOnceCase


@tagged("post_install", "-at_install")
class TestTwoAtOnceBag(AtOnceCase):
    def _bag(self, env):
        env["sample.copy"].create(
            {
                "item_id": self.item_id,
                "library_id": self.library_id,
                "tag": "TWO-AT-ONCE-2",
            }
        )
        kit = env["sample.kit"].create(
            {
                "name": "Two at once",
                "library_id": self.library_id,
                "line_ids": [Command.create({"item_id": self.item_id, "quantity": 2})],
            }
        )
        return kit.id

    def _all_loans(self, env):
        loans = env["sample.loan"].search([("library_id", "=", self.library_id)])
        return sorted((loan.copy_id.tag, loan.person_id.id) for loan in loans)

    def test_one_bag_sent_twice_at_once(self):
        kit_id, person_id = self._run(self._bag), self.person_ids[0]
        bag = ("sample.library", "desk_kit", self.library_id, person_id, kit_id)
        first, second = self._at_once(
            ("_free_tags",), (*bag, "at-once-0001"), (*bag, "at-once-0001")
        )
        self.assertEqual(first, second)
        self.assertEqual(
            self._run(self._all_loans),
            [(TAG, person_id), ("TWO-AT-ONCE-2", person_id)],
        )

    def test_two_clerks_lend_one_bag(self):
        """Each copy goes to one of them, and the other one is told."""
        kit_id = self._run(self._bag)
        answers = self._at_once(
            ("_free_tags",),
            *(
                ("sample.library", "desk_kit", self.library_id, person_id, kit_id, uid)
                for person_id, uid in zip(
                    self.person_ids, ("at-once-0001", "at-once-0002"), strict=True
                )
            ),
        )
        self.assertEqual(sum(len(one["loan_ids"]) for one in answers), 2)
        self.assertEqual(len(self._run(self._all_loans)), 2)
        self.assertIn("kit_none", [one["outcome"] for one in answers])

    def test_two_taps_ask_a_distributor_once(self):
        request = (
            "sample.library",
            "desk_request",
            self.library_id,
            self.person_ids[0],
            self.item_id,
        )
        answers = self._at_once(("_scan_person",), request, request)
        self.assertEqual(answers[0]["order_id"], answers[1]["order_id"])
        outcomes = sorted(one["outcome"] for one in answers)
        self.assertEqual(outcomes, ["again", "requested"])

    def test_two_order_what_is_missing(self):
        rule_id = self._run(
            lambda env: (
                env["sample.replenishment"]
                .create(
                    {
                        "library_id": self.library_id,
                        "item_id": self.item_id,
                        "minimum": 3,
                        "maximum": 4,
                    }
                )
                .id
            )
        )
        call = ("sample.replenishment", "action_order", [rule_id])
        self._at_once(("_meet",), call, call, of="sample.replenishment")
        wanted = self._run(
            lambda env: (
                env["sample.order"]
                .search([("library_id", "=", self.library_id)])
                .line_ids.mapped("quantity")
            )
        )
        self.assertEqual(wanted, [3])
