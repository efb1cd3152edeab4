from contextlib import closing, contextmanager, suppress

import psycopg2

from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError

# First halves of advisory locks: "one run of a feed", "one load into an account".
LOCK_FEED = 0x64666564
LOCK_ACCOUNT = 0x64666163


class DistributorFeedRun(models.Model):
    """Who may be at a feed or an account, and transactions of their own."""

    _inherit = "distributor.feed.run"

    @contextmanager
    def _lock(self, kind, key, wait=False):
        """Hold an advisory lock as long as the block, and as the connection, lives.

        On a connection of its own, so that it outlasts the transactions of a run and
        ends with the process, however that ends.

        :return: whether the lock was got; always true if it was waited for
        """
        cr = self.env.registry.cursor()
        try:
            if wait:
                cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", (kind, key))
                yield True
            else:
                cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", (kind, key))
                yield cr.fetchone()[0]
        finally:
            # If the database ended the connection, the lock is gone already; what was
            # done under it is not worse for that, since transactions that collide are
            # refused.
            with suppress(psycopg2.Error), closing(cr):
                cr.commit()  # pylint: disable=invalid-commit

    def _hold_account(self):
        """Keep loads of the account away until the caller's transaction ends.

        :raise UserError: one is at work
        """
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)",
            (LOCK_ACCOUNT, self.feed_id.account_id.id),
        )
        if not self.env.cr.fetchone()[0]:
            raise UserError(
                self.env._(
                    "A file of %s is being loaded right now. Try again in a moment.",
                    self.feed_id.account_id.name,
                )
            )

    @contextmanager
    def _apart(self):
        """Give the run in a transaction of its own, committed after the block."""
        with self.env.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})[self._name].browse(self.id)
