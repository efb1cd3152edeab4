from odoo import models
from odoo.fields import Domain

from ..quick.batch import Batch


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _quick_order_needs_page(self):
        """Whether a variant must be made, chosen or filled in before it is ordered."""
        self.ensure_one()
        if self.type == "combo":
            return True
        for line in self.attribute_line_ids:
            kind = line.attribute_id.create_variant
            if kind == "dynamic" or any(line.value_ids.mapped("is_custom")):
                return True
            if kind == "no_variant" and (
                len(line.value_ids) > 1 or line.attribute_id.display_type == "multi"
            ):
                return True
        return False

    def _get_variant_id_for_combination(self, filtered_combination):
        """Override of `product` not to search for what is being added anyway."""
        batch = Batch.of(self.env)
        if batch and not filtered_combination and self.id in batch.plain:
            return batch.plain[self.id]
        return super()._get_variant_id_for_combination(filtered_combination)

    def _search_get_detail(self, website, order, options):
        """Override of `website_sale` to find barcodes and the customer's own codes."""
        detail = super()._search_get_detail(website, order, options)
        before = detail.get("search_extra")

        def extra(env, term):
            found = env["product.template"]._quick_order_code_domain(term)
            return Domain.OR([before(env, term), found]) if before else found

        detail["search_extra"] = extra
        return detail

    def _quick_order_code_domain(self, term):
        """Products whose barcode, or whose code in the words of the customer, it is.

        A barcode must match as a whole: parts of numbers are in too many of them.
        """
        products = self.env["product.product"].sudo()
        found = products._search([("barcode", "=", term)])
        references = self.env["product.customer.reference"]._of_visitor(
            [("code", "=ilike", term.replace("%", r"\%").replace("_", r"\_"))]
        )
        return Domain("product_variant_ids", "in", found) | Domain(
            "product_variant_ids", "in", references.product_id.ids
        )
