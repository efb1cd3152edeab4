from odoo import fields, models


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    progress = fields.Integer(compute="_compute_progress", aggregator=None)
    progress_text = fields.Char("What It Does", compute="_compute_progress")

    def _compute_progress(self):
        running = self.env["distributor.feed.run"].search(
            [("feed_id", "in", self.ids), ("state", "=", "running")]
        )
        by_feed = {run.feed_id: run for run in running}
        for feed in self:
            run = by_feed.get(feed, running.browse())
            feed.progress = run.progress
            feed.progress_text = run.progress_text
