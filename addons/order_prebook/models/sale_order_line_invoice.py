from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.depends("prebook_state", "order_id.order_line.prebook_qty_open")
    def _compute_qty_to_invoice(self):
        """Override of `sale` to invoice only what is checked out."""
        result = super()._compute_qty_to_invoice()
        self._prebook_limit_to_invoice()
        return result

    def _prebook_limit_to_invoice(self):
        """Take out of the quantity to invoice what is not checked out.

        Discounts and rewards of an order that is open in part are invoiced with their
        goods: as much of them as of the goods they are given for.
        """
        for order, lines in self.grouped("order_id").items():
            if order.prebook_state != "draft":
                continue
            share = order._prebook_released_share()
            for line in lines:
                if line.prebook_state == "draft":
                    line._prebook_limit(line.prebook_qty_checked_out)
                elif share < 1 and line._prebook_is_discount():
                    line._prebook_limit(line.product_uom_qty * share)

    def _prebook_limit(self, quantity):
        """Let no more be invoiced of a line than a quantity, all in all."""
        left = max(self.product_uom_id.round(quantity - self.qty_invoiced), 0.0)
        if left < self.qty_to_invoice:
            self.qty_to_invoice = left

    def _prebook_is_discount(self):
        """Whether a line lowers the price of other lines."""
        self.ensure_one()
        return (
            not self.display_type
            and not self.is_downpayment
            and self.price_unit < 0
            and self.product_uom_qty > 0
            and not self._can_be_invoiced_alone()
        )

    @api.depends("prebook_qty_open")
    def _compute_invoice_status(self):
        """Override of `sale` and `sale_stock`: an open line is not fully invoiced."""
        result = super()._compute_invoice_status()
        for line in self:
            if line.prebook_state == "draft" and line.invoice_status == "invoiced":
                line.invoice_status = "no"
        return result

    @api.depends("prebook_qty_open")
    def _compute_untaxed_amount_to_invoice(self):
        """Override of `sale`: what is not checked out is not to be invoiced yet."""
        result = super()._compute_untaxed_amount_to_invoice()
        for line in self:
            if (
                line.prebook_state == "draft"
                and line.product_id.invoice_policy == "order"
                and line.product_uom_qty
            ):
                unit = line.price_subtotal / line.product_uom_qty
                line.untaxed_amount_to_invoice -= unit * line.prebook_qty_open
        return result
