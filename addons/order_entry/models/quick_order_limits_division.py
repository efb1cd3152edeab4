from odoo import models

from odoo.addons.order_review.engine import RuleBook

from ..engine.shares import fits_share, fits_whole, shares_of


class SaleQuickLimits(models.AbstractModel):
    _inherit = "sale.quick.limits"

    def _judge(self, order, facts, own, asked, book):
        """Override to judge a cart for a division as its order will be judged.

        The total meets the rules of the whole order, the share of each recipient those
        that look at one delivery.
        """
        if not order.division_id:
            return super()._judge(order, facts, own, asked, book)
        refused = {}
        if share := RuleBook(rule for rule in book.rules if fits_share(rule)):
            refused = self._judge_shares(order, facts, own, asked, share)
        if whole := RuleBook(rule for rule in book.rules if fits_whole(rule)):
            found = super()._judge(order, facts, own, asked, whole)
            count = order._division_factor()
            for line_id, reason in found.items():
                refused[line_id] = self.env._(
                    "For all %(count)s recipients together: %(reason)s",
                    count=count,
                    reason=reason,
                )
        return refused

    def _judge_shares(self, order, facts, own, asked, book):
        """What must not be added because of what one recipient would get.

        Takes and returns what :meth:`_judge` does, the total of all recipients.
        """
        order = order.sudo()
        factor = order._division_factor()
        shares = {line.id: line.division_qty for line in order.order_line}
        asked = {
            line_id: (
                one,
                line._replace(
                    quantity=line.quantity / factor,
                    quantity_ref=line.quantity_ref / factor,
                ),
            )
            for line_id, (one, line) in asked.items()
        }
        everybody = self._recipients(order, facts, book)
        if not everybody:
            return {}
        own = shares_of(own, shares)
        found = self._judge_people(order, everybody, own, asked, book)
        return {
            line_id: self.env._("For each recipient: %(reason)s", reason=reason)
            for line_id, reason in found.items()
        }

    def _recipients(self, order, facts, book):
        """The order as seen by those who get a share of it.

        :param order: ``sale.order`` with superuser rights, for a division
        :param OrderFacts facts: of the order
        :param RuleBook book: where none of it counts per address, one of each country
            stands for all
        :rtype: list[OrderFacts]
        """
        counted = any(rule.kind == "quota" for rule in book.rules)
        people = {}
        for row in order.recipient_ids._gets_goods():
            country_id = row.address_id.country_id.id
            person = facts._replace(
                shipping_id=row.partner_id.id, country_id=country_id
            )
            people.setdefault(row.partner_id.id if counted else country_id, person)
        return list(people.values())
