from odoo import models
from odoo.http import request

from odoo.addons.order_review.engine import RuleBook
from odoo.addons.order_review.engine.limits import limits
from odoo.addons.order_review.engine.match import match

from ..engine.shares import fits_share, fits_whole
from .quick_order_page import _number


class SaleQuickPage(models.AbstractModel):
    _inherit = "sale.quick.page"

    # While the cart is for a division, a quantity is what every recipient gets.

    def _recipient_count(self):
        """Recipients of the cart; 1 for an ordinary one."""
        return request.cart._division_factor() if request.cart else 1

    def _in_cart_text(self, line):
        """Override to tell what each recipient gets."""
        if not (line.order_id.division_id and line._is_divided()):
            return super()._in_cart_text(line)
        return self.env._(
            "%(share)s %(unit)s for each, %(total)s in all",
            share=_number(line.division_qty),
            unit=line.product_uom_id.name,
            total=_number(line.product_uom_qty),
        )

    def _stock(self, product, quantity):
        """Override to tell whether there is enough for all recipients."""
        told = super()._stock(product, quantity)
        count = self._recipient_count()
        if count == 1 or not quantity or quantity < 0:
            return told
        if quantity < count and not product.allow_out_of_stock_order:
            text = self.env._("Not enough for all %(count)s recipients", count=count)
            return text, "danger", "fa-times"
        if product.show_availability and quantity <= product.available_threshold:
            text = self.env._(
                "%(stock)s: %(share)s for each",
                stock=told[0],
                share=int(quantity // count),
            )
            return text, *told[1:]
        return told

    def _limit_texts(self, order, facts, lines, book):
        """Override to tell what a limit leaves for each recipient."""
        if not order.division_id:
            yield from super()._limit_texts(order, facts, lines, book)
            return
        count = order._division_factor()
        whole = RuleBook(rule for rule in book.rules if fits_whole(rule))
        word = self.env["sale.review.limits"]._word
        for limit, text in word(order, facts, lines, whole) if whole else ():
            yield limit.product_id, self._share_text(limit, text, count)
        share = RuleBook(
            rule for rule in book.rules if fits_share(rule) and rule.kind == "quota"
        )
        if share:
            yield from self._address_texts(order.sudo(), facts, lines, share)

    def _share_text(self, limit, text, count):
        """Add what a limit on the total means for one recipient."""
        if limit.kind in ("max", "quota"):
            return self.env._(
                "%(limit)s: %(share)s for each of %(count)s recipients",
                limit=text,
                share=int(limit.left // count),
                count=count,
            )
        if limit.kind in ("pack", "minimum"):
            return self.env._("%(limit)s, for each recipient", limit=text)
        return text

    def _address_texts(self, order, facts, lines, book):
        """Quotas that count per address: what the recipient with the least has left.

        :return: iterator of ``(product id, text)``
        """
        people = self.env["sale.quick.limits"]._recipients(order, facts, book)
        matches = list(match(people, {facts.id: lines}, book))
        usage = self.env["sale.review.ledger"].sudo()._read_usage(matches, order.ids)
        least = {}
        for limit in limits(matches, usage):
            key = limit.rule_id, limit.product_id
            if key not in least or limit.left < least[key].left:
                least[key] = limit
        for limit in least.values():
            text = self.env._(
                "%(left)s of %(value)s left for the recipient who has least",
                left=_number(limit.left),
                value=_number(limit.value),
            )
            yield limit.product_id, text
