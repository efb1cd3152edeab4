from odoo import fields, models
from odoo.exceptions import UserError

# Files of one feed that may wait; whoever sends more is asked to come back later.
MAX_WAITING = 20


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    key_ids = fields.One2many(
        "distributor.feed.key",
        "feed_id",
        "Keys",
        groups="distributor_feeds.group_feed_manager",
    )
    push_path = fields.Char("Send Files To", compute="_compute_push_path")

    def _compute_push_path(self):
        for feed in self:
            path = f"/distributor_feeds/v1/feeds/{feed.id}/files" if feed.id else ""
            feed.push_path = path and feed.get_base_url() + path

    def action_new_key(self):
        """Ask for the name of a new key."""
        self.ensure_one()
        self.check_access("write")
        if self.method != "push":
            raise UserError(
                self.env._("Keys are for feeds whose files are sent to you (API).")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Key"),
            "res_model": "distributor.feed.key.new",
            "view_mode": "form",
            "target": "new",
            "context": {"default_feed_id": self.id},
        }

    def _is_full(self):
        """Whether so many files wait that no more are taken."""
        self.ensure_one()
        runs = self.env["distributor.feed.run"].sudo()
        waiting = [("feed_id", "=", self.id), ("state", "=", "queued")]
        return runs.search_count(waiting, limit=MAX_WAITING) >= MAX_WAITING

    def _take_file(self, fetched, origin_key=False):
        """Queue a run for a file that was brought, and wake the scheduled action.

        :param transport.Fetched fetched: the file on disk
        :param str origin_key: names what brought it; the same comes once
        :return: the run
        """
        self.ensure_one()
        run = (
            self.env["distributor.feed.run"]
            .sudo()
            .create({"feed_id": self.id, "origin_key": origin_key})
        )
        run._keep_file(fetched)
        self.env.ref("distributor_feeds.ir_cron_feeds")._trigger()
        return run

    def _taken(self, origin_key):
        """Return the run that something brought before, or none."""
        self.ensure_one()
        return (
            self.env["distributor.feed.run"]
            .sudo()
            .search([("feed_id", "=", self.id), ("origin_key", "=", origin_key)])
        )
