from odoo import api, fields, models


class DistributorFeedKey(models.Model):
    """What a distributor shows to bring files into one feed, and for nothing else."""

    _name = "distributor.feed.key"
    _inherit = ["trade.key"]
    _description = "Key to a Distributor Feed"
    _order = "feed_id, id desc"
    _key_mark = "dfk"
    _key_scope = "distributor_feeds.key"

    feed_id = fields.Many2one(
        "distributor.feed", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(related="feed_id.company_id", store=True)

    _prefix = models.UniqueIndex("(prefix)")

    @api.model
    def _generate(self, feed, name, expires_on):
        """Make a key for ``feed`` and return its text, which cannot be had again.

        :param str name: who uses it
        :param expires_on: last day, or false
        """
        return self._make_key(
            {"name": name, "feed_id": feed.id, "expires_on": expires_on}
        )

    def action_revoke(self):
        """End these keys at once and for good."""
        self.check_access("read")
        self.feed_id.check_access("write")
        self._revoke()
