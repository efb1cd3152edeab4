from odoo import models
from odoo.tools import SQL


class SaleReviewLedger(models.Model):
    _inherit = "sale.review.ledger"

    def _read_used(self, quota_per, subjects, key_kind, ids, starts, company_id, skip):
        """Override of `order_review`: goods of division orders went to recipients.

        What a quota per address counts is the share of each of them, and not the total
        at the address of whoever ordered.
        """
        if quota_per != "shipping":
            return super()._read_used(
                quota_per, subjects, key_kind, ids, starts, company_id, skip
            )
        Order = self.env["sale.order"]
        Order.flush_model(["division_id", "state"])
        divided = Order.search([("division_id", "!=", False), ("state", "=", "sale")])
        rows = super()._read_used(
            quota_per,
            subjects,
            key_kind,
            ids,
            starts,
            company_id,
            [*skip, *divided.ids],
        )
        if divided:
            rows = [
                *rows,
                *self._read_used_shares(
                    subjects, key_kind, ids, starts, company_id, skip
                ),
            ]
        return _add_up(rows)

    def _read_used_shares(self, subjects, key_kind, ids, starts, company_id, skip):
        """Shares of recipients since the start of each period, in reference units.

        Takes and returns what ``_read_used`` does.
        """
        self.env["sale.order.recipient"].flush_model()
        self.env["sale.order.line"].flush_model(["division_qty"])
        if key_kind == "rule":
            products = self.env["sale.review.rule"].browse(ids)._get_scope_products()
            column, condition = SQL("%s", ids[0]), SQL("TRUE")
            if products is not None:
                condition = SQL("l.product_id IN %s", products.subselect())
        else:
            column = {
                "product": SQL("l.product_id"),
                "template": SQL("pp.product_tmpl_id"),
            }[key_kind]
            condition = SQL("%s = ANY(%s)", column, ids)
        date = SQL("COALESCE(o.review_confirmed_at, o.date_order)")
        quantity = SQL("l.division_qty * COALESCE(u.factor, 1)")
        return self.env.execute_query(
            SQL(
                """
                SELECT r.partner_id, %(column)s, %(sums)s
                  FROM sale_order_recipient r
                  JOIN sale_order o ON o.id = r.order_id AND o.state = 'sale'
                  JOIN sale_order_line l ON l.order_id = o.id AND l.division_qty > 0
                  JOIN product_product pp ON pp.id = l.product_id
             LEFT JOIN uom_uom u ON u.id = l.product_uom_id
                 WHERE r.partner_id = ANY(%(subjects)s) AND %(condition)s
                   AND r.is_skipped IS NOT TRUE AND r.is_cancelled IS NOT TRUE
                   AND %(date)s >= %(start)s AND o.id != ALL(%(skip)s)
                   AND (%(company)s = 0 OR o.company_id = %(company)s)
              GROUP BY 1, 2
                """,
                column=column,
                sums=SQL(", ").join(
                    SQL("SUM(%s) FILTER (WHERE %s >= %s)", quantity, date, start)
                    for start in starts
                ),
                subjects=list(subjects),
                condition=condition,
                date=date,
                start=starts[0],
                skip=list(skip),
                company=company_id,
            )
        )


def _add_up(rows):
    """Rows of the same subject and key made one."""
    total = {}
    for subject, key, *quantities in rows:
        before = total.get((subject, key), [0.0] * len(quantities))
        total[subject, key] = [
            float(one or 0.0) + float(other or 0.0)
            for one, other in zip(before, quantities, strict=True)
        ]
    return [(*key, *quantities) for key, quantities in total.items()]
