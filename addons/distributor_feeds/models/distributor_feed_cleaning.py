"""What has been kept long enough, found and removed in portions."""

from odoo import fields
from odoo.tools import SQL

FILES = 100
ROWS = 20_000
RUNS = 200
# States of runs that no offer names.
LEFT_NOTHING = ("same", "failed", "refused", "undone")


class Cleaning:
    """Portions of one clean-up. Each method returns how much it removed, 0 at the end.

    :param env: superuser's environment
    """

    def __init__(self, env):
        self.env = env
        self.now = fields.Datetime.now()

    def _old_runs(self, days, condition, limit):
        """Return runs that ended longer ago than their feed keeps something.

        :param str days: name of the feed's field
        :param SQL condition: on ``run`` and ``feed``
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT run.id
                  FROM distributor_feed_run run
                  JOIN distributor_feed feed ON feed.id = run.feed_id
                 WHERE feed.%(days)s > 0
                   AND run.ended_at < %(now)s - feed.%(days)s * interval '1 day'
                   AND run.state NOT IN ('queued', 'running', 'held')
                   AND run.id IS DISTINCT FROM feed.good_run_id
                   AND %(condition)s
                 ORDER BY run.id
                 LIMIT %(limit)s
                """,
                days=SQL.identifier(days),
                now=self.now,
                condition=condition,
                limit=limit,
            )
        )
        return self.env["distributor.feed.run"].browse(run_id for (run_id,) in rows)

    def drop_files(self):
        """Remove files nobody needs any more, not even to release one of their rows."""
        runs = self._old_runs(
            "keep_file_days",
            SQL(
                """
                run.attachment_id IS NOT NULL
                AND NOT EXISTS (
                    SELECT FROM distributor_feed_reject reject
                     WHERE reject.run_id = run.id AND reject.state = 'open'
                )
                """
            ),
            FILES,
        )
        runs.attachment_id.unlink()
        return len(runs)

    def close_history(self):
        """Mark runs whose history goes: it leads back to earlier runs no more.

        The youngest loaded runs of a feed stay, and so does the way back to them.
        """
        runs = self._old_runs(
            "keep_history_days",
            SQL(
                """
                run.state = 'done'
                AND run.history_purged IS NOT TRUE
                AND (
                    SELECT count(*) FROM distributor_feed_run younger
                     WHERE younger.feed_id = run.feed_id
                       AND younger.state = 'done'
                       AND younger.id > run.id
                ) >= feed.keep_runs
                """
            ),
            None,
        )
        runs.history_purged = True

    def drop_history(self):
        """Remove a portion of the history of runs that are marked."""
        self.env.flush_all()
        return self._delete(
            SQL(
                """
                DELETE FROM distributor_offer_history
                 WHERE id IN (
                        SELECT old.id
                          FROM distributor_feed_run run
                         CROSS JOIN LATERAL (
                                SELECT id FROM distributor_offer_history
                                 WHERE run_id = run.id
                                 LIMIT %(rows)s
                               ) old
                         WHERE run.history_purged
                         LIMIT %(rows)s
                       )
                """,
                rows=ROWS,
            )
        )

    def drop_rejects(self):
        """Remove a portion of the rejected rows of old runs."""
        runs = self._old_runs(
            "keep_history_days",
            SQL(
                """
                EXISTS (
                    SELECT FROM distributor_feed_reject reject
                     WHERE reject.run_id = run.id
                )
                """
            ),
            1,
        )
        return self._delete(
            SQL(
                """
                DELETE FROM distributor_feed_reject
                 WHERE id IN (
                        SELECT id FROM distributor_feed_reject
                         WHERE run_id = ANY(%s)
                         LIMIT %s
                       )
                """,
                runs.ids,
                ROWS,
            )
        )

    def drop_runs(self):
        """Remove old runs that left nothing; offers name the others."""
        runs = self._old_runs(
            "keep_history_days",
            SQL(
                "run.state = ANY(%s) AND run.id <> feed.last_run_id", list(LEFT_NOTHING)
            ),
            RUNS,
        )
        runs.unlink()
        return len(runs)

    def drop_progress(self):
        """Remove notes of runs that were killed."""
        return self._delete(
            SQL(
                """
                DELETE FROM distributor_feed_progress progress
                 WHERE NOT EXISTS (
                        SELECT FROM distributor_feed_run run
                         WHERE run.id = progress.run_id AND run.state = 'running'
                       )
                """
            )
        )

    def _delete(self, query):
        self.env.cr.execute(query)
        count = self.env.cr.rowcount
        if count:
            self.env.invalidate_all()
        return count
