from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..const_sql import IS_DELIVERY
from ..engine import LineFacts, OrderFacts


class SaleReviewFacts(models.AbstractModel):
    """Reads orders and lines for the engine: a few statements for any number of them.

    Only private methods: nothing of this can be called from outside.
    """

    _name = "sale.review.facts"
    _description = "Facts of Orders Under Review"

    def _read(self, orders, book, historic=False):
        """Facts of stored orders and their lines, what is pending written before.

        :param orders: ``sale.order`` recordset, stored records only
        :param RuleBook book: says what need not be read
        :param bool historic: judge each order as of its own date, not as of now
        :return: ``(list[OrderFacts], {order id: [LineFacts]})``
        """
        for model, names in _FACT_FIELDS.items():
            self.env[model].flush_model(names)
        return (
            self._order_facts(orders, book, historic=historic),
            self._line_facts(orders, book),
        )

    def _order_facts(self, orders, book, historic=False):
        """Facts of stored orders, in the order given.

        :param orders: ``sale.order`` recordset, stored records only
        :param RuleBook book: says what need not be read
        :param bool historic: judge each order as of its own date, not as of now
        :rtype: list[OrderFacts]
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.id, o.name, o.state, o.company_id, o.partner_id,
                       p.commercial_partner_id, o.partner_shipping_id, s.country_id,
                       o.pricelist_id, o.website_id, o.team_id, o.ordering_user_id,
                       o.carrier_id, o.currency_id, o.amount_total,
                       COALESCE(o.review_confirmed_at, o.date_order)
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_id
             LEFT JOIN res_partner s ON s.id = o.partner_shipping_id
                 WHERE o.id = ANY(%s)
                """,
                list(orders.ids),
            )
        )
        partners = {row[4] for row in rows}
        ancestors = tags = {}
        if book.uses("partners") or book.uses("partner_tags"):
            ancestors = self._ancestors(partners)
        if book.uses("partner_tags"):
            tags = self._partner_tags(ancestors)
        known = set()
        if book.new_customers:
            known = self._known_customers({row[5] for row in rows}, orders.ids)
        groups = {}
        if book.uses("groups"):
            users = {row[11] for row in rows if row[11]}
            for user in self.env["res.users"].sudo().browse(users):
                groups[user.id] = frozenset(user._get_group_ids())
        zones = {
            company.id: company.partner_id.tz or "UTC"
            for company in self.env["res.company"]
            .sudo()
            .browse({row[3] for row in rows})
        }
        measures = {rule.measure for rule in book.iter(book.masks["amount"])}
        paid = self._paid(orders.ids) if book.masks["payment"] else {}
        margin = goods = {}
        if measures & {"margin", "margin_percent"}:
            margin = self._margins(orders.ids)
        if measures & {"untaxed", "margin_percent"}:
            goods = self._goods_amounts(orders.ids)
        now = fields.Datetime.now()
        empty = frozenset()
        by_id = {}
        for row in rows:
            by_id[row[0]] = OrderFacts(
                id=row[0],
                name=row[1],
                state=row[2],
                company_id=row[3],
                partner_id=row[4],
                partner_ids=ancestors.get(row[4], empty),
                commercial_id=row[5] or row[4],
                shipping_id=row[6] or 0,
                partner_tag_ids=tags.get(row[4], empty),
                country_id=row[7] or 0,
                pricelist_id=row[8] or 0,
                website_id=row[9] or 0,
                team_id=row[10] or 0,
                user_id=row[11] or 0,
                group_ids=groups.get(row[11], empty),
                carrier_id=row[12] or 0,
                is_new_customer=(row[5] or row[4]) not in known,
                currency_id=row[13],
                amount_total=row[14] or 0.0,
                amount_untaxed=goods.get(row[0], 0.0),
                margin=margin.get(row[0], 0.0),
                amount_paid=paid.get(row[0], 0.0),
                now=row[15] if historic and row[15] else now,
                timezone=zones[row[3]],
            )
        return [by_id[order_id] for order_id in orders.ids if order_id in by_id]

    def _line_facts(self, orders, book):
        """Facts of all lines that sell something.

        Sections and notes have no product; down payments have no quantity.

        :return: ``{order id: [LineFacts]}`` in the order of the lines
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id, l.order_id, l.product_id, pp.product_tmpl_id,
                       c.parent_path, l.product_uom_qty,
                       COALESCE(lu.factor, pu.factor, 1), COALESCE(pu.factor, 1),
                       COALESCE(split_part(pu.parent_path, '/', 1), '0')::int,
                       l.price_unit, COALESCE(l.discount, 0), %s
                  FROM sale_order_line l
                  JOIN product_product pp ON pp.id = l.product_id
                  JOIN product_template pt ON pt.id = pp.product_tmpl_id
             LEFT JOIN product_category c ON c.id = pt.categ_id
             LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
             LEFT JOIN uom_uom pu ON pu.id = pt.uom_id
                 WHERE l.order_id = ANY(%s) AND l.display_type IS NULL
              ORDER BY l.order_id, l.sequence, l.id
                """,
                IS_DELIVERY,
                list(orders.ids),
            )
        )
        tags = {}
        if book.uses("product_tags"):
            tags = self._product_tags({row[2] for row in rows})
        empty, paths = frozenset(), {}
        lines = defaultdict(list)
        for row in rows:
            path = paths.get(row[4])
            if path is None:
                path = paths[row[4]] = tuple(map(int, (row[4] or "").split("/")[:-1]))
            quantity = row[5] or 0.0
            lines[row[1]].append(
                LineFacts(
                    row[0],
                    row[1],
                    row[2],
                    row[3],
                    path,
                    tags.get(row[2], empty),
                    quantity,
                    quantity * row[6],
                    row[6],
                    row[7],
                    row[8],
                    row[9] or 0.0,
                    row[10],
                    row[11],
                )
            )
        return lines

    def _ancestors(self, partner_ids):
        """Customers with their parents: a rule on a company holds for its branches."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE tree AS (
                    SELECT id AS start, id, parent_id
                      FROM res_partner WHERE id = ANY(%s)
                     UNION
                    SELECT tree.start, p.id, p.parent_id
                      FROM tree JOIN res_partner p ON p.id = tree.parent_id
                )
                SELECT start, array_agg(id) FROM tree GROUP BY start
                """,
                list(partner_ids),
            )
        )
        return {start: frozenset(ids) for start, ids in rows}

    def _partner_tags(self, ancestors):
        every = list(frozenset().union(*ancestors.values())) if ancestors else []
        self.env["res.partner"].flush_model(["category_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partner_id, category_id
                  FROM res_partner_res_partner_category_rel
                 WHERE partner_id = ANY(%s)
                """,
                every,
            )
        )
        own = defaultdict(set)
        for partner_id, tag_id in rows:
            own[partner_id].add(tag_id)
        return {
            start: frozenset().union(*(own.get(one, ()) for one in family))
            for start, family in ancestors.items()
        }

    def _product_tags(self, product_ids):
        self.env["product.template"].flush_model(["product_tag_ids"])
        self.env["product.product"].flush_model(["additional_product_tag_ids"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT p.id, r.product_tag_id
                  FROM product_product p
                  JOIN product_tag_product_template_rel r
                    ON r.product_template_id = p.product_tmpl_id
                 WHERE p.id = ANY(%(ids)s)
                 UNION
                SELECT r.product_product_id, r.product_tag_id
                  FROM product_tag_product_product_rel r
                 WHERE r.product_product_id = ANY(%(ids)s)
                """,
                ids=list(product_ids),
            )
        )
        tags = defaultdict(set)
        for product_id, tag_id in rows:
            tags[product_id].add(tag_id)
        return {product_id: frozenset(found) for product_id, found in tags.items()}

    def _known_customers(self, commercial_ids, order_ids):
        """Companies with a confirmed order other than the ones under review."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT p.commercial_partner_id
                  FROM res_partner p
                  JOIN sale_order o ON o.partner_id = p.id
                 WHERE p.commercial_partner_id = ANY(%s)
                   AND o.state = 'sale' AND o.id != ALL(%s)
                """,
                list(commercial_ids),
                list(order_ids),
            )
        )
        return {row[0] for row in rows}


#: What is read by SQL, by model; orders first: their totals follow from the lines.
_FACT_FIELDS = {
    "sale.order": (
        "name",
        "state",
        "company_id",
        "partner_id",
        "partner_shipping_id",
        "pricelist_id",
        "website_id",
        "team_id",
        "ordering_user_id",
        "carrier_id",
        "currency_id",
        "currency_rate",
        "amount_total",
        "date_order",
        "review_confirmed_at",
    ),
    "sale.order.line": (
        "order_id",
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "price_subtotal",
        "discount",
        "display_type",
        "is_delivery",
        "sequence",
    ),
    "res.partner": ("commercial_partner_id", "country_id", "parent_id"),
    "product.product": ("product_tmpl_id", "standard_price"),
    "product.template": ("categ_id", "uom_id"),
    "product.category": ("parent_id", "parent_path"),
    "uom.uom": ("factor", "parent_path"),
    "delivery.carrier": ("product_id",),
}
