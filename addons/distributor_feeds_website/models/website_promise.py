import math

from odoo import models
from odoo.tools import format_date, formatLang

from odoo.addons.distributor_feeds.promise import OWN

CSS = {
    "in_stock": "text-success",
    "from_distributor": "text-success",
    "incoming": "text-body",
    "on_request": "text-muted",
    "unavailable": "text-danger",
}
# Less is there than is in the cart.
SHORT = "text-warning-emphasis"


class Website(models.Model):
    _inherit = "website"

    def _promise_told(self, product, told):
        """What the pages of products say about one, in the language of the page.

        :param product: ``product.product``
        :param told: its `promise.Availability`
        :return: dict with ``state``, ``css`` and ``lines``, the best source first
        """
        parts = {}
        for part in told.most.parts:
            parts.setdefault(part.state, []).append(part)
        lines = []
        for state, group in parts.items():
            quantity = self._pieces(
                sum(part.quantity for part in group),
                told.more and state == "from_distributor",
            )
            lines.append(self._part_told(state, quantity, group))
        if told.larger and not told.promise.quantity:
            lines.append(self.env._("From %s pieces", self._pieces(told.larger)))
        state = told.most.parts[0].state if told.most.parts else told.most.state
        return self._told_as(product, state, lines)

    def _told_as(self, product, state, lines):
        """Words for a state that has none of its own, and its looks."""
        if state == "unavailable" and product.sudo().allow_out_of_stock_order:
            state = "on_request"
        if not lines and state == "on_request":
            lines = [self.env._("On request")]
        elif not lines:
            lines = [self.env._("Out of stock")]
        return {"state": state, "css": CSS[state], "lines": lines}

    def _part_told(self, state, quantity, parts):
        """One line about what one kind of source has.

        :param str quantity: for people
        """
        if state == "in_stock":
            return self.env._("%s in stock", quantity)
        values = {
            "quantity": quantity,
            "date": format_date(self.env, min(part.date for part in parts)),
        }
        if state == "incoming":
            text = self.env._(
                "%(quantity)s expected, ready to ship from %(date)s", **values
            )
        else:
            text = self.env._(
                "%(quantity)s available, ready to ship from %(date)s", **values
            )
        if names := self._names(parts):
            text = self.env._("%(text)s (%(names)s)", text=text, names=names)
        return text

    def _packs_told(self, told):
        """How many can be had where packs or a minimum leave something open."""
        return self.env._("Comes in packs: %s can be had", self._pieces(told.larger))

    def _names(self, parts):
        """The distributors of parts, where customers may know them."""
        if not self.stock_promise_names:
            return ""
        ids = [part.source for part in parts if part.source != OWN]
        accounts = self.env["distributor.account"].sudo().browse(dict.fromkeys(ids))
        return ", ".join(accounts.distributor_id.mapped("name"))

    def _pieces(self, quantity, more=False):
        """A number of pieces for people, never rounded up."""
        return formatLang(self.env, math.floor(quantity), digits=0) + (
            "+" if more else ""
        )

    def _promise_in_cart(self, product, told):
        """What the cart says about the quantity in it, in the language of the page.

        :param told: `promise.Availability`
        :return: as `_promise_told`
        """
        promise, lines = told.promise, []
        own = sum(part.quantity for part in promise.parts if part.state == "in_stock")
        if promise.parts and promise.quantity < told.wanted:
            lines.append(
                self.env._(
                    "Only %(quantity)s of %(wanted)s available",
                    quantity=self._pieces(promise.quantity),
                    wanted=self._pieces(told.wanted),
                )
            )
        elif own >= told.wanted:
            lines.append(self.env._("In stock"))
        elif own:
            lines.append(self.env._("%s in stock", self._pieces(own)))
        if promise.parts and promise.state != "in_stock":
            date = format_date(self.env, promise.date)
            later = [part for part in promise.parts if part.state != "in_stock"]
            text = (
                self.env._("the rest ready to ship on %s", date)
                if lines and own
                else self.env._("Ready to ship on %s", date)
            )
            if names := self._names(later):
                text = self.env._("%(text)s (%(names)s)", text=text, names=names)
            lines.append(text)
        if told.larger:
            lines.append(self._packs_told(told))
        words = self._told_as(product, promise.state, lines)
        if told.larger or (promise.parts and promise.quantity < told.wanted):
            words["css"] = SHORT
        return words

    def _tile_promises(self, templates):
        """What the tiles of a list of products say.

        :param templates: ``product.template``
        :return: by template id, as `_promise_told`
        """
        if not self.stock_promise:
            return {}
        variants = templates.sudo().product_variant_ids
        promises, tiles = self._shop_promises(variants), {}
        for variant in variants:
            if variant.id not in promises:
                continue
            told = self._promise_told(variant, promises[variant.id])
            template = variant.product_tmpl_id
            tiles.setdefault(template.id, []).append(told)
        order = list(CSS)
        return {
            template_id: min(all_told, key=lambda told: order.index(told["state"]))
            for template_id, all_told in tiles.items()
        }
