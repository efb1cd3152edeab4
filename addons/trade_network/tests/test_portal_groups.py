from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import new_test_user, tagged

from .common import TradeCommon


@tagged("post_install", "-at_install")
class TestPortalGroups(TradeCommon):
    def _roles_of(self, user):
        """Codes of the roles whose portal groups a user is in."""
        roles = self.env["trade.role"].search([("group_id", "in", user.group_ids.ids)])
        return set(roles.mapped("code"))

    def test_login_made_before_and_after_the_role(self):
        before = self._portal_user("before", self.center)
        self.assertFalse(self._roles_of(before))
        self.center.is_showroom = True
        self.assertEqual(self._roles_of(before), {"showroom"})
        after = self._portal_user("after", self.center)
        self.assertEqual(self._roles_of(after), {"showroom"})
        self.center.is_designer = True
        self.assertEqual(self._roles_of(after), {"showroom", "designer"})
        self.center.is_showroom = False
        self.assertEqual(self._roles_of(before), {"designer"})
        self.assertEqual(self._roles_of(after), {"designer"})

    def test_relation_is_enough(self):
        user = self._portal_user("desk", self.alto)
        self._relation(self.alto, self.center)
        self.assertEqual(self._roles_of(user), {"distributor"})

    def test_own_roles_come_before_those_of_the_company(self):
        self.alto.is_distributor = True
        rep = self._portal_user("rep", self.alto, "sales_rep")
        self.assertEqual(self._roles_of(rep), {"sales_rep"})
        rep.partner_id.trade_role_ids = False
        self.assertEqual(self._roles_of(rep), {"distributor"})

    def test_who_leaves_the_company_leaves_its_group(self):
        self.alto.is_distributor = True
        desk = self._portal_user("desk", self.alto)
        self.assertEqual(self._roles_of(desk), {"distributor"})
        desk.partner_id.parent_id = self.center
        self.assertFalse(self._roles_of(desk))

    def test_another_contact_for_the_login(self):
        self.alto.is_distributor = True
        user = self._portal_user("moves")
        user.partner_id = self.env["res.partner"].create(
            {"name": "Desk", "parent_id": self.alto.id}
        )
        self.assertEqual(self._roles_of(user), {"distributor"})

    def test_portal_access_by_the_dialog(self):
        clerk = self.env["res.partner"].create(
            {
                "name": "Clerk",
                "parent_id": self.center.id,
                "email": "trade.clerk@example.com",
            }
        )
        self.center.is_showroom = True
        wizard = self.env["portal.wizard"].create(
            {"partner_ids": [Command.set(clerk.ids)]}
        )
        wizard.user_ids.action_grant_access()
        self.assertEqual(self._roles_of(clerk.user_ids), {"showroom"})

    def test_other_groups_are_left_alone(self):
        other = self.env["res.groups"].create({"name": "Other portal group"})
        user = self._portal_user("other", self.center)
        user.group_ids |= other
        self.center.is_showroom = True
        self.center.is_showroom = False
        self.assertIn(other, user.group_ids)
        self.assertTrue(user._is_portal())

    def test_employees_stay_employees(self):
        employee = self._employee("rep")
        employee.partner_id.is_sales_rep = True
        self.assertTrue(employee._is_internal())
        self.assertFalse(self._roles_of(employee))
        for code in self.roles:
            group = self.env.ref(f"trade_network.group_trade_{code}")
            with self.subTest(role=code), self.assertRaises(ValidationError):
                employee.group_ids |= group
            self.env.invalidate_all()
            self.assertTrue(employee._is_internal())

    def test_visitor_without_login_gets_nothing(self):
        public = self.env.ref("base.public_user")
        public.sudo().partner_id.is_distributor = True
        self.assertFalse(self._roles_of(public))

    def test_group_of_a_role_is_one_of_the_portal(self):
        role = self.env["trade.role"].create({"name": "Fitter", "code": "fitter"})
        for group in ("base.group_user", "base.group_system", "base.group_no_one"):
            with self.subTest(group=group), self.assertRaises(ValidationError):
                role.group_id = self.env.ref(group)
        fitters = self.env["res.groups"].create(
            {
                "name": "Fitters",
                "implied_ids": [Command.link(self.env.ref("base.group_portal").id)],
            }
        )
        role.group_id = fitters
        user = new_test_user(self.env, login="trade_fitter", groups="base.group_portal")
        user.partner_id.trade_role_ids = role
        self.assertIn(fitters, user.group_ids)
