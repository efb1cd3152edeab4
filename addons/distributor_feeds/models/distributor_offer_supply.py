from typing import NamedTuple

from odoo import models
from odoo.tools import SQL


class OfferRow(NamedTuple):
    """What an offer and its account say about stock. ``data_at`` is naive, UTC."""

    product_id: int
    account_id: int
    code: str
    quantity: float | None
    more: bool | None
    incoming_qty: float | None
    incoming_date: object
    min_qty: float | None
    pack_qty: float | None
    end_of_life: bool | None
    data_at: object
    safety_qty: float
    stale_hours: float
    lead_days: int


class DistributorOffer(models.Model):
    _inherit = "distributor.offer"

    def _rows_of(self, products, company):
        """Read what distributors offer of some products, in one query.

        Rights are not looked at: who calls decides what of it is shown to whom.

        :param products: ``product.product``
        :param company: whose accounts; accounts without a company are everybody's
        :return: list of `OfferRow`
        """
        for model in ("distributor.offer", "distributor.account", "distributor.feed"):
            self.env[model].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT offer.product_id, offer.account_id, offer.code,
                       offer.quantity, offer.quantity_more,
                       offer.incoming_qty, offer.incoming_date,
                       offer.min_qty, offer.pack_qty, offer.end_of_life,
                       CASE WHEN offer.stock_feed_id IS NOT NULL
                            THEN COALESCE(offer.behind_since, feed.data_at) END,
                       account.safety_qty, account.stale_hours, account.lead_days
                  FROM distributor_offer offer
                  JOIN distributor_account account ON account.id = offer.account_id
                  LEFT JOIN distributor_feed feed ON feed.id = offer.stock_feed_id
                 WHERE offer.product_id = ANY(%s)
                   AND account.active
                   AND (account.company_id IS NULL OR account.company_id = %s)
                 ORDER BY offer.id
                """,
                products.ids,
                company.id,
            )
        )
        return [OfferRow(*row) for row in rows]
