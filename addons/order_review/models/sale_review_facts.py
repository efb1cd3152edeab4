from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..const_sql import id_array
from ..engine import OrderFacts


class SaleReviewFacts(models.AbstractModel):
    """Reads orders and lines for the engine: a few statements for any number of them.

    Only private methods: nothing of this can be called from outside.
    """

    _name = "sale.review.facts"
    _description = "Facts of Orders Under Review"

    def _read(self, orders, book, historic=False, rows=None):
        """Facts of stored orders and their lines, what is pending written before.

        :param orders: ``sale.order`` recordset, stored records only
        :param RuleBook book: says what need not be read
        :param bool historic: judge each order as of its own date, not as of now
        :param list rows: what is in memory of the orders, see `_row_in_memory`
        :return: ``(list[OrderFacts], {order id: [LineFacts]})``
        """
        for model, names in _FACT_FIELDS.items():
            self.env[model].flush_model(names)
        if historic:
            self.env["sale.order"].flush_model(["date_order", "review_confirmed_at"])
        lines, goods = self._line_facts(orders, book)
        rows = rows or self._rows(orders)
        return self._order_facts(orders, book, goods, rows, historic=historic), lines

    def _order_facts(self, orders, book, goods, rows, historic=False):
        """Facts of stored orders, in the order given.

        :param orders: ``sale.order`` recordset, stored records only
        :param RuleBook book: says what need not be read
        :param dict goods: untaxed amount without delivery by order id
        :param list rows: see `_rows`
        :param bool historic: judge each order as of its own date, not as of now
        :rtype: list[OrderFacts]
        """
        ancestors = tags = {}
        if book.uses("partners") or book.uses("partner_tags"):
            ancestors = self._ancestors({row[2]: row[13] for row in rows})
        if book.uses("partner_tags"):
            tags = self._partner_tags(ancestors)
        known = set()
        if book.new_customers:
            known = self._known_customers({row[12] for row in rows}, orders.ids)
        groups = {}
        if book.uses("groups"):
            users = {row[7] for row in rows if row[7]}
            for user in self.env["res.users"].sudo().browse(users):
                groups[user.id] = frozenset(user._get_group_ids())
        measures = {rule.measure for rule in book.iter(book.masks["amount"])}
        paid = self._paid(orders.ids) if book.masks["payment"] else {}
        margin = {}
        if measures & {"margin", "margin_percent"}:
            margin = self._margins(orders.ids)
        now = fields.Datetime.now()
        empty = frozenset()
        by_id = {}
        for row in rows:
            by_id[row[0]] = OrderFacts(
                id=row[0],
                company_id=row[1],
                partner_id=row[2],
                partner_ids=ancestors.get(row[2], empty),
                commercial_id=row[12],
                shipping_id=row[3] or 0,
                partner_tag_ids=tags.get(row[2], empty),
                country_id=row[14] or 0,
                pricelist_id=row[4] or 0,
                website_id=row[5] or 0,
                team_id=row[6] or 0,
                user_id=row[7] or 0,
                group_ids=groups.get(row[7], empty),
                carrier_id=row[8] or 0,
                is_new_customer=row[12] not in known,
                currency_id=row[9],
                amount_total=row[10] or 0.0,
                amount_untaxed=goods.get(row[0], 0.0),
                margin=margin.get(row[0], 0.0),
                amount_paid=paid.get(row[0], 0.0),
                now=row[11] if historic and row[11] else now,
                timezone=row[15] or "UTC",
            )
        return [by_id[order_id] for order_id in orders.ids if order_id in by_id]

    def _rows(self, orders):
        """Read what is known of orders and their customers.

        :return: list of tuples, see the statement
        """
        # what is known of customers in the same statement, not by joins: planning five
        # of them takes longer than reading; nor from memory, which reads them whole
        return self.env.execute_query(
            SQL(
                """
                SELECT o.id, o.company_id, o.partner_id, o.partner_shipping_id,
                       o.pricelist_id, o.website_id, o.team_id, o.ordering_user_id,
                       o.carrier_id, o.currency_id, o.amount_total,
                       COALESCE(o.review_confirmed_at, o.date_order),
                       COALESCE(p.commercial_partner_id, p.id), p.parent_id,
                       (SELECT country_id FROM res_partner s
                         WHERE s.id = o.partner_shipping_id),
                       (SELECT tz FROM res_partner home
                         WHERE home.id = (SELECT partner_id FROM res_company c
                                           WHERE c.id = o.company_id))
                  FROM sale_order o
                  JOIN res_partner p ON p.id = o.partner_id
                 WHERE o.id = ANY(%s)
                """,
                id_array(orders.ids),
            )
        )

    def _row_in_memory(self, order):
        """The same of one order that a page has read as a whole, its addresses too."""
        customer, seller = order.partner_id, order.company_id.partner_id
        return (
            order.id,
            order.company_id.id,
            customer.id,
            order.partner_shipping_id.id,
            order.pricelist_id.id,
            order.website_id.id,
            order.team_id.id,
            order.ordering_user_id.id,
            order.carrier_id.id,
            order.currency_id.id,
            order.amount_total,
            order.review_confirmed_at or order.date_order,
            customer.commercial_partner_id.id or customer.id,
            customer.parent_id.id,
            order.partner_shipping_id.country_id.id,
            seller.tz,
        )

    def _ancestors(self, parents):
        """Customers with their parents: a rule on a company holds for its branches.

        :param dict parents: id of the parent by id of each customer
        :return: ``{customer id: frozenset of its own id and those of its parents}``
        """
        families = {customer_id: frozenset((customer_id,)) for customer_id in parents}
        branches = [customer_id for customer_id, parent in parents.items() if parent]
        if branches:
            self.env["res.partner"].flush_model(["parent_id"])
            rows = self.env.execute_query(
                SQL(
                    """
                    WITH RECURSIVE family(customer_id, id, parent_id) AS (
                        SELECT id, id, parent_id FROM res_partner WHERE id = ANY(%s)
                         UNION
                        SELECT f.customer_id, p.id, p.parent_id
                          FROM family f
                          JOIN res_partner p ON p.id = f.parent_id
                    )
                    SELECT customer_id, array_agg(id) FROM family GROUP BY customer_id
                    """,
                    id_array(branches),
                )
            )
            families |= {customer_id: frozenset(family) for customer_id, family in rows}
        return families

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
                id_array(every),
            )
        )
        own = defaultdict(set)
        for partner_id, tag_id in rows:
            own[partner_id].add(tag_id)
        return {
            start: frozenset().union(*(own.get(one, ()) for one in family))
            for start, family in ancestors.items()
        }

    def _known_customers(self, commercial_ids, order_ids):
        """Companies with a confirmed order other than the ones under review."""
        self.env["sale.order"].flush_model(["state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT p.commercial_partner_id
                  FROM res_partner p
                  JOIN sale_order o ON o.partner_id = p.id
                 WHERE p.commercial_partner_id = ANY(%s)
                   AND o.state = 'sale' AND o.id != ALL(%s)
                """,
                id_array(commercial_ids),
                id_array(order_ids),
            )
        )
        return {row[0] for row in rows}


#: What is read by SQL, by model; orders first: their totals follow from the lines.
#: Not what confirming writes, the status and the dates: core writes it in its own time.
_FACT_FIELDS = {
    "sale.order": (
        "company_id",
        "partner_id",
        "partner_shipping_id",
        "pricelist_id",
        "website_id",
        "team_id",
        "ordering_user_id",
        "carrier_id",
        "currency_id",
        "amount_total",
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
    "res.partner": ("commercial_partner_id", "country_id", "parent_id", "tz"),
    "product.product": ("product_tmpl_id", "standard_price"),
    "product.template": ("categ_id", "uom_id"),
    "product.category": ("parent_id", "parent_path"),
    "uom.uom": ("factor",),
    "delivery.carrier": ("product_id",),
}
