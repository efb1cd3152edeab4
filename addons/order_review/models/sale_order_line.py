from odoo import api, models

from ..const import LINE_TRIGGERS


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `sale` to judge lines that are added to confirmed orders."""
        orders = self.env["sale.order"].browse(
            {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        )
        confirmed = orders.filtered(lambda order: order.state == "sale")
        before = confirmed._review_snapshot()
        lines = super().create(vals_list)
        confirmed._review_guard_edit(before)
        lines.order_id._review_touch()
        return lines

    def write(self, vals):
        """Override of `sale` to judge changes of confirmed orders."""
        if not self.env["sale.review.rule"]._get_book():
            return super().write(vals)
        orders = self.order_id
        if vals.get("order_id"):
            orders |= self.env["sale.order"].browse(vals["order_id"])
        confirmed = orders.browse()
        if LINE_TRIGGERS & vals.keys():
            confirmed = orders.filtered(lambda order: order.state == "sale")
        before = confirmed._review_snapshot()
        result = super().write(vals)
        confirmed._review_guard_edit(before)
        orders._review_touch()
        return result

    def unlink(self):
        """Override of `sale` to judge orders that lose a line: a minimum may break."""
        orders = self.order_id
        result = super().unlink()
        orders.exists()._review_touch()
        return result
