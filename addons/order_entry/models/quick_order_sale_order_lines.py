from collections import defaultdict

from odoo import models

from ..quick import Answer
from ..quick.batch import Batch


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_cart_qty(self, product_id):
        """Override of `website_sale_stock` to count the cart only once for many."""
        if batch := Batch.of(self.env):
            return batch.quantities[product_id]
        return super()._get_cart_qty(product_id)

    def _quick_order_write(self, wanted, answers):
        """Raise the lines that are in the cart and create the others in one go.

        :param list[Wanted] wanted: with units, allowed and within the limits
        :param dict answers: ``{key: Answer}``; written
        """
        groups = defaultdict(list)
        for one in wanted:
            groups[one.product_id, one.uom_id].append(one)
        products = self.env["product.product"].browse({key[0] for key in groups})
        self._quick_order_warm(products)
        models = self.env["account.analytic.distribution.model"].sudo()
        has_models = bool(models.search_count([], limit=1))
        known = self.order_line.filtered(lambda line: line.product_id in products)
        batch = Batch(known, products, has_models)
        cart = self.with_context(quick_order_batch=batch)
        factor = self._division_factor()  # a quantity is what each recipient gets
        raised, created, values = defaultdict(self.order_line.browse), [], []
        found = self._quick_order_find_lines(products)
        for (product_id, uom_id), asked in groups.items():
            product = products.browse(product_id).with_prefetch(products._prefetch_ids)
            uom = self.env["uom.uom"].browse(uom_id)
            line = found(product, uom)
            before = line.product_uom_qty
            total = sum(one.quantity for one in asked) * factor + before
            allowed, warning = cart._verify_updated_quantity(
                line, product_id, total, uom_id=uom_id
            )
            allowed = max(allowed, 0.0)
            batch.add(product, allowed - before, uom)
            added = (allowed - before) / factor
            self._quick_order_share(asked, answers, added, warning)
            if line:
                raised[allowed] |= line
                for one in asked:
                    answers[one.key].line_id = line.id
            elif allowed:
                created.append(asked)
                values.append(
                    cart._prepare_order_line_values(product_id, allowed, uom_id)
                )
        for quantity, lines in raised.items():
            self._quick_order_raise(lines, quantity)
        lines = cart._quick_order_create(values)
        for line, asked in zip(lines, created, strict=True):
            line._check_validity()
            for one in asked:
                answers[one.key].line_id = line.id

    def _quick_order_create(self, values):
        """Create lines, none of them at the expense of the others.

        :param list[dict] values: what :meth:`_prepare_order_line_values` returned
        :rtype: sale.order.line recordset
        """
        Line = self.env["sale.order.line"]
        if "pos_order_line_ids" in Line._fields:
            # pos_sale names all new lines once for each of them: have it see but one
            for vals in values:
                vals["name"] = Line.new(vals).name
        lines = Line.create(values)
        lines._recompute_recordset(["analytic_distribution"])  # while the batch knows
        return lines.with_env(self.order_line.env)

    def _quick_order_raise(self, lines, quantity):
        if not quantity:
            lines.unlink()
            return
        changed = lines.filtered(lambda line: line.product_uom_qty != quantity)
        if changed:
            changed.write({"product_uom_qty": quantity})
            for line in changed:
                line._check_validity()

    def _quick_order_warm(self, products):
        """Read at once what the checks of each product will ask for one by one."""
        products.mapped("product_tmpl_id.attribute_line_ids.value_ids")
        products.mapped("product_template_attribute_value_ids")
        capped = products.filtered(
            lambda product: product.is_storable and not product.allow_out_of_stock_order
        )
        if capped:
            capped.with_context(warehouse_id=self._get_shop_warehouse_id()).mapped(
                "free_qty"
            )

    def _quick_order_find_lines(self, products):
        """Look lines up as :meth:`_cart_find_product_line` does, but quickly.

        Only lines of the product are shown to core's method, which then decides.

        :return: a function of product and unit
        """
        by_product = self.order_line.grouped("product_id")

        def find(product, uom):
            lines = by_product.get(product)
            if not lines:
                return self.order_line.browse()
            return self._cart_find_product_line(product.id, uom_id=uom.id)[:1]

        return find

    def _quick_order_share(self, asked, answers, added, warning):
        """Say what became of each box of the same product and unit.

        :param list[Wanted] asked: the boxes, first come first served
        :param float added: what the line was raised by, may be below what was asked
        :param str warning: what core says of it
        """
        for one in asked:
            share = max(min(one.quantity, added), 0.0)
            added -= share
            answer = answers[one.key] = Answer(one.key, one.product_id, added=share)
            if share < one.quantity:
                if share:
                    answer.note = warning
                else:
                    answer.reason = warning or self.env._("This is not available now.")
