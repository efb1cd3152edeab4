from odoo import fields, models


class DistributorFeedKeyNew(models.TransientModel):
    """Makes a key and shows it, once."""

    _name = "distributor.feed.key.new"
    _description = "New Key to a Distributor Feed"

    feed_id = fields.Many2one("distributor.feed", required=True, readonly=True)
    name = fields.Char("For", required=True, help="Who will use it.")
    expires_on = fields.Date("Until", help="The last day it works. Empty: no end.")
    # Never stored: it is handed to the second form by the context, and is gone with it.
    key = fields.Char(store=False, readonly=True)

    def action_create_key(self):
        """Make the key and show it."""
        self.ensure_one()
        self.feed_id.check_access("write")
        key = self.env["distributor.feed.key"]._generate(
            self.feed_id, self.name, self.expires_on
        )
        view = self.env.ref("distributor_feeds.distributor_feed_key_new_view_shown")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Key"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
            "context": {"default_key": key, "default_feed_id": self.feed_id.id},
        }
