from odoo import fields, models
from odoo.exceptions import UserError


class DistributorFeedHostKey(models.TransientModel):
    """The key that an SFTP server showed: a person compares it before it is trusted."""

    _name = "distributor.feed.host.key"
    _description = "Key of a Distributor's Server"

    feed_id = fields.Many2one(
        "distributor.feed", required=True, readonly=True, ondelete="cascade"
    )
    host = fields.Char("Server", readonly=True)
    port = fields.Integer(readonly=True)
    host_key = fields.Char("Key It Shows", required=True, readonly=True)
    old_host_key = fields.Char("Key Known So Far", readonly=True)
    compared = fields.Boolean("I compared it with the key that the distributor told me")

    def action_trust(self):
        """Let the feed log in at this server only as long as it shows this key.

        :raise AccessError: for anybody who may not set the feed up
        :raise UserError: nobody compared, or the feed has another server by now
        """
        self.ensure_one()
        feed = self.feed_id
        feed.check_access("write")
        if not self.compared:
            raise UserError(
                self.env._(
                    "Compare the key with the one that the distributor told you, by "
                    "telephone or in a document, and tick the box. If they differ, "
                    "somebody else may be answering."
                )
            )
        if (feed.host, feed.port) != (self.host, self.port):
            raise UserError(
                self.env._("The feed has another server by now: ask that one.")
            )
        feed.host_key = self.host_key
        return {"type": "ir.actions.act_window_close"}
