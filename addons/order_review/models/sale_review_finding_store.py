import json

from odoo import models
from odoo.tools import SQL

_COLUMNS = (
    "order_id",
    "rule_id",
    "kind",
    "severity",
    "line_id",
    "product_id",
    "asked",
    "allowed",
    "used",
    "price",
    "details",
    "decision_id",
    "subject",
)


class SaleReviewFinding(models.Model):
    _inherit = "sale.review.finding"

    def _store(self, orders, findings):
        """Make the stored findings of these orders equal to the ones given.

        Three statements whatever the number of orders; rows that stay the same keep
        their id, so a form that shows them can still act on them.

        :param orders: ``sale.order`` recordset that was judged
        :param list[Finding] findings: what was found on them
        """
        kept = {}
        stale = []
        for row in self.env.execute_query(
            SQL(
                "SELECT id, %s FROM sale_review_finding WHERE order_id = ANY(%s)",
                SQL(", ".join(_COLUMNS)),
                list(orders.ids),
            )
        ):
            key = (row[1], row[2], row[13] or "")
            if key in kept:
                stale.append(row[0])
            else:
                kept[key] = row
        fresh = []
        for finding in findings:
            row = kept.pop(finding.key, None)
            values = _as_row(finding)
            if row is None:
                fresh.append(values)
            elif row[1:] != values:
                stale.append(row[0])
                fresh.append(values)
        stale += [row[0] for row in kept.values()]
        if stale:
            self.env.cr.execute(
                SQL("DELETE FROM sale_review_finding WHERE id = ANY(%s)", stale)
            )
        if fresh:
            self._insert_rows(fresh)
        if stale or fresh:
            self.invalidate_model(flush=False)
            orders.invalidate_recordset(["review_finding_ids"], flush=False)

    def _insert_rows(self, rows):
        columns = [list(column) for column in zip(*rows, strict=True)]
        columns[10] = [json.dumps(details) for details in columns[10]]
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sale_review_finding
                       (%(columns)s, company_id,
                        create_uid, create_date, write_uid, write_date)
                SELECT f.*, o.company_id, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(order_id)s::int[], %(rule_id)s::int[], %(kind)s::text[],
                              %(severity)s::text[], %(line_id)s::int[],
                              %(product_id)s::int[], %(asked)s::numeric[],
                              %(allowed)s::numeric[], %(used)s::numeric[],
                              %(price)s::numeric[], %(details)s::jsonb[],
                              %(decision_id)s::int[], %(subject)s::text[])
                       AS f (%(columns)s)
                  JOIN sale_order o ON o.id = f.order_id
                """,
                columns=SQL(", ".join(_COLUMNS)),
                uid=self.env.uid,
                now=self.env.cr.now(),
                **dict(zip(_COLUMNS, columns, strict=True)),
            )
        )


def _as_row(finding):
    """A finding in the order of the columns, with ``None`` for what it lacks."""
    return (
        finding.order_id,
        finding.rule_id,
        finding.kind,
        finding.severity,
        finding.line_id or None,
        finding.product_id or None,
        finding.asked,
        finding.allowed,
        finding.used,
        finding.price,
        finding.details,
        finding.decision_id or None,
        finding.subject or None,
    )
