"""Libraries are made by managers, and stay where they are."""

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MANAGER, SampleCommon


@tagged("post_install", "-at_install")
class TestLibrary(SampleCommon):
    def test_manager_makes_a_library(self):
        library_id = self._call(
            self.manager,
            self.env["sample.library"],
            "create",
            {"name": "New", "partner_id": self.center.id},
        )
        library = self.env["sample.library"].browse(library_id)
        portal = self._user("portal", "base.group_portal")
        with self.assertRaisesRegex(UserError, "portal user"):
            self._call(
                self.manager,
                library,
                "write",
                {"clerk_ids": [Command.link(portal.id)]},
            )
        there = self.env["res.company"].create({"name": "Sample There"})
        with self.assertRaises(AccessError):
            self._call(self.manager, library, "write", {"company_id": there.id})

    def test_library_with_samples_stays_in_its_company(self):
        self._copy("MEMO-1")
        there = self.env["res.company"].create({"name": "Sample There"})
        with self.assertRaisesRegex(UserError, "stays in its company"):
            self.library.company_id = there

    def test_menu_is_for_clerks(self):
        root = self.env.ref("sample_library.menu_root")
        configuration = self.env.ref("sample_library.menu_configuration")
        for user, shown, configures in (
            (self._user("plain"), False, False),
            (self.clerk, True, False),
            (self.manager, True, True),
        ):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(root.id in visible, shown)
            self.assertEqual(configuration.id in visible, configures)
        self.assertTrue(self.manager.has_group(MANAGER))

    def test_place_with_samples_stays(self):
        place = self.env["sample.place"].create(
            {"library_id": self.library.id, "code": "P1"}
        )
        copy = self._copy("MEMO-P", place_id=place.id)
        with self.assertRaisesRegex(ValidationError, "is in another library"):
            place.library_id = self.other_library
        copy.place_id = False
        place.library_id = self.other_library

    def test_item_with_samples_stays_in_their_company(self):
        there = self.env["res.company"].create({"name": "Sample There"})
        self._copy("MEMO-C")
        with self.assertRaisesRegex(UserError, "another company"):
            self.item.company_id = there
        self.item.company_id = self.company

    def test_product_with_pattern_is_there_once(self):
        products = self.env["product.product"].create(
            [{"name": "Curtain"}, {"name": "Blind"}]
        )
        items = self.env["sample.item"]
        for product in products:
            items.create({"product_id": product.id, "pattern": "Plain"})
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            items.create({"product_id": products[0].id, "pattern": "PLAIN"})

    def test_one_tag_in_two_ways(self):
        """Unmarked and marked, it is the same thing."""
        copy = self._copy("8004ABC1")
        for text in ("]C18004ABC1", "]d28004ABC1", "(8004)ABC1"):
            with (
                self.assertRaisesRegex(ValidationError, "another kind of bar code"),
                self.env.cr.savepoint(),
            ):
                self._copy(text)
            answer = self._scan_in(text)
            self.assertEqual(
                (answer["outcome"], answer["copy_id"]), ("not_out", copy.id)
            )
        marked = self._copy("(8004)XYZ1")
        self.assertEqual(self._scan_in("8004XYZ1")["copy_id"], marked.id)

    def test_search_as_scanned(self):
        copies = self.env["sample.copy"]
        copy = self._copy("8004ABC1")
        for text in ("8004abc1", "]C18004ABC1", "(8004)ABC1"):
            self.assertEqual(copies.search([("scanned", "=", text)]), copy, text)
        self._copy("WORDS-1")
        found = copies.search([("scanned", "=", "willow sage")])
        self.assertEqual(found.item_id, self.item)
        self.assertFalse(copies.search([("scanned", "=", "\x00")]))
        self.assertFalse(copies.search([("scanned", "=", "")]))
