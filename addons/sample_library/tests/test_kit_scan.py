"""A bag is lent whole, by choice or by its tag: the way a scan lends, and once."""

import uuid

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CLERK
from .test_kit import KitCommon


@tagged("post_install", "-at_install")
class TestKitScan(KitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.copies = cls.env["sample.copy"]
        for tag, item in (
            ("BAG-A1", cls.item),
            ("BAG-A2", cls.item),
            ("BAG-A3", cls.item),
            ("BAG-B1", cls.loom_item),
        ):
            cls.copies |= cls._copy(tag, item)
        cls.kit = cls._kit(library_id=cls.library.id, tag="BAG-7")

    def _desk_kit(self, kit=None, person=None, user=None, library=None, **kwargs):
        return self._call(
            user or self.clerk,
            self.env["sample.library"],
            "desk_kit",
            (library or self.library).id,
            (self.designer if person is None else person).id,
            (kit or self.kit).id,
            kwargs.pop("uid", None) or str(uuid.uuid4()),
            **kwargs,
        )

    def _out(self):
        return self.copies.filtered(lambda copy: copy.state == "out")

    def test_whole_bag(self):
        answer = self._desk_kit(project="Lobby")
        self.assertEqual((answer["outcome"], answer["ok"]), ("kit", True), answer)
        self.assertEqual(answer["item"], "Lobby")
        self.assertEqual(answer["person_id"], self.designer.id)
        loans = self.env["sample.loan"].browse(answer["loan_ids"])
        self.assertEqual(loans.mapped("copy_id.tag"), ["BAG-A1", "BAG-A2", "BAG-B1"])
        self.assertEqual(loans.person_id, self.designer)
        self.assertEqual(set(loans.mapped("project")), {"Lobby"})
        self.assertEqual(loans.lent_by_id, self.clerk)
        self.assertFalse(answer["requests"])

    def test_once_under_its_number(self):
        first = self._desk_kit(uid="bag-0001")
        self._call(
            self.clerk, self.env["sample.loan"].browse(first["loan_ids"][0]).copy_id,
            "read", ["tag"],
        )  # fmt: skip
        for copy in self._out():
            self._scan_in(copy.tag)
        self.assertEqual(self._desk_kit(uid="bag-0001"), first)
        self.assertFalse(self._out())
        with self.assertRaisesRegex(UserError, "used for another one"):
            self._desk_kit(self._kit(library_id=self.library.id), uid="bag-0001")

    def test_tag_of_the_bag(self):
        answer = self._scan_out("bag-7", uid="bag-0001")
        self.assertEqual((answer["outcome"], len(answer["loan_ids"])), ("kit", 3))
        self.assertEqual(self._scan_out("bag-7", uid="bag-0001"), answer)
        # a scanner that reads twice
        again = self._scan_out("BAG-7")
        self.assertEqual((again["outcome"], again["loan_ids"]), ("kit_again", []))
        self.assertEqual(len(self._out()), 3)

    def test_nobody_at_the_counter(self):
        for answer in (
            self._scan_out("BAG-7", self.env["res.partner"]),
            self._desk_kit(person=self.env["res.partner"]),
        ):
            self.assertEqual(answer["outcome"], "no_person")
        self.assertFalse(self._out())

    def test_what_is_not_here(self):
        for tag in ("BAG-A2", "BAG-A3"):
            self._scan_out(tag, self.other_designer)
        self.copies[-1].action_lost()
        answer = self._desk_kit()
        self.assertEqual((answer["outcome"], answer["tone"]), ("kit_part", "warning"))
        self.assertEqual(len(answer["loan_ids"]), 1)
        self.assertIn("Not here: Willow Sage, Tweed Moss.", answer["text"])
        self.assertEqual(
            [one["item_id"] for one in answer["requests"]],
            [self.item.id, self.loom_item.id],
        )
        # what has come back is lent by scanning the bag again
        self._scan_in("BAG-A2")
        answer = self._desk_kit()
        self.assertEqual((answer["outcome"], len(answer["loan_ids"])), ("kit_part", 1))
        answer = self._desk_kit()
        self.assertEqual((answer["outcome"], answer["loan_ids"]), ("kit_none", []))

    def test_limit_holds(self):
        self.library.max_open_loans = 2
        answer = self._desk_kit()
        self.assertEqual((answer["outcome"], len(answer["loan_ids"])), ("kit_part", 2))
        self.assertIn("the limit is 2", answer["text"])
        self.assertFalse(answer["requests"])
        self.assertEqual(len(self._out()), 2)

    def test_kept_for_somebody(self):
        """What is kept for others stays; what is kept for him is taken first."""
        waits = self.env["sample.wait"]
        for person in (self.other_designer, self.designer):
            self._call(
                self.clerk, waits, "create",
                {"item_id": self.item.id, "library_id": self.library.id,
                 "person_id": person.id},
            )  # fmt: skip
        held = {
            wait.person_id: wait.copy_id
            for wait in waits.search([("state", "=", "ready")])
        }
        self.assertEqual(len(held), 2)
        answer = self._desk_kit()
        lent = self.env["sample.loan"].browse(answer["loan_ids"]).copy_id
        self.assertIn(held[self.designer], lent)
        self.assertNotIn(held[self.other_designer], lent)
        self.assertEqual(answer["outcome"], "kit")

    def test_due_date_of_the_rules(self):
        self.env["sample.loan.rule"].create(
            {"distributor_id": self.loom.id, "loan_days": 3}
        )
        answer = self._desk_kit()
        due = self.env["sample.loan"].browse(answer["loan_ids"]).mapped("due_date")
        self.assertEqual((due[0], due[1] > due[2]), (due[1], True))
        self.assertEqual(answer["due_date"], str(due[2]))

    def test_undo(self):
        self._desk_kit(uid="bag-0001")
        for _time in range(2):
            answer = self._call(
                self.clerk, self.env["sample.copy"], "scan_undo", "bag-0001"
            )
            self.assertEqual(answer["outcome"], "undone")
        self.assertFalse(self._out())
        self.assertFalse(self.copies.loan_ids)

    def test_undo_all_or_nothing(self):
        self._desk_kit(uid="bag-0001")
        self._scan_in("BAG-B1")
        with self.assertRaisesRegex(UserError, "cannot be undone"):
            self._call(self.clerk, self.env["sample.copy"], "scan_undo", "bag-0001")
        self.assertEqual(len(self._out()), 2)

    def test_rights(self):
        rep = self._portal("bag_rep", self.rep)
        for user in (self.neighbour, rep):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._desk_kit(user=user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._call(
                    user, self.env["sample.library"], "desk_kits", self.library.id
                )
        # neither by choice nor by its tag
        private = self._kit(self.neighbour, tag="BAG-8")
        with self.assertRaisesRegex(UserError, "not there any more"):
            self._desk_kit(private)
        self.assertEqual(self._scan_out("BAG-8")["outcome"], "unknown")
        self.assertFalse(self._out())

    def test_odd_numbers(self):
        library = self.env["sample.library"]
        for kit_id in (None, 0, -1, 2**40, "1", [1], {"a": 1}, True):
            with self.subTest(kit_id), self.assertRaises(UserError):
                self._call(
                    self.clerk, library, "desk_kit", self.library.id, self.designer.id,
                    None if kit_id is True else kit_id, str(uuid.uuid4()),
                )  # fmt: skip

    def test_other_user(self):
        answer = self._desk_kit(user_id=self.manager.id)
        self.assertEqual(answer["outcome"], "other_user")
        self.assertFalse(self._out())

    def test_choice(self):
        own = self._kit(name="Attic")
        self._kit(self._user("colleague", CLERK), name="Cellar")
        kits = self._call(
            self.clerk, self.env["sample.library"], "desk_kits", self.library.id
        )
        self.assertEqual(
            kits,
            [
                {"id": own.id, "name": "Attic", "pieces": 3},
                {"id": self.kit.id, "name": "Lobby", "pieces": 3},
            ],
        )

    def test_queries(self):
        """Each copy costs what a scan of it costs, and the bag a few more."""
        library = self.env["sample.library"].with_user(self.clerk)

        def queries(number, count):
            items = [self._item("Many", f"{number}-{n}") for n in range(count)]
            for item in items:
                self._copy(f"MANY-{item.id}", item)
            kit = self._kit(lines=[(item, 1) for item in items])
            self.env.flush_all()
            before = self.cr.sql_log_count
            answer = library.desk_kit(
                self.library.id, self.designer.id, kit.id, str(uuid.uuid4())
            )
            self.env.flush_all()
            self.assertEqual(len(answer["loan_ids"]), count)
            return self.cr.sql_log_count - before

        queries(0, 1)
        one, five = queries(1, 1), queries(2, 5)
        self.assertLessEqual(five - one, 4 * 11)
        self.assertLessEqual(one, 20)
