"""Whose figures one reads: those of what one sees, by every way to read."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CLERK
from .request_common import DESK, RequestCommon

EXPORT = "base.group_allow_export"
FIELDS = ["kind", "date", "person_id", "showroom_id", "quantity", "value_not_returned"]


@tagged("post_install", "-at_install")
class TestUsageRights(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.env["res.company"].create({"name": "Sample There"})
        cls.far_clerk = cls._user(
            "far", CLERK, company_id=cls.there.id, company_ids=cls.there.ids
        )
        cls.far_library = cls._library(
            cls.studio, cls.far_clerk, company_id=cls.there.id, name="Far"
        )
        # the mill is a company of this system, and answers here
        cls.mill_company = cls.env["res.company"].create(
            {"name": "Sample Mill Company", "partner_id": cls.mill.id}
        )
        cls.desk = cls._user(
            "desk",
            DESK,
            company_id=cls.mill_company.id,
            company_ids=cls.mill_company.ids,
        )
        for user in (cls.clerk, cls.neighbour, cls.manager, cls.far_clerk, cls.desk):
            user.group_ids |= cls.env.ref(EXPORT)
        cls.plain = cls._user("plain")
        cls.portals = {
            "designer": cls._portal("p_designer", cls.designer),
            "stranger": cls._portal("p_stranger", cls.other_designer),
            "center": cls._portal("p_center", cls.center),
            "atelier": cls._portal("p_atelier", cls.atelier),
            "rep": cls._portal("p_rep", cls.rep),
            "mill": cls._portal("p_mill", cls.mill),
            "loom": cls._portal("p_loom", cls.loom),
        }
        # users of tests share an address, which would make duplicates
        cls.designer.email = "dora@example.com"
        cls.other_designer.email = "dirk@example.com"

    def setUp(self):
        super().setUp()
        # a loan at each library, and requests of both showrooms
        self._lend(self._copy("RIGHT-OWN"))
        self._lend(
            self._copy("RIGHT-OTHER", library=self.other_library),
            self.other_designer,
            user=self.neighbour,
        )
        self._lend(
            self._copy("RIGHT-FAR", library=self.far_library),
            self.other_designer,
            user=self.far_clerk,
        )
        center = self._send(self._order(rep_id=self.rep.id))
        atelier = self._send(
            self._order(
                [(self.item, 3)],
                user=self.neighbour,
                library_id=self.other_library.id,
                person_id=self.other_designer.id,
            ),
            user=self.neighbour,
        )
        for request in center | atelier:
            self._answer(
                request,
                *(
                    {"line_id": line.id, "kind": "ship", "quantity": line.quantity}
                    for line in request.line_ids
                ),
            )
        self.env.flush_all()
        report = self.env["sample.usage.report"]
        by_name = {
            "loan own": [("library_id", "=", self.library.id), ("source", "=", "loan")],
            "loan other": [
                ("library_id", "=", self.other_library.id),
                ("source", "=", "loan"),
            ],
            "loan far": [("library_id", "=", self.far_library.id)],
            "center mill": [
                ("showroom_id", "=", self.center.id),
                ("kind", "=", "shipped"),
                ("distributor_id", "=", self.mill.id),
            ],
            "center loom": [
                ("showroom_id", "=", self.center.id),
                ("distributor_id", "=", self.loom.id),
            ],
            "atelier mill": [
                ("showroom_id", "=", self.atelier.id),
                ("kind", "=", "shipped"),
            ],
        }
        self.rows = {name: report.search(domain) for name, domain in by_name.items()}
        for row in self.rows.values():
            self.assertEqual(len(row), 1)

    def _seen(self, user):
        """Names of the rows a user reaches, by every way to read."""
        every = self.env["sample.usage.report"].concat(*self.rows.values())
        empty, domain = every.browse(), [("id", "in", every.ids)]
        found = self._call(user, empty, "search", domain)
        self.assertEqual(self._call(user, empty, "search_count", domain), len(found))
        listed = self._call(user, empty, "search_read", domain, FIELDS)
        self.assertEqual({row["id"] for row in listed}, set(found))
        for groupby in ("kind", "showroom_id", "company_id"):
            groups = self._call(
                user, empty, "formatted_read_group", domain, [groupby], ["__count"]
            )
            self.assertEqual(sum(group["__count"] for group in groups), len(found))
        sums = self._call(
            user, empty, "formatted_read_group", domain, [], ["quantity:sum"]
        )
        expected = sum(row.quantity for row in every if row.id in found)
        self.assertEqual(sums[0]["quantity:sum"] or 0, expected)
        for row in every:
            for method, *args in (
                ("read", FIELDS),
                ("export_data", FIELDS),
                ("web_read", {name: {} for name in FIELDS}),
            ):
                with self.subTest(user=user.login, method=method, row=row.id):
                    if method == "export_data" and not user.has_group(EXPORT):
                        with self.assertRaises(UserError):
                            self._call(user, row, method, *args)
                    elif row.id in found:
                        self.assertTrue(self._call(user, row, method, *args))
                    else:
                        with self.assertRaises(AccessError):
                            self._call(user, row, method, *args)
        return {name for name, row in self.rows.items() if row.id in found}

    def test_staff(self):
        for user, names in (
            (self.clerk, {"loan own", "center mill", "center loom"}),
            (self.neighbour, {"loan other", "atelier mill"}),
            (self.far_clerk, {"loan far"}),
            (
                self.manager,
                {
                    "loan own",
                    "loan other",
                    "center mill",
                    "center loom",
                    "atelier mill",
                },
            ),
            (self.desk, {"center mill", "atelier mill"}),
        ):
            with self.subTest(user.login):
                self.assertEqual(self._seen(user), names)

    def test_portal(self):
        for code, names in (
            ("designer", {"loan own", "center mill", "center loom"}),
            ("stranger", {"loan other", "loan far", "atelier mill"}),
            ("center", {"center mill", "center loom"}),
            ("atelier", {"atelier mill"}),
            ("rep", {"center mill", "center loom"}),
            ("mill", {"center mill", "atelier mill"}),
            ("loom", {"center loom"}),
        ):
            with self.subTest(code):
                seen = self._seen(self.portals[code])
                # a portal user has one company, and loans of another are not his
                self.assertEqual(seen, names - {"loan far"})

    def test_others_read_nothing(self):
        for method, *args in (
            ("search", []),
            ("search_read", [], FIELDS),
            ("formatted_read_group", [], [], ["__count"]),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self._call(self.plain, self.env["sample.usage.report"], method, *args)

    def test_nobody_writes(self):
        row = self.rows["loan own"]
        for method, *args in (("write", {"quantity": 5}), ("unlink",)):
            with self.subTest(method), self.assertRaises(AccessError):
                self._call(self.manager, row, method, *args)
