"""A kit is put on the portal order in one tap."""

from lxml import html

from odoo import Command
from odoo.exceptions import AccessError
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

    def _form(self):
        """What the button of the kit sends, as it stands in the page."""
        (form,) = html.fromstring(self._page()).xpath(f"//form[@action='{ORDER}/kit']")
        return dict(form.form_values())

    def _put(self, form):
        self.env.flush_all()
        page = self.url_open(f"{ORDER}/kit", data=form).text
        self.env.invalidate_all()
        return self._told(page)

    def test_one_tap(self):
        page = self._page()
        self.assertIn("Spring bag", page)
        self.assertNotIn("Not his", page)
        form = self._form()
        told = self._put(form)
        self.assertIn("Spring bag is on the order", told)
        draft = self._draft()
        quantities = {line.item_id: line.quantity for line in draft.line_ids}
        self.assertEqual(quantities, {self.item: 2, self.loom_item: 1})
        # tapped twice: the same form comes again, and is answered in the same way
        self.assertEqual(self._put(form), told)
        self.assertEqual(sorted(draft.line_ids.mapped("quantity")), [1, 2])
        # wanted twice: a new page has a new form
        second = self._form()
        self._put(second)
        self.assertEqual(sorted(draft.line_ids.mapped("quantity")), [2, 4])
        self._put(form)
        self.assertEqual(sorted(draft.line_ids.mapped("quantity")), [2, 4])

    def test_odd_keys(self):
        for key in ("", " ", "\x00"):
            told = self._put({**self._form(), "key": key})
            self.assertIn("Tap again", told)
            self.assertFalse(self._draft())
        self._put({**self._form(), "key": "\N{SPOOL OF THREAD}" * 10_000})
        self.assertEqual(sorted(self._draft().line_ids.mapped("quantity")), [1, 2])
        with self.assertRaises(AccessError):
            self._call(self.rep_user, self._draft(), "read", ["put_keys"])

    def test_not_of_others(self):
        for kit_id in (self.foreign.id, 0, -1, 2**40, "x", ""):
            self._post(f"{ORDER}/kit", kit_id=kit_id, key="x")
        self.assertFalse(self._draft().line_ids)
