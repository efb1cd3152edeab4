"""Libraries are made by managers, and stay where they are."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

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
