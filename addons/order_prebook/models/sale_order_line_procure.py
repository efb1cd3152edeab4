from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _action_launch_stock_rule(self, **kwargs):
        """Override of `sale_stock` to judge lines added to confirmed orders first."""
        self._prebook_book()
        return super()._action_launch_stock_rule(**kwargs)

    def _create_procurements(self, product_qty, procurement_uom, values):
        """Override of `sale_stock` to procure only what is checked out.

        What is asked for here is what the line has not asked for before, so it is
        enough to leave out what is still kept back. It is done at this place, and not
        where that difference is calculated, because kits and drop shipping calculate
        it in ways of their own.
        """
        kept = self._prebook_qty_kept()
        if kept and product_qty > 0:
            product_qty = procurement_uom.round(
                product_qty
                - self.product_uom_id._compute_quantity(kept, procurement_uom)
            )
            if product_qty <= 0:
                return []
        return super()._create_procurements(product_qty, procurement_uom, values)

    def _prebook_qty_kept(self):
        """How much of this line is not to be procured yet, in its unit."""
        self.ensure_one()
        if self.prebook_state != "draft" or self.prebook_is_procured:
            return 0.0
        return self.prebook_qty_open
