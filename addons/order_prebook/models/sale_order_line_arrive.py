from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model
    def _prebook_allocate(self, products):
        """Offer what is here of some products to who waits for it, first come first.

        Always calculated from what is free now, so doing it twice changes nothing.

        :param products: ``product.product`` records
        """
        lines = self.sudo().search(
            [
                ("product_id", "in", products.ids),
                ("prebook_state", "=", "draft"),
                ("state", "=", "sale"),
            ],
            order="prebook_date, id",
        )
        pools = lines._prebook_pools()
        for line in lines:
            key = (line.warehouse_id.id, line.product_id.id)
            uom, product_uom = line.product_uom_id, line.product_id.uom_id
            wanted = uom._compute_quantity(line.prebook_qty_open, product_uom)
            given = min(wanted, pools.get(key, wanted))
            if key in pools:
                pools[key] -= given
            arrived = line.prebook_qty_open
            if given < wanted:
                arrived = product_uom._compute_quantity(
                    given, uom, rounding_method="DOWN"
                )
            if uom.compare(arrived, line.prebook_qty_arrived):
                line.prebook_qty_arrived = arrived
        lines._prebook_tell()

    def _prebook_pools(self):
        """What may be offered to these lines.

        That is what is free, and what is reserved for them already because they were
        procured when they were booked.

        :return: quantity in the product's unit by ``(warehouse id, product id)``;
            what nobody counts is missing
        """
        lines = self.filtered(lambda line: line.product_id.is_storable)
        pools = {}
        for warehouse, group in lines.grouped("warehouse_id").items():
            for product in group.product_id.with_context(warehouse_id=warehouse.id):
                pools[warehouse.id, product.id] = max(product.free_qty, 0.0)
        reserved = self.env["stock.move"]._read_group(
            [
                ("sale_line_id", "in", lines.filtered("prebook_is_procured").ids),
                ("state", "in", ("assigned", "partially_available")),
            ],
            ["sale_line_id", "product_uom"],
            ["quantity:sum"],
        )
        for line, uom, quantity in reserved:
            pools[line.warehouse_id.id, line.product_id.id] += uom._compute_quantity(
                quantity, line.product_id.uom_id
            )
        return pools

    def _prebook_tell(self):
        """Tell customers and salespeople, once, what has arrived since last time."""
        news = self.filtered(
            lambda line: (
                line.product_uom_id.compare(
                    line.prebook_qty_arrived, line.prebook_qty_told
                )
                > 0
            )
        )
        for order in news.order_id:
            order._prebook_tell_arrived()
        self.env["sale.prebook.log"]._add(
            "arrive", {line: line.prebook_qty_arrived for line in news}
        )
        for line in news:
            line.prebook_qty_told = line.prebook_qty_arrived
