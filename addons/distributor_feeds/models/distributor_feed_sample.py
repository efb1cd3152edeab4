from odoo import models


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    def action_set_up(self):
        """Open the set-up of the feed's format, with the file that came last."""
        self.ensure_one()
        run = self.env["distributor.feed.run"].search(
            [("feed_id", "=", self.id), ("attachment_id", "!=", False)], limit=1
        )
        return self.env["distributor.feed.setup"]._open_with(
            {
                "purpose": "feed",
                "feed_id": self.id,
                "profile_id": self.profile_id.id,
                "run_id": run.id,
                "file_name": run.file_name,
            }
        )
