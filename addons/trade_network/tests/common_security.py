"""Relations and subscriptions of several, and what somebody can get hold of by RPC."""

from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import TradeCommon

READABLE = {
    "trade.relation": [
        "display_name",
        "distributor_id",
        "partner_id",
        "account_number",
    ],
    "trade.subscription": ["display_name", "service_id", "payer_id", "date_until"],
}


class SecurityCommon(TradeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = cls._portal_user("desk", cls.alto)
        cls.clerk = cls._portal_user("clerk", cls.center)
        cls.neighbour = cls._portal_user("neighbour", cls.atelier)
        cls.designer = cls._portal_user("designer", role="designer")
        # two reps whom the distributor employs
        cls.rep = cls._portal_user("rep", cls.alto, "sales_rep")
        cls.colleague = cls._portal_user("colleague", cls.alto, "sales_rep")
        cls.stranger = cls._portal_user("stranger")
        partners = {
            "center": (cls.alto, cls.center, "showroom"),
            "center_mills": (cls.mills, cls.center, "showroom"),
            "atelier": (cls.alto, cls.atelier, "showroom"),
            "designer": (cls.alto, cls.designer.partner_id, "designer"),
            "rep": (cls.mills, cls.rep.partner_id, "sales_rep"),
            "colleague": (cls.mills, cls.colleague.partner_id, "sales_rep"),
        }
        cls.relations = {
            name: cls._relation(*ends, account_number=f"NO-{name}")
            for name, ends in partners.items()
        }
        cls.subscriptions = {
            "center": cls._subscription(cls.center),
            "alto": cls._subscription(cls.alto, cls.center, cls.atelier),
            "rep": cls._subscription(cls.mills, cls.rep.partner_id),
            "colleague": cls._subscription(cls.mills, cls.colleague.partner_id),
            "mills": cls._subscription(cls.mills),
        }

    def setUp(self):
        super().setUp()
        # a test may add some
        self.relations, self.subscriptions = (
            dict(self.relations),
            dict(self.subscriptions),
        )
        self.everything = {
            "trade.relation": self.relations,
            "trade.subscription": self.subscriptions,
        }

    def _vals(self, model):
        """Values of a new record of a model."""
        if model == "trade.relation":
            return {
                "distributor_id": self.mills.id,
                "partner_id": self.atelier.id,
                "role_id": self.roles["showroom"].id,
            }
        return {"service_id": self.service.id, "payer_id": self.atelier.id}

    def _seen(self, user, model):
        """Names of our records of a model that a user reaches, by every way to read.

        :raise AssertionError: when the ways differ
        """
        records = self.everything[model]
        every = self.env[model].concat(*records.values())
        exports = user.has_group("base.group_allow_export")
        empty, domain = self.env[model], [("id", "in", every.ids)]
        found = self._call(user, empty, "search", domain)
        self.assertEqual(self._call(user, empty, "search_count", domain), len(found))
        listed = self._call(user, empty, "search_read", domain, READABLE[model])
        self.assertEqual({row["id"] for row in listed}, set(found))
        named = self._call(user, empty, "name_search", "Trade", domain, limit=None)
        self.assertLessEqual({row[0] for row in named}, set(found))
        groups = self._call(
            user, empty, "formatted_read_group", domain, ["company_id"], ["__count"]
        )
        self.assertEqual(sum(group["__count"] for group in groups), len(found))
        for record in every:
            for method, *args in (
                ("read", READABLE[model]),
                ("export_data", READABLE[model]),
                ("web_read", {name: {} for name in READABLE[model]}),
            ):
                with self.subTest(user=user.login, method=method, id=record.id):
                    if method == "export_data" and not exports:
                        # core refuses exports to all but some employees
                        with self.assertRaises(UserError):
                            self._call(user, record, method, *args)
                    elif record.id in found:
                        self.assertTrue(self._call(user, record, method, *args))
                    else:
                        with self.assertRaises(AccessError):
                            self._call(user, record, method, *args)
        return {name for name, record in records.items() if record.id in found}

    def _assert_reads_nothing(self, user, model):
        """Every way to read is refused."""
        record = next(iter(self.everything[model].values()))
        fields = READABLE[model]
        for target, method, *args in (
            (self.env[model], "search", []),
            (self.env[model], "search_count", []),
            (self.env[model], "search_read", [], fields),
            (self.env[model], "name_search", "Trade"),
            (self.env[model], "formatted_read_group", [], [], ["__count"]),
            (record, "read", fields),
            (record, "export_data", fields),
            (record, "web_read", {name: {} for name in fields}),
        ):
            # core refuses exports to all but some employees, not as an AccessError
            error = UserError if method == "export_data" else AccessError
            with (
                self.subTest(user=user.login, model=model, method=method),
                self.assertRaises(error),
            ):
                self._call(user, target, method, *args)

    def _assert_changes_nothing(self, user, model):
        """Every way to write is refused, for what the user sees and for the rest."""
        for record in self.everything[model].values():
            for target, method, *args in (
                (record, "write", {"date_until": False}),
                (record, "write", {"company_id": False}),
                (record, "unlink"),
                (record, "copy"),
                (record, "action_archive"),
                (self.env[model], "create", self._vals(model)),
            ):
                with (
                    self.subTest(user=user.login, model=model, method=method),
                    self.assertRaises(AccessError),
                ):
                    self._call(user, target, method, *args)

    def _assert_changes_everything(self, user, model):
        """Whoever may, can."""
        record = self.env[model].browse(
            self._call(user, self.env[model], "create", self._vals(model))
        )
        self._call(user, record, "write", {"date_until": self._day(3)})
        self.assertEqual(record.date_until, self._day(3))
        self._call(user, record, "unlink")
        self.assertFalse(record.exists())

    @classmethod
    def _in_company(cls, user, company):
        """Let a user work in that company alone."""
        user.write(
            {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        )
