from odoo import api, fields, models

from .distributor_offer import PRICE_GROUPS

# Who sees what distributors have; prices are for PRICE_GROUPS alone.
STOCK_GROUPS = f"{PRICE_GROUPS},sales_team.group_sale_salesman"


class DistributorOffered(models.AbstractModel):
    """A product, or all variants of one, as distributors offer it."""

    _name = "distributor.offered"
    _description = "Offered by Distributors"

    ranked_offer_ids = fields.Many2many(
        "distributor.offer",
        string="Offers by Price",
        compute="_compute_offers",
        groups=STOCK_GROUPS,
        help="The lowest price first; those without a price, and those too old, "
        "at the end.",
    )
    offer_stock = fields.Float(
        "Stock at Distributors",
        digits="Product Unit",
        compute="_compute_offers",
        groups=STOCK_GROUPS,
        help="Of all offers that are not too old.",
    )
    offer_currency_id = fields.Many2one("res.currency", compute="_compute_offers")
    offer_best_price = fields.Monetary(
        "Best Price",
        currency_field="offer_currency_id",
        compute="_compute_offers",
        groups=PRICE_GROUPS,
        help="The lowest price of offers that are not too old, in your company's "
        "currency.",
    )

    def _offered_products(self):
        """Return the variants whose offers are meant."""
        raise NotImplementedError

    @api.depends_context("company", "uid", "allowed_company_ids", "offer_quantity")
    def _compute_offers(self):
        offers = self.env["distributor.offer"].search(
            [("product_id", "in", self._offered_products().ids)]
        )
        # Without the right to know prices the order must not tell them.
        priced = self.env.su or self.env.user.has_groups(PRICE_GROUPS)
        for record in self:
            products = record._offered_products()
            own = offers.filtered(
                lambda offer, products=products: offer.product_id in products
            )
            fresh = own.filtered(lambda offer: not offer.is_stale)
            record.offer_currency_id = self.env.company.currency_id
            record.offer_stock = sum(fresh.mapped("quantity"))
            prices = fresh.sudo().mapped("company_price") if priced else []
            record.offer_best_price = min(
                (price for price in prices if price > 0), default=0
            )
            record.ranked_offer_ids = own.sorted(
                lambda offer: (
                    offer.is_stale,
                    priced and (not offer.company_price, offer.company_price),
                    -offer.quantity,
                )
            )

    def action_view_offers(self):
        """Show the offers of these products in a list."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "distributor_feeds.distributor_offer_product_action"
            ),
            "domain": [("product_id", "in", self._offered_products().ids)],
        }

    def action_view_trend(self):
        """Show the stock and prices of these products' offers as a chart."""
        return {
            **self.env["ir.actions.act_window"]._for_xml_id(
                "distributor_feeds.distributor_offer_trend_action"
            ),
            "context": {"trend_product_ids": self._offered_products().ids},
        }
