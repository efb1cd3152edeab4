"""What is not in the library is one click from an order to its distributor."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestDeskRequest(RequestCommon):
    def _request(self, item=None, person=None, user=None, library=None):
        return self._call(
            user or self.clerk,
            self.env["sample.library"],
            "desk_request",
            (library or self.library).id,
            (person or self.designer).id,
            (item or self.item).id,
        )

    def _missing(self, text, user=None):
        return self._call(
            user or self.clerk,
            self.env["sample.library"],
            "desk_missing",
            self.library.id,
            text,
        )

    def test_one_draft_for_a_person(self):
        answer = self._request()
        self.assertEqual((answer["outcome"], answer["tone"]), ("requested", "success"))
        order = self.env["sample.order"].browse(answer["order_id"])
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft",
                    "source": "counter",
                    "person_id": self.designer.id,
                    "library_id": self.library.id,
                    "showroom_id": self.center.id,
                    "user_id": self.clerk.id,
                    "recipient_name": "Sample Dora",
                }
            ],
        )
        again = self._request()
        self.assertEqual((again["outcome"], again["order_id"]), ("again", order.id))
        self.assertEqual(order.line_ids.mapped("quantity"), [1])
        self.assertEqual(self._request(self.loom_item)["order_id"], order.id)
        self.assertEqual(order.line_ids.item_id, self.item | self.loom_item)
        self._send(order)
        self.assertNotEqual(self._request()["order_id"], order.id)

    def test_others_have_drafts_of_their_own(self):
        colleague = self._user("colleague", "sample_library.group_sample_clerk")
        self.library.clerk_ids |= colleague
        orders = {
            self._request(**kwargs)["order_id"]
            for kwargs in (
                {},
                {"person": self.other_designer},
                {"user": colleague},
                {"user": self.neighbour, "library": self.other_library},
            )
        }
        self.assertEqual(len(orders), 4)

    def test_defaults_of_the_caller(self):
        answer = (
            self.env["sample.library"]
            .with_user(self.clerk)
            .with_context(default_state="sent", default_rep_id=self.rep.id)
            .desk_request(self.library.id, self.designer.id, self.item.id)
        )
        order = self.env["sample.order"].browse(answer["order_id"])
        self.assertEqual((order.state, order.rep_id.id), ("draft", False))

    def test_rights(self):
        rep = self._portal("desk_rep", self.rep)
        for user in (self.neighbour, rep):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._request(user=user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._missing("willow", user)
        self.assertFalse(self.env["sample.order"].search([]).line_ids.filtered(
            lambda line: line.item_id == self.item
        ))  # fmt: skip

    def test_nobody_and_nothing(self):
        company = self.env["res.company"].create({"name": "Desk Company"})
        foreign = self._item("Foreign", "Red", company_id=company.id)
        with self.assertRaises(UserError):
            self._request(foreign)
        for ids in (
            (0, self.item.id),
            ("x", self.item.id),
            (self.designer.id, None),
            (self.designer.id, [self.item.id]),
            (self.designer.id, 2**40),
        ):
            with self.subTest(ids), self.assertRaises(UserError):
                self._call(
                    self.clerk, self.env["sample.library"], "desk_request",
                    self.library.id, *ids,
                )  # fmt: skip

    def test_offered_by_a_scan(self):
        self._copy("MEMO-1")
        self._lend(self.env["sample.copy"].search([("tag", "=", "MEMO-1")]))
        answer = self._scan_out("MEMO-1", self.other_designer)
        self.assertEqual(answer["outcome"], "already_out")
        self.assertEqual(
            answer["requests"],
            [
                {
                    "item_id": self.item.id,
                    "item": "Willow Sage",
                    "person_id": self.other_designer.id,
                    "person": "Sample Dirk",
                }
            ],
        )
        # another one is here
        self._copy("MEMO-2")
        self.assertFalse(self._scan_out("MEMO-1", self.other_designer)["requests"])

    def test_found_nowhere_here(self):
        self.assertEqual(
            self._missing("willow sage"),
            [
                {
                    "id": self.item.id,
                    "item": "Willow Sage",
                    "distributor": "Sample Mill",
                    "copies": 0,
                }
            ],
        )
        memo = self._copy("MEMO-1")
        (one,) = self._missing("willow")
        self.assertEqual(one["item"], "Willow Mist")
        self._lend(memo)
        for text in ("willow sage", "memo-1"):
            (one,) = self._missing(text)
            self.assertEqual((one["id"], one["copies"]), (self.item.id, 1))
        for text in ("", "  ", "nothing like it", None, 7, "\x00", "x" * 9999):
            self.assertEqual(self._missing(text), [], text)

    def test_queries(self):
        library = self.env["sample.library"].with_user(self.clerk)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            library.desk_missing(self.library.id, "willow")
            return self.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(20):
            self._item("Willow", f"Many {number}")
        self.assertLessEqual(queries(), few)
