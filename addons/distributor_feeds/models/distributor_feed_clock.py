from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

# Nobody plans a file so far ahead; a clock that was wrong did.
LONGEST_WAIT = timedelta(days=31)


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    @api.model
    def _mend_clock(self):
        """Take back dates in the future that a wrong clock wrote, here or at a
        distributor.

        A feed would sleep until its next run, and its stock would count as fresh until
        then.
        """
        now = fields.Datetime.now()
        feeds = self.sudo().with_context(active_test=False)
        for feed in feeds.search([("next_run", ">", now + LONGEST_WAIT)]):
            feed.next_run = min(feed.next_run, feed._next_run(now))
        ahead = feeds.search([("data_at", ">", now)])
        if not ahead:
            return
        ahead.data_at = now
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE distributor_offer SET behind_since = %s
                 WHERE account_id = ANY(%s) AND behind_since > %s
                """,
                now,
                ahead.account_id.ids,
                now,
            )
        )
        self.env["distributor.offer"].invalidate_model(["behind_since"])
