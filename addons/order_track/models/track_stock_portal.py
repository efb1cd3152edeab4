from odoo import api, fields, models
from odoo.fields import Domain

from .. import carriers


class TrackStock(models.Model):
    _inherit = "track.stock"

    _portal_shown = ("item_code", "pattern", "color", "free", "on_order", "expected_on")
    _portal_more = ("description", "on_hand", "reserved", "portal_held", "unit")
    _portal_amounts = ("free", "on_hand", "reserved", "portal_held", "on_order")
    _portal_paths = {
        "item": ("item_code", "pattern", "color", "description"),
        "lot": ("piece_ids.dye_lot", "piece_ids.piece"),
    }

    @api.model
    def _portal_filters(self):
        return {
            **super()._portal_filters(),
            "free": (self.env._("Free Stock"), Domain("free", ">", 0)),
            "none": (self.env._("Nothing Free"), Domain("free", "<=", 0)),
            "coming": (self.env._("On Order"), Domain("on_order", ">", 0)),
        }

    @api.model
    def _portal_sortings(self):
        return {
            "item": (self.env._("Item"), "item_code, id"),
            "free": (self.env._("Most Free"), "free desc NULLS LAST, id"),
            "expected": (self.env._("Expected"), "expected_on NULLS LAST, id"),
            **super()._portal_sortings(),
        }

    def _portal_url(self):
        return f"/my/track/stock/{self.id}/hold"

    def _portal_may_hold(self):
        """Whether the user deals with the distributor in a role that holds goods.

        :rtype: bool
        """
        self.ensure_one()
        return self.is_dealing_showroom or self.is_dealing_rep


class TrackMillOrder(models.Model):
    _inherit = "track.mill.order"

    _portal_shown = (
        "name",
        "item_code",
        "quantity",
        "received",
        "due_on",
        "promised_on",
    )
    _portal_more = ("description", "pattern", "color", "unit", "ordered_on")
    _portal_amounts = ("quantity", "received")
    _portal_state = "status"
    _portal_paths = {
        "item": ("item_code", "pattern", "color", "description"),
        "number": ("name",),
    }

    @api.model
    def _portal_filters(self):
        today = fields.Date.context_today(self)
        is_open = Domain("status", "in", ("open", "partial"))
        late = Domain("promised_on", "<", today) | (
            Domain("promised_on", "=", False) & Domain("due_on", "<", today)
        )
        return {
            **super()._portal_filters(),
            "open": (self.env._("Open"), is_open),
            "late": (self.env._("Late"), is_open & late),
            "received": (self.env._("Received"), Domain("status", "=", "received")),
        }

    @api.model
    def _portal_sortings(self):
        return {
            "due": (self.env._("Due"), "due_on NULLS LAST, id"),
            "item": (self.env._("Item"), "item_code, id"),
            "number": (self.env._("Mill Order"), "name desc, id desc"),
            **super()._portal_sortings(),
        }


class TrackFreight(models.Model):
    _inherit = "track.freight"

    _portal_shown = ("name", "order_ref", "carrier", "tracking_number", "shipped_on")
    _portal_more = (
        "account_number",
        "pieces",
        "weight",
        "weight_unit",
        "expected_on",
        "delivered_on",
    )
    _portal_state = "status"
    _portal_paths = {
        "tracking": ("tracking_number",),
        "number": ("name", "order_ref"),
        "account": ("account_number", "showroom_number"),
    }

    @api.model
    def _portal_find(self, key, text):
        """Override: numbers as they are printed, with blanks, are found too."""
        found = super()._portal_find(key, text)
        compact = carriers.normalise(text) if key == "tracking" else ""
        if compact and compact != text:
            found |= super()._portal_find(key, compact)
        return found

    @api.model
    def _portal_filters(self):
        today = fields.Date.context_today(self)
        moving = Domain(
            "status", "in", ("announced", "in_transit", "out_for_delivery", "exception")
        )
        return {
            **super()._portal_filters(),
            "moving": (self.env._("On Its Way"), moving),
            "late": (self.env._("Late"), moving & Domain("expected_on", "<", today)),
            "exception": (self.env._("Trouble"), Domain("status", "=", "exception")),
            "delivered": (self.env._("Delivered"), Domain("status", "=", "delivered")),
        }

    @api.model
    def _portal_sortings(self):
        return {
            "shipped": (
                self.env._("Shipped On"),
                "shipped_on desc NULLS LAST, id desc",
            ),
            "expected": (self.env._("Expected"), "expected_on NULLS LAST, id desc"),
            "order": (self.env._("Order Number"), "order_ref desc NULLS LAST, id desc"),
            **super()._portal_sortings(),
        }


class TrackProduct(models.Model):
    _inherit = "track.product"

    _portal_shown = ("item_code", "description", "pattern", "color", "width", "price")
    _portal_more = ("repeat", "content", "currency", "unit", "discontinued")
    _portal_paths = {"item": ("item_code", "pattern", "color", "description")}

    @api.model
    def _portal_filters(self):
        gone = Domain("discontinued", "=", True)
        return {
            **super()._portal_filters(),
            "current": (self.env._("Current"), ~gone),
            "discontinued": (self.env._("Discontinued"), gone),
        }

    @api.model
    def _portal_sortings(self):
        return {
            "item": (self.env._("Item"), "item_code, id"),
            "pattern": (self.env._("Pattern"), "pattern NULLS LAST, item_code, id"),
            **super()._portal_sortings(),
        }

    def _portal_text(self, name):
        """Override: prices are said with their currency and unit."""
        text = super()._portal_text(name)
        if name == "price" and text:
            per = f"/ {self.unit}" if self.unit else ""
            return " ".join(filter(None, (text, self.currency, per)))
        return text

    def _portal_warning(self):
        return self.env._("Discontinued") if self.discontinued else ""


class TrackCustomer(models.Model):
    _inherit = "track.customer"

    _portal_shown = ("name", "account_number", "city", "email", "phone")
    _portal_more = ("street", "zip", "state_name", "country_name")
    _portal_paths = {
        "client": ("name",),
        "account": ("account_number", "showroom_number"),
        "city": ("city", "zip"),
    }

    @api.model
    def _portal_sortings(self):
        return {
            "name": (self.env._("Name"), "name, id"),
            "account": (self.env._("Account Number"), "account_number, id"),
            "city": (self.env._("City"), "city NULLS LAST, name, id"),
            **super()._portal_sortings(),
        }
