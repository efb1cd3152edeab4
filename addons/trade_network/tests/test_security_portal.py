"""What portal users of each role, and visitors, can reach."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_security import READABLE, SecurityCommon

RELATION, SUBSCRIPTION = READABLE


@tagged("post_install", "-at_install")
class TestSecurityPortal(SecurityCommon):
    def test_relations_of_each_role(self):
        for user, expected in (
            # with its own people, who work for another distributor
            (self.desk, {"center", "atelier", "designer", "rep", "colleague"}),
            (self.clerk, {"center", "center_mills"}),
            (self.neighbour, {"atelier"}),
            (self.designer, {"designer"}),
            (self.rep, {"rep"}),
            (self.colleague, {"colleague"}),
        ):
            self.assertEqual(self._seen(user, RELATION), expected, user.login)

    def test_subscriptions_of_each_role(self):
        for user, expected in (
            (self.desk, {"alto", "rep", "colleague"}),
            (self.clerk, {"center", "alto"}),
            (self.neighbour, {"alto"}),
            (self.designer, set()),
            (self.rep, {"rep"}),
            (self.colleague, {"colleague"}),
        ):
            self.assertEqual(self._seen(user, SUBSCRIPTION), expected, user.login)

    def test_who_has_no_role_reads_nothing(self):
        public = self.env.ref("base.public_user")
        for user in (self.stranger, public):
            for model in READABLE:
                self._assert_reads_nothing(user, model)

    def test_nobody_changes_anything(self):
        public = self.env.ref("base.public_user")
        for user in (
            self.desk,
            self.clerk,
            self.designer,
            self.rep,
            self.stranger,
            public,
        ):
            for model in READABLE:
                self._assert_changes_nothing(user, model)

    def test_several_roles_add_up(self):
        self.center.is_distributor = True
        other = self._relation(self.center, self.mills, "designer")
        self.relations["other"] = other
        self.assertEqual(
            self._seen(self.clerk, RELATION), {"center", "center_mills", "other"}
        )

    def test_agency_and_its_people(self):
        agency = self.env["res.partner"].create(
            {"name": "Trade Agency", "is_company": True, "is_sales_rep": True}
        )
        person = self._portal_user("person", agency)
        self.relations["agency"] = self._relation(self.alto, agency, "sales_rep")
        self.assertEqual(self._seen(person, RELATION), {"agency"})

    def test_branch_of_a_showroom(self):
        branch = self.env["res.partner"].create(
            {"name": "Trade Branch", "parent_id": self.center.id}
        )
        self.relations["branch"] = self._relation(self.alto, branch)
        self.assertEqual(
            self._seen(self.clerk, RELATION), {"center", "center_mills", "branch"}
        )

    def test_role_taken_away(self):
        self.center.is_showroom = False
        for model in READABLE:
            self._assert_reads_nothing(self.clerk, model)

    def test_other_company(self):
        for model in READABLE:
            for records in self.everything[model].values():
                records.company_id = self.there
        for user in (self.desk, self.clerk, self.rep):
            for model in READABLE:
                self.assertFalse(self._seen(user, model))
        self.relations["center"].company_id = False
        self.assertEqual(self._seen(self.clerk, RELATION), {"center"})
        self._in_company(self.clerk, self.there)
        self.assertEqual(self._seen(self.clerk, RELATION), {"center", "center_mills"})

    def test_who_else_uses_it_is_not_told(self):
        shared = self.subscriptions["alto"]
        with self.assertRaises(AccessError):
            self._call(self.clerk, shared, "read", ["partner_ids"])
        with self.assertRaises(AccessError):
            self._call(
                self.clerk,
                shared,
                "web_read",
                {"partner_ids": {"fields": {"name": {}}}},
            )
        for domain in (
            [("partner_ids", "in", self.atelier.ids)],
            [("partner_ids.name", "ilike", "North")],
            [("partner_ids", "ilike", "North")],
        ):
            with self.subTest(domain=domain), self.assertRaises(AccessError):
                self._call(self.clerk, shared.browse(), "search", domain)
        # what an ordinary read gives, all fields, gives no such field
        (row,) = self._call(self.clerk, shared, "read")
        self.assertNotIn("partner_ids", row)

    def test_relations_are_not_found_through_partners(self):
        partner = self.clerk.partner_id
        for name in (
            "trade_relation_ids",
            "trade_customer_relation_ids",
            "trade_subscription_ids",
            "trade_paid_subscription_ids",
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._call(self.clerk, partner, "read", [name])
            with self.subTest(field=name), self.assertRaises(AccessError):
                self._call(
                    self.clerk, partner.browse(), "search", [(f"{name}.id", ">", 0)]
                )

    def test_partners_at_the_other_end_are_named_and_not_opened(self):
        (row,) = self._call(
            self.clerk, self.relations["center"], "read", ["distributor_id"]
        )
        self.assertEqual(row["distributor_id"][1], "Trade Alto")
        with self.assertRaises(AccessError):
            self._call(self.clerk, self.alto, "read", ["email"])

    def test_nobody_gives_himself_a_role(self):
        role = self.roles["distributor"]
        for user in (self.clerk, self.stranger):
            for vals in (
                {"trade_role_ids": [Command.link(role.id)]},
                {"is_distributor": True},
            ):
                with self.subTest(vals=vals), self.assertRaises(AccessError):
                    self._call(user, user.partner_id, "write", vals)
            with self.assertRaises(AccessError):
                self._call(
                    user,
                    user,
                    "write",
                    {"group_ids": [Command.link(role.group_id.id)]},
                )
            with self.assertRaises(AccessError):
                self._call(user, role, "write", {"name": "Mine"})
            with self.assertRaises(AccessError):
                self._call(user, role, "read", ["group_id"])

    def test_chatter(self):
        """Notes stay inside; nobody reads those of others' relations or adds any."""
        own, foreign = self.relations["center"], self.relations["atelier"]
        for relation in (own, foreign):
            relation.message_post(body="Pays late", subtype_xmlid="mail.mt_note")
            relation.message_post(body="Welcome", subtype_xmlid="mail.mt_comment")
        messages = self.env["mail.message"]
        for relation, expected in ((own, ["Welcome"]), (foreign, [])):
            domain = [
                ("model", "=", RELATION),
                ("res_id", "=", relation.id),
                ("body", "ilike", "e"),
            ]
            rows = self._call(self.clerk, messages, "search_read", domain, ["body"])
            bodies = " ".join(row["body"] for row in rows)
            said = [word for word in ("Pays late", "Welcome") if word in bodies]
            self.assertEqual(said, expected)
            with self.assertRaises(AccessError):
                self._call(self.clerk, relation, "message_post", body="Hello")
