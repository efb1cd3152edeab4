from odoo import models
from odoo.tools import SQL

from ..const_sql import IS_DELIVERY


class SaleReviewFacts(models.AbstractModel):
    _inherit = "sale.review.facts"

    def _paid(self, order_ids):
        """What was paid or is authorized: by transaction, or on posted invoices."""
        self.env["payment.transaction"].flush_model(["state", "amount"])
        self.env["account.move"].flush_model(
            ["state", "amount_total", "amount_residual", "move_type"]
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.id, GREATEST(
                    (SELECT COALESCE(SUM(t.amount), 0)
                       FROM sale_order_transaction_rel r
                       JOIN payment_transaction t ON t.id = r.transaction_id
                      WHERE r.sale_order_id = o.id
                        AND t.state IN ('authorized', 'done')),
                    (SELECT COALESCE(SUM(m.amount_total - m.amount_residual), 0)
                       FROM account_move m
                      WHERE m.state = 'posted' AND m.move_type = 'out_invoice'
                        AND m.id IN (
                            SELECT a.move_id
                              FROM sale_order_line l
                              JOIN sale_order_line_invoice_rel i
                                ON i.order_line_id = l.id
                              JOIN account_move_line a ON a.id = i.invoice_line_id
                             WHERE l.order_id = o.id)))
                  FROM sale_order o WHERE o.id = ANY(%s)
                """,
                list(order_ids),
            )
        )
        return {order_id: float(amount) for order_id, amount in rows}

    def _goods_amounts(self, order_ids):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.order_id, SUM(l.price_subtotal)
                  FROM sale_order_line l
                 WHERE l.order_id = ANY(%s) AND NOT %s
              GROUP BY l.order_id
                """,
                list(order_ids),
                IS_DELIVERY,
            )
        )
        return {order_id: float(amount or 0) for order_id, amount in rows}

    def _margins(self, order_ids):
        """Untaxed amount less the cost of the products, in the order's currency.

        The cost is the product's cost in the company of the order; it is what
        ``sale_margin`` starts from too, so both agree until a cost is edited by hand.
        """
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
                list(order_ids),
                IS_DELIVERY,
            )
        )
        return {order_id: float(amount or 0) for order_id, amount in rows}
