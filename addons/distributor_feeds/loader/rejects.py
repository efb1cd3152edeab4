"""Rejected rows are kept for a person to release, to refuse or to send back."""

from __future__ import annotations

from odoo.tools import SQL

from .spec import Spec

# Rows of these reasons can be read: a person may release them.
READABLE = ("price_jump", "price_zero", "currency")
# More than anybody looks at; the run counts all of them.
MOST = 100_000


def store(cr, spec: Spec) -> dict[str, int]:
    """Write the rejected rows of ``feed_rejects`` to ``distributor_feed_reject``.

    A row that somebody refused before, to the letter, stays refused. Older open rows
    about the same
    offer are superseded.

    :return: number of rows by reason
    """
    cr.execute("SELECT problem, count(*) FROM feed_rejects GROUP BY problem")
    counts = dict(cr.fetchall())
    if not counts:
        return counts
    cr.execute(
        SQL(
            """
            UPDATE distributor_feed_reject old
               SET state = 'superseded'
              FROM feed_rejects r
             WHERE old.feed_id = %s
               AND old.state = 'open'
               AND old.code = r.code
               AND old.warehouse = r.warehouse
            """,
            spec.feed_id,
        )
    )
    cr.execute(
        SQL(
            """
            INSERT INTO distributor_feed_reject
                   (feed_id, run_id, company_id, record, code, warehouse, reason,
                   detail, line,
                    line_hash, state)
            SELECT %(feed)s, %(run)s, %(company)s, r.record, r.code, r.warehouse,
            r.problem,
                   r.detail, r.line, hashtextextended(r.line, 0),
                   CASE WHEN r.problem <> ALL(%(readable)s) THEN 'unreadable'
                        WHEN refused.line_hash IS NULL THEN 'open'
                        ELSE 'refused' END
              FROM feed_rejects r
              LEFT JOIN (
                    SELECT DISTINCT line_hash
                      FROM distributor_feed_reject
                     WHERE feed_id = %(feed)s AND state = 'refused'
                   ) refused ON refused.line_hash = hashtextextended(r.line, 0)
             ORDER BY r.record
             LIMIT %(most)s
            """,
            feed=spec.feed_id,
            run=spec.run_id,
            company=spec.company_id,
            readable=list(READABLE),
            most=MOST,
        )
    )
    return counts
