from odoo import fields, models

from odoo.addons.trade_network.fields import UncheckedMany2one


class DistributorOfferHistory(models.Model):
    """The values an offer had until a run overwrote them.

    Charts, comparisons of runs and the undoing of runs read it. Written by SQL alone.
    """

    _name = "distributor.offer.history"
    _description = "Distributor Offer History"
    _order = "id desc"
    _log_access = False

    offer_id = UncheckedMany2one("distributor.offer", required=True, index=True)
    run_id = UncheckedMany2one("distributor.feed.run", required=True)
    feed_id = UncheckedMany2one("distributor.feed", required=True)
    at = fields.Datetime("Until", required=True)
    quantity = fields.Float(digits="Product Unit")
    quantity_more = fields.Boolean()
    incoming_qty = fields.Float(digits="Product Unit")
    incoming_date = fields.Date()
    price = fields.Float(digits="Product Price", aggregator="avg")
    currency_id = UncheckedMany2one("res.currency")
    price_breaks = fields.Json()
    min_qty = fields.Float(digits="Product Unit")
    pack_qty = fields.Float(digits="Product Unit")
    price_from = fields.Date()
    price_until = fields.Date()
    call_for_price = fields.Boolean()
    unit = fields.Char()
    item = fields.Json(help="The description, when the run changed it.")
    slot_feed_id = UncheckedMany2one("distributor.feed")
    offer_run_id = UncheckedMany2one("distributor.feed.run")
    behind_since = fields.Datetime()

    # Rows of a run lie together: a few bytes for each range of pages find them.
    _run = models.Index("USING brin (run_id) WITH (autosummarize = on)")

    def init(self):
        self.env.cr.execute(
            "ALTER TABLE distributor_offer_history ADD COLUMN IF NOT EXISTS slot_hash "
            "int8"
        )
