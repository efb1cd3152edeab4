from odoo import models


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    def _is_pickup(self):
        """Whether the customer fetches the goods himself, in a store or a locker."""
        return any(
            carrier.delivery_type == "in_store"
            or getattr(carrier, f"{carrier.delivery_type}_use_locations", False)
            for carrier in self
        )
