from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _prebook_receipts(self):
        """What is under way to the warehouse of the context.

        :return: lists of ``(date, quantity)`` by product id, in the product's unit
        """
        _quants, incoming, _outgoing = self._get_domain_locations()
        receipts = defaultdict(list)
        groups = self.env["stock.move"]._read_group(
            Domain("product_id", "in", self.ids)
            & Domain(
                "state",
                "in",
                ("waiting", "confirmed", "assigned", "partially_available"),
            )
            & Domain(incoming),
            ["product_id", "date:day"],
            ["product_qty:sum"],
        )
        for product, day, quantity in groups:
            receipts[product.id].append((fields.Date.to_date(day), quantity))
        return receipts
