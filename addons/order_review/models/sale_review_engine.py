import logging
from collections import defaultdict

import psycopg2

from odoo import fields, models
from odoo.tools import SQL

from ..engine import Decision, Finding, evaluate, quota_needs

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
        self = self.sudo().with_context(active_test=False)
        orders = orders.with_env(self.env)
        try:
            reader = self.env["sale.review.facts"]
            order_facts = reader._order_facts(orders, book)
            lines = reader._line_facts(orders, book)
            facts = _Facts(self.env, orders, order_facts, lines, book)
            digits = self.env["decimal.precision"].precision_get("Product Unit")
            return evaluate(
                order_facts, lines, book, facts, digits=digits, cumulative=cumulative
            )
        except _PROGRAM_ERRORS:
            # a fault of ours must hold orders, not open the gate or crash the shop
            _logger.exception("Order review failed on orders %s", orders.ids)
            rule_id = book.rules[0].id
            return [
                Finding(
                    order.id, rule_id, "domain", "block", 0, 0, 0.0, 0.0, 0.0, 0.0,
                    {"error": True},
                )
                for order in orders
            ]

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
                keys.add(f"{rule.id}/{who or 0}")
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sale_review_lock (name, counter)
                     SELECT key, 1 FROM unnest(%s) AS key ORDER BY key
                ON CONFLICT (name) DO UPDATE SET counter = sale_review_lock.counter + 1
                """,
                sorted(keys),
            )
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


class _Facts:
    """What rules need beyond orders and lines, read only when a rule asks for it."""

    def __init__(self, env, orders, order_facts, lines, book):
        self.env = env
        self.lines = lines
        self.orders = orders
        self.order_facts = order_facts
        self.decisions = self._read_decisions()
        self.domain_hits = self._read_domains(book, orders)
        self.usage = {}
        for need, (subjects, keys) in quota_needs(order_facts, lines, book).items():
            self._read_usage(need, subjects, keys)
        self._credit = {}

    def products_on(self, order):
        return {line.product_id for line in self.lines.get(order.id, ())}

    # --- amounts

    def _company_amount(self, order, amount, currency_id):
        """Convert an amount of an order to another currency at today's rate."""
        currency = self.env["res.currency"].browse(order.currency_id)
        target = self.env["res.currency"].browse(currency_id or order.currency_id)
        if currency == target:
            return amount
        company = self.env["res.company"].browse(order.company_id)
        return currency._convert(amount, target, company, fields.Date.today())

    def amount(self, order, rule):
        if rule.measure == "margin_percent":
            goods = order.amount_untaxed
            return 100.0 * order.margin / goods if goods else 0.0
        value = {
            "total": order.amount_total,
            "untaxed": order.amount_untaxed,
            "margin": order.margin,
        }[rule.measure]
        return self._company_amount(order, value, rule.currency_id)

    def credit(self, order, rule):
        """Own amount, limit and what is owed already, in the company's currency."""
        company = self.env["res.company"].browse(order.company_id)
        key = (order.commercial_id, order.company_id)
        if key not in self._credit:
            partner = (
                self.env["res.partner"].browse(order.commercial_id).with_company(company)
            )
            own_ids = [o.id for o in self.order_facts]
            self._credit[key] = (
                partner.credit_limit,
                partner.credit + self._uninvoiced(key, company, own_ids),
            )
        partner_limit, owed = self._credit[key]
        limit = rule.credit_limit
        if rule.use_partner_limit:
            limit = partner_limit or rule.credit_limit or None
        own = self._company_amount(order, order.amount_total, company.currency_id.id)
        return own, limit, owed

    def _uninvoiced(self, key, company, own_ids):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(l.untaxed_amount_to_invoice
                       * COALESCE(l.price_total / NULLIF(l.price_subtotal, 0), 1)
                       / COALESCE(NULLIF(o.currency_rate, 0), 1)), 0)
                  FROM sale_order o
                  JOIN sale_order_line l ON l.order_id = o.id
                  JOIN res_partner p ON p.id = o.partner_invoice_id
                 WHERE o.state = 'sale' AND o.company_id = %s
                   AND p.commercial_partner_id = %s AND o.id != ALL(%s)
                """,
                company.id,
                key[0],
                own_ids,
                to_flush=self.env["sale.order.line"]._fields["untaxed_amount_to_invoice"],
            )
        )
        return float(rows[0][0])

    # --- decisions, conditions, quotas

    def _read_decisions(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, order_id, rule_id, product_id, line_ref, asked, price,
                       partner_shipping_id
                  FROM sale_review_decision
                 WHERE order_id = ANY(%s)
                """,
                list(self.orders.ids),
            )
        )
        decisions = defaultdict(list)
        for row in rows:
            decision = Decision(*(value or 0 for value in row))
            decisions[decision.order_id, decision.rule_id].append(decision)
        return decisions

    def _read_domains(self, book, orders):
        """Ids that meet each free condition, all of one model in one statement.

        :return: ``{rule id: set of ids}`` without the rules that could not be checked
        """
        hits = {}
        for model, column in _DOMAIN_MODELS.items():
            ids = [r.id for r in book.iter(book.masks["domain"]) if r.domain_model == model]
            if not ids:
                continue
            rules = self.env["sale.review.rule"].browse(ids)
            try:
                with self.env.cr.savepoint(flush=False):
                    hits.update(self._run_domains(rules, column, orders))
            except _SQL_ERRORS:
                # find the one that fails; the others must still be checked
                for rule in rules:
                    try:
                        with self.env.cr.savepoint(flush=False):
                            hits.update(self._run_domains(rule, column, orders))
                    except _SQL_ERRORS as error:
                        rule._report_failure(error)
        return hits

    def _run_domains(self, rules, column, orders):
        query, conditions = rules._get_conditions()
        if not conditions:
            return {}
        table = SQL.identifier(query.table)
        columns = SQL(", ").join(
            SQL("array_agg(%s.id) FILTER (WHERE %s)", table, condition)
            for condition in conditions.values()
        )
        query.add_where(SQL("%s.%s = ANY(%s)", table, SQL.identifier(column), orders.ids))
        (row,) = self.env.execute_query(
            SQL("SELECT %s FROM %s WHERE %s", columns, query.from_clause, query.where_clause)
        )
        return {
            rule_id: set(found or ())
            for rule_id, found in zip(conditions, row, strict=True)
        }

    def _read_usage(self, need, subjects, keys):
        """Quantities of confirmed orders, in reference units, by subject and key."""
        quota_per, company_id, start = need
        for key_kind in {kind for kind, _id in keys}:
            ids = [key_id for kind, key_id in keys if kind == key_kind]
            scopes = ids if key_kind == "rule" else [None]
            for scope in scopes:
                rows = self.env["sale.review.ledger"]._read_used(
                    quota_per,
                    subjects,
                    key_kind,
                    [scope] if scope else ids,
                    start,
                    company_id,
                    [o.id for o in self.order_facts],
                )
                for subject, key_id, quantity in rows:
                    self.usage[
                        quota_per, company_id, start, subject, (key_kind, key_id)
                    ] = float(quantity)


_DOMAIN_MODELS = {"sale.order": "id", "sale.order.line": "order_id"}

#: What a stored condition can do wrong when it runs: a cast, a division, a lost column.
_SQL_ERRORS = (psycopg2.DataError, psycopg2.ProgrammingError)
