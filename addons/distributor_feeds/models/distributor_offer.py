from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.trade_network.fields import UncheckedMany2one

from ..loader.matching import gtin_of, normal

# Who may know what goods cost; sellers see what is there.
PRICE_GROUPS = "distributor_feeds.group_feed_user,purchase.group_purchase_user"
# Room on each page for a second version of every row, so that new stock and prices stay
# there even when a whole file changes (heap-only updates).
FILLFACTOR = 50


class DistributorOffer(models.Model):
    """What a distributor offers: one code in one of their warehouses.

    Feeds write here in bulk, by SQL (see ``loader``). Columns that change with a file
    must not be indexed: an update that touches no index stays on its page.
    """

    _name = "distributor.offer"
    _description = "Distributor Offer"
    _rec_name = "code"
    _rec_names_search = ["code", "name", "mpn", "gtin"]
    # The order of the unique index: the first page is read from it.
    _order = "account_id.id, code, warehouse"
    # A million rows an hour: runs say who wrote when.
    _log_access = False

    account_id = UncheckedMany2one("distributor.account", required=True, readonly=True)
    distributor_id = UncheckedMany2one("res.partner", required=True, readonly=True)
    company_id = UncheckedMany2one("res.company", readonly=True)
    code = fields.Char("Distributor's Code", required=True, readonly=True)
    warehouse = fields.Char(
        "Distributor's Warehouse",
        readonly=True,
        help="Empty: the distributor has one stock.",
    )
    product_id = UncheckedMany2one("product.product")
    matched_by = fields.Selection(
        [
            ("person", "A person"),
            ("code", "Distributor's code"),
            ("part", "Manufacturer and part number"),
            ("gtin", "GTIN"),
            ("ambiguous", "Several products fit"),
        ],
        readonly=True,
    )
    name = fields.Char("Description", readonly=True)
    manufacturer = fields.Char(readonly=True)
    mpn = fields.Char("Manufacturer Part Number", readonly=True)
    gtin = fields.Char("GTIN", readonly=True)
    category = fields.Char(readonly=True)
    weight = fields.Float(readonly=True, help="In kilograms.")
    end_of_life = fields.Boolean(readonly=True)
    replaced_by = fields.Char(readonly=True)
    quantity = fields.Float(readonly=True, digits="Product Unit")
    quantity_more = fields.Boolean(
        "Or More", readonly=True, help="The distributor says “50+”: at least this many."
    )
    incoming_qty = fields.Float("Incoming", readonly=True, digits="Product Unit")
    incoming_date = fields.Date("Expected", readonly=True)
    price = fields.Float(
        readonly=True, digits="Product Price", aggregator=None, groups=PRICE_GROUPS
    )
    currency_id = UncheckedMany2one("res.currency", readonly=True)
    price_breaks = fields.Json(
        readonly=True,
        groups=PRICE_GROUPS,
        help="Pairs of quantity and price, from the smallest quantity.",
    )
    min_qty = fields.Float("Minimum", readonly=True, digits="Product Unit")
    pack_qty = fields.Float("Pack of", readonly=True, digits="Product Unit")
    price_from = fields.Date(readonly=True)
    price_until = fields.Date(readonly=True)
    call_for_price = fields.Boolean(readonly=True)
    unit = fields.Char("Distributor's Unit", readonly=True)
    stock_feed_id = UncheckedMany2one("distributor.feed", readonly=True)
    price_feed_id = UncheckedMany2one("distributor.feed", readonly=True)
    item_feed_id = UncheckedMany2one("distributor.feed", readonly=True)
    run_id = UncheckedMany2one("distributor.feed.run", "Changed by", readonly=True)
    create_run_id = UncheckedMany2one(
        "distributor.feed.run", "Created by", readonly=True
    )
    behind_since = fields.Datetime(
        readonly=True,
        help="Since then the feed no longer names this offer, or names it in a way "
        "that was not accepted: the values are older than the feed.",
    )
    data_at = fields.Datetime(
        "As of",
        compute="_compute_data_at",
        help="When these values were last confirmed.",
    )

    # These decide where a new record of a file belongs; the order of the columns is
    # that of the range a run reads.
    _key = models.UniqueIndex("(account_id, code, warehouse)")
    _product = models.Index("(product_id) WHERE product_id IS NOT NULL")
    # Offers lie in the order of the runs that created them: a few pages of index find
    # them.
    _created = models.Index("USING brin (create_run_id) WITH (autosummarize = on)")
    # What a product that changes is looked up by, as long as the offer has none.
    # Numbers of goods do not change with stock and prices; as hashes they cost a new
    # file least.
    _part = models.Index(
        f"(hashtext({normal('mpn').code})) WHERE product_id IS NULL AND mpn IS NOT NULL"
    )
    _gtin = models.Index(
        f"(hashtext({gtin_of('').code})) WHERE product_id IS NULL AND gtin IS NOT NULL"
    )
    _ambiguous = models.Index(
        "(account_id, code, warehouse) WHERE matched_by = 'ambiguous'"
    )
    _behind = models.Index("(account_id) WHERE behind_since IS NOT NULL")

    @api.depends("stock_feed_id", "price_feed_id", "behind_since")
    def _compute_data_at(self):
        for offer in self:
            feed = offer.stock_feed_id or offer.price_feed_id
            offer.data_at = offer.behind_since or feed.sudo().data_at

    @api.depends("code", "name")
    def _compute_display_name(self):
        for offer in self:
            offer.display_name = (
                f"[{offer.code}] {offer.name}" if offer.name else offer.code
            )

    def init(self):
        """Add what only the loader sees, and the table's settings."""
        self.env.cr.execute(
            SQL(
                """
                ALTER TABLE distributor_offer
                    ADD COLUMN IF NOT EXISTS stock_hash int8,
                    ADD COLUMN IF NOT EXISTS price_hash int8,
                    ADD COLUMN IF NOT EXISTS item_hash int8;
                ALTER TABLE distributor_offer ALTER COLUMN warehouse SET DEFAULT '';
                ALTER TABLE distributor_offer SET (
                    fillfactor = %s,
                    autovacuum_vacuum_scale_factor = 0.05,
                    autovacuum_analyze_scale_factor = 0.05
                )
                """,
                SQL(str(FILLFACTOR)),
            )
        )
