from collections import defaultdict

from odoo import models

from odoo.addons.order_track.reading import id_array, read_rows
from odoo.addons.order_track.reading.queries import DAY, ZONE
from odoo.addons.order_track.story import Fact, LineDate
from odoo.addons.order_track.story.facts import VENDOR

# Lines of confirmed purchase orders that were made for lines of the orders: sent
# straight to the customer, or bought for a transfer at whatever step before the last.
_PURCHASES = """
    WITH RECURSIVE moves (order_id, line_id, move_id) AS (
        SELECT l.order_id, l.id, m.id
          FROM sale_order_line l
          JOIN stock_move m ON m.sale_line_id = l.id
         WHERE l.order_id = ANY(%(ids)s) AND m.state != 'cancel'
         UNION
        SELECT s.order_id, s.line_id, r.move_orig_id
          FROM moves s
          JOIN stock_move_move_rel r ON r.move_dest_id = s.move_id
          JOIN stock_move m ON m.id = r.move_orig_id AND m.state != 'cancel'
    ),
    bought (order_id, line_id, purchase_line_id) AS (
        SELECT l.order_id, l.id, p.id
          FROM sale_order_line l
          JOIN purchase_order_line p ON p.sale_line_id = l.id
         WHERE l.order_id = ANY(%(ids)s)
         UNION
        SELECT s.order_id, s.line_id, m.purchase_line_id
          FROM moves s
          JOIN stock_move m ON m.id = s.move_id
         WHERE m.purchase_line_id IS NOT NULL
         UNION
        SELECT s.order_id, s.line_id, r.created_purchase_line_id
          FROM moves s
          JOIN stock_move_created_purchase_line_rel r ON r.move_id = s.move_id
    )
    SELECT DISTINCT b.order_id, b.line_id, po.date_approve AS approved_at,
           CASE WHEN p.qty_received < p.product_qty THEN {planned} END AS planned_on
      FROM bought b
      JOIN sale_order o ON o.id = b.order_id
      {zone}
      JOIN purchase_order_line p ON p.id = b.purchase_line_id
      JOIN purchase_order po ON po.id = p.order_id
     WHERE po.state = 'purchase' AND p.product_qty > 0
""".format(planned=DAY.format("p.date_planned"), zone=ZONE)


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _story_facts(self):
        """Override: what was bought for the order. Customers are not told of whom."""
        facts = super()._story_facts()
        bought = {
            (row["order_id"], row["approved_at"])
            for row in read_rows(self.env.cr, _PURCHASES, id_array(self.ids))
        }
        for order_id, approved_at in bought:
            facts[order_id].append(Fact("sourced", at=approved_at, source="vendor"))
        return facts

    def _story_line_dates(self):
        """Override: when vendors deliver what was bought for a line."""
        dates = defaultdict(list, super()._story_line_dates())
        for row in read_rows(self.env.cr, _PURCHASES, id_array(self.ids)):
            if row["planned_on"]:
                dates[row["line_id"]].append(
                    LineDate(row["planned_on"], "vendor", weight=VENDOR)
                )
        return dates
