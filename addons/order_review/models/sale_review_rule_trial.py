from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError

from ..engine import RuleBook


class SaleReviewRule(models.Model):
    _inherit = "sale.review.rule"

    def action_try_open(self):
        """Show the quotations that the rule would stop now, archived or not."""
        return self._action_try(
            [("state", "in", ("draft", "sent"))],
            self.env._("Would be stopped now"),
            self.env._("Open orders this rule would stop: none."),
        )

    def action_try_month(self):
        """Show the orders of the last 30 days that the rule would have stopped."""
        return self._action_try_past(30)

    def action_try_quarter(self):
        """Show the orders of the last 90 days that the rule would have stopped."""
        return self._action_try_past(90)

    def _action_try_past(self, days):
        since = fields.Datetime.now() - timedelta(days=days)
        return self._action_try(
            self._confirmed_since(since),
            self.env._("Would have been stopped in %(days)s days", days=days),
            self.env._(
                "Orders of the last %(days)s days this rule would have stopped: none.",
                days=days,
            ),
            since=since,
        )

    def _action_try(self, domain, title, nothing, since=None):
        """Try the rule on orders and open those it stops; nothing is stored.

        :param list domain: which orders
        :param str title: name of the list that opens
        :param str nothing: what to say when the rule stops none
        :param datetime since: for confirmed orders: count those from this instant on
        :return: an action for the web client
        """
        self.ensure_one()
        self.check_access("read")
        if not self.env.user.has_group("order_review.group_review_manager"):
            raise AccessError(self.env._("Only Review managers can try rules."))
        order_ids = self._try_on(domain, since)
        if not order_ids:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"type": "info", "message": nothing},
            }
        return {
            "type": "ir.actions.act_window",
            "name": f"{title} ({len(order_ids)})",
            "res_model": "sale.order",
            "view_mode": "list,form",
            "domain": [("id", "in", order_ids)],
        }

    def _try_on(self, domain, since=None):
        """Ids of the orders that the rule stops, as if it were active.

        Other rules of its kind are asked too: a more specific one may take its place.
        Orders of the past are judged as of their date, by today's products, customers
        and payments; the quotas among them count what was ordered before.

        :param list domain: which orders, newest first
        :param datetime since: judge confirmed orders from this instant on
        :rtype: list[int]
        """
        rivals = self.sudo().search([("kind", "=", self.kind)]) | self.sudo()
        book = RuleBook(rule._compile() for rule in rivals)
        if since and self.kind == "quota":
            # earlier orders of the same period have used up part of the quota
            start = since - timedelta(
                days=_PERIOD_DAYS.get(self.period, self.period_days)
            )
            domain = self._confirmed_since(start)
        orders = self.env["sale.order"].search(
            domain, order="date_order desc, id desc", limit=_MOST
        )
        size = _MOST if since and self.kind == "quota" else _BATCH
        found = []
        for start in range(0, len(orders), size):
            batch = orders[start : start + size]
            findings = self.env["sale.review.engine"]._judge(
                batch.sorted(_confirmed_at) if since else batch,
                book,
                cumulative=bool(since),
                historic=bool(since),
            )
            stopped = {
                finding.order_id
                for finding in findings
                if finding.rule_id == self.id and not finding.decision_id
            }
            found += [
                order.id
                for order in batch
                if order.id in stopped and (not since or _confirmed_at(order) >= since)
            ]
        return found

    def _confirmed_since(self, since):
        """Orders confirmed since an instant; see :func:`_confirmed_at`.

        :rtype: list
        """
        return [
            ("state", "=", "sale"),
            "|",
            ("review_confirmed_at", ">=", since),
            "&",
            ("review_confirmed_at", "=", False),
            ("date_order", ">=", since),
        ]


def _confirmed_at(order):
    """When an order was confirmed; before there was a gate, only its date is known."""
    return order.review_confirmed_at or order.date_order


#: Orders judged in one go, and at most.
_BATCH = 1000
_MOST = 20000

#: How far back a quota looks at most, in days.
_PERIOD_DAYS = {"day": 1, "week": 7, "month": 31}
