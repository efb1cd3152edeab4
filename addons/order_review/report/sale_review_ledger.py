from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..const_sql import IS_DELIVERY, id_array
from ..engine import quota_needs

#: Lines that count, when they count from, and how much: the view and the quotas agree.
_COUNTED = SQL(
    """
      FROM sale_order_line l
      JOIN sale_order o ON o.id = l.order_id AND o.state = 'sale'
       AND l.display_type IS NULL AND l.product_uom_qty > 0 AND NOT %s
 LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
    """,
    IS_DELIVERY,
)
_DATE = SQL("COALESCE(o.review_confirmed_at, o.date_order)")
_QUANTITY = SQL("l.product_uom_qty * COALESCE(lu.factor, 1)")
_PARTNER = SQL("LEFT JOIN res_partner p ON p.id = o.partner_id")
_PRODUCT = SQL("LEFT JOIN product_product pp ON pp.id = l.product_id")

#: Fields of an order that say whether it counts, when and for whom.
_ORDER_FIELDS = (
    "state",
    "date_order",
    "review_confirmed_at",
    "partner_id",
    "partner_shipping_id",
    "ordering_user_id",
)

#: What a quota counts for, and what must be joined for it.
_SUBJECTS = {
    "partner": (SQL("o.partner_id"), SQL()),
    "commercial": (SQL("p.commercial_partner_id"), _PARTNER),
    "shipping": (SQL("o.partner_shipping_id"), SQL()),
    "user": (SQL("o.ordering_user_id"), SQL()),
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
        return SQL(
            """
            SELECT l.id, l.order_id, %(date)s AS date,
                   l.company_id, l.product_id, pp.product_tmpl_id, o.partner_id,
                   p.commercial_partner_id, o.partner_shipping_id, o.ordering_user_id,
                   %(quantity)s / COALESCE(pu.factor, 1) AS quantity,
                   %(quantity)s AS quantity_ref
                   %(counted)s %(partner)s %(product)s
         LEFT JOIN product_template pt ON pt.id = pp.product_tmpl_id
         LEFT JOIN uom_uom pu ON pu.id = pt.uom_id
            """,
            date=_DATE,
            quantity=_QUANTITY,
            counted=_COUNTED,
            partner=_PARTNER,
            product=_PRODUCT,
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
            self._flush_others(skip)
            rows = self._read_used(
                quota_per, subjects, kind, ids, starts, company_id, skip
            )
            for subject, key_id, *quantities in rows:
                for start, quantity in zip(starts, quantities, strict=True):
                    key = (quota_per, company_id, start, subject, (kind, key_id))
                    usage[key] = float(quantity or 0.0)
        return usage

    def _flush_others(self, skip):
        """Write what is pending of orders that count.

        Those under review do not; writing what confirming has changed of them would
        make core write the order twice.

        :param list skip: ids of the orders under review
        """
        order = self.env["sale.order"]
        pending = set().union(
            *(
                self.env._field_dirty.get(order._fields[name], ())
                for name in _ORDER_FIELDS
            )
        )
        if not pending.issubset(skip):
            order.flush_model(_ORDER_FIELDS)

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
        # not from the view: planning its joins takes longer than reading the rows
        subject, joins = _SUBJECTS[quota_per]
        mine = SQL("%s = ANY(%s)", subject, id_array(subjects))
        if quota_per == "commercial":
            # the orders of a customer are found by their customers, not all joined
            mine = SQL(
                """o.partner_id = ANY(ARRAY(SELECT id FROM res_partner
                                          WHERE commercial_partner_id = ANY(%s)))""",
                id_array(subjects),
            )
            if len(subjects) == 1:
                subject, joins = SQL("%s", *subjects), SQL()
        conditions = [
            mine,
            SQL("%s >= %s", _DATE, starts[0]),
            SQL("o.id != ALL(%s)", id_array(skip)),
        ]
        if company_id:
            conditions.append(SQL("o.company_id = %s", company_id))
        if key_kind == "rule":
            column = SQL("%s", ids[0])
            products = self.env["sale.review.rule"].browse(ids)._get_scope_products()
            if products is not None:
                conditions.append(SQL("l.product_id IN %s", products.subselect()))
        else:
            column = SQL("l.product_id")
            if key_kind == "template":
                column, joins = SQL("pp.product_tmpl_id"), SQL("%s %s", joins, _PRODUCT)
            conditions.append(SQL("%s = ANY(%s)", column, id_array(ids)))
        return self.env.execute_query(
            SQL(
                "SELECT %s, %s, %s %s %s WHERE %s GROUP BY 1, 2",
                subject,
                column,
                SQL(", ").join(
                    SQL("SUM(%s) FILTER (WHERE %s >= %s)", _QUANTITY, _DATE, start)
                    for start in starts
                ),
                _COUNTED,
                joins,
                SQL(" AND ").join(conditions),
            )
        )
