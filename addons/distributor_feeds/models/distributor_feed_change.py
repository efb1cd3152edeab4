from odoo import api, fields, models
from odoo.tools import SQL


class DistributorFeedChange(models.Model):
    """What a run changed: offers with the values before and after it.

    Old values are in the history. New ones are looked up for the rows that are shown,
    not in the view: a run may have a million rows.
    """

    _name = "distributor.feed.change"
    _description = "Change by a Run"
    _auto = False
    _order = "id"
    _rec_name = "offer_id"

    run_id = fields.Many2one("distributor.feed.run", readonly=True)
    offer_id = fields.Many2one("distributor.offer", readonly=True)
    kind = fields.Selection(
        [
            ("created", "New"),
            ("changed", "Changed"),
            ("missing", "Missing in the File"),
        ],
        "What",
        readonly=True,
    )
    code = fields.Char(related="offer_id.code")
    warehouse = fields.Char(related="offer_id.warehouse")
    product_id = fields.Many2one(related="offer_id.product_id")
    old_quantity = fields.Float(
        "Stock Before", readonly=True, digits="Product Unit", aggregator=None
    )
    old_price = fields.Float(
        "Price Before", readonly=True, digits="Product Price", aggregator=None
    )
    old_currency_id = fields.Many2one("res.currency", readonly=True)
    new_quantity = fields.Float(
        "Stock After", compute="_compute_new", digits="Product Unit"
    )
    new_price = fields.Float(
        "Price After", compute="_compute_new", digits="Product Price"
    )
    new_currency_id = fields.Many2one(
        "res.currency", "Currency", compute="_compute_new"
    )
    price_change = fields.Float(
        "Price (%)",
        compute="_compute_new",
        digits=(16, 1),
        help="Empty in another currency.",
    )

    @property
    def _table_query(self):
        # Each half reads one table alone, so that the condition on the run reaches its
        # index. The description of a missing offer is remembered as its end of life and
        # nothing else.
        return SQL(
            """
            SELECT id, run_id, offer_id,
                   CASE WHEN item ? 'end_of_life' AND NOT item ? 'name' THEN 'missing'
                        ELSE 'changed' END AS kind,
                   quantity AS old_quantity, price AS old_price,
                   currency_id AS old_currency_id
              FROM distributor_offer_history
             UNION ALL
            SELECT -id, create_run_id, id, 'created', NULL, NULL, NULL
              FROM distributor_offer
            """
        )

    @api.depends("offer_id")
    def _compute_new(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT change.id,
                       state.quantity, state.price, state.currency_id
                  FROM unnest(%s::int[], %s::int[]) AS change (id, offer_id)
                  LEFT JOIN LATERAL (
                        SELECT quantity, price, currency_id, id AS at
                          FROM distributor_offer_history
                         WHERE offer_id = change.offer_id AND id > change.id
                         UNION ALL
                        SELECT quantity, price, currency_id, NULL
                          FROM distributor_offer
                         WHERE id = change.offer_id
                         ORDER BY at NULLS LAST
                         LIMIT 1
                       ) state ON TRUE
                """,
                self.ids,
                [change.offer_id.id for change in self],
            )
        )
        after = {row[0]: row[1:] for row in rows}
        currencies = self.env["res.currency"]
        for change in self:
            quantity, price, currency_id = after.get(change.id, (0, 0, False))
            change.new_quantity = quantity
            change.new_price = price
            change.new_currency_id = currencies.browse(currency_id)
            comparable = (
                change.old_price and price and currency_id == change.old_currency_id.id
            )
            change.price_change = comparable and (price / change.old_price - 1) * 100
