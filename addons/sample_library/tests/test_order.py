"""An order is split into a request per distributor, once, and mailed."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestOrder(RequestCommon):
    def test_one_request_per_distributor(self):
        order = self._order(
            [(self.item, 1), (self.loom_item, 2), (self.other_item, 3)],
            project="Lobby",
            rep_id=self.rep.id,
        )
        requests = self._send(order)
        self.assertEqual(order.state, "sent")
        self.assertEqual(requests.distributor_id, self.mill | self.loom)
        mill = requests.filtered(lambda one: one.distributor_id == self.mill)
        self.assertEqual(mill.line_ids.item_id, self.item | self.other_item)
        self.assertEqual(mill.line_ids.mapped("quantity"), [1, 3])
        self.assertEqual(set(order.line_ids.mapped("state")), {"new"})
        for record in (*requests, *requests.line_ids):
            self.assertEqual(record.showroom_id, self.center)
            self.assertEqual(record.person_id, self.designer)
            self.assertEqual(record.firm_id, self.studio)
            self.assertEqual(record.rep_id, self.rep)
            self.assertEqual(record.company_id, self.company)
        self.assertEqual(
            sorted(requests.mapped("name")), [f"{order.name}/1", f"{order.name}/2"]
        )

    def test_sent_once(self):
        order = self._order()
        self._send(order)
        with self.assertRaisesRegex(UserError, "has been sent"):
            self._send(order)
        self.assertEqual(len(order.request_ids), 2)

    def test_frozen_once_sent(self):
        order = self._order()
        self._send(order)
        for vals in ({"project": "X"}, {"person_id": self.other_designer.id}):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                self._call(self.clerk, order, "write", vals)
        line = order.line_ids[0]
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self._call(self.clerk, line, "write", {"quantity": 5})
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self._call(self.clerk, line, "unlink")
        with self.assertRaisesRegex(UserError, "stays as it is"):
            self._call(self.clerk, order, "unlink")

    def test_answers_are_not_written_by_hand(self):
        order = self._order()
        for model, vals in (
            (order.line_ids[0], {"shipped_qty": 1}),
            (order.line_ids[0], {"state": "shipped"}),
            (order, {"state": "done"}),
        ):
            with self.assertRaises(UserError):
                self._call(self.clerk, model, "write", vals)
        requests = self._send(order)
        with self.assertRaises(AccessError):
            self._call(self.manager, requests[0], "write", {"state": "done"})
        with self.assertRaises(AccessError):
            self._call(self.manager, requests[0], "unlink")

    def test_what_is_missing(self):
        order = self._order()
        order.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "nothing on the order"):
            self._send(order)
        order = self._order(person_id=False, recipient_name=False)
        with self.assertRaisesRegex(UserError, "who gets the samples"):
            self._send(order)
        order = self._order(ship_address=False, person_id=self.other_designer.id)
        order.ship_address = " "
        with self.assertRaisesRegex(UserError, "no address"):
            self._send(order)
        order = self._order()
        order.line_ids[0].write({"item_id": False, "distributor_id": False})
        with self.assertRaisesRegex(UserError, "whom to ask"):
            self._send(order)
        self.assertEqual(order.state, "draft")

    def test_quantities(self):
        for quantity in (0, -1, 10**6):
            with self.assertRaisesRegex(UserError, "Willow Sage: ask for 1 to 9999"):
                self._order([(self.item, quantity)])

    def test_distributor_who_is_not_in_the_system(self):
        order = self._order(
            [(self.item, 1)],
        )
        people = self.env["res.partner"].search_count([])
        order.line_ids = [
            fields.Command.create(
                {
                    "name": "Alpaca 7",
                    "distributor_name": "Hill Weavers",
                    "distributor_email": "Samples@Hill.example.com",
                }
            ),
            fields.Command.create(
                {"name": "Mohair 3", "distributor_email": "samples@hill.example.com "}
            ),
        ]
        requests = self._send(order)
        self.assertEqual(len(requests), 2)
        hill = requests.filtered(lambda one: not one.distributor_id)
        self.assertEqual(hill.distributor_email, "samples@hill.example.com")
        self.assertEqual(len(hill.line_ids), 2)
        self.assertEqual(self.env["res.partner"].search_count([]), people)
        self.assertIn("samples@hill.example.com", self._mail_out())

    def test_person_who_is_no_contact(self):
        people = self.env["res.partner"].search_count([])
        order = self._order(
            person_id=False,
            recipient_name="Nora New",
            recipient_email="nora@example.com",
            ship_address="1 New Road",
        )
        requests = self._send(order)
        self.assertEqual(set(requests.mapped("recipient_name")), {"Nora New"})
        self.assertEqual(set(requests.mapped("ship_address")), {"1 New Road"})
        self.assertEqual(self.env["res.partner"].search_count([]), people)

    def test_cancel(self):
        order = self._order()
        requests = self._send(order)
        self._mail_out()
        self.assertEqual(set(requests.mapped("mail_state")), {"sent"})
        self._call(self.clerk, order, "action_cancel")
        self.assertEqual(order.state, "cancelled")
        self.assertEqual(set(requests.mapped("state")), {"cancelled"})
        (mail,) = self._mail_out()["mill@example.com"]
        self.assertTrue(mail["subject"].endswith("is cancelled"))
        self.assertFalse(self._mail_out())

    def test_cancel_before_it_is_mailed(self):
        """The distributor, who gets the request, learns that it is cancelled."""
        order = self._order([(self.item, 1)])
        self._send(order)
        self._call(self.clerk, order, "action_cancel")
        first, second = self._mail_out()["mill@example.com"]
        self.assertFalse(first["subject"].endswith("is cancelled"))
        self.assertTrue(second["subject"].endswith("is cancelled"))

    def test_cancel_what_is_begun(self):
        order = self._order([(self.item, 3)])
        request = self._send(order)
        self._answer(
            request, {"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}
        )
        self._call(self.clerk, request, "action_cancel")
        line = request.line_ids
        self.assertEqual((line.shipped_qty, line.refused_qty), (1, 2))
        self.assertEqual(
            (line.state, request.state, order.state), ("shipped", "done", "done")
        )

    def test_queries_do_not_grow_with_lines(self):
        items = [self._item("Many", f"c{number}") for number in range(21)]
        counts = []
        for number in (1, 21):
            order = self._order([(item, 1) for item in items[:number]])
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            order.sudo().action_send()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_defaults_of_a_caller_do_not_arrive(self):
        order = self._order([(self.item, 1)])
        self.env.flush_all()
        self.env.invalidate_all()
        planted = {
            "default_mail_state": "sent",
            "default_showroom_id": self.atelier.id,
            "default_rep_id": self.rep.id,
            "default_printed_by": "me",
            "default_email": "thief@example.com",
            "default_error": "planted",
            "default_done_at": "2020-01-01",
        }
        order.with_user(self.clerk).with_context(**planted).action_send()
        request = order.request_ids
        self.assertEqual(request.showroom_id, self.center)
        self.assertFalse(request.rep_id)
        self.assertFalse(request.printed_by)
        self.assertEqual(request.mail_state, "waiting")
        self.assertEqual(request.notice_ids.email, "mill@example.com")
        self.assertFalse(request.notice_ids.error)
        self.assertFalse(request.done_at)
        self.assertLess(
            fields.Datetime.now() - request.requested_at, timedelta(minutes=5)
        )
