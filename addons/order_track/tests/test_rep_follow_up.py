"""Who writes which follow-ups, and who says whose rep somebody is."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .rep_common import RepMixin


@tagged("post_install", "-at_install")
class TestRepFollowUp(RepMixin):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.env["res.company"].create({"name": "Track There"})
        cls.cart = cls._order_of(cls.harbor, confirm=False)
        cls.sold = cls._order_of(cls.bloom)
        cls.note = cls._follow_up(cls.ben, order_id=cls.sold.id)

    def test_follow_ups_of_ones_own(self):
        follow_ups = self.env["track.follow.up"]
        values = {"partner_id": self.harbor.id, "due_on": "2030-01-01", "note": "Visit"}
        new_id = self._call(self.ada, follow_ups, "create", [values])[0]
        new = follow_ups.browse(new_id)
        self.assertEqual(new.rep_id, self.ada.partner_id)
        self._call(self.ada, new, "write", {"note": "Call"})
        self._call(self.ada, new, "action_done")
        self.assertTrue(new.done_at)
        self._call(self.ada, new, "action_undo")
        self.assertFalse(new.done_at)
        self._call(self.ada, new, "unlink")
        self.assertFalse(new.exists())

    def test_planted_follow_ups(self):
        follow_ups = self.env["track.follow.up"]
        own = {"partner_id": self.harbor.id, "due_on": "2030-01-01", "note": "x"}
        theirs = self.sold
        for planted in (
            {"rep_id": self.ben.partner_id.id},
            {"rep_id": self.agency.id},
            {"partner_id": self.bloom.id},
            {"order_id": theirs.id},
            {"order_id": theirs.id, "partner_id": self.harbor.id},
            {"partner_id": self.bloom.id, "rep_id": self.ben.partner_id.id},
            {"order_id": self.cart.id},
            {"company_id": self.there.id},
        ):
            with self.subTest(planted), self.assertRaises(UserError):
                self._call(self.ada, follow_ups, "create", [own | planted])
            mine = self._follow_up(self.ada, self.harbor)
            with self.subTest(planted, write=True):
                with self.assertRaises(UserError):
                    self._call(self.ada, mine, "write", planted)
        with self.assertRaises(UserError):
            self._call(
                self.ada,
                follow_ups,
                "create",
                [own],
                context={"default_rep_id": self.ben.partner_id.id},
            )
        for method, *args in (
            ("write", {"note": "x"}),
            ("unlink",),
            ("action_done",),
            ("action_undo",),
        ):
            with self.assertRaises(AccessError):
                self._call(self.ada, self.note, method, *args)

    def test_staff_write_for_reps(self):
        seller = new_test_user(
            self.env, "track_seller", "sales_team.group_sale_salesman"
        )
        new_id = self._call(
            seller,
            self.env["track.follow.up"],
            "create",
            [
                {
                    "rep_id": self.ben.partner_id.id,
                    "partner_id": self.bloom.id,
                    "due_on": "2030-01-01",
                    "note": "Show the new line",
                }
            ],
        )[0]
        new = self.env["track.follow.up"].browse(new_id)
        self.assertTrue(self._call(self.ben, new, "read", ["note"]))
        with self.assertRaises(ValidationError):
            self._call(seller, new, "write", {"partner_id": self.harbor.id})

    def test_who_sets_reps(self):
        officer = new_test_user(
            self.env, "track_contacts", "base.group_partner_manager"
        )
        values = {"track_rep_ids": [Command.set(self.ben.partner_id.ids)]}
        with self.assertRaises(AccessError):
            self._call(officer, self.harbor, "write", values)
        officer.group_ids |= self.env.ref("sales_team.group_sale_salesman")
        self._call(officer, self.harbor, "write", values)
        self.assertEqual(self.harbor.track_rep_ids, self.ben.partner_id)
        with self.assertRaises(ValidationError):
            self._call(
                officer,
                self.harbor,
                "write",
                {"track_rep_ids": [Command.set(self.bloom.ids)]},
            )
        with self.assertRaises(ValidationError):
            self._call(officer, self.desk, "write", values)

    def test_import(self):
        seller = new_test_user(
            self.env,
            "track_importer",
            "sales_team.group_sale_salesman,base.group_partner_manager",
        )
        result = self._call(
            seller,
            self.env["res.partner"],
            "load",
            ["name", "is_company", "track_rep_ids"],
            [["Imported Inn", "1", self.ben.partner_id.name]],
        )
        inn = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(inn.track_rep_ids, self.ben.partner_id, result)
