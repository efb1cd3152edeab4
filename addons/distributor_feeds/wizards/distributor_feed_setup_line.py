from odoo import api, fields, models

from ..mapping import MappingError


class DistributorFeedSetupLine(models.TransientModel):
    """A column of the sample and what it is, or a value that all rows have."""

    _name = "distributor.feed.setup.line"
    _description = "Column of a Sample File"
    _inherit = ["distributor.feed.rule.values"]
    _order = "sequence, id"

    setup_id = fields.Many2one(
        "distributor.feed.setup", required=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10_000)
    column = fields.Char(
        help="As the file names it. Empty: the constant goes into all rows.",
    )
    target = fields.Selection(help="Empty: the column is not used.")
    sample = fields.Char("First Values", readonly=True)
    found = fields.Boolean("In the File", default=True, readonly=True)
    problem = fields.Char(compute="_compute_problem")

    @api.depends(
        "target", "column", "found", "constant", "default", "decimal", "thousands",
        "date_format", "factor", "price_per",
    )  # fmt: skip
    def _compute_problem(self):
        for line in self:
            line.problem = line._problem()

    def _problem(self):
        """Return what is wrong with the line, or an empty text."""
        if not self.target:
            return ""
        if self.column and not self.found:
            return self.env._(
                "Not in this file: choose another column, or remove the line."
            )
        if not self.column and not self.constant:
            return self.env._("Give the column or the constant.")
        try:
            self._rule()
        except MappingError as error:
            return error.message
        return ""
