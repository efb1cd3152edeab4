from odoo import models


class DistributorFeedRun(models.Model):
    _inherit = "distributor.feed.run"

    def action_download_csv(self):
        """Download the rejected rows of this run as CSV."""
        return self._download("csv")

    def action_download_xlsx(self):
        """Download the rejected rows of this run as a spreadsheet."""
        return self._download("xlsx")

    def _download(self, kind):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/distributor_feeds/runs/{self.id}/rejects.{kind}",
            "target": "download",
        }

    def action_changes(self):
        """Show what this run changed."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "distributor_feeds.distributor_feed_change_action"
        )
        action["domain"] = [("run_id", "=", self.id)]
        action["display_name"] = self.env._("Changes: %s", self.display_name)
        return action
