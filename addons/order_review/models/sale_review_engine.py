import logging

from odoo import models
from odoo.tools import SQL

from ..engine import Finding, evaluate, plan
from ..engine.facts import open_findings
from ..engine.quantities import quota_subject
from .sale_review_evaluation import EvaluationFacts

_logger = logging.getLogger(__name__)


class SaleReviewEngine(models.AbstractModel):
    """Fetches facts, asks the plain-Python engine, and keeps what it answered."""

    _name = "sale.review.engine"
    _description = "Order Review Engine"

    def _evaluate(self, orders, cumulative=False, lock=False):
        """The verdict on a set of stored orders: law of the house, one gate.

        :param orders: ``sale.order`` recordset of stored records
        :param bool cumulative: the orders are about to be confirmed: those that pass
            use up quota and credit for the next, and what a correction has not mended
            holds.  Otherwise corrections that confirming makes are only announced.
        :param bool lock: have others that use the same quotas or credit wait
        :return: all findings, those covered by a decision included
        :rtype: list[Finding]
        """
        book = self.env["sale.review.rule"]._get_book()
        if not book or not orders:
            return []
        try:
            findings = self._judge(orders, book, cumulative=cumulative, lock=lock)
            return findings if cumulative else self._announce(orders, findings)
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

    def _announce(self, orders, findings):
        """Turn corrections that confirming will make by itself into information.

        One that was tried with the same numbers and could not be made stays what it is.

        :param orders: ``sale.order`` recordset that was judged
        :param list[Finding] findings: what was found on them
        :rtype: list[Finding]
        """
        due = [
            finding
            for finding in open_findings(findings)
            if finding.kind == "correction"
        ]
        if not due:
            return findings
        ids = {finding.order_id for finding in due}
        mendable = set(orders.browse(ids)._review_may_correct()._ids)
        tried = self.env["sale.review.finding"]._read_tried_corrections(ids)
        announced = {
            finding.key
            for finding in due
            if finding.order_id in mendable
            and (*finding.key, finding.asked, finding.allowed) not in tried
        }
        return [
            finding._replace(
                severity="inform", details={**finding.details, "pending": True}
            )
            if finding.key in announced
            else finding
            for finding in findings
        ]

    def _judge(self, orders, book, cumulative=False, historic=False, lock=False):
        """Ask the engine about orders, under any book of rules; stores nothing.

        :param orders: ``sale.order`` recordset of stored records
        :param RuleBook book: the rules in force, or others to try them out
        :param bool cumulative: orders that pass use up quota and credit for the next
        :param bool historic: judge each order as of its own date; quotas then count
            the orders given and no others
        :param bool lock: see :meth:`_lock_subjects`
        :rtype: list[Finding]
        """
        self = self.sudo().with_context(active_test=False)
        orders = orders.with_env(self.env)
        reader = self.env["sale.review.facts"]
        order_facts, lines = reader._read(orders, book, historic=historic)
        if lock:
            self._lock_subjects(order_facts, book)
        facts = EvaluationFacts(self.env, orders, order_facts, lines, book)
        matches = plan(order_facts, lines, book, facts.domain_hits)
        if not historic:
            ledger = self.env["sale.review.ledger"]
            facts.usage = ledger._read_usage(matches, orders.ids)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return evaluate(matches, book, facts, digits=digits, cumulative=cumulative)

    def _lock_subjects(self, order_facts, book):
        """Make confirmations that share a quota or credit line wait for each other.

        Each subject has one row that every confirmation updates, whatever the rule: the
        orders of a customer mostly fall under the same ones.  Under repeatable read the
        second of two transactions gets a serialization failure, and Odoo runs it again
        on a snapshot that knows the first one's order.

        :param list[OrderFacts] order_facts: orders about to be confirmed or raised
        :param RuleBook book: the rules in force
        """
        subjects = {rule.quota_per for rule in book.iter(book.masks["quota"])}
        if book.masks["credit"]:
            subjects.add("commercial")
        if not subjects:
            return
        keys = set()
        for order in order_facts:
            for per in subjects:
                who = quota_subject(per, order)
                if who:  # nothing is counted for an order that nobody placed
                    keys.add(f"{per}/{who}")
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
