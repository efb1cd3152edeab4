"""Who sees what of what distributors posted: by every way to read, and to write."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_posted_rights import MODELS, PostedRightsCommon


@tagged("post_install", "-at_install")
class TestPostedRights(PostedRightsCommon):
    def test_distributors_see_all_of_their_own(self):
        for model in MODELS:
            own = {
                self._name(record)
                for record in self._records(model)
                if self._name(record).startswith("m")
            }
            self.assertTrue(own)
            self.assertEqual(self._seen(self.desk, model), own, model)

    def test_showrooms(self):
        both = {"m:center", "m:c1", "a:center", "a:c1"}
        for model, expected in {
            "track.order": both,
            "track.order.line": both,
            "track.reserve": both,
            "track.freight": both,
            "track.customer": {"m:C-1", "a:C-1"},
            "track.product": {"m:A", "a:A"},
            # subscribed to one distributor's alone
            "track.stock": {"m:A"},
            "track.stock.piece": {"m:A"},
            "track.mill.order": {"m:M1 / A"},
        }.items():
            self.assertEqual(self._seen(self.clerk, model), expected, model)

    def test_the_other_showroom(self):
        for model, expected in {
            "track.order": {"m:atelier", "a:atelier"},
            "track.order.line": {"m:atelier", "a:atelier"},
            "track.reserve": {"m:atelier", "a:atelier"},
            "track.freight": set(),
            "track.customer": {"m:C-2", "a:C-2"},
            "track.product": {"m:A", "a:A"},
            "track.stock": set(),
            "track.stock.piece": set(),
            "track.mill.order": set(),
        }.items():
            self.assertEqual(self._seen(self.neighbour, model), expected, model)

    def test_reps(self):
        for model, expected in {
            "track.order": {"m:c1"},
            "track.order.line": {"m:c1"},
            "track.reserve": {"m:c1"},
            "track.freight": {"m:c1"},
            "track.customer": {"m:C-1"},
            "track.product": {"m:A"},
            "track.stock": {"m:A"},
            "track.stock.piece": {"m:A"},
            "track.mill.order": {"m:M1 / A"},
        }.items():
            self.assertEqual(self._seen(self.rep, model), expected, model)

    def test_a_rep_of_a_showroom(self):
        rep = self._portal_user("po_inside", self.center, "sales_rep")
        self.assertEqual(
            self._seen(rep, "track.order"), {"m:center", "m:c1", "a:center", "a:c1"}
        )

    def test_designers_see_their_own(self):
        for model in ("track.order", "track.order.line"):
            self.assertEqual(self._seen(self.designer, model), {"m:designer"})
        for model in ("track.reserve", "track.freight"):
            self.assertEqual(self._seen(self.designer, model), set())
        for model in MODELS.keys() - {
            "track.order", "track.order.line", "track.reserve", "track.freight"
        }:  # fmt: skip
            self._assert_nothing(self.designer, model)

    def test_postings_are_the_distributors(self):
        for user in (self.clerk, self.rep):
            for model in ("track.post", "track.post.reject"):
                self._assert_nothing(user, model)

    def test_who_has_no_role_reads_nothing(self):
        for user in (self.stranger, self.outsider, self.env.ref("base.public_user")):
            for model in (*MODELS, "track.key", "track.reserve.notice"):
                self._assert_nothing(user, model)

    def test_staff_reads_in_its_companies(self):
        for model in MODELS:
            self.assertEqual(
                self._call(self.employee, self.env[model], "search_count", []),
                self.env[model].search_count([]),
                model,
            )
            self.assertTrue(self.env[model].search_count([]), model)
        self.employee.write(
            {"company_id": self.there.id, "company_ids": self.there.ids}
        )
        for model in MODELS:
            self.assertFalse(
                self._call(self.employee, self.env[model], "search", []), model
            )

    def test_nobody_writes_by_rpc(self):
        manager = self._employee("po_boss", "trade_network.group_trade_manager")
        for user in (self.desk, self.clerk, self.rep, self.designer, self.employee,
                     manager):  # fmt: skip
            for model, field in MODELS.items():
                record = self._records(model)[:1]
                for target, method, *args in (
                    (record, "write", {field: "x"}),
                    (record, "unlink"),
                    (record, "copy"),
                    (self.env[model], "create", {field: "x"}),
                    (self.env[model], "load", [field], [["x"]]),
                ):
                    if user == manager and (model, method) == ("track.post", "unlink"):
                        continue
                    with self.subTest(user=user.login, model=model, method=method):
                        if method == "load":
                            answer = self._load(user, target, *args)
                            self.assertFalse(answer)
                            continue
                        with self.assertRaises(UserError):
                            self._call(user, target, method, *args)

    def _load(self, user, target, *args):
        try:
            return self._call(user, target, "load", *args)["ids"]
        except AccessError:
            return False

    def test_a_relation_that_ended_shuts_the_door_at_once(self):
        relation = self.env["trade.relation"].search(
            [
                ("distributor_id", "=", self.mills.id),
                ("partner_id", "=", self.center.id),
            ]
        )
        # what was theirs on its day stays theirs, but nobody deals any more
        relation.date_from = False
        relation.date_until = self._day(-1)
        self.assertEqual(self._seen(self.clerk, "track.product"), {"a:A"})
        self.assertEqual(self._seen(self.clerk, "track.stock"), set())
        for model in ("track.order", "track.reserve", "track.freight"):
            self.assertEqual(self._seen(self.clerk, model), {"a:center", "a:c1"})

    def test_subscriptions_open_and_shut(self):
        mills, alto = self.subscriptions
        mills.date_until = self._day(-1)
        for user in (self.clerk, self.rep, self.desk):
            self.assertEqual(self._seen(user, "track.stock"), set(), user.login)
        mills.grace_days = 5
        self.assertEqual(self._seen(self.clerk, "track.stock"), {"m:A"})
        # a showroom may pay for all of its distributors, whoever they are
        mills.grace_days = 0
        self._subscription(self.center, service_id=self.inventory.id)
        self.assertEqual(self._seen(self.clerk, "track.stock"), {"m:A", "a:A"})
        self.assertEqual(self._seen(self.neighbour, "track.stock"), set())
        self.assertTrue(alto)

    def test_searches_do_not_tell_of_others(self):
        for domain in (
            [("line_ids.order_id.external_ref", "=", "atelier")],
            [("reserve_ids.external_ref", "=", "atelier")],
            [("post_id.name", "ilike", "file")],
            [("post_id.reject_ids.external_ref", "!=", False)],
        ):
            with self.subTest(domain=domain):
                try:
                    found = self._call(
                        self.clerk, self.env["track.order"], "search", domain
                    )
                except AccessError:
                    continue
                self.assertFalse(found)

    def test_queries_of_a_list_do_not_grow(self):
        orders = self.env["track.order"].with_user(self.clerk)

        def count(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders.search([], limit=limit).read(["name", "status", "as_of"])
            return self.env.cr.sql_log_count - before

        count(1)  # what is kept in memory
        self.assertEqual(count(1), count(4))
