from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _get_additionnal_combination_info(
        self, product_or_template, quantity, uom, date, website
    ):
        """Override of `website_sale` to say what is promised of the chosen variant."""
        info = super()._get_additionnal_combination_info(
            product_or_template, quantity, uom, date, website
        )
        if (
            self.env.context.get("website_sale_stock_get_quantity")
            and product_or_template.is_product_variant
        ):
            info["promise"] = product_or_template._shop_promise(website)
        return info
