import hashlib
import hmac
import secrets
from datetime import timedelta

from odoo import api, fields, models

PREFIX = 8
# The moment of the last use is written at most so often: the row stays free for others.
USED_EVERY = timedelta(minutes=1)


class DistributorStockKey(models.Model):
    """A key with which another shop asks what we have; it opens nothing else."""

    _name = "distributor.stock.key"
    _description = "Key to Ask for Stock"
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="Whose key it is, for yourself.")
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, ondelete="restrict", index=True,
        help="Prices are his.",
    )  # fmt: skip
    website_id = fields.Many2one(
        "website",
        required=True,
        ondelete="cascade",
        help="The shop whose goods are told.",
    )
    company_id = fields.Many2one(related="website_id.company_id", store=True)
    pricelist_id = fields.Many2one(
        "product.pricelist", check_company=True, help="Empty: that of the customer."
    )
    prefix = fields.Char("Begins With", readonly=True, copy=False)
    digest = fields.Char(readonly=True, copy=False, groups="base.group_no_one")
    expires_on = fields.Date(help="The last day it works. Empty: until it is archived.")
    last_used = fields.Datetime(readonly=True, copy=False)

    _prefix_once = models.UniqueIndex("(prefix) WHERE prefix IS NOT NULL")

    def action_make_key(self):
        """Make a new key in place of the old one, and show it once."""
        self.ensure_one()
        self.check_access("write")
        key = secrets.token_urlsafe(32)
        self.sudo().write({"prefix": key[:PREFIX], "digest": _digest(key)})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Key"),
            "res_model": "distributor.stock.key.show",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": key},
        }

    @api.model
    def _of(self, key):
        """Find the record of a key that may be used now.

        :param str key: as it was sent
        :return: the record, or an empty one
        """
        known = self.sudo().search([("prefix", "=", key[:PREFIX])], limit=1)
        # The same work whether it is known or not.
        right = hmac.compare_digest(known.digest or _digest(""), _digest(key))
        today = fields.Date.context_today(known)
        if not known or not right or (known.expires_on and known.expires_on < today):
            return self.browse()
        now = fields.Datetime.now()
        if not known.last_used or now - known.last_used > USED_EVERY:
            known.try_lock_for_update().last_used = now
        return known


def _digest(key):
    # A key of 256 random bits needs no slow hash.
    return hashlib.sha256(key.encode()).hexdigest()
