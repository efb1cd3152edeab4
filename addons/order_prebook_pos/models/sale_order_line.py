from odoo import models
from odoo.exceptions import UserError


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def read_converted(self):
        """Override of `pos_sale` to settle nothing that is booked and not checked out.

        A register asks this when it settles an order, and not for a down payment.

        :raise UserError: naming what has to be checked out first
        """
        # the cashier may read the lines, and need not have a role under Prebooks
        open_sudo = self.sudo().filtered(lambda line: line.prebook_state == "draft")
        if open_sudo:
            self.check_access("read")
            raise UserError(
                self.env._(
                    "%(order)s has goods that are booked and not checked out: "
                    "%(products)s. Check them out first, or take a down payment.",
                    order=", ".join(open_sudo.order_id.mapped("name")),
                    products=", ".join(open_sudo.product_id.mapped("display_name")),
                )
            )
        return super().read_converted()

    def _prebook_sold_at_counter(self):
        """Count what was handed over at the counter as checked out.

        A register that loaded the order before it was booked has sold it; the customer
        has paid and has left. Safe to repeat: registers send orders again.
        """
        sold = {}
        for line in self.sudo().filtered(lambda line: line.prebook_state == "draft"):
            settled = line.pos_order_line_ids.filtered(
                lambda pos_line: pos_line.order_id.state not in ("draft", "cancel")
            )
            quantity = sum(
                self._convert_qty(line, pos_line.qty, "p2s") for pos_line in settled
            )
            quantity = line.product_uom_id.round(
                min(quantity - line.prebook_qty_checked_out, line.prebook_qty_open)
            )
            if quantity > 0:
                sold[line] = quantity
        if sold:
            self.env["sale.prebook.log"]._add("checkout", sold)
