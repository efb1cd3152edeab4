"""Who may do what, by RPC: the door anybody with a login can reach."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from ..const import PROTECTED
from .common import ROLES, PrebookCommon


@tagged("post_install", "-at_install")
class TestSecurity(PrebookCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchaser = cls._user("purchaser", "order_prebook.group_purchaser")
        cls.employee = cls._user("employee", "base.group_user")
        cls.sales_manager = cls._user("chief", "sales_team.group_sale_manager")

    def _call(self, user, records, method, *args):
        """Call a method as JSON-RPC does."""
        model = records.env[records._name].with_user(user)
        return call_kw(model, method, [records.ids, *args], {})

    def test_each_role_checks_out(self):
        for role in ROLES:
            order = self._order()
            self._call(
                self.users[role],
                order.order_line,
                "prebook_check_out",
                {str(order.order_line.id): 3},
            )
            with self.subTest(role=role):
                self.assertEqual(order.order_line.prebook_qty_checked_out, 3)
                self.assertEqual(self._log(order, "checkout").user_id, self.users[role])

    def test_nobody_else_checks_out(self):
        order = self._order(user_id=self.salesman.id, partner_id=self.customer.id)
        self.customer.write({"parent_id": False})
        mine = self._order(partner_id=self.portal.partner_id.id)
        for user, records in (
            (self.salesman, order),
            (self.sales_manager, order),
            (self.purchaser, order),
            (self.employee, order),
            (self.portal, order),
            (self.portal, mine),
            (self.env.ref("base.public_user"), order),
        ):
            for target, method in (
                (records.order_line, "prebook_check_out"),
                (records.order_line, "action_prebook_check_out"),
                (records, "action_prebook_check_out"),
                (records.order_line, "prebook_cancel"),
                (records.order_line, "action_prebook_cancel"),
                (records.order_line, "action_prebook_hold"),
                (records.order_line, "action_prebook_unhold"),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(AccessError),
                ):
                    self._call(user, target, method)
        self.assertEqual(order.order_line.prebook_qty_checked_out, 0)
        self.assertEqual(mine.order_line.prebook_state, "draft")

    def test_portal_setting_opens_no_other_door(self):
        self.env.company.prebook_portal_checkout = True
        mine = self._order(partner_id=self.portal.partner_id.id)
        with self.assertRaises(AccessError):
            self._call(self.portal, mine.order_line, "prebook_check_out")

    def test_cashier_neither_holds_nor_cancels(self):
        line = self._order().order_line
        for method in (
            "prebook_cancel",
            "action_prebook_hold",
            "action_prebook_unhold",
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self._call(self.users["cashier"], line, method)

    def test_only_purchasing_reads(self):
        line = self._order().order_line
        for role in ("cashier", "sales", "manager"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self._call(self.users[role], line, "action_prebook_read")
        self._call(self.purchaser, line, "action_prebook_read")
        self.assertEqual(line.prebook_read_uid, self.purchaser)

    def test_cashier_opens_what_he_may_read(self):
        """Every field of the form the other roles get, read as the web client does."""
        order = self._order()
        for user in (self.users["cashier"], self.users["allocation"], self.purchaser):
            line = order.order_line.with_user(user)
            view_id = line.action_prebook_open_order()["views"][0][0]
            form = self.env["sale.order"].with_user(user).get_view(view_id, "form")
            names = form["models"]["sale.order"]
            with self.subTest(user=user.login):
                self.assertIn("prebook_line_ids", names)
                order.with_user(user).web_read({name: {} for name in names})
        view_id = order.order_line.with_user(
            self.users["sales"]
        ).action_prebook_open_order()["views"][0][0]
        self.assertFalse(view_id)

    def test_orders_of_other_salespeople(self):
        """Sales stays with his own orders, as without this add-on."""
        foreign = self._order(user_id=self.salesman.id)
        with self.assertRaises(AccessError):
            self._call(self.users["sales"], foreign.order_line, "prebook_check_out")
        self._call(self.users["manager"], foreign.order_line, "prebook_check_out")

    def test_cashier_sees_prebooks_and_no_other_orders(self):
        prebook, other = self._order(), self._order((self.vase, 1))
        for user in (self.users["cashier"], self.users["allocation"], self.purchaser):
            orders = self.env["sale.order"].with_user(user)
            with self.subTest(user=user.login):
                self.assertEqual(
                    orders.search([("id", "in", (prebook + other).ids)]), prebook
                )
                with self.assertRaises(AccessError):
                    other.with_user(user).read(["name"])
                with self.assertRaises(AccessError):
                    prebook.with_user(user).write({"note": "x"})

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Other Prebooks"})
        foreign = self._user(
            "foreign",
            "order_prebook.group_admin",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        both = self._user(
            "both",
            "order_prebook.group_admin",
            company_id=other.id,
            company_ids=[Command.set((other + self.env.company).ids)],
        )
        order = self._order()
        line = order.order_line
        log = self._log(order, "book")
        for record in (order, line, log):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(foreign).read(["company_id"])
        with self.assertRaises(AccessError):
            self._call(foreign, line, "prebook_check_out")
        # his company, but not the one he works in at the moment
        here = line.with_user(both).with_context(allowed_company_ids=other.ids)
        with self.assertRaises(AccessError):
            here.prebook_check_out()
        there = line.with_user(both).with_context(
            allowed_company_ids=self.env.company.ids
        )
        there.prebook_check_out()
        self.assertEqual(line.prebook_state, "checked_out")

    def test_protected_fields(self):
        """Who writes them would check out without being allowed to."""
        order = self._order(user_id=self.salesman.id)
        line = order.order_line
        for user in (self.salesman, self.users["admin"]):
            for field in PROTECTED:
                with (
                    self.subTest(user=user.login, field=field),
                    self.assertRaises(AccessError),
                ):
                    self._call(user, line, "write", {field: False})
            with self.assertRaises(AccessError):
                self._call(user, order, "write", {"prebook_state": "checked_out"})
            with self.assertRaises(AccessError):
                self._call(
                    user,
                    order,
                    "write",
                    {
                        "order_line": [
                            Command.update(line.id, {"prebook_source": False})
                        ]
                    },
                )
            with self.assertRaises(AccessError):
                call_kw(
                    self.env["sale.order.line"].with_user(user),
                    "create",
                    [
                        {
                            "order_id": order.id,
                            "product_id": self.tulip.id,
                            "prebook_is_judged": True,
                        }
                    ],
                    {},
                )

    def test_every_field_of_ours_is_protected_or_harmless(self):
        ours = {
            name
            for name in self.env["sale.order.line"]._fields
            if name.startswith(("prebook_", "is_prebook"))
        }
        # chosen by the salesperson on the quotation; not stored
        self.assertEqual(ours - PROTECTED, {"prebook_by_hand", "prebook_delivery_date"})

    def test_log_is_not_written_by_hand(self):
        order = self._order()
        log = self._log(order, "book")
        for user in (self.users["admin"], self.salesman, self.portal):
            model = log.with_user(user)
            for call in (
                lambda model=model: model.create(
                    {
                        "line_id": order.order_line.id,
                        "order_id": order.id,
                        "company_id": order.company_id.id,
                        "kind": "checkout",
                        "quantity": 10,
                        "user_id": model.env.uid,
                    }
                ),
                lambda model=model: model.write({"quantity": 1}),
                lambda model=model: model.unlink(),
            ):
                # AccessError is one, and so is what says that it cannot be changed
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    call()

    def test_dialog_of_somebody_else(self):
        line = self._order().order_line
        wizard = (
            self.env["sale.prebook.checkout"]
            .with_user(self.users["manager"])
            ._for_lines(line.with_user(self.users["manager"]))
        )
        with self.assertRaises(AccessError):
            wizard.with_user(self.users["cashier"]).read(["held_count"])
        with self.assertRaises(AccessError):
            wizard.with_user(self.salesman).action_check_out()

    def test_dialog_cannot_be_pointed_elsewhere(self):
        foreign = self._order(user_id=self.salesman.id).order_line
        mine = self._order().order_line.with_user(self.users["sales"])
        wizard = (
            self.env["sale.prebook.checkout"]
            .with_user(self.users["sales"])
            ._for_lines(mine)
        )
        wizard.line_ids.line_id = foreign.id
        with self.assertRaises(AccessError):
            wizard.action_check_out()
