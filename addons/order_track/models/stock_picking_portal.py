from odoo import api, fields, models
from odoo.fields import Domain

_OPEN = ("waiting", "confirmed", "assigned")


class StockPicking(models.Model):
    """What the list of deliveries in the portal filters by, searches for and shows."""

    _inherit = "stock.picking"

    @api.model
    def _portal_domain(self, orders):
        """Deliveries to a customer, and what comes back from him.

        Portal users may not read all transfers of their firm's orders; the order's page
        shows them all the same, to whoever may read the order. So it is here.

        :param orders: domain, or query, of ``sale.order`` that the reader may read
        :rtype: Domain
        """
        places = self._portal_places()
        return (
            Domain("sale_id", "in", orders)
            & Domain("state", "in", (*_OPEN, "done"))
            & (
                Domain("location_dest_id", "in", places)
                | Domain("location_id", "in", places)
            )
        )

    @api.model
    def _portal_places(self):
        """Where customers are: ids of ``stock.location``."""
        return (
            self.env["stock.location"].sudo().search([("usage", "=", "customer")]).ids
        )

    @api.model
    def _portal_filters(self, deliveries):
        """Filters of the list of deliveries.

        :param Domain deliveries: all of the reader
        :return: ``{key: (label, domain)}``
        :rtype: dict
        """
        now = fields.Datetime.now()
        outgoing = Domain("location_dest_id", "in", self._portal_places())

        def parcels(*domain):
            return deliveries & Domain("parcel_ids", "any", list(domain))

        return {
            "all": (self.env._("All"), deliveries),
            "to_ship": (
                self.env._("To be Shipped"),
                deliveries & Domain("state", "in", _OPEN) & outgoing,
            ),
            "on_way": (
                self.env._("On the Way"),
                parcels(("state", "in", ("shipped", "in_transit", "out_for_delivery"))),
            ),
            "delivered": (
                self.env._("Delivered"),
                parcels(("state", "=", "delivered")),
            ),
            "late": (
                self.env._("Late"),
                parcels(("is_late", "=", True))
                | deliveries
                & Domain("state", "in", _OPEN)
                & Domain("date_deadline", "<", now),
            ),
            "trouble": (
                self.env._("Trouble"),
                parcels(("state", "in", ("exception", "returned"))),
            ),
            "returns": (self.env._("Returns"), deliveries & ~outgoing),
            **self.env["sale.order"]._portal_day_filters(deliveries, "date_done"),
        }

    def _portal_status(self):
        """One word on a delivery, and its color.

        :rtype: tuple[str, str]
        """
        self.ensure_one()
        comes_back = self.location_id.usage == "customer"
        if self.state == "done":
            return (
                self.env._("Received") if comes_back else self.env._("Shipped")
            ), "success"
        if self.state == "cancel":
            return self.env._("Cancelled"), "danger"
        return (
            self.env._("Awaiting Arrival") if comes_back else self.env._("Preparation")
        ), "info"
