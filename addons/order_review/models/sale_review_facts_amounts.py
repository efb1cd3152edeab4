from odoo import models
from odoo.tools import SQL

from ..const_sql import IS_DELIVERY, id_array


class SaleReviewFacts(models.AbstractModel):
    _inherit = "sale.review.facts"

    def _paid(self, order_ids):
        """What was paid or is authorized: by transaction, or on posted invoices.

        Money is counted once: what several orders share is divided among them.
        """
        self.env["sale.order"].flush_model(["state", "amount_total"])
        self.env["payment.transaction"].flush_model(["state", "amount"])
        self.env["account.move"].flush_model(
            ["state", "amount_total", "amount_residual", "move_type", "payment_state"]
        )
        self.env["account.move.line"].flush_model(["price_total", "move_id"])
        by_transaction = self._paid_by_transaction(list(order_ids))
        by_invoice = self._paid_on_invoices(list(order_ids))
        return {
            order_id: max(by_transaction.get(order_id, 0), by_invoice.get(order_id, 0))
            for order_id in order_ids
        }

    def _paid_by_transaction(self, order_ids):
        """Shares of payments; orders that share one have it by their totals.

        :param list order_ids: ids of the orders
        :return: ``{order id: amount}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH link AS (
                    SELECT DISTINCT r.transaction_id AS id, r.sale_order_id AS order_id
                      FROM sale_order_transaction_rel mine
                      JOIN sale_order_transaction_rel r
                        ON r.transaction_id = mine.transaction_id
                     WHERE mine.sale_order_id = ANY(%(ids)s)
                ), share AS (
                    SELECT link.id, link.order_id,
                           GREATEST(o.amount_total, 0) AS total,
                           SUM(GREATEST(o.amount_total, 0))
                               OVER (PARTITION BY link.id) AS of_all,
                           COUNT(*) OVER (PARTITION BY link.id) AS orders
                      FROM link JOIN sale_order o ON o.id = link.order_id
                     WHERE o.state != 'cancel' OR o.id = ANY(%(ids)s)
                )
                SELECT share.order_id,
                       SUM(t.amount * CASE WHEN share.of_all > 0
                                           THEN share.total / share.of_all
                                           ELSE 1.0 / share.orders END)
                  FROM share JOIN payment_transaction t ON t.id = share.id
                 WHERE t.state IN ('authorized', 'done')
                   AND share.order_id = ANY(%(ids)s)
              GROUP BY share.order_id
                """,
                ids=id_array(order_ids),
            )
        )
        return {order_id: float(amount) for order_id, amount in rows}

    def _paid_on_invoices(self, order_ids):
        """Shares of what is paid of invoices; an order has that of its own lines.

        A line that several orders were put together on is divided evenly.

        :param list order_ids: ids of the orders
        :return: ``{order id: amount}``
        """
        rows = self.env.execute_query(
            SQL(
                """
                WITH mine AS (
                    SELECT DISTINCT l.order_id, i.invoice_line_id
                      FROM sale_order_line l
                      JOIN sale_order_line_invoice_rel i ON i.order_line_id = l.id
                     WHERE l.order_id = ANY(%s)
                )
                SELECT mine.order_id,
                       SUM(a.price_total / sharing.orders
                           * (m.amount_total - m.amount_residual)
                           / NULLIF(m.amount_total, 0))
                  FROM mine
                  JOIN account_move_line a ON a.id = mine.invoice_line_id
                  JOIN account_move m ON m.id = a.move_id
            CROSS JOIN LATERAL (
                    SELECT COUNT(DISTINCT l.order_id) AS orders
                      FROM sale_order_line_invoice_rel i
                      JOIN sale_order_line l ON l.id = i.order_line_id
                     WHERE i.invoice_line_id = a.id) sharing
                 WHERE m.state = 'posted' AND m.move_type = 'out_invoice'
                   AND m.payment_state != 'reversed'
              GROUP BY mine.order_id
                """,
                id_array(order_ids),
            )
        )
        return {order_id: float(amount or 0) for order_id, amount in rows}

    def _margins(self, order_ids):
        """Untaxed amount less the cost of the products, in the order's currency.

        The cost is the product's cost in the company of the order; it is what
        ``sale_margin`` starts from too, so both agree until a cost is edited by hand.
        """
        self.env["sale.order"].flush_model(["currency_rate"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.order_id, SUM(l.price_subtotal - l.product_uom_qty
                       * COALESCE(lu.factor, 1) / COALESCE(pu.factor, 1)
                       * COALESCE((pp.standard_price
                                   ->> o.company_id::text)::float, 0)
                       * COALESCE(o.currency_rate, 1))
                  FROM sale_order_line l
                  JOIN sale_order o ON o.id = l.order_id
                  JOIN product_product pp ON pp.id = l.product_id
                  JOIN product_template pt ON pt.id = pp.product_tmpl_id
             LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
             LEFT JOIN uom_uom pu ON pu.id = pt.uom_id
                 WHERE l.order_id = ANY(%s) AND NOT %s
              GROUP BY l.order_id
                """,
                id_array(order_ids),
                IS_DELIVERY,
            )
        )
        return {order_id: float(amount or 0) for order_id, amount in rows}
