from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from .. import carriers
from ..story import Arrivals, Fact, LineDate, LineFacts
from ..story.facts import VENDOR

_FREIGHT_KINDS = {
    "announced": "announced",
    "in_transit": "shipped",
    "out_for_delivery": "out_for_delivery",
    "delivered": "delivered",
    "exception": "exception",
    "returned": "returned",
}
_OVER = ("shipped", "cancelled")
#: Orders without lines say themselves how far they are.
_FULFILMENT = {
    "partial": "partly_shipped",
    "shipped": "shipped",
    "cancelled": "cancelled",
}


class TrackOrder(models.Model):
    """What happened to an order of a distributor, as far as he posted it."""

    _inherit = "track.order"

    track_story = fields.Html(
        "Status Story",
        compute="_compute_track_story",
        sanitize=False,
        help="What everybody is told who may see the order.",
    )

    def _compute_track_story(self):
        told = self.filtered("id")
        stories = told._stories()
        (self - told).track_story = False
        for order in told:
            order.track_story = self.env["ir.qweb"]._render(
                "order_track.story", {"story": stories[order.id]}
            )

    def _freight(self):
        """Freight of these orders.

        :return: ``{order id: track.freight}``, with every id of ``self``
        :rtype: dict
        """
        freight = self.env["track.freight"]
        named = self.filtered("name")
        found = freight.search(
            Domain("distributor_id", "in", named.distributor_id.ids)
            & Domain("order_ref", "in", named.mapped("name")),
            order="shipped_on, id",
        ).grouped(lambda one: (one.distributor_id.id, one.order_ref))
        return {
            order.id: found.get((order.distributor_id.id, order.name), freight)
            for order in self
        }

    def _story_facts(self):
        """Override: the facts of what a distributor posted."""
        facts = super()._story_facts()
        freight = self._freight()
        for order in self:
            facts[order.id] += order._story_order_facts(freight[order.id])
        return facts

    def _story_order_facts(self, shipments):
        """What an order and its freight say.

        :param TrackFreight shipments: of the order
        :rtype: list[Fact]
        """
        self.ensure_one()
        said = {
            "source": "posted",
            "reference": self.distributor_id.name or "",
        }
        asked = self.status == "requested" or self.origin == "portal"
        facts = [
            Fact(
                "placed",
                on=self.ordered_on or None,
                **{**said, "source": "portal" if asked else "posted"},
            )
        ]
        known = set()
        for shipment in shipments:
            some = shipment._story_shipment_facts(said)
            known |= {fact.parcel for fact in some if fact.parcel}
            facts += some
        for parcel in self._track_parcels():
            if parcel["parcel"] not in known:
                facts.append(
                    Fact("shipped", on=self.shipped_on or None, **parcel, **said)
                )
        if not any(fact.kind == "shipped" for fact in facts) and (
            self.shipped_on or self.status == "shipped"
        ):
            facts.append(Fact("shipped", on=self.shipped_on or None, **said))
        if self.invoice_number:
            facts.append(
                Fact("invoiced", source="invoice", reference=self.invoice_number)
            )
        if self.status == "on_hold":
            facts.append(Fact("held", **said))
        if self.status == "cancelled":
            facts.append(Fact("cancelled", **said))
        return facts

    def _track_parcels(self):
        """Tracking numbers of the order itself, with their carriers and links.

        :return: arguments of facts
        :rtype: list[dict]
        """
        return parcels_of(self.tracking_numbers)

    def _story_parts(self):
        """Override: lines, and how many shipments arrived."""
        parts = super()._story_parts()
        freight = self._freight()
        lines = self.env["track.order.line"].search([("order_id", "in", self.ids)])
        of_orders = defaultdict(list)
        for line in lines:
            of_orders[line.order_id.id].append(line)
        for order in self:
            told = [line._story_line_facts() for line in of_orders[order.id]]
            days = [line.expected.on for line in told if line.expected]
            shipments = freight[order.id].filtered(
                lambda one: one.status not in ("announced", "returned")
            )
            # what was billed, paid and returned is not posted: nothing is made up
            said = {"payment": "untold", "return": "untold"}
            if not told:
                said["fulfilment"] = _FULFILMENT.get(order.status, "waiting")
            parts[order.id] = {
                "lines": told,
                "arrivals": Arrivals(
                    len(shipments),
                    len(shipments.filtered(lambda one: one.status == "delivered")),
                ),
                "stage": "cancelled" if order.status == "cancelled" else "order",
                "promised_on": min(days, default=None),
                "said": said,
            }
        return parts


class TrackOrderLine(models.Model):
    _inherit = "track.order.line"

    def _story_line_facts(self):
        """How much of a line is where.

        :rtype: LineFacts
        """
        self.ensure_one()
        order = self.order_id
        ordered, shipped = self.quantity or 0.0, self.shipped or 0.0
        if order.status == "shipped" and not shipped:
            shipped = ordered - (self.cancelled or 0.0)
        rest = max(ordered - shipped - (self.cancelled or 0.0), 0.0)
        missing = 0.0 if order.status in _OVER else rest
        day = self.expected_on
        return LineFacts(
            self.id,
            name=" · ".join(
                filter(
                    None,
                    (self.item_code, self.pattern, self.color, self.description),
                )
            ),
            unit=self.unit or "",
            ordered=ordered,
            shipped=shipped,
            open=missing,
            backordered=min(self.back_ordered or 0.0, missing),
            dates=(
                (LineDate(day, "posted", order.distributor_id.name or "", VENDOR),)
                if day
                else ()
            ),
        )


class TrackFreight(models.Model):
    _inherit = "track.freight"

    def _track_parcels(self):
        """Tracking numbers of the shipment, with their carriers and links.

        :return: arguments of facts
        :rtype: list[dict]
        """
        return parcels_of(self.tracking_number, self.carrier)

    def _story_shipment_facts(self, said):
        """What a shipment says.

        :param dict said: who says so, arguments of facts
        :rtype: list[Fact]
        """
        self.ensure_one()
        kind = _FREIGHT_KINDS[self.status]
        facts = []
        for parcel in self._track_parcels() or [{"carrier": self.carrier or ""}]:
            if kind == "announced":
                facts.append(Fact(kind, **parcel, **said))
            else:
                facts.append(
                    Fact("shipped", on=self.shipped_on or None, **parcel, **said)
                )
            if kind == "delivered":
                facts.append(Fact(kind, on=self.delivered_on or None, **parcel, **said))
            elif kind not in ("announced", "shipped"):
                facts.append(Fact(kind, **parcel, **said))
            if kind not in ("delivered", "returned") and self.expected_on:
                facts.append(
                    Fact(
                        "delivered",
                        on=self.expected_on,
                        expected=True,
                        **parcel,
                        **said,
                    )
                )
        return facts


def parcels_of(numbers, carrier=None):
    """Tracking numbers in a text: carrier and link where they are known.

    :param str numbers: as it was posted
    :param str carrier: name, as it was posted
    :return: arguments of facts: parcel, carrier and link
    :rtype: list[dict]
    """
    parcels = {}
    for raw, candidates in carriers.split(numbers or ""):
        first = candidates[0] if candidates else None
        parcels[raw] = {
            "parcel": first.number if first else raw,
            "carrier": carriers.label(first) if first else carrier or "",
            "link": first and carriers.link(first.carrier, first.number) or "",
        }
    return list(parcels.values())
