from odoo import fields, models

# Charges that are calculated here; asking a carrier's server is left to people.
LOCAL_RATES = ("fixed", "base_on_rule")


class SaleStandingOrder(models.Model):
    _inherit = "sale.standing.order"

    carrier_id = fields.Many2one(
        "delivery.carrier", check_company=True, ondelete="restrict"
    )

    def _order_made(self, order_sudo):
        """Override of `order_prebook` to add the carrier and its charge."""
        super()._order_made(order_sudo)
        carrier = self.carrier_id.sudo()
        if not carrier:
            return
        if carrier.delivery_type in LOCAL_RATES:
            rate = carrier.rate_shipment(order_sudo)
            if rate["success"]:
                order_sudo.set_delivery_line(carrier, rate["price"])
                return
            order_sudo._message_log(body=rate["error_message"])
        order_sudo.carrier_id = carrier
