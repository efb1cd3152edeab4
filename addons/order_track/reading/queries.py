"""Queries of numbers of orders. Each takes ``ids``, an array of ids of sale orders."""

from odoo.tools import SQL


def read_rows(cr, query, ids):
    """Rows of one of the queries of this package.

    :param cr: cursor of the database
    :param str query: with the parameter ``ids``
    :param SQL ids: array of ids of sale orders
    :rtype: list[dict]
    """
    cr.execute(SQL(query, ids=ids))
    return cr.dictfetchall()


def id_array(ids):
    """Ids as one literal: PostgreSQL reads a list of a thousand numbers one by one.

    :param ids: iterable of integers
    :rtype: SQL
    """
    return SQL("%s::int[]", "{" + ",".join(map(str, ids)) + "}")


# The day of a time, where the seller is: a day in UTC may be another one.
DAY = """({0} AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(cp.tz, 'UTC'))::date"""
ZONE = """JOIN res_company co ON co.id = o.company_id
      JOIN res_partner cp ON cp.id = co.partner_id"""
# Whether a place is outside: with the customer, or on its way to another company.
OUTSIDE = """({0}.usage = 'customer'
    OR ({0}.usage = 'transit' AND {0}.company_id IS NULL))"""

#: Per line and product: what went out, comes back, is to come. Replacements of what was
#: returned without a refund are no part of what was ordered (as in `sale_stock`).
MOVES = """
    SELECT m.line_id, m.is_own, m.product_id,
           COALESCE(SUM(m.qty) FILTER (WHERE m.way = 'out' AND m.done), 0) AS out,
           COALESCE(SUM(m.qty) FILTER (
               WHERE (m.way = 'out' OR m.starts) AND m.open), 0) AS open,
           COALESCE(SUM(m.reserved) FILTER (
               WHERE m.way IN ('out', 'inside') AND m.open), 0) AS reserved,
           COALESCE(SUM(m.qty) FILTER (WHERE m.way = 'back' AND m.done), 0)
               AS returned,
           COALESCE(SUM(m.qty) FILTER (
               WHERE m.way = 'back' AND m.done AND m.to_refund), 0) AS given_back,
           COALESCE(SUM(m.qty) FILTER (WHERE m.way = 'back' AND m.open), 0)
               AS coming_back,
           MIN(m.deadline) FILTER (
               WHERE (m.way = 'out' OR m.starts) AND m.open) AS deadline,
           MAX(m.planned_on) FILTER (
               WHERE (m.way = 'out' OR m.starts) AND m.open) AS planned_on,
           (ARRAY_AGG(m.picking ORDER BY m.planned_on DESC, m.id) FILTER (
               WHERE (m.way = 'out' OR m.starts) AND m.open))[1] AS planned_by,
           MAX(m.receipt_on) FILTER (WHERE m.open) AS receipt_on,
           (ARRAY_AGG(m.receipt ORDER BY m.receipt_on DESC NULLS LAST, m.id) FILTER (
               WHERE m.open))[1] AS receipt_by
      FROM (
        SELECT m.id, l.id AS line_id, m.product_id,
               m.product_id = l.product_id AS is_own,
               m.to_refund, p.name AS picking, r.name AS receipt,
               {deadline} AS deadline, {planned} AS planned_on, {receipt} AS receipt_on,
               m.state = 'done' AS done, m.state != 'done' AS open,
               CASE WHEN m.state = 'done' THEN m.quantity ELSE m.product_uom_qty END
                   * mu.factor / CASE WHEN m.product_id = l.product_id
                                      THEN lu.factor ELSE pu.factor END AS qty,
               m.quantity * mu.factor / CASE WHEN m.product_id = l.product_id
                                      THEN lu.factor ELSE pu.factor END AS reserved,
               CASE WHEN (s.usage = 'customer'
                          OR (m.origin_returned_move_id IS NOT NULL AND {src_out}))
                         AND NOT {dst_out} THEN 'back'
                    WHEN {dst_out} AND s.usage != 'customer'
                         AND (m.origin_returned_move_id IS NULL OR m.to_refund)
                    THEN 'out'
                    WHEN d.usage IN ('internal', 'transit')
                         AND s.usage IN ('internal', 'transit') THEN 'inside'
                END AS way,
               (m.state != 'done' AND s.usage IN ('internal', 'transit')
                AND d.usage IN ('internal', 'transit') AND {final_out}
                AND m.origin_returned_move_id IS NULL
                AND NOT EXISTS (
                    SELECT FROM stock_move_move_rel x
                      JOIN stock_move n ON n.id = x.move_dest_id
                     WHERE x.move_orig_id = m.id AND n.state != 'cancel')) AS starts
          FROM sale_order_line l
          JOIN sale_order o ON o.id = l.order_id
          {zone}
          JOIN stock_move m ON m.sale_line_id = l.id
          JOIN stock_location s ON s.id = m.location_id
          JOIN stock_location d ON d.id = m.location_dest_id
          JOIN product_product pp ON pp.id = m.product_id
          JOIN product_template pt ON pt.id = pp.product_tmpl_id
          JOIN uom_uom pu ON pu.id = pt.uom_id
          JOIN uom_uom mu ON mu.id = m.product_uom
          JOIN uom_uom lu ON lu.id = l.product_uom_id
     LEFT JOIN stock_location f ON f.id = m.location_final_id
     LEFT JOIN stock_picking p ON p.id = m.picking_id
     LEFT JOIN LATERAL (
               SELECT o.date, op.name
                 FROM stock_move_move_rel x
                 JOIN stock_move o ON o.id = x.move_orig_id
                 JOIN stock_location os ON os.id = o.location_id
            LEFT JOIN stock_picking op ON op.id = o.picking_id
                WHERE x.move_dest_id = m.id AND m.state NOT IN ('done', 'cancel')
                  AND o.state NOT IN ('done', 'cancel') AND os.usage = 'supplier'
             ORDER BY o.date DESC, o.id LIMIT 1) r ON TRUE
         WHERE l.order_id = ANY(%(ids)s) AND m.state != 'cancel'
           AND d.usage != 'inventory'
      ) m
  GROUP BY m.line_id, m.is_own, m.product_id
  ORDER BY m.line_id, m.product_id
""".format(
    src_out=OUTSIDE.format("s"),
    dst_out=OUTSIDE.format("d"),
    final_out=OUTSIDE.format("f"),
    deadline=DAY.format("m.date_deadline"),
    planned=DAY.format("m.date"),
    receipt=DAY.format("r.date"),
    zone=ZONE,
)

