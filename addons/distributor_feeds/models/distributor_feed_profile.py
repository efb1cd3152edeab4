import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..formats import FormatError
from ..mapping import MappingError, units_of
from .distributor_feed_format import FORMAT_FIELDS


class DistributorFeedProfile(models.Model):
    """How a distributor's files are read: format and mapping, for many feeds."""

    _name = "distributor.feed.profile"
    _description = "Format of a Distributor's Files"
    _inherit = ["distributor.feed.format"]
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for all companies.")
    rule_ids = fields.One2many(
        "distributor.feed.rule", "profile_id", "Mapping", copy=True
    )
    feed_ids = fields.One2many("distributor.feed", "profile_id", "Feeds")

    @api.constrains(*FORMAT_FIELDS, "units")
    def _check_options(self):
        for profile in self:
            try:
                profile._options()
                units_of(profile.units or "")
            except (FormatError, MappingError) as error:
                raise ValidationError(error.message) from error

    def action_try(self):
        """Open the set-up of this format, to try it on a file."""
        self.ensure_one()
        return self.env["distributor.feed.setup"]._open_with(
            {"purpose": "profile", "profile_id": self.id}
        )

    def _mapping(self, columns, currency):
        """Return ``mapping.Mapping`` for a file with ``columns``.

        :param currency: of prices whose file names none
        :raise MappingError: a mapped column is not there, or a rule cannot be followed
        """
        return self._bind([rule._rule() for rule in self.rule_ids], columns, currency)

    def _seed(self, feed):
        """Return the seed of ``feed``'s hashes: another one for each way of reading."""
        self.ensure_one()
        told = {
            "feed": feed.id,
            "currency": feed.account_id.currency_id.name,
            "options": self._options().to_dict(),
            "units": self.units or "",
            "rules": [str(rule._rule()) for rule in self.rule_ids],
        }
        digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)
