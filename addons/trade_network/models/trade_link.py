import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import consteq, hmac

# a page that is loaded often writes once in so many minutes
_USED_MINUTES = 5


class TradeLink(models.AbstractModel):
    """A signed link to one record, for those who have no login.

    The token is computed from the secret of the database and is nowhere stored; who
    reads the table cannot make one. A model that inherits this says what its links open
    (a required field), where (:meth:`_path`), and for how long.
    """

    _name = "trade.link"
    _description = "Signed Link"
    _order = "id desc"
    _rec_name = "email"

    #: What is signed along: a token of one model opens nothing of another.
    _link_scope = None
    _link_days = 60

    email = fields.Char(
        string="Mailed To", required=True, readonly=True, help="Who got the link."
    )
    nonce = fields.Char(
        required=True,
        readonly=True,
        groups=fields.NO_ACCESS,
        default=lambda self: secrets.token_urlsafe(16),
    )
    expires_at = fields.Datetime(
        required=True,
        readonly=True,
        default=lambda self: fields.Datetime.now() + timedelta(days=self._link_days),
    )
    last_used_at = fields.Datetime(readonly=True)
    revoked_at = fields.Datetime(readonly=True)
    revoked_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    state = fields.Selection(
        [("valid", "Valid"), ("expired", "Expired"), ("revoked", "Revoked")],
        string="Status",
        compute="_compute_state",
    )

    @api.depends("expires_at", "revoked_at")
    def _compute_state(self):
        now = fields.Datetime.now()
        for link in self:
            if link.revoked_at:
                link.state = "revoked"
            else:
                link.state = "valid" if link.expires_at > now else "expired"

    def _token(self):
        self.ensure_one()
        scope = self._link_scope or self._name
        return hmac(self.env(su=True), scope, (self.id, self.sudo().nonce))

    def _path(self):
        """Where the page of this kind of link is, without the id and the token.

        :rtype: str
        """
        raise NotImplementedError(self._name)

    def _url(self):
        """The address that is mailed.

        :rtype: str
        """
        self.ensure_one()
        return f"{self.get_base_url()}{self._path()}/{self.id}/{self._token()}"

    @api.model
    def _find(self, link_id, token):
        """The link somebody shows, whether it still works or not.

        The signature is compared first: what is guessed reads nothing else.

        :param int link_id: as it came from outside
        :param str token: as it came from outside
        :return: a link, as superuser; empty if the signature is wrong
        """
        link = self.sudo().browse(link_id).exists() if 0 < link_id < 2**31 else self
        if not link or not token.isascii() or not consteq(link._token(), token):
            return self.sudo().browse()
        return link

    def _note_use(self):
        """Keep when the link was last used."""
        now = fields.Datetime.now()
        recent = now - timedelta(minutes=_USED_MINUTES)
        if not self.last_used_at or self.last_used_at < recent:
            self.last_used_at = now

    def _revoke(self):
        self.filtered(lambda link: not link.revoked_at).write(
            {"revoked_at": fields.Datetime.now(), "revoked_by_id": self.env.uid}
        )
