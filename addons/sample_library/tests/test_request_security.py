"""Who reaches which orders and requests: by list, id, search, export or method."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.trade_network.tests.crawl import EXPORT, CrawlMixin

from .common import CLERK
from .request_common import DESK, RequestCommon

READABLE = {
    "sample.order": ["display_name", "project", "recipient_name", "ship_address"],
    "sample.request": ["display_name", "project", "recipient_name", "ship_address"],
    "sample.request.line": ["display_name", "quantity", "state", "twin_key"],
    "sample.request.entry": ["display_name", "kind", "quantity", "answered_by"],
    "sample.request.notice": ["display_name", "email", "error"],
    "sample.request.link": ["display_name", "email", "state"],
}
STAFF_ONLY = ("sample.request.notice", "sample.request.link")


@tagged("post_install", "-at_install")
class TestRequestSecurity(CrawlMixin, RequestCommon):
    """``own``: Sample Center asks the mill, for Dora, by the rep.

    ``other``: Sample Atelier asks the loom, for Dirk. ``far``: another company asks
    the mill. ``draft``: what Sample Center has not sent yet.
    """

    readable = READABLE

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
        for user in (cls.clerk, cls.neighbour, cls.manager, cls.far_clerk):
            user.group_ids |= cls.env.ref(EXPORT)
        cls.plain = cls._user("plain", "base.group_user", EXPORT)
        cls.people = {
            "mill": cls._portal("mill", cls.mill),
            "loom": cls._portal("loom", cls.loom),
            "center": cls._portal("center", cls.center),
            "atelier": cls._portal("atelier", cls.atelier),
            "dora": cls._portal("dora", cls.designer),
            "rep": cls._portal("rep", cls.rep),
            "nobody": cls._user("nobody", "base.group_portal"),
        }

    def setUp(self):
        super().setUp()
        self.everything = {model: {} for model in READABLE}
        orders = {
            "own": self._order([(self.item, 1)], rep_id=self.rep.id),
            "other": self._order(
                [(self.loom_item, 1)],
                user=self.neighbour,
                library_id=self.other_library.id,
                person_id=self.other_designer.id,
            ),
            "far": self._order(
                [(self.other_item, 1)],
                user=self.far_clerk,
                library_id=self.far_library.id,
                person_id=self.other_designer.id,
            ),
        }
        for name, order in orders.items():
            request = self._send(order, user=order.user_id)
            line = request.line_ids
            self._answer(request, {"line_id": line.id, "kind": "ship", "quantity": 1})
            notice = request.notice_ids.filtered(lambda one: one.kind == "request")
            link = self.env["sample.request.link"].create(
                {"request_id": request.id, "email": "x@example.com"}
            )
            for record in (order, request, line, request.entry_ids, notice, link):
                self.everything[record._name][name] = record
        draft = self._order([(self.other_item, 1)], rep_id=self.rep.id)
        self.everything["sample.order"]["draft"] = draft
        self.everything["sample.request.line"]["draft"] = draft.line_ids

    def _expected(self, model, *names):
        return set(names) & self.everything[model].keys()

    def test_clerks(self):
        for model in READABLE:
            for user, names in (
                (self.clerk, ("own", "draft")),
                (self.neighbour, ("other",)),
                (self.far_clerk, ("far",)),
                (self.manager, ("own", "other", "draft")),
            ):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(
                        self._seen(user, model), self._expected(model, *names)
                    )

    def test_portal(self):
        for model in READABLE.keys() - set(STAFF_ONLY):
            for person, names in (
                ("center", ("own",)),
                ("atelier", ("other",)),
                ("dora", ("own",)),
                ("rep", ("own",)),
                ("nobody", ()),
                # who is asked sees what he is asked for, not the whole order
                ("mill", () if model == "sample.order" else ("own",)),
                ("loom", () if model == "sample.order" else ("other",)),
            ):
                with self.subTest(model=model, user=person):
                    self.assertEqual(self._seen(self.people[person], model), set(names))
        for model in STAFF_ONLY:
            for person in self.people.values():
                self._assert_reads_nothing(person, model)

    def test_others_see_nothing(self):
        for model in READABLE:
            self._assert_reads_nothing(self.plain, model)

    def test_sample_department(self):
        self.mill.is_company = True
        works = self.env["res.company"].create({"name": "Works"})
        item = self._item("Jute", "Raw", distributor_id=works.partner_id.id)
        order = self._order([(item, 1), (self.item, 1)])
        requests = self._send(order)
        desk = self._user(
            "works", DESK, EXPORT, company_id=works.id, company_ids=works.ids
        )
        asked = requests.filtered("desk_company_id")
        for record in (asked, asked.line_ids):
            found = self._call(desk, record.browse(), "search", [])
            self.assertEqual(found, record.ids)
        self.assertFalse(self._call(desk, self.env["sample.order"], "search", []))
        for model in READABLE:
            self.assertFalse(self._seen(desk, model))

    def test_portal_writes_nothing(self):
        everything = self.everything
        for person in self.people.values():
            for record, method, *args in (
                (everything["sample.order"]["draft"], "action_send"),
                (everything["sample.order"]["own"], "action_cancel"),
                (everything["sample.order"]["own"], "write", {"note": "x"}),
                (everything["sample.order"]["draft"], "unlink"),
                (everything["sample.request"]["own"], "write", {"note": "x"}),
                (everything["sample.request"]["own"], "action_cancel"),
                (everything["sample.request"]["own"], "action_mail_again"),
                (everything["sample.request"]["own"], "action_revoke_links"),
                (everything["sample.request"]["own"], "unlink"),
                (everything["sample.request.line"]["draft"], "write", {"quantity": 2}),
                (everything["sample.request.line"]["draft"], "unlink"),
                (everything["sample.request.entry"]["own"], "write", {"note": "x"}),
                (everything["sample.request.notice"]["own"], "action_send_again"),
                (everything["sample.request.link"]["own"], "action_revoke"),
                (self.env["sample.order"], "create", {"note": "x"}),
                (self.env["sample.request"], "create", {"name": "x"}),
                (self.env["sample.request.link"], "create", {"email": "x@x.example"}),
            ):
                with self.subTest(user=person.login, method=method, model=record._name):
                    with self.assertRaises(AccessError):
                        self._call(person, record, method, *args)

    def test_neighbour_acts_on_nothing(self):
        everything = self.everything
        for record, method, *args in (
            (everything["sample.order"]["draft"], "action_send"),
            (everything["sample.order"]["own"], "action_cancel"),
            (everything["sample.order"]["draft"], "write", {"project": "x"}),
            (everything["sample.request"]["own"], "action_cancel"),
            (everything["sample.request"]["own"], "action_mail_again"),
            (everything["sample.request"]["own"], "action_revoke_links"),
            (everything["sample.request.line"]["draft"], "write", {"quantity": 2}),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                self._call(self.neighbour, record, method, *args)

    def test_not_in_the_name_of_another_library(self):
        with self.assertRaises(AccessError):
            self._order(user=self.neighbour, library_id=self.library.id)
        mine = self._order(user=self.neighbour, library_id=self.other_library.id)
        with self.assertRaises(AccessError):
            self._call(self.neighbour, mine, "write", {"library_id": self.library.id})

    def test_line_is_not_pushed_into_another_order(self):
        mine = self._order(user=self.neighbour, library_id=self.other_library.id)
        draft = self.everything["sample.order"]["draft"]
        with self.assertRaises(AccessError):
            self._call(
                self.neighbour, mine.line_ids[0], "write", {"order_id": draft.id}
            )
        with self.assertRaises(AccessError):
            self._call(
                self.neighbour,
                self.env["sample.request.line"],
                "create",
                {"order_id": draft.id, "item_id": self.item.id},
            )

    def test_address_of_the_department(self):
        """Whoever sets it decides who answers in the distributor's name."""
        person = self.people["mill"]
        for vals in ({"sample_email": "x@example.com"}, {"sample_duplicate_days": 0}):
            for user in (person, self.people["center"]):
                with self.assertRaises(AccessError):
                    self._call(user, self.mill, "write", vals)

    def test_branch_sees_its_own(self):
        branch = self.env["res.partner"].create(
            {"name": "Branch", "parent_id": self.center.id, "is_company": True}
        )
        library = self._library(branch, self.clerk, name="Branch")
        request = self._send(self._order([(self.item, 1)], library_id=library.id))
        self.assertEqual(request.showroom_id, branch)
        self.assertNotIn(
            request.id,
            self._call(self.people["atelier"], request.browse(), "search", []),
        )
        worker = self.env["res.partner"].create(
            {"name": "Worker", "parent_id": branch.id, "email": "w@example.com"}
        )
        branch.trade_role_ids = [Command.link(self.roles["showroom"].id)]
        user = self._portal("worker", worker)
        self.assertIn(request.id, self._call(user, request.browse(), "search", []))

    def test_no_showroom_is_nobodys(self):
        order = self._order(
            [(self.item, 1)], library_id=False, showroom_id=False, user=self.manager
        )
        request = self._send(order, user=self.manager)
        self.assertFalse(request.showroom_id)
        loner = self._portal(
            "loner",
            self.env["res.partner"].create(
                {
                    "name": "Loner",
                    "trade_role_ids": [
                        Command.link(self.roles["showroom"].id),
                        Command.link(self.roles["sales_rep"].id),
                    ],
                }
            ),
        )
        self.assertFalse(self._call(loner, request.browse(), "search", []))
        with self.assertRaises(AccessError):
            self._call(loner, request, "read", ["name"])
