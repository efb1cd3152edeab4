"""What a sample department answers, and what becomes of what comes in."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_common import DESK, RequestCommon


@tagged("post_install", "-at_install")
class TestDesk(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill_user = cls._portal("mill", cls.mill)
        cls.loom_user = cls._portal("loom", cls.loom)
        cls.center_user = cls._portal("center", cls.center)

    def _mill_request(self, *lines, **vals):
        requests = self._send(self._order(list(lines) or None, **vals))
        return requests.filtered(lambda one: one.distributor_id == self.mill)

    def test_rest_of_a_line(self):
        """Some are shipped, some refused, the others come later."""
        request = self._mill_request((self.item, 5))
        line = request.line_ids
        day = self.today + timedelta(days=9)
        self._call(
            self.mill_user,
            request,
            "desk_answer",
            [
                {"line_id": line.id, "kind": "backorder", "until": str(day)},
                {"line_id": line.id, "kind": "ship", "quantity": 2},
                {
                    "line_id": line.id,
                    "kind": "refuse",
                    "quantity": 1,
                    "reason": "limit",
                },
            ],
            tracking="1Z 999",
        )
        self.assertEqual((line.shipped_qty, line.refused_qty, line.open_qty), (2, 1, 2))
        self.assertEqual((line.state, line.backordered_until), ("backorder", day))
        entries = {entry.kind: entry for entry in request.entry_ids}
        self.assertEqual(entries["backorder"].quantity, 2)
        self.assertEqual(entries["ship"].tracking, "1Z 999")
        self.assertFalse(entries["refuse"].tracking)
        self.assertEqual(
            set(request.entry_ids.mapped("answered_by")), {self.mill_user.name}
        )

    def test_all_that_is_wrong_is_told(self):
        request = self._mill_request((self.item, 1), (self.other_item, 1))
        first, second = request.line_ids
        with self.assertRaises(UserError) as caught:
            self._answer(
                request,
                {"line_id": first.id, "kind": "ship", "quantity": 2},
                {"line_id": second.id, "kind": "refuse", "quantity": 1},
            )
        self.assertIn("Willow Sage: give 1 to 1", str(caught.exception))
        self.assertIn("Say why Willow Mist", str(caught.exception))
        self.assertFalse(request.entry_ids)

    def test_one_answer_of_a_kind(self):
        request = self._mill_request((self.item, 3))
        ship = {"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}
        with self.assertRaisesRegex(UserError, "answered twice"):
            self._answer(request, ship, ship)

    def test_the_same_form_is_done_once(self):
        request = self._mill_request((self.item, 3))
        ship = {"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}
        for done in (True, False):
            self.assertEqual(
                self._call(
                    self.mill_user, request, "desk_answer", [ship], key="a" * 20
                ),
                done,
            )
        self.assertEqual(request.line_ids.shipped_qty, 1)
        self._call(self.mill_user, request, "desk_answer", [ship], key="b" * 20)
        self.assertEqual(request.line_ids.shipped_qty, 2)

    def test_who_may(self):
        request = self._mill_request()
        ship = [{"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}]
        public = self.env.ref("base.public_user")
        for user in (self.loom_user, self.center_user, self.clerk, public):
            for method, args in (
                ("desk_answer", [ship]),
                ("desk_lines", []),
                ("desk_ship_all", []),
                ("action_print_tickets", []),
            ):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(AccessError),
                ):
                    self._call(user, request, method, *args)
        self.assertFalse(request.entry_ids)
        self.assertFalse(request.printed_at)
        for odd in (None, "x", [None], [[]], [{"line_id": "x"}], [{"until": "never"}]):
            with self.subTest(odd), self.assertRaises(UserError):
                self._call(self.mill_user, request, "desk_answer", odd)

    def test_ship_all_leaves_duplicates(self):
        self._mill_request((self.item, 1))
        request = self._mill_request((self.item, 1), (self.other_item, 2))
        self._call(self.mill_user, request, "desk_ship_all")
        same, other = request.line_ids
        self.assertEqual((same.state, other.state), ("new", "shipped"))

    def test_first_come(self):
        """Who asked first gets first, the last one a part, and never more than came."""
        now = fields.Datetime.now()
        requests = [self._mill_request((self.item, count)) for count in (2, 3, 4)]
        lines = self.env["sample.request.line"]
        # the second one was first
        for request, days in zip(requests, (2, 3, 1), strict=True):
            request.line_ids.requested_at = now - timedelta(days=days)
            lines |= request.line_ids
        first, second, third = (request.line_ids for request in requests)
        for count, shares in (
            (0, {}),
            (1, {second: 1}),
            (3, {second: 3}),
            (4, {second: 3, first: 1}),
            (6, {second: 3, first: 2, third: 1}),
            (99, {second: 3, first: 2, third: 4}),
        ):
            with self.subTest(count):
                self.assertEqual(lines._fill(count), shares)
                self.assertEqual(list(lines._fill(count)), list(shares))

    def test_two_lines_of_one_moment(self):
        request = self._mill_request((self.item, 2), (self.other_item, 2))
        self.assertEqual(
            list(request.line_ids[::-1]._fill(3).items()),
            [(request.line_ids[0], 2), (request.line_ids[1], 1)],
        )

    def test_proposal_is_one_look_up(self):
        """Nor does it grow with those who wait; duplicates and others are left out."""
        model = self.env["sample.request"].with_user(self.mill_user)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            model._desk_domain()
            before = self.cr.sql_log_count
            shares, twins = model._propose_fill(self.item.id, 99)
            return self.cr.sql_log_count - before, len(shares), len(twins)

        def ask(*names):
            for name in names:
                self._mill_request((self.item, 1), person_id=False, recipient_name=name)

        ask("A", "B")
        queries()
        few, shares, _twins = queries()
        self.assertEqual(shares, 2)
        ask(*"CDEFGHIJ")
        many, shares, _twins = queries()
        self.assertEqual(shares, 10)
        self.assertLessEqual(many, few)
        # the same designer twice: the second one is a duplicate
        self._mill_request((self.item, 1))
        self._mill_request((self.item, 1))
        self._send(self._order([(self.loom_item, 1)]))
        _many, shares, twins = queries()
        self.assertEqual((shares, twins), (11, 1))
        theirs = self.env["sample.request"].with_user(self.loom_user)
        self.assertFalse(theirs._propose_fill(self.item.id, 99)[0])
        nobody = self.env["sample.request"].with_user(self.center_user)
        self.assertFalse(nobody._propose_fill(self.item.id, 99)[0])

    def test_fill_once_and_as_proposed(self):
        first = self._mill_request((self.item, 1))
        second = self._mill_request(
            (self.item, 5), person_id=False, recipient_name="Nora"
        )
        model = self.env["sample.request"].with_user(self.mill_user)
        expected = {first.line_ids.id: 1, second.line_ids.id: 2}
        with self.assertRaisesRegex(UserError, "meanwhile"):
            model._ship_fill(self.item.id, 4, expected, key="k" * 20)
        with self.assertRaisesRegex(UserError, "meanwhile"):
            model._ship_fill(self.item.id, 3, {}, key="k" * 20)
        shipped = model._ship_fill(self.item.id, 3, expected, key="k" * 20)
        self.assertEqual(shipped, first | second)
        self.assertFalse(model._ship_fill(self.item.id, 3, expected, key="k" * 20))
        # what is left would be the same proposal again
        self.assertFalse(
            model._ship_fill(self.item.id, 2, {second.line_ids.id: 2}, key="k" * 20)
        )
        self.assertEqual(
            (first.line_ids.shipped_qty, second.line_ids.shipped_qty), (1, 2)
        )
        self.assertEqual(
            first.notice_ids.filtered(lambda n: n.kind == "answer").mapped("email"),
            ["center@example.com", "dora@example.com"],
        )

    def test_entered_by_the_desk(self):
        """Somebody phones a distributor who is a company of this system."""
        self.mill.sample_duplicate_days = 0
        company = self.env["res.company"].create(
            {"name": "Mill Inc.", "partner_id": self.mill.id}
        )
        desk = self._user(
            "desk", DESK, company_ids=[(6, 0, (company | self.company).ids)]
        )
        for source in ("phone", "fax", "post"):
            with self.subTest(source):
                order = self._order(
                    [(self.item, 2)], user=desk, library_id=False, source=source
                )
                (request,) = self._send(order, desk)
                self.assertEqual(order.source, source)
                self.assertEqual(request.desk_company_id, company)
                self._call(desk, request, "desk_ship_all")
                self.assertEqual((request.state, order.state), ("done", "done"))
