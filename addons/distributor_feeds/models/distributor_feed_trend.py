from odoo import fields, models
from odoo.tools import SQL

SHOWN = 20


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    run_trend = fields.Json(
        "Last Runs",
        compute="_compute_run_trend",
        help="The oldest run is on the left. A bar is as high as its file had rows.",
    )

    def _compute_run_trend(self):
        """Give each feed its last runs, the oldest first, in one query."""
        runs = self.env["distributor.feed.run"]
        runs.flush_model(["feed_id", "state", "started_at", "rows", "rejected"])
        found = self.env.execute_query(
            SQL(
                """
                SELECT feed.id, run.id, run.state, run.started_at, run.rows,
                       run.rejected
                  FROM unnest(%s::int[]) AS feed (id)
                 CROSS JOIN LATERAL (
                        SELECT id, state, started_at, rows, rejected
                          FROM distributor_feed_run
                         WHERE feed_id = feed.id AND state NOT IN ('queued', 'running')
                         ORDER BY id DESC
                         LIMIT %s
                       ) run
                 ORDER BY run.id
                """,
                list(self._origin._ids),
                SHOWN,
            )
        )
        words = dict(runs._fields["state"]._description_selection(self.env))
        by_feed = {}
        for feed_id, run_id, state, started, rows, rejected in found:
            at = started and fields.Datetime.context_timestamp(self, started)
            by_feed.setdefault(feed_id, []).append(
                {
                    "id": run_id,
                    "state": state,
                    "rows": rows or 0,
                    "text": self.env._(
                        "%(at)s: %(state)s, %(rows)s rows, %(rejected)s rejected",
                        at=at.strftime("%Y-%m-%d %H:%M") if at else "",
                        state=words[state],
                        rows=rows or 0,
                        rejected=rejected or 0,
                    ),
                }
            )
        for feed in self:
            feed.run_trend = by_feed.get(feed._origin.id, [])
