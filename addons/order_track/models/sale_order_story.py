from collections import defaultdict
from dataclasses import replace

from odoo import api, fields, models

from ..reading import documents, id_array, read_numbers, read_rows
from ..story import Fact

#: Events of parcels that are steps of a story. That it was handed over is told once,
#: as the shipment; events of goods that come back are told with their transfer.
_PARCEL_EVENTS = {
    "announced": "announced",
    "in_transit": "in_transit",
    "out_for_delivery": "out_for_delivery",
    "exception": "exception",
    "delivered": "delivered",
    "returned": "returned",
}


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "track.story"]

    track_story = fields.Html(
        string="Status Story",
        compute="_compute_track_story",
        sanitize=False,
        help="What everybody who may see the order reads of it.",
    )

    @api.depends_context("lang", "tz", "uid")
    def _compute_track_story(self):
        """The story by the template that all doors use."""
        told = self.browse(filter(None, self._ids))
        (self - told).track_story = False
        stories = told._stories()
        for order in told:
            order.track_story = self.env["ir.qweb"]._render(
                "order_track.story", {"story": stories[order.id]}
            )

    def _story_is_for(self, user):
        """Whether somebody who may see the order is shown the whole story of it.

        For add-ons in which one order is the business of several, who are not to read
        of each other.

        :param user: ``res.users``
        :rtype: bool
        """
        self.ensure_one()
        return True

    def _story_numbers(self):
        """Quantities and amounts of the orders: ``{order id: OrderNumbers}``."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return read_numbers(self.env.cr, self.ids, digits)

    def _story_zones(self):
        return {order.id: order.company_id.partner_id.tz for order in self}

    def _story_parts(self):
        """Override: lines, money and arrivals as the summaries count them."""
        parts = super()._story_parts()
        numbers = self._story_numbers()
        lines = self.env["sale.order.line"].browse(
            line.key for each in numbers.values() for line in each.lines
        )
        units = {line.id: line.product_uom_id.name or "" for line in lines}
        dates = self._story_line_dates()
        for order_id, each in numbers.items():
            parts[order_id] = {
                "lines": [
                    replace(
                        line,
                        unit=units[line.key],
                        dates=(*line.dates, *dates.get(line.key, ())),
                    )
                    for line in each.lines
                ],
                "money": each.money,
                "arrivals": each.arrivals,
                "stage": each.stage,
                "promised_on": each.promised_on,
            }
        return parts

    def _story_facts(self):
        """Override: the facts of orders of our own."""
        facts = super()._story_facts()
        cr, ids = self.env.cr, id_array(self.ids)
        transfers = read_rows(cr, documents.TRANSFERS, ids)
        parcels = self._story_parcels({row["id"] for row in transfers})
        for order in self:
            facts[order.id] += order._story_own_facts()
        for row in transfers:
            facts[row["order_id"]] += self._story_transfer_facts(
                row, parcels.get(row["id"], ())
            )
        for row in read_rows(cr, documents.INVOICES, ids):
            facts[row["order_id"]] += self._story_invoice_facts(row)
        known = defaultdict(set)
        for row in read_rows(cr, documents.PAYMENTS, ids):
            known[row["order_id"]].add(row["payment_id"])
            facts[row["order_id"]].append(
                Fact(
                    "refunded" if row["is_credit"] else "paid",
                    on=row["on"],
                    reference=row["name"],
                    source="payment",
                )
            )
        for row in read_rows(cr, documents.TRANSACTIONS, ids):
            if row["payment_id"] and row["payment_id"] in known[row["order_id"]]:
                continue  # it has settled an invoice, and is told with that
            facts[row["order_id"]].append(
                Fact(
                    "refunded" if row["is_refund"] else "paid",
                    at=row["at"],
                    reference=row["reference"],
                    source="transaction",
                )
            )
        return facts

    def _story_own_facts(self):
        """What the order itself says. Neither the log nor the cart is a source."""
        self.ensure_one()
        if self.state in ("draft", "sent"):
            return [Fact("quoted", at=self.create_date, reference=self.name)]
        facts = []
        was_confirmed = self.state == "sale" or self.picking_ids or self.invoice_ids
        if was_confirmed:
            placed = self._story_placed_at()
            facts += [
                Fact("placed", at=placed, reference=self.name),
                Fact(
                    "confirmed",
                    at=max(self.date_order, placed),
                    reference=self.name,
                ),
            ]
        if self.state == "cancel":
            if not was_confirmed:
                facts.append(Fact("quoted", at=self.create_date, reference=self.name))
            facts.append(
                Fact(
                    "cancelled", at=self.track_cancelled_at or None, reference=self.name
                )
            )
        return facts

    def _story_placed_at(self):
        """When the customer had done his part: signed, or ordered."""
        self.ensure_one()
        return min(filter(None, (self.signed_on, self.date_order)))

    def _story_parcels(self, picking_ids):
        """Parcels to customers: ``{transfer id: StockParcel}``.

        :param picking_ids: ids of transfers
        """
        parcels = (
            self.env["stock.parcel"]
            .search_fetch([("picking_id", "in", list(picking_ids))], order="id")
            .filtered(lambda parcel: not parcel.is_return)
        )
        return parcels.grouped(lambda parcel: parcel.picking_id.id)

    def _story_transfer_facts(self, row, parcels):
        """What a transfer and its parcels say.

        :param dict row: of ``TRANSFERS``
        :param StockParcel parcels: of the transfer
        :rtype: list[Fact]
        """
        done = row["state"] == "done"
        kind = {"out": "shipped", "back": "returned", "inside": "picked"}
        if row["way"] not in kind or (row["way"] == "inside" and not done):
            return []
        facts = [
            fact for parcel in parcels for fact in self._story_parcel_facts(parcel)
        ]
        if row["way"] == "out" and any(fact.kind == "shipped" for fact in facts):
            return facts
        facts.append(
            Fact(
                kind[row["way"]],
                at=row["date_done"] if done else None,
                on=None if done else row["planned_on"],
                expected=not done,
                reference=row["name"],
                source="transfer",
            )
        )
        return facts

    def _story_parcel_facts(self, parcel):
        shown = {
            "parcel": parcel.name,
            "carrier": parcel.carrier_name or "",
            "link": parcel.tracking_url or "",
            "reference": parcel.picking_id.name,
        }
        facts = [
            Fact(
                _PARCEL_EVENTS[event.kind],
                at=event.at,
                place=event.place or "",
                note=event.note or "",
                source=event.source,
                **shown,
            )
            for event in parcel.event_ids
            if event.kind in _PARCEL_EVENTS
        ]
        if parcel.shipped_at:
            facts.append(
                Fact("shipped", at=parcel.shipped_at, source="transfer", **shown)
            )
        if parcel.expected_on and parcel.state not in ("delivered", "returned"):
            facts.append(
                Fact(
                    "delivered",
                    on=parcel.expected_on,
                    expected=True,
                    source="carrier" if parcel.event_ids else "promise",
                    **shown,
                )
            )
        return facts

    def _story_invoice_facts(self, row):
        facts = []
        if row["invoice_date"]:
            facts.append(
                Fact(
                    "credited" if row["is_credit"] else "invoiced",
                    on=row["invoice_date"],
                    reference=row["name"],
                    source="credit" if row["is_credit"] else "invoice",
                )
            )
        if row["is_open"] and not row["is_credit"] and row["invoice_date_due"]:
            facts.append(
                Fact(
                    "paid",
                    on=row["invoice_date_due"],
                    expected=True,
                    reference=row["name"],
                    source="invoice",
                )
            )
        return facts
