"""The door of free booths: nothing to pay, so nothing else would stop it."""

import json
from datetime import timedelta

from odoo import Command, fields
from odoo.http import Request
from odoo.tests import tagged

from odoo.addons.order_review.tests.doors import HttpDoorCase


@tagged("post_install", "-at_install")
class TestFreeBooth(HttpDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.env["product.product"].create(
            cls._product_vals(
                "Review Place",
                type="service",
                service_tracking="event_booth",
                list_price=0,
            )
        )
        cls.category = cls.env["event.booth.category"].create(
            {"name": "Free place", "product_id": cls.place.id, "price": 0}
        )
        cls.event = cls.env["event.event"].create(
            {
                "name": "Review Fair",
                "date_begin": fields.Datetime.now() + timedelta(days=5),
                "date_end": fields.Datetime.now() + timedelta(days=6),
                "website_published": True,
                "event_booth_ids": [
                    Command.create(
                        {"name": f"Place {n}", "booth_category_id": cls.category.id}
                    )
                    for n in range(3)
                ],
            }
        )

    def _rent(self, booth):
        """Rent a booth on the page of the event.

        :return: what the page gets, and the order that was made
        """
        self._login(self.portal)
        response = self.url_open(
            f"/event/{self.event.id}/booth/confirm",
            data={
                "csrf_token": Request.csrf_token(self),
                "booth_category_id": self.category.id,
                "event_booth_ids": json.dumps(booth.ids),
                "contact_name": "Pia Portal",
                "contact_email": self.portal.email,
            },
        )
        response.raise_for_status()
        self.env.invalidate_all()
        order = self.env["sale.order"].search(
            [("partner_id", "=", self.portal.partner_id.id)], order="id desc", limit=1
        )
        return response.json(), order

    def test_free_booth(self):
        booths = self.event.event_booth_ids
        answer, control = self._rent(booths[0])
        self.assertTrue(answer["success"])
        self.assertEqual(control.state, "sale")
        rule = self._rule(product_ids=self.place.ids, max_quantity=1)
        answer, small = self._rent(booths[1])
        self.assertTrue(answer["success"])
        self.assertEqual(small.state, "sale")
        rule.write({"kind": "product_hold", "message": "Places are sold out."})
        answer, held = self._rent(booths[2])
        self.assertEqual(answer, {"redirect": "/shop/cart"})
        self.assertEqual(held.state, "draft")
        self.assertEqual(held.review_state, "blocked")
        self.assertEqual(booths[2].state, "available")
        page = self.url_open(answer["redirect"])
        self.assertIn("Places are sold out.", page.text)
