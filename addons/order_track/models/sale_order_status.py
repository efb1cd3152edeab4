from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column

from ..reading import id_array, read_numbers
from ..story import FULFILMENT, PAYMENT, RETURN, fulfilment, payment, returned
from ..story.tell import is_waiting, next_due

_PAYMENT = {
    "nothing": "Nothing Due",
    "unpaid": "Unpaid",
    "in_process": "Payment in Process",
    "partly_paid": "Partly Paid",
    "paid": "Paid",
    "partly_refunded": "Partly Refunded",
    "refunded": "Refunded",
}
_FULFILMENT = {
    "nothing": "Nothing to Ship",
    "waiting": "Waiting",
    "partly_shipped": "Partly Shipped",
    "shipped": "Shipped",
    "partly_delivered": "Partly Delivered",
    "delivered": "Delivered",
    "cancelled": "Cancelled",
}
_RETURN = {
    "none": "No Returns",
    "expected": "Return Expected",
    "partly_returned": "Partly Returned",
    "returned": "Returned",
    "refunded": "Returned and Refunded",
}
#: Stored columns and their types in the database.
_COLUMNS = {
    "track_payment": "varchar",
    "track_fulfilment": "varchar",
    "track_return": "varchar",
    "track_promised_on": "date",
    "track_due_on": "date",
}
#: What the numbers of orders are read from: written to the database before.
_READ = {
    "sale.order": ["state", "amount_total", "currency_rate", "commitment_date"],
    "sale.order.line": [
        "order_id",
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "qty_delivered",
        "qty_invoiced",
        "is_downpayment",
        "is_delivery",
        "is_expense",
        "display_type",
        "invoice_lines",
    ],
    "stock.move": [
        "state",
        "sale_line_id",
        "product_id",
        "product_uom",
        "product_uom_qty",
        "quantity",
        "date",
        "date_deadline",
        "to_refund",
        "location_id",
        "location_dest_id",
        "location_final_id",
        "origin_returned_move_id",
        "picking_id",
        "move_dest_ids",
    ],
    "account.move": [
        "state",
        "move_type",
        "payment_state",
        "amount_total",
        "amount_total_signed",
        "currency_id",
        "amount_residual",
        "invoice_date_due",
    ],
    "account.move.line": ["move_id", "price_total", "quantity"],
    "account.partial.reconcile": ["debit_move_id", "credit_move_id"],
    "payment.transaction": ["state", "amount", "sale_order_ids"],
    "stock.parcel": ["state", "picking_id"],
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    track_payment = fields.Selection(
        [(key, _PAYMENT[key]) for key in PAYMENT],
        string="Payment",
        compute="_compute_track_status",
        store=True,
        copy=False,
        help="Posted invoices and credit notes, and what was paid online.",
    )
    track_fulfilment = fields.Selection(
        [(key, _FULFILMENT[key]) for key in FULFILMENT],
        string="Fulfilment",
        compute="_compute_track_status",
        store=True,
        copy=False,
        help="Goods only; what was cancelled is not waited for.",
    )
    track_return = fields.Selection(
        [(key, _RETURN[key]) for key in RETURN],
        string="Returns",
        compute="_compute_track_status",
        store=True,
        copy=False,
    )
    track_promised_on = fields.Date(
        string="Promised For",
        compute="_compute_track_status",
        store=True,
        copy=False,
        index="btree_not_null",
        help="While goods are to come: the day until which they were promised.",
    )
    track_due_on = fields.Date(
        string="Payment Due",
        compute="_compute_track_status",
        store=True,
        copy=False,
        index="btree_not_null",
        help="While something is to pay: the earliest day on which it is due.",
    )
    track_cancelled_at = fields.Datetime(
        string="Cancelled On", readonly=True, copy=False
    )

    def _auto_init(self):
        """Override: fill the summaries of a database by SQL, not by the ORM."""
        new = not column_exists(self.env.cr, self._table, "track_payment")
        if new:
            for name, kind in _COLUMNS.items():
                create_column(self.env.cr, self._table, name, kind)
        result = super()._auto_init()
        if new:
            self._fill_track_status()
        return result

    def _fill_track_status(self):
        """Fill the stored summaries of all orders, in portions."""
        cr = self.env.cr
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        last_id = 0
        while True:
            cr.execute(
                SQL(
                    "SELECT id FROM sale_order WHERE id > %s ORDER BY id LIMIT %s",
                    last_id,
                    _PORTION,
                )
            )
            ids = [row[0] for row in cr.fetchall()]
            if not ids:
                return
            last_id = ids[-1]
            # nobody has parcels yet
            numbers = read_numbers(cr, ids, digits, parcels=False)
            self._store_track_status(
                {order_id: _status(each) for order_id, each in numbers.items()}
            )

    def _store_track_status(self, status):
        """One UPDATE of the summaries that changed.

        :param dict status: values of ``_COLUMNS`` per order id
        """
        names = list(_COLUMNS)
        self.env.cr.execute(
            SQL(
                """
                UPDATE sale_order o SET (%(names)s) = ROW(%(new)s)
                  FROM UNNEST(%(ids)s, %(arrays)s) AS v(id, %(names)s)
                 WHERE o.id = v.id AND (%(old)s) IS DISTINCT FROM (%(new)s)
                """,
                names=SQL(", ").join(map(SQL.identifier, names)),
                new=SQL(", ").join(SQL.identifier("v", name) for name in names),
                old=SQL(", ").join(SQL.identifier("o", name) for name in names),
                ids=id_array(status),
                arrays=SQL(", ").join(
                    SQL(
                        "%s::" + kind + "[]",
                        [values[name] or None for values in status.values()],
                    )
                    for name, kind in _COLUMNS.items()
                ),
            )
        )

    @api.depends(
        "state",
        "amount_total",
        "commitment_date",
        "order_line.product_uom_qty",
        "order_line.qty_delivered",
        "order_line.qty_invoiced",
        "order_line.move_ids.state",
        "order_line.move_ids.product_uom_qty",
        "order_line.move_ids.quantity",
        "order_line.move_ids.date_deadline",
        "order_line.invoice_lines.move_id.state",
        "order_line.invoice_lines.move_id.payment_state",
        "order_line.invoice_lines.move_id.amount_residual",
        "order_line.invoice_lines.move_id.invoice_date_due",
        "transaction_ids.state",
        "parcel_ids.state",
    )
    def _compute_track_status(self):
        """Summaries by the same functions that tell the story."""
        stored = self.browse(filter(None, self._ids))  # ids of new records are false
        busy = stored._track_busy()
        numbers = busy._story_numbers() if busy else {}
        for order in self:
            each = numbers.get(order.id)
            order.update(_status(each) if each else _QUIET)

    def _track_busy(self):
        """Orders that anything can have happened to: most quotations have nothing.

        What the numbers are read from is in the database afterwards.
        """
        if not self:
            return self
        for name, fnames in _READ.items():
            self.env[name].flush_model(fnames)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.id FROM sale_order o
                 WHERE o.id = ANY(%s)
                   AND (o.state NOT IN ('draft', 'sent')
                        OR EXISTS (SELECT FROM sale_order_transaction_rel r
                                    WHERE r.sale_order_id = o.id)
                        OR EXISTS (SELECT FROM sale_order_line l
                                     JOIN sale_order_line_invoice_rel r
                                       ON r.order_line_id = l.id
                                    WHERE l.order_id = o.id)
                        OR EXISTS (SELECT FROM sale_order_line l
                                     JOIN stock_move m ON m.sale_line_id = l.id
                                    WHERE l.order_id = o.id AND m.state != 'cancel'))
                """,
                id_array(self.ids),
            )
        )
        return self.browse(row[0] for row in rows)

    def write(self, vals):
        """Override: remember when an order was cancelled; its log is no source."""
        if "state" in vals:
            cancelled = vals["state"] == "cancel"
            vals = {
                **vals,
                "track_cancelled_at": cancelled and fields.Datetime.now(),
            }
        return super().write(vals)


def _status(numbers):
    """The stored summaries of an order: ``{field: value}``.

    :param OrderNumbers numbers: of the order
    """
    moving = fulfilment(numbers.lines, numbers.arrivals, numbers.stage)
    waits = numbers.stage == "order" and is_waiting(moving, numbers.lines)
    return {
        "track_payment": payment(numbers.money),
        "track_fulfilment": moving,
        "track_return": returned(numbers.lines, numbers.money),
        "track_promised_on": waits and numbers.promised_on,
        "track_due_on": next_due(numbers.money) or False,
    }


_QUIET = {
    "track_payment": "nothing",
    "track_fulfilment": "nothing",
    "track_return": "none",
    "track_promised_on": False,
    "track_due_on": False,
}
#: Orders whose numbers are read at once while the add-on is installed.
_PORTION = 10000
