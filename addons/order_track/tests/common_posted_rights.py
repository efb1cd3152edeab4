"""Records of two distributors, and what somebody can get hold of by RPC."""

from odoo.exceptions import AccessError, UserError

from .common_posted import PostedCommon

MODELS = {
    "track.order": "name",
    "track.order.line": "item_code",
    "track.reserve": "name",
    "track.freight": "name",
    "track.customer": "name",
    "track.stock": "item_code",
    "track.stock.piece": "piece",
    "track.mill.order": "name",
    "track.product": "item_code",
    "track.post": "name",
    "track.post.reject": "external_ref",
}
STOCK = {"track.stock", "track.stock.piece", "track.mill.order"}


class PostedRightsCommon(PostedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._relation(cls.alto, cls.atelier, account_number="A-ATN")
        cls.subscriptions = [
            cls._open_inventory(cls.mills, cls.mills, cls.center, cls.rep.partner_id),
            cls._open_inventory(cls.alto, cls.alto),
        ]
        cls.employee = cls._employee("po_staff", "trade_network.group_trade_user")
        cls.outsider = cls._employee("po_outsider")
        cls.stranger = cls._portal_user("po_stranger")

    def setUp(self):
        super().setUp()
        for user, center, atelier in (
            (self.desk, "DC14", "ATN"),
            (self.other_desk, "A-1014", "A-ATN"),
        ):
            rep = "R-5" if user == self.desk else ""
            self._post(
                "customer",
                [
                    "account_number,name,showroom,rep",
                    f"C-1,One,{center},{rep}",
                    f"C-2,Two,{atelier},",
                    "C-3,Three,?,",
                ],
                user=user,
            )
            self._post(
                "order",
                [
                    "external_ref,account_number,item_code,quantity",
                    f"center,{center},A,1",
                    f"atelier,{atelier},A,1",
                    "c1,C-1,A,1",
                    *(["designer,TR-1,A,1"] if user == self.desk else []),
                ],
                user=user,
            )
            self._post(
                "reserve",
                [
                    "external_ref,account_number,item_code,quantity",
                    f"center,{center},A,1",
                    f"atelier,{atelier},A,1",
                    "c1,C-1,A,1",
                ],
                user=user,
            )
            self._post(
                "freight",
                ["external_ref,account_number", f"center,{center}", "c1,C-1"],
                user=user,
            )
            self._post("stock", ["item_code,piece,on_hand", "A,R1,5"], user=user)
            self._post("mill_order", ["name,item_code", "M1,A"], user=user)
            self._post("product", ["item_code", "A"], user=user)

    def _records(self, model):
        return self.env[model].with_context(active_test=False).search([])

    def _name(self, record):
        """What the tests call a record: distributor and key."""
        parent = record
        for path in ("order_id", "stock_id", "post_id"):
            if path in record and record._name in (
                "track.order.line", "track.stock.piece", "track.post.reject"
            ):  # fmt: skip
                parent = record[path]
        mark = "m" if parent.distributor_id == self.mills else "a"
        return (
            f"{mark}:{parent['external_ref' if 'external_ref' in parent else 'kind']}"
        )

    def _seen(self, user, model):
        """Names of the records a user reaches, by every way to read.

        :raise AssertionError: when the ways differ
        """
        every, field = self._records(model), MODELS[model]
        domain = [("id", "in", every.ids)]
        empty = self.env[model]
        found = set(self._call(user, empty, "search", domain))
        self.assertEqual(self._call(user, empty, "search_count", domain), len(found))
        listed = self._call(user, empty, "search_read", domain, [field])
        self.assertEqual({row["id"] for row in listed}, found)
        named = self._call(user, empty, "name_search", "", domain, limit=None)
        self.assertEqual({row[0] for row in named}, found)
        groups = self._call(
            user, empty, "formatted_read_group", domain, [field], ["__count"]
        )
        self.assertEqual(sum(group["__count"] for group in groups), len(found))
        for record in every:
            for method, *args in (
                ("read", [field]),
                ("web_read", {field: {}}),
                ("export_data", [field]),
            ):
                with self.subTest(user=user.login, model=model, method=method):
                    if method == "export_data":
                        with self.assertRaises(UserError):
                            self._call(user, record, method, *args)
                    elif record.id in found:
                        self.assertTrue(self._call(user, record, method, *args))
                    else:
                        with self.assertRaises(AccessError):
                            self._call(user, record, method, *args)
        return {self._name(record) for record in every if record.id in found}

    def _assert_nothing(self, user, model):
        for method, *args in (
            ("search", []),
            ("search_read", [], ["id"]),
            ("name_search", ""),
            ("formatted_read_group", [], [], ["__count"]),
        ):
            with self.subTest(user=user.login, model=model, method=method):
                with self.assertRaises(AccessError):
                    self._call(user, self.env[model], method, *args)
        with self.assertRaises(AccessError):
            self._call(user, self._records(model), "read", ["id"])
