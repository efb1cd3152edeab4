from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_is_zero
from odoo.tools.misc import formatLang

from .distributor_offer import PRICE_GROUPS


class DistributorOffer(models.Model):
    """Offers as people read them; nothing here is stored."""

    _inherit = "distributor.offer"

    stock_text = fields.Char(
        "Stock",
        compute="_compute_stock_text",
        help="50+: the distributor says at least 50.",
    )
    price_breaks_text = fields.Char(
        "Prices by Quantity", compute="_compute_price_breaks_text", groups=PRICE_GROUPS
    )
    company_currency_id = fields.Many2one(
        "res.currency", compute="_compute_company_price", string="Your Currency"
    )
    company_price = fields.Monetary(
        "Your Price",
        compute="_compute_company_price",
        currency_field="company_currency_id",
        groups=PRICE_GROUPS,
        help="In your company's currency, at today's rate, for the quantity you look "
        "for "
        "(search for “Price for Quantity”; otherwise for the smallest one).",
    )
    for_quantity = fields.Float(
        "Price for Quantity",
        compute="_compute_for_quantity",
        search="_search_for_quantity",
    )
    is_stale = fields.Boolean(
        "Too Old",
        compute="_compute_is_stale",
        search="_search_is_stale",
        help="The stock is older than the account trusts it, or the feed no longer "
        "confirms it.",
    )

    @api.depends("quantity", "quantity_more", "end_of_life")
    def _compute_stock_text(self):
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        for offer in self:
            offer.stock_text = offer._number(offer.quantity, digits) + (
                "+" if offer.quantity_more else ""
            )

    def _number(self, value, digits):
        """Return a number as the user writes it, without decimals that say nothing."""
        whole = float_is_zero(value - round(value), precision_digits=digits)
        return formatLang(self.env, value, digits=0 if whole else digits)

    @api.depends("price_breaks", "currency_id")
    def _compute_price_breaks_text(self):
        units = self.env["decimal.precision"].precision_get("Product Unit")
        prices = self.env["decimal.precision"].precision_get("Product Price")
        for offer in self:
            offer.price_breaks_text = " · ".join(
                f"{offer._number(quantity, units)}: "
                f"{formatLang(self.env, price, digits=prices)}"
                for quantity, price in offer.price_breaks or []
            )

    @api.depends_context("offer_quantity")
    def _compute_for_quantity(self):
        self.for_quantity = self._wanted_quantity()

    def _wanted_quantity(self):
        """Return the quantity that prices are shown for; 0: the smallest one."""
        try:
            return float(self.env.context.get("offer_quantity") or 0)
        except (TypeError, ValueError):
            return 0.0

    @api.model
    def _search_for_quantity(self, _operator, _value):
        """The quantity chooses the price that is shown, not the offers."""
        return Domain.TRUE

    def _price_for(self, quantity):
        """Return the price of one piece, in the offer's currency, when so many are
        bought.

        :param float quantity: 0: the price without breaks
        """
        self.ensure_one()
        price = self.price
        for start, lower in self.price_breaks or []:
            if start <= quantity:
                price = lower
        return price

    @api.depends("price", "price_breaks", "currency_id")
    @api.depends_context("company", "offer_quantity")
    def _compute_company_price(self):
        company = self.env.company
        quantity, today = self._wanted_quantity(), fields.Date.context_today(self)
        rates = {
            currency: currency._get_conversion_rate(
                currency, company.currency_id, company, today
            )
            for currency in self.currency_id
        }
        for offer in self:
            offer.company_currency_id = company.currency_id
            price = offer.sudo()._price_for(quantity)
            offer.company_price = price * rates.get(offer.currency_id, 1)

    @api.depends("stock_feed_id", "price_feed_id", "behind_since")
    def _compute_is_stale(self):
        now = fields.Datetime.now()
        for offer in self:
            trusted = timedelta(hours=offer.account_id.sudo().stale_hours)
            offer.is_stale = (
                bool(offer.behind_since)
                or not offer.data_at
                or now - offer.data_at > trusted
            )

    @api.model
    def _search_is_stale(self, operator, value):
        if operator != "in":
            return NotImplemented
        now, fresh = fields.Datetime.now(), []
        for feed in (
            self.env["distributor.feed"]
            .sudo()
            .with_context(active_test=False)
            .search([("data_at", "!=", False)])
        ):
            trusted = timedelta(hours=feed.account_id.stale_hours)
            if now - feed.data_at <= trusted:
                fresh.append(feed.id)
        is_fresh = Domain("behind_since", "=", False) & (
            Domain("stock_feed_id", "in", fresh)
            | Domain("stock_feed_id", "=", False) & Domain("price_feed_id", "in", fresh)
        )
        return ~is_fresh if True in value else is_fresh
