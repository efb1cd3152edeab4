from odoo import models
from odoo.exceptions import ValidationError
from odoo.tools import float_round


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _sells_distributors_goods(self):
        """Whether distributors' stock counts: not for goods picked up in a store."""
        self.ensure_one()
        website = self.website_id
        return (
            website.stock_promise
            and self.state == "draft"
            and self._get_shop_warehouse_id() == website.warehouse_id.id
        )

    def _get_free_qty(self, product):
        """Override of `website_sale_stock`: what distributors have can be bought."""
        quantity = super()._get_free_qty(product)
        if self._sells_distributors_goods():
            quantity += product.sudo().with_company(self.company_id).distributors_qty
        return quantity

    def _verify_updated_quantity(
        self, order_line, product_id, new_qty, uom_id, **kwargs
    ):
        """Override of `website_sale_stock`: packs may allow less than there is."""
        quantity, warning = super()._verify_updated_quantity(
            order_line, product_id, new_qty, uom_id, **kwargs
        )
        product = self.env["product.product"].browse(product_id)
        if warning or quantity <= 0 or not self._limits(product):
            return quantity, warning
        uom = self.env["uom.uom"].browse(uom_id)
        others = self._get_cart_qty(
            product_id
        ) - order_line.product_uom_id._compute_quantity(
            order_line.product_uom_qty, product.uom_id
        )
        wanted = others + uom._compute_quantity(quantity, product.uom_id)
        told = self.website_id._shop_promises(product, {product_id: wanted})[product_id]
        if told.promise.quantity >= wanted:
            return quantity, warning
        allowed = float_round(
            product.uom_id._compute_quantity(
                told.promise.quantity - others, uom, round=False
            ),
            precision_digits=0,
            rounding_method="DOWN",
        )
        warning = self.env._(
            "%(product)s: of %(wanted)s pieces only %(promised)s can be had now.",
            product=product.name,
            wanted=f"{wanted:g}",
            promised=f"{told.promise.quantity:g}",
        )
        if told.larger:
            warning = f"{warning} {self.website_id._packs_told(told)}."
        return allowed, warning

    def _limits(self, product):
        """Whether no more of a product may be sold than is promised."""
        website = self.website_id
        if "in_store_dm_id" in website._fields and website.in_store_dm_id:
            # The store is chosen, and its stock looked at, later.
            return False
        return (
            product.is_storable
            and not product.allow_out_of_stock_order
            and self._sells_distributors_goods()
        )

    def _create_new_cart_line(self, product_id, quantity, uom_id, **kwargs):
        """Override of `website_sale`: what is shown with a new line is remembered."""
        line = super()._create_new_cart_line(product_id, quantity, uom_id, **kwargs)
        self._keep_shown(line.product_id)
        return line

    def _cart_update_order_line(self, order_line, quantity, **kwargs):
        """Override of `website_sale`: another quantity, another promise."""
        product = order_line.product_id
        line = super()._cart_update_order_line(order_line, quantity, **kwargs)
        self._keep_shown(product + line.linked_line_ids.product_id)
        return line

    def _check_cart_is_ready_to_be_paid(self):
        """Override of `website_sale`: nobody pays for less than he was shown.

        Nobody is asked here, because the order may be locked: see the controllers.
        """
        if changes := self._promise_changes():
            raise ValidationError(
                "\n".join(
                    [
                        self._promise_changes_title(),
                        *self._promise_changes_lines(changes),
                    ]
                )
            )
        return super()._check_cart_is_ready_to_be_paid()
