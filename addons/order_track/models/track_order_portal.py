from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .. import carriers
from .track_order import OPEN_ORDERS

# Orders of so many shipments are found by a tracking number.
_MOST_FOUND = 200


class TrackOrder(models.Model):
    _inherit = "track.order"

    _portal_shown = ("name", "sidemark", "customer_po", "ordered_on")
    _portal_more = (
        "own_reference",
        "account_number",
        "ship_to",
        "shipped_on",
        "invoice_number",
        "tracking_numbers",
        "external_ref",
        "origin",
    )
    _portal_state = "status"
    _portal_paths = {
        "client": ("sidemark",),
        "number": ("name", "invoice_number"),
        "po": ("customer_po", "own_reference"),
        "item": ("line_ids.item_code", "line_ids.pattern", "line_ids.description"),
        "account": ("account_number", "showroom_number"),
        "tracking": ("tracking_numbers",),
    }

    @api.model
    def _portal_find(self, key, text):
        """Override: tracking numbers are also those of freight, however typed."""
        found = super()._portal_find(key, text)
        if key != "tracking":
            return found
        compact = carriers.normalise(text)
        if compact and compact != text:
            found |= super()._portal_find(key, compact)
        freight = self.env["track.freight"]
        shipments = freight.search(
            freight._portal_find(key, text) & Domain("order_ref", "!=", False),
            limit=_MOST_FOUND,
        )
        for distributor, some in shipments.grouped("distributor_id").items():
            found |= Domain("distributor_id", "=", distributor.id) & Domain(
                "name", "in", some.mapped("order_ref")
            )
        return found

    @api.model
    def _portal_filters(self):
        is_open = Domain("status", "in", OPEN_ORDERS)
        today = fields.Date.context_today(self)
        missing = Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "COALESCE(%s, 0) - COALESCE(%s, 0) - COALESCE(%s, 0) > 0",
                *(
                    SQL.identifier(alias, name)
                    for name in ("quantity", "shipped", "cancelled")
                ),
            )
        )
        late = Domain("line_ids", "any", Domain("expected_on", "<", today) & missing)
        return {
            **super()._portal_filters(),
            "open": (self.env._("Open"), is_open),
            "late": (self.env._("Late"), is_open & late),
            "back_ordered": (
                self.env._("Back-Ordered"),
                is_open
                & (
                    Domain("status", "=", "back_ordered")
                    | Domain("line_ids", "any", [("back_ordered", ">", 0)])
                ),
            ),
            "shipped": (self.env._("Shipped"), Domain("status", "=", "shipped")),
            "cancelled": (self.env._("Cancelled"), Domain("status", "=", "cancelled")),
            "new": (self.env._("New from the Portal"), self._portal_made_here()),
        }

    @api.model
    def _portal_sortings(self):
        latest = "ordered_on desc NULLS LAST, id desc"
        return {
            "date": (self.env._("Order Date"), latest),
            **super()._portal_sortings(),
            "number": (self.env._("Order Number"), "name desc, id desc"),
            "client": (self.env._("Client"), f"sidemark NULLS LAST, {latest}"),
            "status": (self.env._("Status"), f"status, {latest}"),
        }

    def _portal_url(self):
        return f"/my/track/orders/{self.id}"