#: Lines that are ordered: no sections, down payments, expenses, boxes of combos. The
#: price of the delivery is paid for, but is nothing that is shipped.
LINES = """
    SELECT l.id, l.order_id, o.state, l.name,
           t.type = 'consu' AND l.product_uom_qty >= 0 AS goods,
           NOT COALESCE(l.is_delivery, FALSE) AS is_shown,
           COALESCE(l.product_uom_qty, 0)::float AS ordered,
           COALESCE(l.qty_delivered, 0)::float AS delivered,
           COALESCE(l.qty_invoiced, 0)::float AS invoiced,
           COALESCE(c.quantity, 0)::float AS credited,
           EXISTS (SELECT FROM stock_move m
                    WHERE m.sale_line_id = l.id AND m.state = 'cancel') AS has_lost,
           {day} AS commitment_on
      FROM sale_order_line l
      JOIN sale_order o ON o.id = l.order_id
      {zone}
      JOIN product_product p ON p.id = l.product_id
      JOIN product_template t ON t.id = p.product_tmpl_id
 LEFT JOIN LATERAL (
           SELECT SUM(a.quantity * COALESCE(au.factor / lu.factor, 1)) AS quantity
             FROM sale_order_line_invoice_rel r
             JOIN account_move_line a ON a.id = r.invoice_line_id
             JOIN account_move i ON i.id = a.move_id
        LEFT JOIN uom_uom au ON au.id = a.product_uom_id
        LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
            WHERE r.order_line_id = l.id AND i.state = 'posted'
              AND i.move_type = 'out_refund') c ON TRUE
     WHERE l.order_id = ANY(%(ids)s) AND l.display_type IS NULL
       AND NOT COALESCE(l.is_downpayment, FALSE)
       AND NOT COALESCE(l.is_expense, FALSE) AND t.type != 'combo'
  ORDER BY l.order_id, l.sequence, l.id
""".format(day=DAY.format("o.commitment_date"), zone=ZONE)

