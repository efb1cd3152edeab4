import math
from collections import defaultdict

from odoo import models
from odoo.tools import SQL

from ..const_sql import IS_DELIVERY, id_array
from ..engine import LineFacts


class SaleReviewFacts(models.AbstractModel):
    _inherit = "sale.review.facts"

    def _line_facts(self, orders, book):
        """Facts of all lines that sell something.

        Sections and notes have no product; down payments have no quantity.  Products
        and units are few and mostly in memory: joining them for every line takes
        longer, and PostgreSQL would plan six joins each time.

        :return: ``{order id: [LineFacts]}`` in the order of the lines, and the untaxed
            amount of all lines but delivery by order id
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id, l.order_id, l.product_id, l.product_uom_qty,
                       l.product_uom_id, l.price_unit, l.discount, l.price_subtotal, %s
                  FROM sale_order_line l
                 WHERE l.order_id = ANY(%s) AND l.display_type IS NULL
              ORDER BY l.order_id, l.sequence, l.id
                """,
                IS_DELIVERY,
                id_array(orders.ids),
            )
        )
        products = self._products({row[2] for row in rows if row[2]}, book)
        sizes = self.env["uom.uom"]._review_sizes_of({row[4] for row in rows if row[4]})
        lines, amounts = defaultdict(list), defaultdict(list)
        for (
            line_id,
            order_id,
            product_id,
            quantity,
            unit_id,
            price,
            discount,
            subtotal,
            is_delivery,
        ) in rows:
            if not is_delivery:
                amounts[order_id].append(subtotal or 0.0)
            if not product_id:
                continue
            template_id, path, tags, product_factor, root = products[product_id]
            factor = sizes[unit_id][0] if unit_id else product_factor
            lines[order_id].append(
                LineFacts(
                    line_id,
                    order_id,
                    product_id,
                    template_id,
                    path,
                    tags,
                    quantity or 0.0,
                    (quantity or 0.0) * factor,
                    factor,
                    product_factor,
                    root,
                    price or 0.0,
                    discount or 0.0,
                    is_delivery,
                )
            )
        return lines, {key: math.fsum(each) for key, each in amounts.items()}

    def _products(self, product_ids, book):
        """What all lines with the same product share.

        :param set product_ids: ids of products
        :param RuleBook book: says whether categories and tags are asked for
        :return: ``{product id: (template id, category path, tag ids, factor and root
            of the unit)}``
        """
        products = self.env["product.product"].browse(product_ids)
        self._load(products, "product_tmpl_id")
        templates = products.product_tmpl_id
        self._load(templates, "categ_id", "uom_id")
        paths = {}
        if book.uses("categories"):
            paths = {template.id: _path(template.categ_id) for template in templates}
        units = {template.id: template.uom_id.id for template in templates}
        sizes = self.env["uom.uom"]._review_sizes_of(units.values())
        tags, empty = {}, frozenset()
        if book.uses("product_tags"):
            tags = self._product_tags(product_ids)
        facts = {}
        for product in products:
            template_id = product.product_tmpl_id.id
            facts[product.id] = (
                template_id,
                paths.get(template_id, ()),
                tags.get(product.id, empty),
                *sizes[units[template_id]],
            )
        return facts

    def _load(self, records, *names):
        """Read no more than these fields of many records.

        Few are better read whole: the page or the confirmation asks for the rest next.
        """
        if len(records) > _FEW:
            records.fetch(names)

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
                ids=id_array(product_ids),
            )
        )
        tags = defaultdict(set)
        for product_id, tag_id in rows:
            tags[product_id].add(tag_id)
        return {product_id: frozenset(found) for product_id, found in tags.items()}


def _path(category):
    """Ids from the root category down to this one."""
    return tuple(map(int, (category.parent_path or "").split("/")[:-1]))


#: Records that are read whole without much loss.
_FEW = 50
