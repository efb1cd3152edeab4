import math

from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import float_round


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # In a cart for a division, quantities are what every recipient gets.

    def _division_factor(self):
        """By what quantities of the cart are multiplied: 1 for ordinary carts."""
        return max(self.recipient_count, 1) if self.division_id else 1

    def _cart_add(self, product_id, quantity=1.0, *, uom_id=None, **kwargs):
        """Override of `website_sale` to add so much for every recipient."""
        factor = self._division_factor()
        if factor == 1:
            return super()._cart_add(product_id, quantity, uom_id=uom_id, **kwargs)
        if not uom_id:
            uom_id = self.env["product.product"].browse(product_id).uom_id.id
        line = self._cart_find_product_line(product_id, uom_id=uom_id, **kwargs)[:1]
        if line:
            return self._cart_update_line_quantity(
                line_id=line.id, quantity=line.division_qty + quantity, **kwargs
            )
        values = super()._cart_add(
            product_id, quantity * factor, uom_id=uom_id, **kwargs
        )
        return self._division_as_shares(values, factor)

    def _cart_update_line_quantity(self, line_id, quantity, **kwargs):
        """Override of `website_sale` to give so much to every recipient."""
        factor = self._division_factor()
        line = self.order_line.filtered(lambda line: line.id == line_id)
        if factor == 1 or not line or not line._is_divided():
            return super()._cart_update_line_quantity(line_id, quantity, **kwargs)
        values = super()._cart_update_line_quantity(
            line_id, quantity * factor, **kwargs
        )
        return self._division_as_shares(values, factor)

    def _division_as_shares(self, values, factor):
        """What the cart answers, as quantities of one recipient."""
        for name in ("quantity", "added_qty"):
            if values.get(name):
                share = values[name] / factor
                values[name] = int(share) if float(share).is_integer() else share
        return values

    def _verify_updated_quantity(
        self, order_line, product_id, new_qty, uom_id, **kwargs
    ):
        """Override of `website_sale` so that what is in stock is shared out evenly."""
        quantity, warning = super()._verify_updated_quantity(
            order_line, product_id, new_qty, uom_id, **kwargs
        )
        factor = self._division_factor()
        if factor > 1:
            line_qty = order_line.product_uom_qty if order_line else 0.0
            free = self._division_free(product_id, line_qty, uom_id)
            quantity = min(quantity, free)
            if quantity < new_qty:
                share = float_round(
                    max(quantity, 0.0) / factor,
                    precision_rounding=1.0,
                    rounding_method="DOWN",
                )
                quantity = factor * share
                warning = self._division_stock_warning(product_id, int(share), factor)
        return quantity, warning

    def _division_free(self, product_id, line_qty, uom_id):
        """What a line could be raised to with what is in stock.

        Core does not look where customers may fetch their goods, as another shop may
        have them; the goods of a division are all sent.

        :param float line_qty: what the line orders so far, in its unit
        :return: in the same unit; infinite where stock does not matter
        :rtype: float
        """
        product = self.env["product.product"].browse(product_id)
        if not product.is_storable or product.allow_out_of_stock_order:
            return math.inf
        warehouse_id = self._get_shop_warehouse_id()
        free = product.with_context(warehouse_id=warehouse_id).free_qty
        uom = self.env["uom.uom"].browse(uom_id) or product.uom_id
        others = free - self._get_cart_qty(product_id)
        return product.uom_id._compute_quantity(others, uom, round=False) + line_qty

    def _division_stock_warning(self, product_id, share, count):
        """What is told where there is too little for all recipients.

        :param int share: what each of them can get
        """
        name = self.env["product.product"].browse(product_id).display_name
        if not share:
            return self.env._(
                "%(product)s: there is not enough in stock for all %(count)s "
                "recipients.",
                product=name,
                count=count,
            )
        return self.env._(
            "%(product)s: there is enough in stock for %(share)s for each of the "
            "%(count)s recipients.",
            product=name,
            share=share,
            count=count,
        )

    # === DOORS === #

    def _is_cart_ready(self):
        """Override of `website_sale`: what cannot be delivered goes no further."""
        return super()._is_cart_ready() and not self._division_problems()

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale` to keep the door to the payment shut.

        :raise ValidationError: naming what keeps the goods from their recipients
        """
        self._division_sync()
        if problems := self._division_problems():
            raise ValidationError("\n".join(problems))
        return super()._check_cart_is_ready_to_be_paid()
