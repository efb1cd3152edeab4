"""Kits: who sees which, and what one click puts on an order."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .request_common import RequestCommon


class KitCommon(RequestCommon):
    @classmethod
    def _kit(cls, user=None, lines=None, **vals):
        """A kit of a user, with two of one sample and one of another."""
        lines = lines or [(cls.item, 2), (cls.loom_item, 1)]
        kit = (
            cls.env["sample.kit"]
            .sudo()
            .create(
                {
                    "name": "Lobby",
                    "user_id": (user or cls.clerk).id,
                    "line_ids": [
                        Command.create({"item_id": item.id, "quantity": quantity})
                        for item, quantity in lines
                    ],
                    **vals,
                }
            )
        )
        return kit.with_user(cls.env.user)


@tagged("post_install", "-at_install")
class TestKit(KitCommon):
    def _seen_by(self, user):
        kits = self.env["sample.kit"].with_user(user).search([])
        lines = self.env["sample.kit.line"].with_user(user).search([])
        self.assertEqual(kits.line_ids, lines)
        return kits.sudo(False).with_user(self.env.user)

    def test_who_sees_which(self):
        showroom = self._portal("kit_center", self.center)
        rep = self._portal("kit_rep", self.rep)
        designer = self._portal("kit_dora", self.designer)
        atelier = self._portal("kit_atelier", self.atelier)
        own = self._kit()
        shared = self._kit(library_id=self.library.id)
        theirs = self._kit(self.neighbour, library_id=self.other_library.id)
        reps = self._kit(rep)
        for user, seen in (
            (self.clerk, own | shared),
            (self.neighbour, theirs),
            (showroom, shared),
            (atelier, theirs),
            (rep, reps),
            (designer, self.env["sample.kit"]),
        ):
            with self.subTest(user.login):
                self.assertEqual(self._seen_by(user), seen)
        self.assertLessEqual(own | shared | theirs | reps, self._seen_by(self.manager))

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Kit Company"})
        kit = self._kit(self.env.user, company_id=company.id)
        self.assertNotIn(kit, self._seen_by(self.manager))

    def test_who_changes_which(self):
        rep = self._portal("kit_rep", self.rep)
        mine, shared = self._kit(), self._kit(library_id=self.library.id)
        for user, kit in (
            (self.neighbour, mine),
            (self.neighbour, shared),
            (rep, self._kit(rep)),
        ):
            for record, vals in (
                (kit, {"name": "X"}),
                (kit.line_ids[0], {"quantity": 7}),
            ):
                with self.assertRaises(AccessError):
                    self._call(user, record, "write", vals)
                with self.assertRaises(AccessError):
                    self._call(user, record, "unlink")
        self._call(self.clerk, shared, "write", {"name": "Hall"})
        self.assertEqual(shared.name, "Hall")

    def test_nothing_is_pushed_into_somebody_elses_library(self):
        kit = self._kit()
        with self.assertRaises(AccessError):
            self._call(self.clerk, kit, "write", {"library_id": self.other_library.id})
        with self.assertRaises(AccessError):
            self._call(
                self.clerk,
                self.env["sample.kit"],
                "create",
                {"name": "X", "library_id": self.other_library.id},
            )
        theirs = self._kit(self.neighbour, [(self.other_item, 1)])
        with self.assertRaises(AccessError):
            self._call(self.clerk, kit.line_ids[0], "write", {"kit_id": theirs.id})
        with self.assertRaises(AccessError):
            self._call(self.clerk, kit, "write", {"user_id": self.neighbour.id})
        made = self._call(
            self.clerk,
            self.env["sample.kit"],
            "create",
            {"name": "X", "user_id": self.neighbour.id},
        )
        self.assertEqual(self.env["sample.kit"].browse(made).user_id, self.clerk)

    def test_shared_or_not(self):
        kit = self._kit(library_id=self.library.id)
        self.assertEqual((kit.share, kit.showroom_id), ("library", self.center))
        kit.share = "own"
        self.assertFalse(kit.library_id)
        kit.library_id = self.library
        self.assertEqual(kit.share, "library")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            kit.write({"share": "library", "library_id": False})
            self.env.flush_all()

    def test_lines(self):
        kit = self._kit()
        for quantity in (0, -1, 10000):
            with self.assertRaisesRegex(ValidationError, "1 to 9999"):
                kit.line_ids[0].quantity = quantity
        kit.line_ids[0].quantity = 9999
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            kit.line_ids = [Command.create({"item_id": self.item.id})]
            self.env.flush_all()

    def test_item_of_another_company(self):
        company = self.env["res.company"].create({"name": "Kit Company"})
        item = self._item("Kit", "Foreign", company_id=company.id)
        with self.assertRaisesRegex(ValidationError, "another company"):
            self._kit(lines=[(item, 1)])

    def test_tags_of_bags(self):
        self._copy("MEMO-1")
        with self.assertRaisesRegex(ValidationError, "A sample has this tag"):
            self._kit(tag="memo-1")
        kit = self._kit(tag="bag-1")
        self.assertEqual(kit.tag, "BAG-1")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._kit(tag="BAG-1")
        kit = self._kit()
        self._call(self.clerk, kit, "action_new_tag")
        self.assertEqual(len(kit.tag), 10)
        with self.assertRaises(AccessError):
            self._call(self.neighbour, kit, "action_new_tag")

    def _put(self, user, kit, order):
        wizard = self._call(
            user, self.env["sample.kit.put"], "create",
            {"kit_id": kit.id, "order_id": order.id},
        )  # fmt: skip
        self._call(user, self.env["sample.kit.put"].browse(wizard), "action_put")

    def _wanted(self, order):
        return [(line.item_id, line.quantity) for line in order.line_ids]

    def test_on_an_order_in_one_click(self):
        order = self._order([(self.item, 1)])
        kit = self._kit()
        self._put(self.clerk, kit, order)
        self.assertEqual(self._wanted(order), [(self.item, 3), (self.loom_item, 1)])
        self.assertEqual(order.line_ids.distributor_id, self.mill | self.loom)
        self._put(self.clerk, kit, order)
        self.assertEqual(self._wanted(order), [(self.item, 5), (self.loom_item, 2)])

    def test_not_on_what_is_not_ones_own(self):
        order, kit = self._order(), self._kit()
        with self.assertRaises(AccessError):
            self._put(self.neighbour, kit, order)
        theirs = self._order(user=self.neighbour, library_id=self.other_library.id)
        with self.assertRaises(AccessError):
            self._put(self.clerk, kit, theirs)
        with self.assertRaises(AccessError):
            self._put(self.neighbour, kit, theirs)
        self._send(order)
        with self.assertRaisesRegex(UserError, "has been sent"):
            self._put(self.clerk, kit, order)

    def test_what_cannot_be_had_any_more(self):
        order, kit = self._order([(self.other_item, 1)]), self._kit()
        self.item.active = False
        self._put(self.clerk, kit, order)
        self.assertEqual(
            self._wanted(order), [(self.other_item, 1), (self.loom_item, 1)]
        )
        self.loom_item.active = False
        with self.assertRaisesRegex(UserError, "nothing in this kit"):
            self._put(self.clerk, kit, order)

    def test_too_many(self):
        order = self._order([(self.item, 9999)])
        with self.assertRaisesRegex(ValidationError, "1 to 9999"):
            self._put(self.clerk, self._kit(), order)

    def test_queries(self):
        """A kit of thirty costs as many as one of three."""
        items = [self._item("Many", str(number)) for number in range(30)]
        few = self._kit(lines=[(item, 1) for item in items[:3]])
        many = self._kit(lines=[(item, 1) for item in items])

        def queries(kit, order):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            kit.with_user(self.clerk)._put_on(order.with_user(self.clerk))
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(few, self._order())
        limit = queries(few, self._order())
        order = self._order()
        self.assertLessEqual(queries(many, order), limit)
        # now all are there already
        self.assertLessEqual(queries(many, order), limit)
