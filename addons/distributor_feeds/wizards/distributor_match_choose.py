from odoo import api, fields, models


class DistributorMatchChoose(models.TransientModel):
    """Asks which product an offer is."""

    _name = "distributor.match.choose"
    _description = "Choose the Product of an Offer"
    _inherit = "distributor.offer.dialog"

    fitting_product_ids = fields.Many2many(
        "product.product", compute="_compute_fitting_product_ids"
    )
    search_all = fields.Boolean("Search All Products")
    product_id = fields.Many2one("product.product", help="A product in use.")

    @api.depends("offer_keys")
    def _compute_fitting_product_ids(self):
        for dialog in self:
            dialog.fitting_product_ids = dialog.offer_ids.fitting_product_ids

    def action_match(self):
        """Remember the product for the codes of these offers."""
        self.ensure_one()
        return self.offer_ids.action_match(self.product_id.id)
