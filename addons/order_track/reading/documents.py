"""Documents of orders, read on a cursor for stories: a statement for each kind."""

from .queries import DAY, OUTSIDE, ZONE

#: Transfers with goods of the orders, one row for each order in a transfer.
TRANSFERS = """
    SELECT l.order_id, p.id, p.name, p.state, p.date_done,
           {planned} AS planned_on,
           CASE WHEN BOOL_OR(s.usage = 'customer'
                             OR (m.origin_returned_move_id IS NOT NULL AND {src_out})
                             ) AND NOT BOOL_OR({dst_out}) THEN 'back'
                WHEN BOOL_OR({dst_out}) THEN 'out'
                WHEN BOOL_AND(s.usage IN ('internal', 'transit')) THEN 'inside'
            END AS way
      FROM sale_order_line l
      JOIN sale_order o ON o.id = l.order_id
      {zone}
      JOIN stock_move m ON m.sale_line_id = l.id
      JOIN stock_picking p ON p.id = m.picking_id
      JOIN stock_location s ON s.id = m.location_id
      JOIN stock_location d ON d.id = m.location_dest_id
     WHERE l.order_id = ANY(%(ids)s) AND m.state != 'cancel' AND p.state != 'cancel'
  GROUP BY l.order_id, p.id, cp.tz
  ORDER BY l.order_id, p.id
""".format(
    planned=DAY.format("p.scheduled_date"),
    src_out=OUTSIDE.format("s"),
    dst_out=OUTSIDE.format("d"),
    zone=ZONE,
)

#: Posted invoices and credit notes with lines of the orders.
INVOICES = """
    SELECT DISTINCT l.order_id, m.id, m.name, m.invoice_date, m.invoice_date_due,
           m.move_type = 'out_refund' AS is_credit,
           m.amount_total != 0 AND m.amount_residual != 0
               AND m.payment_state NOT IN ('paid', 'in_payment', 'reversed') AS is_open
      FROM sale_order_line l
      JOIN sale_order_line_invoice_rel r ON r.order_line_id = l.id
      JOIN account_move_line a ON a.id = r.invoice_line_id
      JOIN account_move m ON m.id = a.move_id
     WHERE l.order_id = ANY(%(ids)s) AND m.state = 'posted'
       AND m.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
  ORDER BY l.order_id, m.id
"""

#: Money that settled these: journal entries that are no invoices themselves (and no
#: differences of exchange rates), and payments that have no entry.
PAYMENTS = """
    WITH bill AS (
        SELECT DISTINCT l.order_id, a.move_id
          FROM sale_order_line l
          JOIN sale_order_line_invoice_rel r ON r.order_line_id = l.id
          JOIN account_move_line a ON a.id = r.invoice_line_id
         WHERE l.order_id = ANY(%(ids)s)
    )
    SELECT b.order_id, m.name, m.move_type = 'out_refund' AS is_credit,
           x.on, x.payment_id
      FROM bill b
      JOIN account_move m ON m.id = b.move_id AND m.state = 'posted'
      JOIN account_move_line l ON l.move_id = m.id
      JOIN LATERAL (
            SELECT p.credit_move_id AS line_id FROM account_partial_reconcile p
             WHERE p.debit_move_id = l.id
         UNION ALL
            SELECT p.debit_move_id FROM account_partial_reconcile p
             WHERE p.credit_move_id = l.id
           ) c ON TRUE
      JOIN LATERAL (
            SELECT cm.date AS on, cm.origin_payment_id AS payment_id
              FROM account_move_line cl
              JOIN account_move cm ON cm.id = cl.move_id
             WHERE cl.id = c.line_id AND cm.move_type = 'entry'
               AND NOT EXISTS (SELECT FROM account_partial_reconcile e
                                WHERE e.exchange_move_id = cm.id)
           ) x ON TRUE
     WHERE m.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
     UNION
    SELECT b.order_id, m.name, m.move_type = 'out_refund', p.date, p.id
      FROM bill b
      JOIN account_move m ON m.id = b.move_id AND m.state = 'posted'
      JOIN account_move__account_payment r ON r.invoice_id = m.id
      JOIN account_payment p ON p.id = r.payment_id
     WHERE p.move_id IS NULL AND p.state IN ('in_process', 'paid')
       AND m.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
"""

#: What was paid online, maybe before there was an invoice.
TRANSACTIONS = """
    SELECT r.sale_order_id AS order_id, t.reference, t.last_state_change AS at,
           t.payment_id, t.amount < 0 AS is_refund
      FROM sale_order_transaction_rel r
      JOIN payment_transaction t ON t.id = r.transaction_id
     WHERE r.sale_order_id = ANY(%(ids)s) AND t.state = 'done'
"""
