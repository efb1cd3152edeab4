import logging

from odoo import models
from odoo.tools import SQL

from ..engine import Finding, evaluate
from .sale_review_evaluation import EvaluationFacts

_logger = logging.getLogger(__name__)


class SaleReviewEngine(models.AbstractModel):
    """Fetches facts, asks the plain-Python engine, and keeps what it answered."""

    _name = "sale.review.engine"
    _description = "Order Review Engine"

    def _evaluate(self, orders, cumulative=False):
        """The verdict on a set of stored orders: law of the house, one gate.

        :param orders: ``sale.order`` recordset of stored records
        :param bool cumulative: orders that pass use up quota and credit for the next
        :return: all findings, those covered by a decision included
        :rtype: list[Finding]
        """
        book = self.env["sale.review.rule"]._get_book()
        if not book or not orders:
            return []
        try:
            return self._judge(orders, book, cumulative=cumulative)
        except _PROGRAM_ERRORS:
            # a fault of ours must hold orders, not open the gate or crash the shop
            _logger.exception("Order review failed on orders %s", orders.ids)
            rule_id = book.rules[0].id
            return [
                Finding(
                    order.id,
                    rule_id,
                    "domain",
                    "block",
                    0,
                    0,
                    0.0,
                    0.0,
                    0.0,
                    0.0,
                    {"error": True},
                )
                for order in orders
            ]

    def _judge(self, orders, book, cumulative=False, historic=False):
        """Ask the engine about orders, under any book of rules; stores nothing.

        :param orders: ``sale.order`` recordset of stored records
        :param RuleBook book: the rules in force, or others to try them out
        :param bool cumulative: orders that pass use up quota and credit for the next
        :param bool historic: judge each order as of its own date; quotas then count
            the orders given and no others
        :rtype: list[Finding]
        """
        self = self.sudo().with_context(active_test=False)
        orders = orders.with_env(self.env)
        reader = self.env["sale.review.facts"]
        order_facts = reader._order_facts(orders, book, historic=historic)
        lines = reader._line_facts(orders, book)
        facts = EvaluationFacts(self.env, orders, order_facts, lines, book)
        if not historic:
            facts.read_usage()
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return evaluate(
            order_facts, lines, book, facts, digits=digits, cumulative=cumulative
        )

    def _lock_subjects(self, orders):
        """Make confirmations that share a quota or credit line wait for each other.

        Each subject has one row that every confirmation updates.  Under repeatable
        read the second of two transactions gets a serialization failure, and Odoo runs
        it again on a snapshot that knows the first one's order.

        :param orders: orders about to be confirmed or raised
        """
        book = self.env["sale.review.rule"]._get_book()
        rules = list(book.iter(book.masks["quota"] | book.masks["credit"]))
        if not rules:
            return
        keys = set()
        for order in orders.sudo():
            for rule in rules:
                who = {
                    "partner": order.partner_id.id,
                    "commercial": order.partner_id.commercial_partner_id.id,
                    "shipping": order.partner_shipping_id.id,
                    "user": order.ordering_user_id.id,
                }[rule.quota_per if rule.kind == "quota" else "commercial"]
                if who:  # nothing is counted for an order that nobody placed
                    keys.add(f"{rule.id}/{who}")
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sale_review_lock (name, counter)
                     SELECT key, 1 FROM unnest(%s) AS key ORDER BY key
                ON CONFLICT (name) DO UPDATE SET counter = sale_review_lock.counter + 1
                """,
                sorted(keys),
            ),
            log_exceptions=False,  # Odoo runs the request again, and says so
        )


#: Errors of the program itself.  Database errors are not among them: a serialization
#: failure must reach Odoo, which runs the request again.
_PROGRAM_ERRORS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)
