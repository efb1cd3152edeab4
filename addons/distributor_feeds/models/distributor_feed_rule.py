from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mapping import MappingError
from .distributor_feed_rule_values import RULE_FIELDS


class DistributorFeedRule(models.Model):
    """One line of a mapping: from which column a value of the offer comes."""

    _name = "distributor.feed.rule"
    _description = "Mapping of a Distributor's Column"
    _inherit = ["distributor.feed.rule.values"]
    _order = "profile_id, sequence, id"

    profile_id = fields.Many2one(
        "distributor.feed.profile", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer(default=10)
    target = fields.Selection(required=True)

    @api.constrains(*RULE_FIELDS)
    def _check_rule(self):
        for line in self:
            try:
                line._rule()
            except MappingError as error:
                raise ValidationError(error.message) from error
