import ast
import functools
import logging

import psycopg2

from odoo import models, tools
from odoo.fields import Domain
from odoo.tools import SQL, Query

from ..const import COUNTING_KINDS, GROUPING_KINDS
from ..engine import Rule, RuleBook

_logger = logging.getLogger(__name__)

#: Operators whose SQL depends on nothing but the condition itself.
_STATIC_OPERATORS = frozenset(
    {"=", "!=", "<", ">", "<=", ">=", "in", "not in", "like", "ilike", "not like"}
    | {"not ilike", "=like", "=ilike"}
)


#: What the text of a condition can do wrong when it is read.
_TEXT_ERRORS = (KeyError, SyntaxError, TypeError, ValueError)


class SaleReviewRule(models.Model):
    _inherit = "sale.review.rule"

    def _rules_changed(self):
        """Forget the compiled rules and have open orders looked at again."""
        self.env.registry.clear_cache()
        cron = self.env.ref("order_review.ir_cron_refresh", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()

    @tools.ormcache()
    def _get_book(self):
        """All active rules of all companies, compiled.

        :return: the book, kept until a rule changes
        :rtype: odoo.addons.order_review.engine.RuleBook
        """
        rules = (
            self.sudo().with_context(active_test=True).search([("active", "=", True)])
        )
        return RuleBook(rule._compile() for rule in rules)

    def _compile(self):
        """Turn one record into the form that the engine reads."""
        self.ensure_one()
        # fields that belong to another kind keep what was entered, but do not count
        limited = self.kind == "amount"
        percent = limited and self.measure == "discount"
        unit = self.uom_id if self.kind in COUNTING_KINDS else self.env["uom.uom"]
        return Rule(
            id=self.id,
            kind=self.kind,
            severity=self.severity,
            overridable=self.is_overridable,
            products=frozenset(self.product_ids.ids),
            templates=frozenset(self.product_tmpl_ids.ids),
            categories=frozenset(self.categ_ids.ids),
            product_tags=frozenset(self.product_tag_ids.ids),
            partners=frozenset(self.partner_ids.ids),
            partner_tags=frozenset(self.partner_category_ids.ids),
            pricelists=frozenset(self.pricelist_ids.ids),
            companies=frozenset(self.company_id.ids),
            websites=frozenset(self.website_ids.ids),
            teams=frozenset(self.team_ids.ids),
            countries=frozenset(self.country_ids.ids),
            groups=frozenset(self.group_ids.ids),
            new_customers=self.is_new_customer,
            date_start=self.date_start or None,
            date_end=self.date_end or None,
            max_quantity=self.max_quantity,
            quantity_per=self.quantity_per
            if self.kind in GROUPING_KINDS
            else "product",
            uom_factor=unit.factor if unit else 0.0,
            uom_root=_unit_root(unit),
            min_quantity=self.min_quantity,
            multiple=self.multiple_quantity,
            period=self.period or "month",
            period_days=self.period_days,
            quota_per=self.quota_per or "partner",
            measure=self.measure or "total",
            amount_min=self.amount_min if limited and self.has_amount_min else None,
            amount_max=self.amount_max
            if percent or (limited and self.has_amount_max)
            else None,
            currency_id=self.currency_id.id,
            use_partner_limit=self.use_partner_limit,
            credit_limit=self.credit_limit,
            payment_percent=self.payment_percent,
            domain_model=self.domain_model if self.kind == "domain" else "",
            correction=(self.kind == "correction" and self.correction) or "",
            replacement_id=self.replacement_product_id.id or 0,
            add_product_id=self.add_product_id.id or 0,
            carrier_id=self.carrier_id.id or 0,
            failed=bool(self.last_error),
        )

    def _parse_domain(self):
        """Read the condition; it is data, never code.

        :rtype: odoo.fields.Domain
        :raise ValueError, SyntaxError: when it is no list of conditions
        """
        self.ensure_one()
        return Domain(ast.literal_eval((self.domain or "[]").strip()))

    @tools.ormcache("self.env.company.id")
    def _get_static_conditions(self):
        """SQL of the conditions that mean the same at any time.

        Translating a domain takes about a millisecond, so the gate keeps what can be
        kept.  Dates such as ``today``, hierarchies and searched fields are resolved
        while translating, and must be translated anew each time.

        :rtype: StaticConditions
        """
        static = StaticConditions()
        for rule in self.sudo().search([("kind", "=", "domain")]):
            try:
                domain = rule._parse_domain()
                model = self.env[rule.domain_model].sudo()
                if not all(_is_static(model, c) for c in domain.iter_conditions()):
                    continue
                query = Query(self.env, model._table, SQL.identifier(model._table))
                condition = _to_sql(domain, model, query)
                if not query._joins:
                    static[rule.id] = condition
            except _TEXT_ERRORS as error:
                _logger.info("Review rule %s is translated each time: %s", rule, error)
        return static

    def _get_conditions(self, model_name):
        """SQL of every condition of these rules of one model, and what they join.

        A rule that cannot be translated any more (say, its field is gone) is left out;
        the engine takes that as broken by every order in its scope.

        :param str model_name: the model that the conditions are on
        :return: ``(query, {rule id: SQL})``
        """
        model = self.env[model_name].sudo()
        query = Query(self.env, model._table, SQL.identifier(model._table))
        static = self._get_static_conditions()
        conditions = {id_: static[id_] for id_ in self._ids if id_ in static}
        for rule in self.browse(id_ for id_ in self._ids if id_ not in static):
            try:
                conditions[rule.id] = _to_sql(rule._parse_domain(), model, query)
            except psycopg2.Error:
                raise  # the transaction is broken; a retry or the engine deals with it
            except Exception as error:
                # any error in a stored rule must hold orders, not crash the shop
                rule._report_failure(error)
        return query, conditions

    def _get_scope_products(self):
        """Products the rule names, for quotas that add them all up.

        :return: a query of product ids, or ``None`` where the rule names none
        """
        self.ensure_one()
        conditions = [
            Domain(field, operator, records.ids)
            for field, operator, records in (
                ("id", "in", self.product_ids),
                ("product_tmpl_id", "in", self.product_tmpl_ids),
                ("categ_id", "child_of", self.categ_ids),
                ("all_product_tag_ids", "in", self.product_tag_ids),
            )
            if records
        ]
        domain = Domain.OR(conditions) if conditions else Domain.TRUE
        if self.uom_id:
            domain &= Domain(
                "uom_id.parent_path", "=like", f"{_unit_root(self.uom_id)}/%"
            )
        if domain.is_true():
            return None
        Product = self.env["product.product"].sudo().with_context(active_test=False)
        return Product._search(domain)

    def _report_failure(self, error):
        """Remember and log why a rule could not be checked, once.

        :param Exception error: what checking it raised
        """
        self.ensure_one()
        text = str(error).strip()[:500] or type(error).__name__
        if self.last_error == text:
            return
        _logger.warning("Review rule %s cannot be checked: %s", self.id, text)
        self._note_failure(text)
        # refusing the order takes the note back: write it once more after that
        self.env.cr.postrollback.add(
            functools.partial(_keep_note, self.env.registry, self.id, text)
        )

    def _report_success(self):
        """Forget why the rule could not be checked: it can be again."""
        self._note_failure(None)

    def _note_failure(self, text):
        # not through write(): orders would be refreshed for a note on the rule
        self.env.cr.execute(
            SQL(
                "UPDATE sale_review_rule SET last_error = %s WHERE id = %s",
                text,
                self.id,
            )
        )
        self.invalidate_recordset(["last_error"], flush=False)
        self.env.registry.clear_cache()  # the book knows which rules failed


class StaticConditions(dict):
    """SQL by id of rules: plain comparisons of columns with values.

    What such a statement returns depends on the data; whether it can be run does not.
    """

    def __init__(self):
        super().__init__()
        self.proven = frozenset()  # ids of rules whose conditions ran together


def _keep_note(registry, rule_id, text):
    """Store why a rule failed in a transaction of its own."""
    with registry.cursor() as cr:
        cr.execute(
            SQL(
                """
                UPDATE sale_review_rule SET last_error = %(text)s
                 WHERE id IN (SELECT id FROM sale_review_rule WHERE id = %(id)s
                                 FOR NO KEY UPDATE SKIP LOCKED)
                """,
                text=text,
                id=rule_id,
            )
        )


def _unit_root(unit):
    """Id of the unit at the root: units that share it convert into each other."""
    return int(unit.parent_path.split("/")[0]) if unit else 0


def _to_sql(domain, model, query):
    return domain.optimize_full(model)._to_sql(model, model._table, query)


def _is_static(model, condition):
    field = model._fields.get(condition.field_expr)
    value = condition.value
    values = value if isinstance(value, (list, tuple, set, frozenset)) else (value,)
    return (
        field is not None
        and field.store
        and bool(field.column_type)
        and not (field.company_dependent or field.translate or field.search)
        and condition.operator in _STATIC_OPERATORS
        and all(isinstance(v, (bool, int, float, str)) for v in values)
        and field.type not in ("date", "datetime")
        and not (field.type == "many2one" and any(isinstance(v, str) for v in values))
    )
