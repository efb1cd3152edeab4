import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, consteq, hmac

from ..context import as_system

# A key that is used all the time is written to once in so many minutes.
_USED_MINUTES = 1
_PREFIX_BYTES = 6
_SECRET_BYTES = 32


class TradeKey(models.AbstractModel):
    """What a program shows to bring data, and what opens nothing else.

    The key is shown once. Kept are its first part, by which it is found, and an HMAC of
    the rest, in a column that no field reaches. A model that inherits this says what
    its keys open, and who may revoke them, and declares an index on ``prefix``: one
    that is declared here would be left behind when the other add-on is uninstalled.
    """

    _name = "trade.key"
    _description = "Key of a Program"
    _order = "id desc"

    #: What every key begins with, so that scanners of leaked secrets know one.
    _key_mark = None
    #: What is signed along: a key of one model opens nothing of another.
    _key_scope = None

    name = fields.Char(required=True, help="Who uses it, so that you know it again.")
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

    def init(self):
        """Add the column of the HMAC."""
        if not self._abstract:
            self.env.cr.execute(
                SQL(
                    "ALTER TABLE %s ADD COLUMN IF NOT EXISTS secret_hash varchar",
                    SQL.identifier(self._table),
                )
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
    def _make_key(self, values):
        """Make a key and return its text, which cannot be had again.

        :param dict values: of the record: ``name``, ``expires_on`` (the last day, or
            false), and what the key opens
        :rtype: str
        """
        prefix = f"{self._key_mark}_{secrets.token_hex(_PREFIX_BYTES)}"
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        key = as_system(self).create({**values, "prefix": prefix})
        key.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET secret_hash = %s WHERE id = %s",
                SQL.identifier(self._table),
                self._hash(secret),
                key.id,
            )
        )
        return f"{prefix}_{secret}"

    @api.model
    def _hash(self, secret):
        return hmac(self.env(su=True), self._key_scope, secret)

    @api.model
    def _check(self, text):
        """Return the valid key with this text, as superuser, or none.

        :param str text: as the program sent it
        """
        mark, _sign, rest = text.partition("_")
        prefix, _sign, secret = rest.partition("_")
        key = self.sudo().search([("prefix", "=", f"{mark}_{prefix}")])
        # Also a key that is not there is hashed and compared: both take as long.
        rows = self.env.execute_query(
            SQL(
                "SELECT secret_hash FROM %s WHERE id = ANY(%s)",
                SQL.identifier(self._table),
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
                UPDATE %(table)s SET last_used_at = %(now)s
                 WHERE id IN (
                        SELECT id FROM %(table)s
                         WHERE id = %(id)s
                           AND (last_used_at IS NULL OR last_used_at < %(before)s)
                           FOR UPDATE SKIP LOCKED
                       )
                """,
                table=SQL.identifier(self._table),
                now=fields.Datetime.now(),
                before=fields.Datetime.now() - timedelta(minutes=_USED_MINUTES),
                id=self.id,
            )
        )

    def _revoke(self):
        """End these keys at once and for good."""
        as_system(self).filtered(lambda key: not key.revoked_at).write(
            {"revoked_at": fields.Datetime.now(), "revoked_by_id": self.env.uid}
        )
