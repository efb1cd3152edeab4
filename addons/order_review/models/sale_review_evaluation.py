"""What the engine asks for beyond orders and lines; no model of its own."""

import functools
from collections import defaultdict
from itertools import chain, compress

import psycopg2

from odoo import fields
from odoo.tools import SQL

from ..const_sql import id_array
from ..engine import Decision


class EvaluationFacts:
    """What rules need beyond orders and lines, read only when a rule asks for it."""

    def __init__(self, env, orders, order_facts, lines, book):
        """Read which orders and lines fail a free condition.

        :param env: environment with superuser rights
        :param orders: ``sale.order`` recordset under review
        :param list[OrderFacts] order_facts: the same orders, flattened
        :param dict lines: order id to list of :class:`LineFacts`
        :param RuleBook book: the rules

        ``usage``, what is used up of quotas, is for the caller to set.
        """
        self.env = env
        self.lines = lines
        self.orders = orders
        self.order_facts = order_facts
        self.book = book
        self.domain_hits = self._read_domains()
        self.usage = {}
        self._rates = {}
        self._credit = None

    def products_on(self, order):
        """Ids of the products that an order sells."""
        return {
            line.product_id
            for line in self.lines.get(order.id, ())
            if line.quantity > 0
        }

    # === AMOUNTS === #

    def _convert(self, amount, order, from_id, to_id):
        """Convert an amount at today's rate, in the company of the order."""
        if not to_id or from_id == to_id:
            return amount
        key = (from_id, to_id, order.company_id)
        if key not in self._rates:
            Currency = self.env["res.currency"]
            self._rates[key] = Currency._get_conversion_rate(
                Currency.browse(from_id),
                Currency.browse(to_id),
                self.env["res.company"].browse(order.company_id),
                fields.Date.today(),
            )
        return amount * self._rates[key]

    def amount(self, order, rule):
        """What an amount rule measures, in the currency of the rule or in per cent."""
        if rule.measure == "margin_percent":
            goods = order.amount_untaxed
            return 100.0 * order.margin / goods if goods else 0.0
        value = getattr(order, _AMOUNTS[rule.measure])
        return self._convert(value, order, order.currency_id, rule.currency_id)

    def credit(self, order, rule):
        """Own amount, limit and what is owed already, in the company's currency."""
        if self._credit is None:
            self._credit = self._read_credit()
        company = self.env["res.company"].browse(order.company_id)
        partner_limit, owed = self._credit[order.commercial_id, order.company_id]
        limit = self._convert(
            rule.credit_limit, order, rule.currency_id, company.currency_id.id
        )
        if rule.use_partner_limit:
            limit = partner_limit or limit or None
        own = self._convert(
            order.amount_total, order, order.currency_id, company.currency_id.id
        )
        return own, limit, owed

    def _read_credit(self):
        """Credit limit and debt of all customers under review.

        :return: ``{(company of the customer, company): (limit, owed)}``
        """
        customers = defaultdict(set)
        for order in self.order_facts:
            customers[order.company_id].add(order.commercial_id)
        credit = {}
        for company_id, partner_ids in customers.items():
            open_amounts = self._read_uninvoiced(company_id, partner_ids)
            partners = self.env["res.partner"].browse(partner_ids)
            # computed without dependencies: entries may have been posted since
            partners.invalidate_recordset(["credit"], flush=False)
            for partner in partners.with_company(company_id):
                credit[partner.id, company_id] = (
                    partner.credit_limit,
                    partner.credit + open_amounts.get(partner.id, 0.0),
                )
        return credit

    def _read_uninvoiced(self, company_id, partner_ids):
        """What other confirmed orders will still be invoiced, taxes included.

        Ordered but undelivered goods count in full: they are promised.

        :return: ``{company of the customer: amount in the company's currency}``
        """
        self.env["sale.order"].flush_model(
            ["currency_rate", "partner_invoice_id", "state"]
        )
        self.env["sale.order.line"].flush_model(
            ["price_subtotal", "price_total", "untaxed_amount_invoiced"]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.commercial_partner_id, SUM(
                       CASE WHEN l.is_downpayment
                            THEN - COALESCE(l.untaxed_amount_invoiced, 0)
                            WHEN l.price_subtotal >= 0
                            THEN GREATEST(l.price_subtotal
                                 - COALESCE(l.untaxed_amount_invoiced, 0), 0)
                            ELSE LEAST(l.price_subtotal
                                 - COALESCE(l.untaxed_amount_invoiced, 0), 0)
                        END
                       * COALESCE(l.price_total / NULLIF(l.price_subtotal, 0), 1)
                       / COALESCE(NULLIF(o.currency_rate, 0), 1))
                  FROM sale_order o
                  JOIN sale_order_line l ON l.order_id = o.id
                  JOIN res_partner p ON p.id = o.partner_invoice_id
                 WHERE o.state = 'sale' AND o.company_id = %s
                   AND l.display_type IS NULL
                   AND p.commercial_partner_id = ANY(%s) AND o.id != ALL(%s)
              GROUP BY p.commercial_partner_id
                """,
                company_id,
                id_array(partner_ids),
                id_array(self.orders.ids),
            )
        )
        return {partner_id: float(amount or 0) for partner_id, amount in rows}

    # === DECISIONS === #

    @functools.cached_property
    def decisions(self):
        """Decisions on these orders, read when the first finding asks for them."""
        return self._read_decisions()

    def _read_decisions(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, order_id, rule_id, subject, asked, price,
                       partner_shipping_id
                  FROM sale_review_decision
                 WHERE order_id = ANY(%s)
                """,
                id_array(self.orders.ids),
            )
        )
        decisions = defaultdict(list)
        for row in rows:
            decisions[row[1], row[2]].append(
                Decision(
                    id=row[0],
                    order_id=row[1],
                    rule_id=row[2],
                    subject=row[3] or "",
                    asked=float(row[4] or 0),
                    price=float(row[5] or 0),
                    shipping_id=row[6] or 0,
                )
            )
        return decisions

    # === CONDITIONS === #

    def _read_domains(self):
        """Ids that meet each free condition, all of one model in one statement.

        :return: ``{rule id: set of ids}`` without the rules that could not be checked
        """
        rules = list(self.book.iter(self.book.masks["domain"]))
        try:
            hits = self._run_domains(rules)
        except _SQL_ERRORS:
            # find the one that fails; the others must still be checked
            hits = {}
            for rule in rules:
                try:
                    hits |= self._run_domains([rule])
                except _SQL_ERRORS as error:
                    self.env["sale.review.rule"].browse(rule.id)._report_failure(error)
        for rule in rules:
            if rule.failed and rule.id in hits:
                self.env["sale.review.rule"].browse(rule.id)._report_success()
        return hits

    def _run_domains(self, rules):
        by_model = defaultdict(list)
        for rule in rules:
            by_model[rule.domain_model].append(rule.id)
        checked, selects = [], []
        for model, rule_ids in by_model.items():
            found = self.env["sale.review.rule"].browse(rule_ids)
            query, conditions = found._get_conditions(model)
            if conditions:
                select = self._select_hits(len(checked), model, query, conditions)
                checked.append(list(conditions))
                selects.append(select)
        if not selects:
            return {}
        statement = SQL(" UNION ALL ").join(selects)
        self.env.flush_query(statement)
        every = list(chain(*checked))
        static = self.env["sale.review.rule"]._get_static_conditions()
        if static.proven.issuperset(every):
            self.env.cr.execute(statement)
            rows = self.env.cr.fetchall()
        else:
            # flushed before: rolling back must undo nothing of the caller's
            with self.env.cr.savepoint(flush=False):
                # a rule that fails is reported once, by its name
                self.env.cr.execute(statement, log_exceptions=False)
                rows = self.env.cr.fetchall()
            static.proven |= static.keys() & set(every)
        hits = {rule_id: set() for rule_id in every}
        for place, record_id, met in rows:
            for rule_id in compress(checked[place], met):
                hits[rule_id].add(record_id)
        return hits

    def _select_hits(self, place, model, query, conditions):
        """One row for each record that meets any condition, and which ones it meets.

        An aggregate for each condition takes longer to prepare than this to run.
        """
        record_id = SQL.identifier(query.table, "id")
        column = SQL.identifier(query.table, _ORDER_COLUMNS[model])
        query.add_where(SQL("%s = ANY(%s)", column, id_array(self.orders.ids)))
        return SQL(
            """
            SELECT %s, id, met
              FROM (SELECT %s, ARRAY[%s] AS met FROM %s WHERE %s) AS judged
             WHERE TRUE = ANY(met)
            """,
            place,
            record_id,
            SQL(", ").join(conditions.values()),
            query.from_clause,
            query.where_clause,
        )


#: What an amount rule measures, as a field of :class:`OrderFacts`.
_AMOUNTS = {"total": "amount_total", "untaxed": "amount_untaxed", "margin": "margin"}

#: The column that holds the order, by the model a condition is on.
_ORDER_COLUMNS = {"sale.order": "id", "sale.order.line": "order_id"}

#: What a stored condition can do wrong when it runs: a cast, a division, a lost column.
_SQL_ERRORS = (psycopg2.DataError, psycopg2.ProgrammingError)
