"""What a distributor answers, how it adds up, and who is told."""

from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_common import DESK, RequestCommon


@tagged("post_install", "-at_install")
class TestAnswer(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.soon = fields.Date.today() + timedelta(days=20)

    def setUp(self):
        super().setUp()
        self.order = self._order(
            [(self.item, 5), (self.other_item, 1), (self.loom_item, 1)],
            rep_id=self.rep.id,
        )
        requests = self._send(self.order)
        self.request = requests.filtered(lambda one: one.distributor_id == self.mill)
        self.other = requests - self.request
        self.five, self.one = self.request.line_ids

    def _ship(self, line, quantity, **vals):
        return {"line_id": line.id, "kind": "ship", "quantity": quantity, **vals}

    def _later(self, line, until=None):
        return {"line_id": line.id, "kind": "backorder", "until": until or self.soon}

    def _no(self, line, quantity, reason="gone", **vals):
        vals = {"quantity": quantity, "reason": reason, **vals}
        return {"line_id": line.id, "kind": "refuse", **vals}

    def test_partly_shipped_rest_later(self):
        self._answer(
            self.request,
            self._later(self.five),
            self._ship(self.five, 2),
            self._no(self.one, 1, "discontinued"),
            tracking="1Z999AA10123456784",
        )
        self.assertEqual((self.five.shipped_qty, self.five.open_qty), (2, 3))
        self.assertEqual(self.five.state, "backorder")
        self.assertEqual(self.five.backordered_until, self.soon)
        self.assertEqual((self.one.state, self.one.open_qty), ("refused", 0))
        self.assertEqual(self.request.state, "backorder")
        entries = {entry.kind: entry for entry in self.request.entry_ids}
        self.assertEqual(entries["backorder"].quantity, 3)
        self.assertEqual(entries["ship"].tracking, "1Z999AA10123456784")
        self.assertFalse(entries["refuse"].tracking)
        self.assertEqual(set(self.request.entry_ids.mapped("round")), {1})
        for entry in self.request.entry_ids:
            self.assertEqual(entry.showroom_id, self.center)
            self.assertEqual(entry.distributor_id, self.mill)
            self.assertEqual(entry.answered_by, "mill@example.com")
        self.assertEqual(self.order.state, "sent")

    def test_done_when_nothing_is_open(self):
        self._answer(self.request, self._later(self.five), self._ship(self.one, 1))
        self.assertEqual(self.request.state, "backorder")
        self._answer(self.request, self._ship(self.five, 5))
        self.assertEqual(self.five.state, "shipped")
        self.assertFalse(self.five.backordered_until)
        self.assertEqual(self.request.state, "done")
        self.assertTrue(self.request.done_at)
        self.assertEqual(self.order.state, "sent")
        self._answer(self.other, self._no(self.other.line_ids, 1))
        self.assertEqual(self.order.state, "done")

    def test_nothing_by_halves(self):
        wrong = [
            ([], "Nothing is answered"),
            ([self._ship(self.five, 0)], "give 1 to 5"),
            ([self._ship(self.five, -1)], "give 1 to 5"),
            ([self._ship(self.five, 6)], "give 1 to 5"),
            ([self._ship(self.five, 3), self._ship(self.five, 3)], "answered twice"),
            (
                [self._later(self.five, fields.Date.today() - timedelta(2))],
                "in the past",
            ),
            ([self._later(self.five, fields.Date.to_date("2999-01-01"))], "too far"),
            ([{"line_id": self.five.id, "kind": "backorder"}], "is expected"),
            ([self._no(self.five, 1, "")], "Say why"),
            ([self._no(self.five, 1, "cancelled")], "Say why"),
            ([self._no(self.five, 1, "other")], "into words"),
            ([{"line_id": self.five.id, "kind": "burn"}], "Choose an answer"),
            ([self._ship(self.other.line_ids, 1)], "not on this request"),
            # nothing is left for later
            ([self._later(self.five), self._ship(self.five, 5)], "answered already"),
        ]
        for answers, message in wrong:
            good = self._ship(self.one, 1)
            with self.assertRaisesRegex(UserError, message):
                self._answer(self.request, *([good] if answers else []), *answers)
        self.assertFalse(self.request.entry_ids)
        self.assertEqual(self.request.round, 0)

    def test_answered_before(self):
        self._answer(self.request, self._ship(self.one, 1))
        with self.assertRaisesRegex(UserError, "answered already"):
            self._answer(self.request, self._no(self.one, 1))

    def test_everybody_is_told_once(self):
        self._mail_out()
        self._answer(self.request, self._ship(self.one, 1), self._later(self.five))
        mails = self._mail_out()
        told = {"dora@example.com", "center@example.com", "rory@example.com"}
        self.assertEqual(set(mails), told)
        for address in told:
            (mail,) = mails[address]
            text = mail.get_body(("html",)).get_content()
            self.assertIn("Willow Sage", text)
            self.assertIn(f"/my/samples/requests/{self.request.id}", text)
        self.assertEqual(self._mail_out(), {})
        self._answer(self.request, self._ship(self.five, 5))
        self.assertEqual(set(self._mail_out()), told)

    def test_refusal_says_why_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.ref(
            "sample_library.selection__sample_request_entry__reason__gone"
        ).with_context(lang="fr_FR").name = "Plus rien"
        self.center.lang = "fr_FR"
        self._mail_out()
        self._answer(self.request, self._no(self.one, 1), self._ship(self.five, 5))
        mails = self._mail_out()
        for address, words in (
            ("dora@example.com", "will not be shipped (No samples left)"),
            ("center@example.com", "(Plus rien)"),
        ):
            body = mails[address][0].get_body(("html",)).get_content()
            text = " ".join(html.fromstring(body).text_content().split())
            self.assertIn(words, text)
            self.assertIn("5 × Willow Sage: shipped", text)
            self.assertEqual(text.count("("), 1)

    def test_one_mail_for_one_address(self):
        self.center.email = "Dora@example.com"
        self.rep.email = False
        self._mail_out()
        self._answer(self.request, self._ship(self.one, 1))
        mails = self._mail_out()
        self.assertEqual(list(mails), ["dora@example.com"])
        self.assertEqual(len(mails["dora@example.com"]), 1)

    def test_who_may_answer(self):
        answers = [{"line_id": self.one.id, "kind": "ship", "quantity": 1}]
        strangers = [
            self.clerk,
            self.manager,
            self._user("desk", DESK),
            self._portal("designer", self.studio),
            self._portal("showroom", self.center),
            self._portal("loom", self.loom),
            self._portal("rep", self.rep),
        ]
        for user in strangers:
            with self.assertRaises(AccessError):
                self._call(user, self.request, "desk_answer", answers)
            with self.assertRaises(AccessError):
                self._call(user, self.request, "desk_lines")
        self.assertFalse(self.request.entry_ids)
        mill = self._portal("mill", self.mill)
        (five, one) = self._call(mill, self.request, "desk_lines")
        self.assertEqual((five["open"], one["open"]), (5, 1))
        self._call(mill, self.request, "desk_answer", answers, tracking="T1")
        self.assertEqual(self.one.state, "shipped")
        self.assertEqual(self.request.entry_ids.answered_by, mill.name)

    def test_what_comes_over_rpc(self):
        mill = self._portal("mill", self.mill)
        for answers in ([5], ["x"], [{"line_id": "x"}], [None]):
            with self.assertRaisesRegex(UserError, "no answer"):
                self._call(mill, self.request, "desk_answer", answers)

    def test_company_that_is_the_distributor(self):
        there = self.env["res.company"].create({"name": "Sample Works"})
        there.partner_id.email = "works@example.com"
        item = self._item("Jute", "Raw", distributor_id=there.partner_id.id)
        order = self._order([(item, 1)])
        request = self._send(order)
        self.assertEqual(request.desk_company_id, there)
        desk = self._user("works", DESK, company_id=there.id, company_ids=there.ids)
        self._call(
            desk,
            request,
            "desk_answer",
            [{"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}],
        )
        self.assertEqual(order.state, "done")
        with self.assertRaises(AccessError):
            self._call(desk, self.request, "read", ["name"])
