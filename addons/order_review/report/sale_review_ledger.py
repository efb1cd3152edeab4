from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..const_sql import IS_DELIVERY
from ..engine import quota_needs

#: What a quota counts for, as a column of the ledger.
_SUBJECTS = {
    "partner": SQL("g.partner_id"),
    "commercial": SQL("g.commercial_partner_id"),
    "shipping": SQL("g.partner_shipping_id"),
    "user": SQL("g.ordering_user_id"),
}


class SaleReviewLedger(models.Model):
    """What customers used up of their quotas: one row per confirmed order line.

    A view on the orders themselves, so it cannot disagree with them: a cancelled
    order or a lowered line gives back what it had taken.  An order counts from the
    instant it passed the gate; its order date, which people may write, counts only
    for orders that were confirmed before there was a gate.
    """

    _name = "sale.review.ledger"
    _description = "Ordered Quantities Counted by Quotas"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "order_id"

    order_id = fields.Many2one("sale.order", readonly=True)
    date = fields.Datetime(readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    product_tmpl_id = fields.Many2one("product.template", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    commercial_partner_id = fields.Many2one(
        "res.partner", string="Company of the Customer", readonly=True
    )
    partner_shipping_id = fields.Many2one(
        "res.partner", string="Ship To", readonly=True
    )
    ordering_user_id = fields.Many2one("res.users", string="Ordered By", readonly=True)
    quantity = fields.Float(
        digits="Product Unit", readonly=True, help="In the unit of the product."
    )
    quantity_ref = fields.Float(
        readonly=True, string="Quantity in Reference Units", digits=0
    )

    @property
    def _table_query(self):
        # outer joins: PostgreSQL leaves out those that nothing is read from
        return SQL(
            """
            SELECT l.id, l.order_id,
                   COALESCE(o.review_confirmed_at, o.date_order) AS date,
                   l.company_id, l.product_id, pp.product_tmpl_id, o.partner_id,
                   p.commercial_partner_id, o.partner_shipping_id, o.ordering_user_id,
                   l.product_uom_qty * COALESCE(lu.factor, 1) / COALESCE(pu.factor, 1)
                       AS quantity,
                   l.product_uom_qty * COALESCE(lu.factor, 1) AS quantity_ref
              FROM sale_order_line l
              JOIN sale_order o ON o.id = l.order_id AND o.state = 'sale'
         LEFT JOIN res_partner p ON p.id = o.partner_id
         LEFT JOIN product_product pp ON pp.id = l.product_id
         LEFT JOIN product_template pt ON pt.id = pp.product_tmpl_id
         LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
         LEFT JOIN uom_uom pu ON pu.id = pt.uom_id
             WHERE l.display_type IS NULL AND l.product_uom_qty > 0 AND NOT %s
            """,
            IS_DELIVERY,
        )

    def _read_usage(self, matches, skip):
        """What was used up of the quotas that apply to orders, as the engine takes it.

        One statement for all periods of the quotas that count for the same.

        :param list[Matched] matches: the orders with the rules that apply
        :param list skip: ids of orders not to count (the ones being judged)
        :return: ``{(quota_per, company id, start, subject id, key): quantity}`` in
            reference units
        :rtype: dict
        """
        self.env["sale.order"].flush_model(["review_confirmed_at"])
        wanted = defaultdict(lambda: (set(), set(), set()))
        for need, (subjects, keys) in quota_needs(matches).items():
            quota_per, company_id, start = need
            for kind, key_id in keys:
                # each rule that adds up its whole scope has products of its own
                rule_id = key_id if kind == "rule" else 0
                group = wanted[quota_per, company_id, kind, rule_id]
                group[0].add(start)
                group[1].update(subjects)
                group[2].add(key_id)
        usage = {}
        for (quota_per, company_id, kind, _rule), group in wanted.items():
            starts, subjects, ids = sorted(group[0]), group[1] - {0}, list(group[2])
            if not subjects:
                continue
            rows = self._read_used(
                quota_per, subjects, kind, ids, starts, company_id, skip
            )
            for subject, key_id, *quantities in rows:
                for start, quantity in zip(starts, quantities, strict=True):
                    key = (quota_per, company_id, start, subject, (kind, key_id))
                    usage[key] = float(quantity or 0.0)
        return usage

    def _read_used(self, quota_per, subjects, key_kind, ids, starts, company_id, skip):
        """Quantities used up since the start of each period, in reference units.

        :param str quota_per: ``partner``, ``commercial``, ``shipping`` or ``user``
        :param set subjects: ids of those the quota counts for
        :param str key_kind: ``product``, ``template`` or ``rule``
        :param list ids: product or template ids, or the one rule whose scope counts
        :param list starts: first instants that count, the earliest first
        :param int company_id: count this company's orders only (0: all)
        :param list skip: ids of orders not to count (the ones being judged)
        :return: list of ``(subject id, key id, quantity since each start…)``
        """
        subject = _SUBJECTS[quota_per]
        if key_kind == "rule":
            rule = self.env["sale.review.rule"].browse(ids)
            products = rule._get_scope_products()
            column, condition = SQL("%s", ids[0]), SQL("TRUE")
            if products is not None:
                condition = SQL("g.product_id IN %s", products.subselect())
        else:
            name = "product_id" if key_kind == "product" else "product_tmpl_id"
            column = SQL.identifier("g", name)
            condition = SQL("%s = ANY(%s)", column, ids)
        return self.env.execute_query(
            SQL(
                """
                SELECT %(subject)s, %(column)s, %(sums)s
                  FROM (%(ledger)s) g
                 WHERE %(subject)s = ANY(%(subjects)s) AND %(condition)s
                   AND g.date >= %(start)s AND g.order_id != ALL(%(skip)s)
                   AND (%(company)s = 0 OR g.company_id = %(company)s)
              GROUP BY 1, 2
                """,
                subject=subject,
                column=column,
                sums=SQL(", ").join(
                    SQL("SUM(g.quantity_ref) FILTER (WHERE g.date >= %s)", start)
                    for start in starts
                ),
                ledger=self._table_query,
                subjects=list(subjects),
                condition=condition,
                start=starts[0],
                skip=skip,
                company=company_id,
            )
        )
