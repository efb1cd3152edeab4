"""Who reaches what: each model of the add-on, as each role, from another company."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.service.model import get_public_method
from odoo.tests import new_test_user, tagged

from .common import FeedCase

ROLES = {
    "portal": "base.group_portal",
    "public": "base.group_public",
    "employee": "base.group_user",
    "feed_user": "distributor_feeds.group_feed_user,base.group_allow_export",
    "feed_manager": "distributor_feeds.group_feed_manager,base.group_allow_export",
    "purchaser": "purchase.group_purchase_user,base.group_allow_export",
    "salesman": "sales_team.group_sale_salesman,base.group_allow_export",
}
# What each role reads of the data that feeds bring.
READS = {
    "portal": set(),
    "public": set(),
    "employee": set(),
    "salesman": {"distributor.account", "distributor.offer"},
    "purchaser": {
        "distributor.account",
        "distributor.offer",
        "distributor.offer.history",
    },
}
OURS = {
    "distributor.account",
    "distributor.feed",
    "distributor.feed.profile",
    "distributor.feed.rule",
    "distributor.feed.run",
    "distributor.feed.reject",
    "distributor.offer",
    "distributor.offer.history",
    "distributor.match",
}
READS |= {"feed_user": OURS, "feed_manager": OURS}
SET_UP = {
    "distributor.account",
    "distributor.feed",
    "distributor.feed.profile",
    "distributor.feed.rule",
}


@tagged("post_install", "-at_install")
class TestRights(FeedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Somebody Else"})
        cls.account.company_id = cls.env.company
        cls.users = {
            role: new_test_user(cls.env, f"rights_{role}", group)
            for role, group in ROLES.items()
        }
        cls.stranger = new_test_user(
            cls.env,
            "rights_stranger",
            f"{ROLES['feed_manager']},{ROLES['purchaser']}",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )

    def setUp(self):
        super().setUp()
        self._run("A-1;5;10.00;Lamp;Northlight;L-1", "A-2;5;10.00;Pen;Keyla;P-1")
        self._run("A-1;4;10.00;Lamp;Northlight;L-1", "A-2;5;99.00;Pen;Keyla;P-1")
        self.account.company_id = self.env.company
        self.profile.company_id = self.env.company
        self.env["distributor.match"].create(
            {
                "account_id": self.account.id,
                "code": "A-9",
                "product_id": self.env["product.product"].create({"name": "X"}).id,
            }
        )
        self.env.flush_all()
        self.env.invalidate_all()

    def _ours(self, model):
        """Records of this test, whoever else's a database holds."""
        records = self.env[model]
        if "account_id" in records:
            domain = [("account_id", "=", self.account.id)]
        elif "feed_id" in records:
            domain = [("feed_id", "=", self.feed.id)]
        elif "profile_id" in records:
            domain = [("profile_id", "=", self.profile.id)]
        else:
            return {
                "distributor.account": self.account,
                "distributor.feed.profile": (self.profile),
            }[model]
        return records.search(domain)

    def test_who_reads_what(self):
        for role, user in self.users.items():
            for model in OURS:
                ours = self._ours(model)
                self.assertTrue(ours, model)
                with self.subTest(role=role, model=model):
                    mine = ours.with_user(user)
                    if model in READS[role]:
                        self.assertEqual(
                            mine.search([("id", "in", ours.ids)]).ids, ours.ids
                        )
                        mine.export_data(["id", "display_name"])
                        mine.web_read({"display_name": {}})
                    else:
                        for read in (mine.search_count, mine.search_read):
                            with self.assertRaises(AccessError):
                                read([("id", "in", ours.ids)])
                        with self.assertRaises(AccessError):
                            mine.read(["display_name"])

    def test_who_writes_what(self):
        for role, user in self.users.items():
            for model in OURS - {"distributor.match"}:
                mine = self._ours(model).with_user(user)
                name = {"distributor.feed.rule": "constant"}.get(model)
                name = name or ("name" if "name" in mine else "display_name")
                with self.subTest(role=role, model=model):
                    if role == "feed_manager" and model in SET_UP:
                        mine.write({name: "Changed"})
                        continue
                    with self.assertRaises(AccessError):
                        mine.write({name: "Changed"})
                    with self.assertRaises(AccessError):
                        mine.unlink()
                    with self.assertRaises(AccessError):
                        mine.create({name: "New"})

    def test_outsiders_reach_no_model_of_the_addon(self):
        """Also those that are still to come: portal, public and plain employees."""
        data = self.env["ir.model.data"].search(
            [("module", "=", "distributor_feeds"), ("model", "=", "ir.model")]
        )
        own = {
            model
            for model in self.env["ir.model"]
            .browse(data.mapped("res_id"))
            .mapped("model")
            if model.startswith("distributor.") and not self.env[model]._abstract
        }
        self.assertLessEqual(OURS, own)
        for role in ("portal", "public", "employee"):
            for model in own:
                mine = self.env[model].with_user(self.users[role])
                for operation in ("read", "write", "create", "unlink"):
                    with self.subTest(role=role, model=model, operation=operation):
                        self.assertFalse(mine.has_access(operation))

    def test_another_company(self):
        for model in OURS:
            ours = self._ours(model)
            theirs = ours.with_user(self.stranger)
            with self.subTest(model=model):
                self.assertFalse(theirs.search([("id", "in", ours.ids)]))
                self.assertFalse(
                    theirs.with_context(
                        allowed_company_ids=self.other.ids
                    ).search_count([("id", "in", ours.ids)])
                )
                with self.assertRaises(AccessError):
                    theirs.read(["display_name"])
        with self.assertRaises(AccessError):
            self.feed.with_user(self.stranger).action_fetch()
        with self.assertRaises(AccessError):
            self.feed.run_ids[:1].with_user(self.stranger).action_undo_later()

    def test_decisions_are_the_managers(self):
        user = self.users["feed_user"]
        run = self.feed.run_ids[-1:].with_user(user)
        rejects = self._ours("distributor.feed.reject").with_user(user)
        self.assertTrue(rejects)
        for decide in (
            run.action_release,
            run.action_refuse,
            run.action_undo_later,
            rejects.action_release,
            rejects.action_refuse,
            self.feed.with_user(user).action_fetch,
            self.feed.with_user(user).action_forget_secrets,
        ):
            with self.assertRaises(AccessError):
                decide()

    def test_secrets_are_read_by_nobody(self):
        manager = self.users["feed_manager"]
        feed = self.feed.with_user(manager)
        feed.password = "hush-hush"
        feed.token = "top-secret"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(feed.has_secret)
        seen = [
            feed.read(),
            feed.web_read({"password": {}, "token": {}, "private_key": {}}),
            feed.export_data(["name", "password", "token", "private_key"]),
            feed.copy_data(),
            feed.web_search_read([("id", "=", feed.id)], {"password": {}}),
            feed.onchange({}, [], {"password": {}, "token": {}}),
            feed.message_ids.mapped("body"),
            feed.message_ids.sudo().tracking_value_ids.read(),
        ]
        for answer in seen:
            self.assertNotIn("hush-hush", str(answer))
            self.assertNotIn("top-secret", str(answer))
        self.assertFalse(feed.copy().has_secret)
        for user in (manager, self.env.ref("base.user_admin")):
            secrets = self.env["distributor.secret"].with_user(user)
            for reach in (
                lambda secrets=secrets: secrets.search([]),
                lambda secrets=secrets: secrets.search_count([]),
                lambda secrets=secrets: secrets.create({"name": "x"}),
                lambda secrets=secrets: secrets.web_search_read([], {"value": {}}),
            ):
                with self.assertRaises(AccessError):
                    reach()

    def test_a_blank_password_forgets_nothing(self):
        self.feed.password = "hush-hush"
        self.feed.write({"password": False, "name": "Other"})
        self.assertTrue(self.feed.has_secret)
        self.feed.action_forget_secrets()
        self.assertFalse(self.feed.has_secret)

    def test_no_inner_method_is_public(self):
        """What only the server may do cannot be called from outside."""
        for model, method in (
            ("distributor.feed.run", "_load"),
            ("distributor.feed.run", "_execute"),
            ("distributor.feed.run", "_keep_file"),
            ("distributor.feed.run", "_cron_run"),
            ("distributor.feed", "_place"),
            ("distributor.secret", "_of"),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                get_public_method(self.env[model], method)
