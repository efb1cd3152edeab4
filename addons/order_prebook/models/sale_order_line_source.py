from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from odoo import fields, models

from ..outlook import Outlook


class PrebookSource(NamedTuple):
    """Where the goods of a line come from, if not from the stock.

    :param kind: a key of SOURCES; other add-ons may add their own
    :param day: when the goods are expected, if that is known
    """

    kind: str
    day: date | None = None


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prebook_sources(self):
        """Where the goods of lines come from. The hook for other add-ons.

        Called for lines that are about to be booked, of one company, as superuser, with
        that company active. Call `super()` and change what you know better; a line
        that is missing from the result is served from the stock, as ever.

        :return: :class:`PrebookSource` by ``sale.order.line``
        """
        asked = self.filtered(lambda line: line._prebook_policy() != "no")
        outlooks = asked._prebook_outlooks()
        today = fields.Date.context_today(self)
        sources = {}
        for line in asked:
            quantity = line.product_uom_id._compute_quantity(
                line.product_uom_qty, line.product_id.uom_id
            )
            outlook = outlooks.get((line.warehouse_id, line.product_id))
            covered, day = outlook.take(quantity) if outlook else (False, None)
            always = line._prebook_policy() == "always"
            if covered and not day and not always:
                continue
            if covered and day:
                sources[line] = PrebookSource("receipt", day)
            elif seller := line._prebook_seller(quantity):
                sources[line] = PrebookSource(
                    "vendor", today + timedelta(days=seller.delay)
                )
            elif always:
                sources[line] = PrebookSource("ahead", today if covered else None)
        return sources

    def _prebook_policy(self):
        """The policy of a line: a key of POLICIES."""
        self.ensure_one()
        if self.prebook_by_hand:
            return "always"
        policy = self.product_id.product_tmpl_id._prebook_policy(self.company_id)
        if policy == "short" and not self.product_id.is_storable:
            # nobody counts how much there is of it
            return "no"
        return policy

    def _prebook_seller(self, quantity):
        """The vendor who would supply a quantity in the product's unit."""
        self.ensure_one()
        return self.product_id._select_seller(
            quantity=quantity,
            date=fields.Date.context_today(self),
            uom_id=self.product_id.uom_id,
        )

    def _prebook_outlooks(self):
        """What there is and comes of the products of lines.

        :return: :class:`~..outlook.Outlook` by ``(warehouse, product)``; a few
            statements per warehouse, whatever the number of lines
        """
        lines = self.filtered(lambda line: line.product_id.is_storable)
        claims = lines._prebook_claims()
        outlooks = {}
        for warehouse, group in lines.grouped("warehouse_id").items():
            products = group.product_id.with_context(warehouse_id=warehouse.id)
            receipts = products._prebook_receipts()
            for product in products:
                reserved = product.qty_available - product.free_qty
                waiting = max(product.outgoing_qty - reserved, 0.0)
                key = (warehouse, product.with_env(self.env))
                outlooks[key] = Outlook(
                    product.free_qty,
                    receipts[product.id],
                    waiting + claims[warehouse.id, product.id],
                )
        return outlooks

    def _prebook_claims(self):
        """What earlier prebooks wait for that no stock move asks for yet.

        :return: quantity in the product's unit by ``(warehouse id, product id)``
        """
        claims = defaultdict(float)
        groups = self.env["sale.order.line"]._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                ("prebook_state", "=", "draft"),
                ("prebook_is_procured", "=", False),
                ("id", "not in", self.ids),
            ],
            ["warehouse_id", "product_id", "product_uom_id"],
            ["prebook_qty_open:sum"],
        )
        for warehouse, product, uom, quantity in groups:
            claims[warehouse.id, product.id] += uom._compute_quantity(
                quantity, product.uom_id
            )
        return claims
