from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .sale_order_recipient import STATES


class SaleOrderRecipient(models.Model):
    _inherit = "sale.order.recipient"

    state = fields.Selection(
        STATES, compute="_compute_state", search="_search_state", string="Status"
    )
    tracking = fields.Char(compute="_compute_tracking")

    @api.depends(
        "order_id.state",
        "is_skipped",
        "is_cancelled",
        "to_deliver",
        "error",
        "picking_ids.state",
    )
    def _compute_state(self):
        """Derive the state from the transfers, in one statement for all."""
        for name in ("state", "division_recipient_id", "picking_type_id"):
            self.env["stock.picking"].flush_model([name])
        self.env["sale.order"].flush_model(["state"])
        self.flush_model()
        states = dict(
            self.env.execute_query(
                SQL("%s WHERE r.id = ANY(%s)", _STATE_QUERY, list(self._origin.ids))
            )
        )
        for recipient in self:
            recipient.state = states.get(recipient._origin.id, "planned")

    def _search_state(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        states = [state for state in value if state]

        def to_sql(model, alias, _query):
            return SQL(
                "%s %s (SELECT id FROM (%s) s (id, state) WHERE s.state = ANY(%s))",
                SQL.identifier(alias, "id"),
                SQL("IN") if operator == "in" else SQL("NOT IN"),
                _STATE_QUERY,
                states,
            )

        return Domain.custom(
            to_sql=to_sql,
            predicate=lambda row: (row.state in states) == (operator == "in"),
        )

    @api.depends("picking_ids.carrier_tracking_ref")
    def _compute_tracking(self):
        for recipient in self:
            numbers = recipient.picking_ids.mapped("carrier_tracking_ref")
            recipient.tracking = ", ".join(dict.fromkeys(filter(None, numbers)))

    @api.model
    def _get_order_counts(self, orders):
        """How many recipients of each order are in each state.

        :param orders: ``sale.order`` recordset
        :rtype: dict[int, dict[str, int]]
        """
        self.env["stock.picking"].flush_model(["state", "division_recipient_id"])
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.order_id, s.state, COUNT(*)
                  FROM (%s WHERE r.order_id = ANY(%s)) s (id, state, order_id)
              GROUP BY 1, 2
                """,
                _STATE_QUERY_ORDER,
                list(orders.ids),
            )
        )
        counts = {order_id: {} for order_id in orders.ids}
        for order_id, state, count in rows:
            counts[order_id][state] = count
        return counts


def _state_query(*columns):
    """SQL that names the state of each recipient ``r``; a WHERE may be added.

    Returns and transfers inside the warehouse say nothing of what has arrived.
    """
    return SQL(
        """
        SELECT r.id, CASE
               WHEN r.is_skipped THEN 'skipped'
               WHEN o.state != 'sale' AND o.state != 'cancel' THEN 'planned'
               WHEN p.live > 0 AND p.done = p.live THEN 'shipped'
               WHEN p.done > 0 AND r.is_cancelled THEN 'shipped'
               WHEN o.state = 'cancel' OR r.is_cancelled THEN 'cancelled'
               WHEN p.done > 0 THEN 'partial'
               WHEN r.error IS NOT NULL AND r.to_deliver THEN 'failed'
               WHEN r.to_deliver THEN 'waiting'
               WHEN p.every > 0 AND p.live = 0 THEN 'cancelled'
               WHEN p.live > 0 AND p.ready = p.live THEN 'ready'
               ELSE 'open' END %s
          FROM sale_order_recipient r
          JOIN sale_order o ON o.id = r.order_id
  LEFT JOIN LATERAL (
               SELECT COUNT(*) AS every,
                      COUNT(*) FILTER (WHERE k.state != 'cancel') AS live,
                      COUNT(*) FILTER (WHERE k.state = 'done') AS done,
                      COUNT(*) FILTER (WHERE k.state IN ('done', 'assigned')) AS ready
                 FROM stock_picking k
                 JOIN stock_picking_type t ON t.id = k.picking_type_id
                WHERE k.division_recipient_id = r.id
                  AND t.code NOT IN ('incoming', 'internal')
               ) p ON TRUE
        """,
        SQL("").join(SQL(", %s", SQL.identifier("r", name)) for name in columns),
    )


_STATE_QUERY = _state_query()
_STATE_QUERY_ORDER = _state_query("order_id")
