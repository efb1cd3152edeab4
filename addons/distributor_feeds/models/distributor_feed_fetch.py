from odoo import models
from odoo.exceptions import UserError

from .distributor_feed import PLACES
from .distributor_feed_run import RUNNING


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    def action_fetch(self):
        """Extension to say that a feed is at work already, and since when."""
        self.check_access("write")
        runs = self.env["distributor.feed.run"].sudo()
        runs._bury_dead()
        busy = runs.search([("feed_id", "in", self.ids), ("state", "in", RUNNING)])
        if (
            busy
            and not self.filtered(lambda feed: feed.method in PLACES) - busy.feed_id
        ):
            raise UserError("\n".join(run._busy_text() for run in busy))
        return super().action_fetch()
