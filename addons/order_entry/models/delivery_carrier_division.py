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

    def available_carriers(self, partner, source):
        """Override of `delivery`: nobody fetches parcels for a whole division."""
        carriers = super().available_carriers(partner, source)
        if source._name == "sale.order" and source.division_id:
            carriers = carriers.filtered(lambda carrier: not carrier._is_pickup())
        return carriers

    def _is_available_for_order(self, order):
        """Override of `website_sale`: it must reach every recipient of a division."""
        if not order.division_id:
            return super()._is_available_for_order(order)
        return not self._is_pickup() and all(
            super(DeliveryCarrier, self)._is_available_for_order(parcel)
            for parcel, _recipients in order._division_parcels()
        )

    def rate_shipment(self, order):
        """Override of `delivery` to add up the parcels of a division order.

        Recipients in the same place cost the same, so a carrier is asked once for each
        country, state and postal code.
        """
        if not order.division_id:
            return super().rate_shipment(order)
        if self._is_pickup():
            return self._refuse_rate(
                self.env._(
                    "%(carrier)s is for pick-up and cannot deliver to a division.",
                    carrier=self.name,
                )
            )
        total = self._refuse_rate(self.env._("This order has no recipients."))
        # a weight typed for the whole order says nothing of one parcel
        carrier = self.with_context(order_weight=None)
        for parcel, recipients in order._division_parcels():
            rate = super(DeliveryCarrier, carrier).rate_shipment(parcel)
            if not rate["success"]:
                return self._refuse_rate(
                    f"{recipients[:1].name}: {rate.get('error_message') or ''}"
                )
            total["price"] += rate["price"] * len(recipients)
            total["carrier_price"] += rate.get("carrier_price", 0.0) * len(recipients)
            total.update(
                success=True,
                error_message=False,
                warning_message=rate.get("warning_message") or False,
            )
        return total

    def _refuse_rate(self, reason):
        return {
            "success": False,
            "price": 0.0,
            "carrier_price": 0.0,
            "error_message": reason,
            "warning_message": False,
        }
