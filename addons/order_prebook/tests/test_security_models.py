"""What our own models let whom read and write."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PrebookCommon

MODELS = (
    "sale.prebook.log",
    "sale.prebook.arrival",
    "sale.prebook.checkout",
    "sale.prebook.checkout.line",
    "sale.standing.order",
    "sale.standing.order.line",
    "sale.standing.skip",
    "sale.standing.date",
)


@tagged("post_install", "-at_install")
class TestSecurityModels(PrebookCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls._user("employee", "base.group_user")

    def test_models_are_closed(self):
        """Portal and employees without a role read none of our models."""
        for user in (self.portal, self.employee, self.env.ref("base.public_user")):
            for name in MODELS:
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(user=user.login, model=name, op=operation):
                        self.assertFalse(
                            self.env[name].with_user(user).has_access(operation)
                        )

    def test_standing_orders(self):
        mine = self.env["sale.standing.order"].create(
            {"partner_id": self.customer.id, "user_id": self.users["sales"].id}
        )
        foreign = mine.copy({"user_id": self.salesman.id})
        sales = self.users["sales"]
        mine.with_user(sales).days_ahead = 3
        for call in (
            lambda: foreign.with_user(sales).write({"days_ahead": 3}),
            lambda: foreign.with_user(sales).action_start(),
            lambda: mine.with_user(sales).unlink(),
            lambda: mine.with_user(self.salesman).action_start(),
            lambda: foreign.with_user(self.salesman).action_pause(),
        ):
            with self.assertRaises(AccessError):
                call()
        foreign.with_user(self.users["manager"]).days_ahead = 3
        with self.assertRaises(UserError):
            foreign.with_user(self.users["manager"]).action_start()

    def test_five_roles_under_one_privilege(self):
        privilege = self.env.ref("order_prebook.res_groups_privilege_prebook")
        self.assertEqual(
            set(privilege.group_ids.mapped("name")),
            {"Admin", "Sales", "Cashier", "Sales Allocation", "Sales Manager"},
        )
        check_out = self.env.ref("order_prebook.group_checkout")
        for group in privilege.group_ids:
            self.assertIn(check_out, group.all_implied_ids)
