from odoo import fields, models
from odoo.tools import SQL


def make_generated(model, column, expression):
    """Have PostgreSQL compute a stored column.

    :param model: the model, its table has just been made
    :param str column: name of a float column
    :param str expression: SQL over columns of the same row
    """
    cr, table = model.env.cr, model._table
    cr.execute(
        """
        SELECT is_generated FROM information_schema.columns
         WHERE table_schema = current_schema AND table_name = %s AND column_name = %s
        """,
        (table, column),
    )
    if cr.fetchone() != ("ALWAYS",):
        cr.execute(
            SQL(
                "ALTER TABLE %(table)s DROP COLUMN IF EXISTS %(column)s, "
                "ADD COLUMN %(column)s float8 GENERATED ALWAYS AS (%(value)s) STORED",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                value=SQL(expression),
            )
        )


class TrackStock(models.Model):
    """What a distributor has of an item."""

    _name = "track.stock"
    _inherit = ["track.posted"]
    _description = "Distributor's Stock"
    _order = "item_code, id"
    _rec_name = "item_code"
    _rec_names_search = ["item_code", "description", "pattern"]

    item_code = fields.Char("Item", required=True, readonly=True)
    description = fields.Char(readonly=True)
    pattern = fields.Char(readonly=True)
    color = fields.Char(readonly=True)
    unit = fields.Char(readonly=True)
    on_hand = fields.Float(readonly=True)
    reserved = fields.Float(readonly=True)
    portal_held = fields.Float(
        "Held in the Portal",
        readonly=True,
        help="What was reserved in the portal and the distributor has not counted yet.",
    )
    free = fields.Float(
        readonly=True, help="On hand, less what is reserved; the database computes it."
    )
    on_order = fields.Float(readonly=True)
    expected_on = fields.Date(
        "Expected", readonly=True, help="When what is on order comes."
    )
    piece_ids = fields.One2many(
        "track.stock.piece", "stock_id", "Pieces", readonly=True
    )

    _by_item = models.Index("(distributor_id, upper(btrim(item_code)))")

    def init(self):
        """Add the column of what the pieces were like; let PostgreSQL do the sum."""
        self.env.cr.execute(
            "ALTER TABLE track_stock ADD COLUMN IF NOT EXISTS children_hash int8"
        )
        make_generated(
            self,
            "free",
            "COALESCE(on_hand, 0) - COALESCE(reserved, 0) - COALESCE(portal_held, 0)",
        )
