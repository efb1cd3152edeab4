from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_on_behalf import OnBehalfCommon


@tagged("post_install", "-at_install")
class TestOnBehalfOffice(OnBehalfCommon):
    """Orders by phone, and fields that nobody may forge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.csr = cls._user("csr", "order_entry.group_order_for_all")

    def test_an_order_by_phone(self):
        action = self.member.with_user(self.csr).action_order_on_behalf()
        order = self.env["sale.order"].with_user(self.csr).browse(action["res_id"])
        order.order_line = [self._line(self.display, 2)]
        self.assertEqual(order.on_behalf_of_id, self.member)
        self.assertEqual(order.placed_by_id, self.csr.partner_id)
        self.assertEqual(order.ordering_user_id, self.member_user)
        self.assertEqual(order.user_id, self.csr)
        order.action_confirm()
        self.authenticate(self.member_user.login, self.member_user.login)
        text = self._text(self._page(f"/my/orders/{order.id}"))
        self.assertIn(self.csr.name, text)

    def test_without_the_right(self):
        with (
            self.assertLogs("odoo.addons.order_entry.models.res_partner", "WARNING"),
            self.assertRaisesRegex(AccessError, "Ask a sales manager"),
        ):
            self.member.with_user(self.salesman).action_order_on_behalf()
        with self.assertRaises(AccessError):
            self.member.with_user(self.placer).action_order_on_behalf()

    def test_a_plain_quotation_says_who_made_it(self):
        order = (
            self.env["sale.order"]
            .with_user(self.salesman)
            .create({"partner_id": self.member.id})
        )
        self.assertEqual(order.placed_by_id, self.salesman.partner_id)
        self.assertFalse(order.on_behalf_of_id)

    def test_nobody_writes_who_placed_it(self):
        Order = self.env["sale.order"].with_user(self.csr)
        order = Order.create({"partner_id": self.member.id})
        for name in ("placed_by_id", "on_behalf_of_id"):
            vals = {name: self.stranger.id}
            with self.assertRaisesRegex(AccessError, "kept by the system"):
                order.write(vals)
            with self.assertRaisesRegex(AccessError, "kept by the system"):
                Order.create({"partner_id": self.member.id, **vals})
            forged = Order.with_context(**{f"default_{name}": self.stranger.id}).create(
                {"partner_id": self.member.id}
            )
            self.assertNotEqual(forged[name], self.stranger)

    def test_moved_to_another_customer(self):
        action = self.member.with_user(self.csr).action_order_on_behalf()
        order = self.env["sale.order"].with_user(self.csr).browse(action["res_id"])
        order.partner_id = self.stranger
        self.assertFalse(order.on_behalf_of_id)
        self.assertEqual(order.placed_by_id, self.csr.partner_id)

    def test_a_copy_is_placed_by_who_copies(self):
        action = self.member.with_user(self.csr).action_order_on_behalf()
        order = self.env["sale.order"].browse(action["res_id"])
        copy = order.with_user(self.salesman_all).copy()
        self.assertEqual(copy.placed_by_id, self.salesman_all.partner_id)
        self.assertFalse(copy.on_behalf_of_id)
