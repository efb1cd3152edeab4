from odoo import api, models


class PosOrder(models.Model):
    _inherit = "pos.order"

    @api.model
    def sync_from_ui(self, orders):
        """Override of `pos_sale` to count prebooks that were sold as checked out."""
        data = super().sync_from_ui(orders)
        pos_orders = self.browse(row["id"] for row in data["pos.order"])
        pos_orders.lines.sale_order_line_id._prebook_sold_at_counter()
        return data
