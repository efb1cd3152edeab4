from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.trade_network.fields import UncheckedMany2one

from .distributor_offer import PRICE_GROUPS

# How far back charts look.
DAYS = 365


class DistributorOfferTrend(models.Model):
    """Price and stock of offers at the end of each day, from what runs overwrote.

    Only offers of the products or the offers that the context names
    (``trend_product_ids``, ``trend_offer_ids``: lists of ids): the days of all offers
    would be billions.

    A value holds from the run that wrote it to the run that overwrote it, so each day
    has the last value at its end, in the user's time zone; today has the current one.
    """

    _name = "distributor.offer.trend"
    _description = "Price and Stock of an Offer by Day"
    _auto = False
    _order = "date, offer_id"

    date = fields.Date(readonly=True)
    offer_id = UncheckedMany2one("distributor.offer", readonly=True)
    offer_label = fields.Char("Distributor and Code", readonly=True)
    product_id = UncheckedMany2one("product.product", readonly=True)
    account_id = UncheckedMany2one("distributor.account", readonly=True)
    distributor_id = UncheckedMany2one("res.partner", readonly=True)
    company_id = UncheckedMany2one("res.company", readonly=True)
    quantity = fields.Float(
        "Stock", readonly=True, digits="Product Unit", aggregator="avg"
    )
    price = fields.Float(
        readonly=True,
        digits="Product Price",
        aggregator="avg",
        groups=PRICE_GROUPS,
        help="In your company's currency at today's rate: the line moves when the "
        "distributor "
        "changes the price, not with the rate.",
    )

    @property
    def _table_query(self):
        zone = self.env.tz.zone
        today = fields.Date.context_today(self)
        local = SQL("AT TIME ZONE 'UTC' AT TIME ZONE %s", zone)
        return SQL(
            """
            WITH shown AS (
                SELECT o.* FROM distributor_offer o WHERE %(shown)s
            ), step AS (
                SELECT h.offer_id, h.quantity, h.price, h.currency_id,
                       lag((h.at %(local)s)::date) OVER (
                           PARTITION BY h.offer_id ORDER BY h.at, h.id
                       ) AS first_day,
                       (h.at %(local)s)::date - 1 AS last_day
                  FROM distributor_offer_history h
                  JOIN shown ON shown.id = h.offer_id
                UNION ALL
                SELECT shown.id, shown.quantity, shown.price, shown.currency_id,
                       (SELECT (max(h.at) %(local)s)::date
                          FROM distributor_offer_history h WHERE h.offer_id = shown.id),
                       %(today)s
                  FROM shown
            ), rate (currency_id, rate) AS (
                VALUES %(rates)s
            )
            SELECT shown.id * 1000::bigint + (%(today)s - day.date) AS id,
                   day.date, shown.id AS offer_id,
                   concat_ws(
                       ' · ', account.name, shown.code, NULLIF(shown.warehouse, '')
                   ) AS offer_label,
                   shown.product_id, shown.account_id, shown.distributor_id,
                   shown.company_id,
                   step.quantity, step.price * rate.rate AS price
              FROM step
              JOIN shown ON shown.id = step.offer_id
              JOIN distributor_account account ON account.id = shown.account_id
              LEFT JOIN distributor_feed_run born ON born.id = shown.create_run_id
             CROSS JOIN LATERAL (
                    SELECT generate_series(
                        greatest(
                            COALESCE(
                                step.first_day, (born.started_at %(local)s)::date,
                                step.last_day
                            ),
                            %(start)s
                        ),
                        step.last_day,
                        interval '1 day'
                    )::date AS date
                   ) day
              LEFT JOIN rate ON rate.currency_id = step.currency_id
            """,
            shown=self._shown(),
            local=local,
            today=today,
            start=today - timedelta(days=DAYS),
            rates=self._rates(today),
        )

    def _shown(self):
        """Return the condition on the offers (``o``) that the context names."""
        products = self.env.context.get("trend_product_ids") or [0]
        offers = self.env.context.get("trend_offer_ids") or [0]
        return SQL(
            "(o.product_id = ANY(%s) OR o.id = ANY(%s))", list(products), list(offers)
        )

    def _rates(self, today):
        """Return pairs of a currency and its rate to the company's, as SQL values."""
        company = self.env.company
        return SQL(", ").join(
            SQL(
                "(%s, %s::float8)",
                currency.id,
                currency._get_conversion_rate(
                    currency, company.currency_id, company, today
                ),
            )
            for currency in self.env["res.currency"].sudo().search([])
        )
