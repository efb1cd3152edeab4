from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    cart_held_until = fields.Datetime(
        string="Held in Cart Until", copy=False, readonly=True, index="btree_not_null"
    )

    def _prebook_cutoffs(self, now):
        """When the sources of cart lines stop taking orders: a hook for add-ons.

        Here: lines that would become prebooks, and whose vendor has such an hour.

        :param datetime now: UTC, naive
        :return: moment by ``sale.order.line``; lines without a cut-off are missing
        """
        cutoffs = {}
        for line in self.filtered(lambda one: one.product_id and not one.display_type):
            if line._prebook_policy() == "no":
                continue
            quantity = line.product_uom_id._compute_quantity(
                line.product_uom_qty, line.product_id.uom_id
            )
            vendor = line._prebook_seller(quantity)
            if vendor and (moment := vendor._next_cutoff(now)):
                cutoffs[line] = moment
        return cutoffs
