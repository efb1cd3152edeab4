from odoo.http import request, route

from odoo.addons.website_sale.controllers.variant import WebsiteSaleVariantController


class ReviewVariantController(WebsiteSaleVariantController):
    @route()
    def get_combination_info_website(self, *args, **kwargs):
        """Override of `website_sale` to tell the limits of the chosen variant."""
        request.update_context(review_limits=True)
        return super().get_combination_info_website(*args, **kwargs)
