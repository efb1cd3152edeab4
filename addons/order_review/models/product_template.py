from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _get_additionnal_combination_info(
        self, product_or_template, quantity, uom, date, website
    ):
        """Override of `website_sale` to tell the limits of a variant."""
        info = super()._get_additionnal_combination_info(
            product_or_template, quantity, uom, date, website
        )
        if self.env.context.get("review_limits"):
            info["review_limits"] = product_or_template._review_limits(website)
        return info

    def _review_limits(self, website):
        """Limits are those of variants: none is chosen yet."""
        return []
