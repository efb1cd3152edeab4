"""The screens open with all their fields, for those who have a menu for them."""

from odoo.tests import Form, tagged

from .common import TradeCommon


@tagged("post_install", "-at_install")
class TestScreens(TradeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls._employee("user", "trade_network.group_trade_user")
        cls.manager = cls._employee("manager", "trade_network.group_trade_manager")
        cls.relation = cls._relation(cls.alto, cls.center)
        cls.subscription = cls._subscription(cls.center)

    def test_views_of_the_menus(self):
        for user in (self.user, self.manager):
            for name in ("partners", "relations", "subscriptions"):
                menu = self.env.ref(f"trade_network.menu_{name}")
                action = menu.action.with_user(user).sudo()
                model = self.env(user=user)[action.res_model]
                views = dict((kind, view) for view, kind in action.views)
                self.assertIn("kanban", views)
                for kind, view in views.items():
                    names = self._field_names(model.get_view(view, kind)["arch"])
                    with self.subTest(user=user.login, menu=name, view=kind):
                        self.assertTrue(
                            model.web_search_read(
                                [], {field: {} for field in names}, limit=3
                            )["records"]
                        )

    def test_filters(self):
        for model, expected in (
            ("trade.relation", self.relation),
            ("trade.subscription", self.subscription),
        ):
            records = self.env[model].with_user(self.user)
            arch = self.env[model].get_view(False, "search")["arch"]
            for name in ("running", "ended", "future"):
                self.assertIn(f'name="{name}"', arch)
            self.assertIn(expected, records.search([("state", "=", "running")]))
            self.assertNotIn(expected, records.search([("state", "=", "ended")]))

    def test_page_of_a_contact(self):
        contact = self.env["res.partner"].with_user(self.manager).browse(self.alto.id)
        with Form(contact) as form:
            with form.trade_customer_relation_ids.new() as line:
                line.partner_id = self.atelier
                line.role_id = self.roles["showroom"]
                line.account_number = "A-9"
        relation = self.alto.trade_customer_relation_ids - self.relation
        self.assertEqual(relation.account_number, "A-9")
        self.assertEqual(relation.date_from, self.today)
        self.assertTrue(self.atelier.is_showroom)
        self.assertEqual(self.center.trade_subscription_ids, self.subscription)
        self.assertEqual(self.center.trade_paid_subscription_ids, self.subscription)
        self.assertEqual(self.center.trade_relation_ids, self.relation)

    def test_menu_is_for_the_roles(self):
        root = self.env.ref("trade_network.menu_root")
        plain = self._employee("plain")
        for user, shown in ((plain, False), (self.user, True), (self.manager, True)):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertEqual(root.id in visible, shown, user.login)
        configuration = self.env.ref("trade_network.menu_configuration")
        self.assertNotIn(
            configuration.id,
            self.env["ir.ui.menu"].with_user(self.user)._visible_menu_ids(),
        )
