"""The door of free registrations: nothing to pay, so nothing else would stop it."""

from datetime import timedelta

from odoo import Command, fields
from odoo.http import Request
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from odoo.addons.order_review.tests.doors import HttpDoorCase


@tagged("post_install", "-at_install")
class TestFreeRegistration(HttpDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seat = cls.env["product.product"].create(
            cls._product_vals(
                "Review Seat", type="service", service_tracking="event", list_price=0
            )
        )
        cls.leaflet = cls.env["product.product"].create(
            cls._product_vals("Review Leaflet", list_price=0)
        )
        cls.event = cls.env["event.event"].create(
            {
                "name": "Review Fair",
                "date_begin": fields.Datetime.now() + timedelta(days=5),
                "date_end": fields.Datetime.now() + timedelta(days=6),
                "website_published": True,
                "event_ticket_ids": [
                    Command.create(
                        {"name": "Free", "product_id": cls.seat.id, "price": 0}
                    )
                ],
            }
        )

    def _register(self, seats):
        """Register on the page of the event.

        :param int seats: how many attendees
        :return: the answer and the order that was made
        """
        self._login(self.portal)
        # without a cart nothing is ordered: core registers the guests and that is all
        self._json(
            "/shop/cart/add",
            product_template_id=self.leaflet.product_tmpl_id.id,
            product_id=self.leaflet.id,
            quantity=1,
        )
        data = {"csrf_token": Request.csrf_token(self)}
        ticket = self.event.event_ticket_ids
        asked = {
            question.question_type: question.id for question in self.event.question_ids
        }
        for number in range(1, seats + 1):
            data |= {
                f"{number}-name-{asked['name']}": f"Guest {number}",
                f"{number}-email-{asked['email']}": f"g{number}@review.example.com",
                f"{number}-event_ticket_id": ticket.id,
            }
        response = self.url_open(
            f"/event/{self.event.id}/registration/confirm", data=data
        )
        self.env.invalidate_all()
        order = self.env["sale.order"].search(
            [("partner_id", "=", self.portal.partner_id.id)], order="id desc", limit=1
        )
        return response, order

    def test_free_registration(self):
        _response, control = self._register(3)
        self.assertEqual(control.state, "sale")
        self._rule(max_quantity=2, product_ids=self.seat.ids, message="Two per guest.")
        response, small = self._register(2)
        self.assertEqual(small.state, "sale")
        self.assertIn("/shop/confirmation", response.url)
        before = self.event.seats_taken
        with mute_logger("odoo.http"):
            response, held = self._register(3)
        self.assertEqual(response.status_code, 422)
        self.assertIn("Two per guest.", response.text)
        self.assertNotIn("Traceback", response.text)
        self.assertEqual(held.state, "draft")
        self.assertEqual(held.order_line.product_id, self.leaflet)
        self.assertEqual(self.event.seats_taken, before, "nobody is registered")
