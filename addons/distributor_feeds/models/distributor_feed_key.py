import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, consteq, hmac

# What every key begins with, so that scanners of leaked secrets know one.
MARK = "dfk"
PREFIX_BYTES = 6
SECRET_BYTES = 32
SCOPE = "distributor_feeds.key"
# A key that is used all the time is written to once in so many minutes.
USED_MINUTES = 1


class DistributorFeedKey(models.Model):
    """What a distributor shows to bring files into one feed, and for nothing else.

    The key is shown once. Kept are its first part, by which it is found, and an HMAC of
    the rest, in a column that no field reaches.
    """

    _name = "distributor.feed.key"
    _description = "Key to a Distributor Feed"
    _order = "feed_id, id desc"

    name = fields.Char(required=True, help="Who uses it, so that you know it again.")
    feed_id = fields.Many2one(
        "distributor.feed", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(related="feed_id.company_id", store=True)
    prefix = fields.Char("Begins With", required=True, readonly=True)
    expires_on = fields.Date(
        readonly=True, help="The last day it works, in UTC. Empty: no end."
    )
    last_used_at = fields.Datetime("Last Used", readonly=True)
    revoked_at = fields.Datetime("Revoked", readonly=True)
    revoked_by_id = fields.Many2one("res.users", readonly=True)
    state = fields.Selection(
        [("valid", "Valid"), ("expired", "Expired"), ("revoked", "Revoked")],
        compute="_compute_state",
    )

    _prefix = models.UniqueIndex("(prefix)")

    def init(self):
        """Add the column of the HMAC."""
        self.env.cr.execute(
            "ALTER TABLE distributor_feed_key ADD COLUMN IF NOT EXISTS secret_hash "
            "varchar"
        )

    @api.depends("expires_on", "revoked_at")
    def _compute_state(self):
        today = fields.Date.today()
        for key in self:
            if key.revoked_at:
                key.state = "revoked"
            elif key.expires_on and key.expires_on < today:
                key.state = "expired"
            else:
                key.state = "valid"

    @api.model
    def _generate(self, feed, name, expires_on):
        """Make a key for ``feed`` and return its text, which cannot be had again.

        :param str name: who uses it
        :param expires_on: last day, or false
        """
        prefix = f"{MARK}_{secrets.token_hex(PREFIX_BYTES)}"
        secret = secrets.token_urlsafe(SECRET_BYTES)
        key = self.sudo().create(
            {
                "name": name,
                "feed_id": feed.id,
                "expires_on": expires_on,
                "prefix": prefix,
            }
        )
        key.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE distributor_feed_key SET secret_hash = %s WHERE id = %s",
                self._hash(secret),
                key.id,
            )
        )
        return f"{prefix}_{secret}"

    @api.model
    def _hash(self, secret):
        return hmac(self.env(su=True), SCOPE, secret)

    @api.model
    def _check(self, text):
        """Return the valid key with this text, as superuser, or none.

        :param str text: as the distributor sent it
        """
        mark, _sign, rest = text.partition("_")
        prefix, _sign, secret = rest.partition("_")
        key = self.sudo().search([("prefix", "=", f"{mark}_{prefix}")])
        # Also a key that is not there is hashed and compared: both take as long.
        rows = self.env.execute_query(
            SQL(
                "SELECT secret_hash FROM distributor_feed_key WHERE id = ANY(%s)",
                key.ids,
            )
        )
        known = rows[0][0] if rows else ""
        right = consteq(self._hash(secret), known or "")
        return key if right and key.state == "valid" else key.browse()

    def _used(self):
        """Note that the key was used, unless another request does so right now."""
        self.env.cr.execute(
            SQL(
                """
                UPDATE distributor_feed_key SET last_used_at = %(now)s
                 WHERE id IN (
                        SELECT id FROM distributor_feed_key
                         WHERE id = %(id)s
                           AND (last_used_at IS NULL OR last_used_at < %(before)s)
                           FOR UPDATE SKIP LOCKED
                       )
                """,
                now=fields.Datetime.now(),
                before=fields.Datetime.now() - timedelta(minutes=USED_MINUTES),
                id=self.id,
            )
        )

    def action_revoke(self):
        """End these keys at once and for good."""
        self.check_access("read")
        self.feed_id.check_access("write")
        self.sudo().filtered(lambda key: not key.revoked_at).write(
            {"revoked_at": fields.Datetime.now(), "revoked_by_id": self.env.uid}
        )
