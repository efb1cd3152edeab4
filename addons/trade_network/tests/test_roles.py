from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..const import ROLES
from .common import TradeCommon


@tagged("post_install", "-at_install")
class TestRoles(TradeCommon):
    def _having(self, operator, value, code="distributor"):
        everybody = self.alto | self.mills | self.center
        domain = [("id", "in", everybody.ids), (f"is_{code}", operator, value)]
        return self.env["res.partner"].search(domain)

    def test_several_roles(self):
        for code in ROLES:
            self.alto[f"is_{code}"] = True
        self.assertEqual(set(self.alto.trade_role_ids.mapped("code")), set(ROLES))
        self.alto.is_designer = False
        self.assertTrue(self.alto.is_showroom)
        self.assertFalse(self.alto.is_designer)

    def test_flag_of_a_new_partner(self):
        partner = self.env["res.partner"].create({"name": "Rep", "is_sales_rep": True})
        self.assertEqual(partner.trade_role_ids, self.roles["sales_rep"])

    def test_search(self):
        (self.alto | self.mills).trade_role_ids = self.roles["distributor"]
        self.mills.trade_role_ids |= self.roles["showroom"]
        both = self.alto | self.mills
        self.assertEqual(self._having("=", True), both)
        self.assertEqual(self._having("!=", True), self.center)
        self.assertEqual(self._having("=", False), self.center)
        self.assertEqual(self._having("in", [True, False]), both | self.center)
        self.assertEqual(self._having("=", True, "showroom"), self.mills)
        self.assertFalse(self._having("=", True, "designer"))

    def test_search_agrees_with_memory(self):
        self.alto.is_distributor = True
        domain = [("is_distributor", "=", True)]
        self.assertEqual((self.alto | self.center).filtered_domain(domain), self.alto)

    def test_search_is_one_query(self):
        self.env["res.partner"].search([("is_showroom", "=", True)], limit=1)
        with self.assertQueryCount(1):
            self.env["res.partner"].search([("is_distributor", "=", True)], limit=5)

    def test_copy_has_no_role(self):
        self.alto.is_distributor = True
        self.assertFalse(self.alto.copy().trade_role_ids)

    def test_shipped_roles_stay(self):
        role = self.roles["showroom"]
        role.name = "Gallery"
        with self.assertRaisesRegex(UserError, "Gallery"):
            role.code = "gallery"
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            role.unlink()
        own = self.env["trade.role"].create({"name": "Fitter", "code": "fitter"})
        own.code = "upholsterer"
        own.unlink()
        self.assertFalse(own.exists())

    def test_codes_are_plain_and_unique(self):
        for code, error in (
            ("showroom", UniqueViolation),
            ("Show Room", CheckViolation),
            ("1st", CheckViolation),
        ):
            with (
                self.subTest(code=code),
                mute_logger("odoo.sql_db"),
                self.assertRaises(error),
            ):
                self.env["trade.role"].create({"name": "Other", "code": code})

    def test_only_trade_managers_give_roles(self):
        contacts = self._employee("contacts", "base.group_partner_manager")
        manager = self._employee("manager", "trade_network.group_trade_manager")
        command = [Command.link(self.roles["distributor"].id)]
        vals = {"trade_role_ids": command}
        for denied in ({"trade_role_ids": command}, {"is_distributor": True}):
            with self.subTest(vals=denied), self.assertRaises(AccessError):
                self._call(contacts, self.alto, "write", denied)
            denied["name"] = "New Partner"
            with self.subTest(vals=denied), self.assertRaises(AccessError):
                self._call(contacts, self.env["res.partner"], "create", denied)
        self._call(contacts, self.alto, "write", {"city": "Ghent"})
        self._call(manager, self.alto, "write", vals)
        self.assertTrue(self.alto.is_distributor)

    def test_every_employee_sees_roles(self):
        self.alto.is_distributor = True
        employee = self._employee("plain")
        flags = self._call(
            employee, self.alto, "read", ["is_distributor", "trade_role_ids"]
        )
        self.assertTrue(flags[0]["is_distributor"])
        found = self._call(
            employee,
            self.env["res.partner"],
            "search",
            [("id", "=", self.alto.id), ("is_distributor", "=", True)],
        )
        self.assertEqual(found, self.alto.ids)
