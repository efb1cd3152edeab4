"""Standing orders with a carrier."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.order_prebook.tests.common import PrebookCommon


@tagged("post_install", "-at_install")
class TestCarrier(PrebookCommon):
    def _make(self, **vals):
        service = self.env["product.product"].create(
            self._product_vals("Truck", type="service", is_storable=False)
        )
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Truck",
                "product_id": service.id,
                "delivery_type": "fixed",
                "fixed_price": 7,
                **vals,
            }
        )
        standing = self.env["sale.standing.order"].create(
            {
                "partner_id": self.customer.id,
                "rhythm": "daily",
                "days_ahead": 0,
                "carrier_id": carrier.id,
                "line_ids": [Command.create({"product_id": self.tulip.id})],
            }
        )
        standing.action_start()
        return carrier, standing.date_ids.order_id

    def test_carrier_and_charge(self):
        carrier, order = self._make()
        self.assertEqual(order.carrier_id, carrier)
        charge = order.order_line.filtered("is_delivery")
        self.assertEqual(charge.price_unit, 7)
        self.assertEqual(order.prebook_state, "draft")
        # a charge alone is not invoiced
        self.assertEqual(order.invoice_status, "no")
        self.assertFalse(order._get_invoiceable_lines())

    def test_carrier_without_a_rate(self):
        carrier, order = self._make(delivery_type="base_on_rule", price_rule_ids=[])
        self.assertEqual(order.carrier_id, carrier)
        self.assertFalse(order.order_line.filtered("is_delivery"))
        self.assertEqual(order.state, "sale")
