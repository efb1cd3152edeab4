from odoo import models
from odoo.tools import plaintext2html

from .distributor_feed_health import GOOD

TROUBLE = "distributor_feeds.mail_activity_trouble"


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    def _tell_trouble(self, run):
        """Tell that a run did not load its file; a feed that stays so is told once.

        :param run: held or failed
        """
        summary = {
            "held": self.env._("A file is held"),
            "failed": self.env._("A file could not be loaded"),
        }[run.state]
        self._tell(summary, run.message)

    def _tell(self, summary, note):
        """Give the responsible person an activity, unless one says the same.

        :param str summary: the trouble in a few words; one open activity for each
        :param str note: what exactly, as plain text
        """
        self.ensure_one()
        known = self.activity_search(
            [TROUBLE], additional_domain=[("summary", "=", summary)]
        )
        if known:
            return
        self.activity_schedule(
            TROUBLE,
            summary=summary,
            note=plaintext2html(note),
            user_id=self.user_id.id or self.env.ref("base.user_admin").id,
        )

    def _update_health(self):
        """Extension to close what was told of a feed that is well again."""
        result = super()._update_health()
        well = self.filtered(lambda feed: feed.last_run_id.state in GOOD)
        if well:
            well.activity_feedback(
                [TROUBLE],
                feedback=self.env._(
                    "The next file was loaded: the feed is well again."
                ),
            )
        return result
