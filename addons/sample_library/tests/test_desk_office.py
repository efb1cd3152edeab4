"""The sample department of a distributor that is a company of this system."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .request_common import DESK, RequestCommon


@tagged("post_install", "-at_install")
class TestDeskOffice(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill_company = cls.env["res.company"].create(
            {"name": "Mill Inc.", "partner_id": cls.mill.id}
        )
        cls.desk = cls._user(
            "desk",
            DESK,
            company_id=cls.mill_company.id,
            company_ids=[(6, 0, cls.mill_company.ids)],
        )
        cls.other_desk = cls._user("other_desk", DESK)

    def _request(self, *lines, **vals):
        (request,) = self._send(self._order(list(lines), **vals))
        return request

    def _window(self, request, user=None):
        return Form(
            self.env["sample.desk.answer"]
            .with_user(user or self.desk)
            .with_context(
                active_model="sample.request",
                active_id=request.id,
                allowed_company_ids=self.mill_company.ids,
            )
        )

    def test_window(self):
        request = self._request((self.item, 3), (self.other_item, 1))
        window = self._window(request)
        window.tracking = "1Z"
        with window.line_ids.edit(0) as line:
            self.assertEqual((line.open_qty, line.quantity), (3, 3))
            line.kind = "ship"
            line.quantity = 1
            line.rest = "backorder"
            line.until = self.today + timedelta(days=3)
        with window.line_ids.edit(1) as line:
            line.kind = "refuse"
            line.reason = "discontinued"
        answer = window.save()
        answer.action_answer()
        first, second = request.line_ids
        self.assertEqual(
            (first.state, first.shipped_qty, second.state), ("backorder", 1, "refused")
        )
        # a double tap
        answer.action_answer()
        self.assertEqual(request.round, 1)
        self.assertEqual(set(request.entry_ids.mapped("answered_by")), {self.desk.name})

    def test_window_is_as_strict_as_the_page(self):
        request = self._request((self.item, 3))
        for vals, text in (
            ({"kind": "ship", "quantity": 4}, "give 1 to 3"),
            ({"kind": "ship", "quantity": 0}, "give 1 to 3"),
            ({"kind": "refuse"}, "Say why"),
            ({"kind": "refuse", "reason": "other"}, "into words"),
            ({"kind": "backorder"}, "is expected"),
            ({"kind": "backorder", "until": "2020-01-01"}, "past"),
            ({"kind": "backorder", "until": "2126-01-01"}, "too far"),
            ({}, "Nothing is answered"),
        ):
            answer = self._window(request).save()
            answer.line_ids.write(vals)
            with self.subTest(vals), self.assertRaisesRegex(UserError, text):
                answer.action_answer()
        self.assertFalse(request.entry_ids)

    def test_duplicate_needs_a_reason(self):
        self._request((self.item, 1))
        request = self._request((self.item, 1))
        window = self._window(request)
        with window.line_ids.edit(0) as line:
            self.assertIn("Sample Dora", line.twins)
            self.assertIn("Sample Center", line.twins)
            line.kind = "ship"
        answer = window.save()
        with self.assertRaisesRegex(UserError, "a short time ago"):
            answer.action_answer()
        answer.line_ids.override_reason = "The first one was lost."
        answer.action_answer()
        self.assertEqual(request.entry_ids.override_reason, "The first one was lost.")

    def test_somebody_else_was_faster(self):
        request = self._request((self.item, 3))
        answer = self._window(request).save()
        answer.line_ids.kind = "ship"
        self._answer(
            request, {"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}
        )
        with self.assertRaisesRegex(UserError, "meanwhile"):
            answer.action_answer()
        self.assertEqual(request.line_ids.shipped_qty, 1)

    def test_only_of_the_own_company(self):
        request = self._request((self.item, 1))
        with self.assertRaises(AccessError):
            self._window(request, self.other_desk)
        for method in ("desk_ship_all", "action_print_tickets"):
            with self.subTest(method), self.assertRaises(AccessError):
                self._call(self.other_desk, request, method)
        self.assertFalse(request.with_user(self.clerk).is_ours)
        self.assertTrue(request.with_user(self.desk).is_ours)

    def test_mail_leads_to_the_request(self):
        request = self._request((self.item, 1))
        (mail,) = self._mail_out()["mill@example.com"]
        body = mail.get_body(("html",)).get_content()
        self.assertIn(f"/odoo/sample-desk/{request.id}", body)
        action = self.env.ref("sample_library.sample_desk_action")
        self.assertEqual(action.path, "sample-desk")
        form = Form(request.with_user(self.desk))
        self.assertTrue(form.is_ours)

    def test_stock_came_in(self):
        first = self._request((self.item, 2))
        second = self._request(
            (self.item, 3), person_id=False, recipient_name="Nora New"
        )
        window = Form(self.env["sample.desk.stock"].with_user(self.desk))
        window.item_id = self.item
        window.quantity = 4
        stock = window.save()
        self.assertEqual(stock.line_ids.mapped("quantity"), [2, 2])
        stock.action_ship()
        stock.action_ship()
        self.assertEqual(
            (first.line_ids.shipped_qty, second.line_ids.shipped_qty), (2, 2)
        )

    def test_only_own_samples_come_in(self):
        windows = self.env["sample.desk.stock"].with_user(self.desk)
        domain = self._call(self.desk, windows, "fields_get", ["item_id"])["item_id"][
            "domain"
        ]
        offered = self.env["sample.item"].with_user(self.desk).search(domain)
        self.assertIn(self.item, offered)
        self.assertNotIn(self.loom_item, offered)

    def test_order_form_of_the_desk(self):
        """Somebody phones, and the department enters it."""
        form = Form(self.env["sample.order"].with_user(self.desk))
        form.source = "phone"
        form.person_id = self.designer
        form.ship_address = "5 Mill Lane"
        with form.line_ids.new() as line:
            line.item_id = self.item
        order = form.save()
        (request,) = self._send(order.with_user(self.env.user), self.desk)
        self.assertEqual(request.desk_company_id, self.mill_company)
        self._call(self.desk, request, "desk_ship_all")
        self.assertEqual(order.state, "done")