#: Amounts in the currency of the order, as all bills of an order are compared in it.
ORDERS = """
    SELECT o.id, o.state, {day} AS commitment_on,
           COALESCE(o.amount_total, 0)::float AS total,
           COALESCE(cur.rounding, 0.01)::float AS rounding,
           COALESCE(t.done, 0)::float AS prepaid,
           COALESCE(t.pending, FALSE) AS pending
      FROM sale_order o
      {zone}
      JOIN res_currency cur ON cur.id = COALESCE(o.currency_id, co.currency_id)
 LEFT JOIN LATERAL (
           SELECT SUM(t.amount) FILTER (WHERE t.state = 'done') AS done,
                  BOOL_OR(t.state IN ('pending', 'authorized')) AS pending
             FROM sale_order_transaction_rel r
             JOIN payment_transaction t ON t.id = r.transaction_id
            WHERE r.sale_order_id = o.id AND t.currency_id = o.currency_id) t ON TRUE
     WHERE o.id = ANY(%(ids)s)
""".format(day=DAY.format("o.commitment_date"), zone=ZONE)

#: The share of each order in its invoices. A payment without a journal entry settles an
#: invoice and leaves its residual as it was: the state of the payment decides.
BILLS = """
    WITH share AS (
        SELECT l.order_id, a.move_id, SUM(a.price_total) AS share
          FROM sale_order_line l
          JOIN sale_order_line_invoice_rel r ON r.order_line_id = l.id
          JOIN account_move_line a ON a.id = r.invoice_line_id
         WHERE l.order_id = ANY(%(ids)s)
      GROUP BY l.order_id, a.move_id
    )
    SELECT s.order_id, s.share::float AS share, m.move_type = 'out_refund' AS is_credit,
           m.amount_total::float AS amount_total,
           CASE WHEN m.currency_id = o.currency_id THEN m.amount_total
                ELSE ABS(m.amount_total_signed)
                     * COALESCE(NULLIF(o.currency_rate, 0), 1)
            END::float AS order_total,
           COALESCE(m.amount_residual, 0)::float AS residual,
           m.amount_total = 0
               OR m.payment_state IN ('paid', 'in_payment', 'reversed') AS settled,
           m.payment_state = 'in_payment' AS in_process,
           m.invoice_date_due AS due_on,
           COALESCE((
               SELECT SUM(pr.debit_amount_currency)
                 FROM account_move_line rl
                 JOIN account_partial_reconcile pr ON pr.debit_move_id = rl.id
                 JOIN account_move_line cl ON cl.id = pr.credit_move_id
                 JOIN account_move cm ON cm.id = cl.move_id
                WHERE rl.move_id = m.id AND m.move_type != 'out_refund'
                  AND cm.move_type = 'out_refund'
                  AND EXISTS (SELECT FROM share c
                               WHERE c.order_id = s.order_id AND c.move_id = cm.id)
           ), 0)::float AS own_credit
      FROM share s
      JOIN sale_order o ON o.id = s.order_id
      JOIN account_move m ON m.id = s.move_id
     WHERE m.state = 'posted'
       AND m.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
  ORDER BY s.order_id, m.invoice_date, m.id
"""

#: Shipments of an order: parcels; transfers that have none count as one each.
ARRIVALS = """
    SELECT t.order_id,
           COUNT(*) FILTER (WHERE p.id IS NULL OR p.state != 'announced') AS sent,
           COUNT(*) FILTER (WHERE p.state = 'delivered') AS arrived
      FROM (
        SELECT DISTINCT l.order_id, m.picking_id
          FROM sale_order_line l
          JOIN stock_move m ON m.sale_line_id = l.id
          JOIN stock_location s ON s.id = m.location_id
          JOIN stock_location d ON d.id = m.location_dest_id
         WHERE l.order_id = ANY(%(ids)s) AND m.state = 'done'
           AND m.picking_id IS NOT NULL
           AND s.usage != 'customer' AND {dst_out}
      ) t
 LEFT JOIN stock_parcel p ON p.picking_id = t.picking_id
  GROUP BY t.order_id
""".format(dst_out=OUTSIDE.format("d"))
