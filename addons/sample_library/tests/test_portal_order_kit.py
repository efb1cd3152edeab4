"""A kit is put on the portal order in one tap."""

from odoo import Command
from odoo.tests import tagged

from .portal_common import ORDER, PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOrderKit(PortalCommon):
    def setUp(self):
        super().setUp()
        self.kit, self.foreign = (
            self.env["sample.kit"].create(
                {
                    "name": name,
                    "user_id": user.id,
                    "line_ids": [
                        Command.create({"item_id": self.item.id, "quantity": 2}),
                        Command.create({"item_id": self.loom_item.id}),
                    ],
                }
            )
            for name, user in (
                ("Spring bag", self.rep_user),
                ("Not his", self.center_user),
            )
        )
        self._log_in(self.rep_user)

    def test_one_tap(self):
        page = self._page()
        self.assertIn("Spring bag", page)
        self.assertNotIn("Not his", page)
        self._post(f"{ORDER}/kit", kit_id=self.kit.id)
        draft = self._draft()
        quantities = {line.item_id: line.quantity for line in draft.line_ids}
        self.assertEqual(quantities, {self.item: 2, self.loom_item: 1})
        self._post(f"{ORDER}/kit", draft=draft, kit_id=self.kit.id)
        self.assertEqual(sorted(draft.line_ids.mapped("quantity")), [2, 4])

    def test_not_of_others(self):
        for kit_id in (self.foreign.id, 0, -1, 2**40, "x", ""):
            self._post(f"{ORDER}/kit", kit_id=kit_id)
        self.assertFalse(self._draft().line_ids)
