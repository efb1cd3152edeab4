from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _review_limits(self, website):
        """Limits on ordering this product, for the one who looks at it.

        :param website: ``website`` of the visitor
        :rtype: list[str]
        """
        self.ensure_one()
        limits = self.env["sale.review.limits"]
        if not limits._get_limit_book():
            return []
        order, facts = website._review_visitor_facts()
        return limits._of_product(self, order, facts)
