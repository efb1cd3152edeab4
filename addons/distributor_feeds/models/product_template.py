from odoo import api, fields, models

# What decides which offers are the variants; variants know the rest.
MATCHED_BY = {"manufacturer", "company_id"}


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "distributor.offered"]

    manufacturer = fields.Char(
        help="Who makes it, as distributors name it in their files."
    )
    mpn = fields.Char(
        "Manufacturer Part Number",
        compute="_compute_mpn",
        inverse="_inverse_mpn",
        search="_search_mpn",
    )

    @api.depends("product_variant_ids.mpn")
    def _compute_mpn(self):
        self._compute_template_field_from_variant_field("mpn")

    def _inverse_mpn(self):
        self._set_product_variant_field("mpn")

    def _search_mpn(self, operator, value):
        return [("product_variant_ids.mpn", operator, value)]

    def _get_related_fields_variant_template(self):
        """A part number given with a new product is that of its only variant."""
        return super()._get_related_fields_variant_template() + ["mpn"]

    def write(self, vals):
        """Offers lose products they no longer fit, and find those they fit now."""
        if MATCHED_BY.isdisjoint(vals):
            return super().write(vals)
        queue = self.env["distributor.match.queue"]
        products = self.with_context(active_test=False).product_variant_ids
        queue._note_products(products)
        result = super().write(vals)
        queue._note_products(products.exists())
        return result

    def unlink(self):
        """Free the offers of the variants: these go without being asked."""
        self.with_context(active_test=False).product_variant_ids._free_offers()
        return super().unlink()

    def _offered_products(self):
        return self.product_variant_ids
