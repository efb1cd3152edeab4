import logging
from datetime import timedelta

from psycopg2 import errors

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

_KEEP_DAYS = 30


class TrackPost(models.Model):
    """Large files are loaded soon; files are forgotten after a month."""

    _inherit = "track.post"

    @api.model
    def _cron_execute(self):
        """Load what waits, one posting after the other, each in its transaction."""
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "=", "queued")], order="id")
        cron._commit_progress(remaining=len(waiting))
        for post in waiting:
            try:
                if self._lock(post.kind, post.distributor_id.id):
                    continue
                post._execute()
            except errors.OperationalError:
                raise
            except Exception:
                _logger.exception("Posting %s failed", post.id)
                self.env.cr.rollback()
                post.write(
                    {
                        "state": "failed",
                        "message": self.env._(
                            "The server made a mistake. We were told of it."
                        ),
                    }
                )
            if not cron._commit_progress(1):
                return

    @api.autovacuum
    def _gc_files(self):
        """Forget files after a month, and postings nobody confirmed."""
        limit = fields.Datetime.now() - timedelta(days=_KEEP_DAYS)
        old = self.search([("create_date", "<", limit), ("attachment_id", "!=", False)])
        old.attachment_id.unlink()
        self.search(
            [("create_date", "<", limit), ("state", "in", ("draft", "dropped"))]
        ).unlink()
