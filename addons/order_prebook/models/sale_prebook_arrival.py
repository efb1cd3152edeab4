from odoo import api, fields, models

STEP = 200


class SalePrebookArrival(models.Model):
    """Products that came in and were not yet offered to those who wait for them.

    Receipts only add rows here, which costs them one statement and locks nothing.
    """

    _name = "sale.prebook.arrival"
    _description = "Products to Offer to Prebooks"
    _order = "id"

    product_id = fields.Many2one(
        "product.product", required=True, index=True, ondelete="cascade"
    )

    @api.model
    def _queue(self, products):
        """Have products offered soon, if anybody waits for them."""
        if not products:
            return
        waiting = (
            self.env["sale.order.line"]
            .sudo()
            ._read_group(
                [("product_id", "in", products.ids), ("prebook_state", "=", "draft")],
                ["product_id"],
            )
        )
        self._queue_waiting([product.id for (product,) in waiting])

    @api.model
    def _queue_waiting(self, product_ids):
        if product_ids:
            self.sudo().create([{"product_id": one} for one in product_ids])
            self.env.ref("order_prebook.ir_cron_arrivals").sudo()._trigger()

    @api.model
    def _cron_queue_all(self):
        """Look at everything again: stock also becomes free in other ways."""
        waiting = self.env["sale.order.line"]._read_group(
            [("prebook_state", "=", "draft")], ["product_id"]
        )
        self._queue_waiting([product.id for (product,) in waiting])

    @api.model
    def _cron_offer(self):
        """Offer what came in, some products at a time; several hosts may do it."""
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=self.search_count([]))
        while rows := self.search([], limit=2 * STEP).try_lock_for_update(limit=STEP):
            rows._offer()
            count = len(rows)
            rows.unlink()
            left = cron._commit_progress(count, remaining=self.search_count([]))
            if not left:
                break

    def _offer(self):
        """Allocate the products of some rows and tell the customers."""
        self.env["sale.order.line"]._prebook_allocate(self.product_id)
