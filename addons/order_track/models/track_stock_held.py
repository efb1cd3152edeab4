from odoo import api, models
from odoo.tools import SQL

#: What the portal holds and the distributor has not counted yet.
_HELD = """
    r.origin = 'portal' AND r.post_id IS NULL
    AND (r.state = 'held'
         OR r.state = 'converted' AND EXISTS (
                SELECT FROM track_order o
                 WHERE o.id = r.order_id AND o.post_id IS NULL
                   AND o.status != 'cancelled'))
"""


class TrackStock(models.Model):
    """Counting what is held in the portal."""

    _inherit = "track.stock"

    @api.model
    def _find_item(self, distributor_id, item_code, color=None):
        """The stock of an item.

        :param str item_code: as people write it
        :param str color: tells apart what has the same code
        :return: one ``track.stock``, or none; as superuser
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM track_stock
                 WHERE distributor_id = %(distributor)s AND active
                   AND upper(btrim(item_code)) = upper(btrim(%(code)s))
                 ORDER BY (lower(btrim(color)) = lower(btrim(%(color)s)))
                             DESC NULLS LAST, id
                 LIMIT 1
                """,
                distributor=distributor_id,
                code=item_code,
                color=color or "",
            )
        )
        return self.sudo().browse([row[0] for row in rows])

    @api.model
    def _count_held(self, distributor_id):
        """Bring ``portal_held`` up to date: what was held before stock was known too.

        :param int distributor_id: whose stock
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE track_reserve r SET stock_id = s.id
                  FROM track_stock s
                 WHERE r.stock_id IS NULL AND r.distributor_id = %(distributor)s
                   AND s.distributor_id = %(distributor)s AND s.active
                   AND upper(btrim(s.item_code)) = upper(btrim(r.item_code))
                   AND %(held)s
                """,
                distributor=distributor_id,
                held=SQL(_HELD),
            )
        )
        self.env.cr.execute(
            SQL(
                """
                WITH held AS (
                    SELECT r.stock_id AS id, sum(r.quantity) AS quantity
                      FROM track_reserve r
                     WHERE r.distributor_id = %(distributor)s AND r.stock_id IS NOT NULL
                       AND %(held)s
                     GROUP BY r.stock_id
                )
                UPDATE track_stock s SET portal_held = COALESCE(held.quantity, 0)
                  FROM track_stock was LEFT JOIN held ON held.id = was.id
                 WHERE s.id = was.id AND was.distributor_id = %(distributor)s
                   AND COALESCE(was.portal_held, 0) != COALESCE(held.quantity, 0)
                """,
                distributor=distributor_id,
                held=SQL(_HELD),
            )
        )
        self.invalidate_model(["portal_held", "free"])
