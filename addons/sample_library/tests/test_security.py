"""Who reaches what: a showroom sees nothing of what another one lends."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.trade_network.tests.crawl import EXPORT, CrawlMixin

from .common import CLERK, SampleCommon

READABLE = {
    "sample.library": ["display_name", "partner_id", "clerk_ids"],
    "sample.place": ["display_name", "library_id", "code"],
    "sample.copy": ["display_name", "tag", "item_id", "person_id", "due_date"],
    "sample.loan": ["display_name", "copy_id", "person_id", "due_date", "project"],
    "sample.wait": ["display_name", "item_id", "person_id"],
    "sample.borrower": ["display_name", "person_id", "lent_count"],
    "sample.scan": ["display_name", "code", "outcome", "answer"],
}


@tagged("post_install", "-at_install")
class TestSecurity(CrawlMixin, SampleCommon):
    readable = READABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in (cls.clerk, cls.neighbour, cls.manager):
            user.group_ids |= cls.env.ref(EXPORT)
        cls.there = cls.env["res.company"].create({"name": "Sample There"})
        cls.far_library = cls._library(
            cls.studio, cls.clerk, company_id=cls.there.id, name="Far"
        )
        cls.libraries = {
            "own": cls.library,
            "other": cls.other_library,
            "far": cls.far_library,
        }
        cls.users = {
            "own": cls.clerk,
            "other": cls.neighbour,
            "far": cls.env["res.users"],
        }
        cls.users["far"] = cls._user(
            "far", CLERK, company_id=cls.there.id, company_ids=cls.there.ids
        )
        cls.far_library.clerk_ids |= cls.users["far"]
        cls.portal = cls._user("portal", "base.group_portal")
        cls.other_portal = cls._user("other_portal", "base.group_portal")
        cls.plain = cls._user("plain", "base.group_user", EXPORT)

    def setUp(self):
        super().setUp()
        self.everything = {model: {} for model in READABLE}
        people = {
            "own": self.portal.partner_id,
            "other": self.other_portal.partner_id,
            "far": self.other_portal.partner_id,
        }
        for name, library in self.libraries.items():
            place = self.env["sample.place"].create(
                {"library_id": library.id, "code": name}
            )
            copy = self._copy(f"SECURE-{name}", library=library)
            loan = self.env["sample.loan"].browse(
                self._scan_out(
                    copy.tag,
                    people[name],
                    user=self.users[name],
                    library=library,
                    uid=f"secure-{name}",
                )["loan_id"]
            )
            wait = self.env["sample.wait"].create(
                {
                    "item_id": self.item.id,
                    "library_id": library.id,
                    "person_id": self.designer.id,
                }
            )
            scan = self.env["sample.scan"].search([("scan_uid", "=", f"secure-{name}")])
            borrower = self.env["sample.borrower"].search(
                [("library_id", "=", library.id)]
            )
            for record in (library, place, copy, loan, wait, borrower, scan):
                self.everything[record._name][name] = record

    def test_clerks_see_their_own_library(self):
        for model in READABLE:
            for name, user in self.users.items():
                with self.subTest(model=model):
                    self.assertEqual(self._seen(user, model), {name})

    def test_clerk_of_two_companies(self):
        self.clerk.company_ids |= self.there
        for model in READABLE:
            self.assertEqual(self._seen(self.clerk, model), {"own", "far"})
        self.clerk.company_id = self.there
        self.clerk.company_ids = self.there
        for model in READABLE:
            self.assertEqual(self._seen(self.clerk, model), {"far"})

    def test_managers_see_their_companies(self):
        for model in READABLE:
            self.assertEqual(self._seen(self.manager, model), {"own", "other"})

    def test_others_see_nothing(self):
        for model in READABLE:
            self._assert_reads_nothing(self.plain, model)
            if model != "sample.loan":
                self._assert_reads_nothing(self.portal, model)

    def test_portal_sees_own_loans(self):
        self.assertEqual(self._seen(self.portal, "sample.loan"), {"own"})
        # and the other one only where he himself may be
        self.assertEqual(self._seen(self.other_portal, "sample.loan"), {"other"})
        loan = self.everything["sample.loan"]["own"]
        for method, *args in (
            ("read", ["note"]),
            ("write", {"due_date": "2099-01-01"}),
            ("unlink",),
            ("action_extend",),
            ("action_lost",),
            ("action_mail_slip",),
        ):
            with self.subTest(method), self.assertRaises(AccessError):
                self._call(self.portal, loan, method, *args)
        self.assertEqual(loan.state, "out")

    def test_methods_are_for_clerks_of_the_library(self):
        copies, libraries = self.env["sample.copy"], self.env["sample.library"]
        library_id, tag = self.library.id, "SECURE-own"
        calls = (
            (copies, "scan_out", library_id, self.designer.id, tag, "secure-0001"),
            (copies, "scan_in", library_id, tag, "secure-0002"),
            (libraries, "desk_person", library_id, "SAMPLE-DORA"),
            (libraries, "desk_find", library_id, tag),
            *(
                (self.everything["sample.copy"]["own"], action)
                for action in ("action_lost", "action_retire", "action_bring_back")
            ),
            *(
                (self.everything["sample.loan"]["own"], action)
                for action in ("action_extend", "action_lost", "action_mail_slip")
            ),
            (self.everything["sample.wait"]["own"], "action_cancel"),
        )
        users = (self.neighbour, self.users["far"], self.plain, self.portal)
        for user in users:
            for target, method, *args in calls:
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(AccessError),
                ):
                    self._call(user, target, method, *args)
        for user in (self.plain, self.portal):
            with self.assertRaises(AccessError):
                self._call(user, libraries, "desk_open")
            with self.assertRaises(UserError):
                self._call(user, copies, "scan_undo", "secure-own")
        self.assertEqual(self.everything["sample.loan"]["own"].state, "out")

    def test_nothing_is_pushed_into_another_library(self):
        theirs = self.other_library.id
        own = self.everything
        for record, vals in (
            (own["sample.place"]["own"], {"library_id": theirs}),
            (self._copy("PUSHED"), {"library_id": theirs}),
            (self._item("Pushed", "Red"), {"company_id": self.there.id}),
        ):
            with self.subTest(record._name), self.assertRaises(AccessError):
                self._call(self.clerk, record, "write", vals)
        rule = self.env["sample.loan.rule"].create({"loan_days": 3})
        with self.assertRaises(AccessError):
            self._call(self.manager, rule, "write", {"company_id": self.there.id})
        for model, vals in (
            ("sample.copy", {"item_id": self.item.id}),
            ("sample.place", {"code": "X"}),
            (
                "sample.wait",
                {"item_id": self.item.id, "person_id": self.other_designer.id},
            ),
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self._call(
                    self.clerk,
                    self.env[model],
                    "create",
                    {"library_id": theirs, **vals},
                )

    def test_clerk_changes_no_terms(self):
        for record, vals in (
            (self.library, {"loan_days": 99}),
            (self.library, {"clerk_ids": [Command.link(self.neighbour.id)]}),
            (self.everything["sample.scan"]["own"], {"outcome": "x"}),
            (self.everything["sample.loan"]["own"], {"due_date": "2099-01-01"}),
            # the next one is lost for nothing
            (self.item, {"charge": 0}),
            (self.item, {"currency_id": self.env.ref("base.EUR").id}),
        ):
            with self.assertRaises(AccessError):
                self._call(self.clerk, record, "write", vals)
        rule = self.env["sample.loan.rule"].create({"loan_days": 3})
        self._call(self.clerk, rule, "read", ["loan_days"])
        with self.assertRaises(AccessError):
            self._call(self.clerk, rule, "write", {"loan_days": 99})
        self._call(self.manager, rule, "write", {"loan_days": 5})

    def test_rules_of_other_libraries(self):
        rule = self.env["sample.loan.rule"].create(
            {"loan_days": 3, "library_id": self.other_library.id}
        )
        with self.assertRaises(AccessError):
            self._call(self.clerk, rule, "read", ["loan_days"])
        self._call(self.neighbour, rule, "read", ["loan_days"])

    def test_reports_follow_the_rights(self):
        loan = self.everything["sample.loan"]["other"]
        copy = self.everything["sample.copy"]["other"]
        sheet = self.env["sample.label.print"].with_user(self.clerk)
        with self.assertRaises(AccessError):
            sheet.create({"copy_ids": copy.ids})
        # nor the sheet that a manager has begun
        sheet = self._call(self.manager, sheet, "create", {"copy_ids": copy.ids})
        sheet = self.env["sample.label.print"].browse(sheet)
        report = self.env["ir.actions.report"].with_user(self.clerk)
        self.env.invalidate_all()
        for name, record in (
            ("sample_library.report_slip", loan),
            ("sample_library.report_label", copy),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                report._render_qweb_html(name, record.ids)
        # what he may not see is not on the sheet
        html, _kind = report._render_qweb_html(
            "sample_library.report_label_sheet", sheet.ids
        )
        self.assertNotIn(copy.tag, html.decode())
