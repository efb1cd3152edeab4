from odoo import api, fields, models

#: Labels on a sheet: 3 in a row, 8 rows.
_SHEET = 24


class SampleLabelPrint(models.TransientModel):
    """Labels on sheets; the first one may have lost some labels before."""

    _name = "sample.label.print"
    _description = "Print Sample Labels"

    copy_ids = fields.Many2many(
        "sample.copy",
        string="Samples",
        required=True,
        default=lambda self: self._default_copy_ids(),
    )
    first_label = fields.Integer(
        string="Begin at Label",
        default=1,
        required=True,
        help="Counted from the upper left, row by row. The labels before it are gone.",
    )
    sheet_count = fields.Integer(string="Sheets", compute="_compute_sheet_count")

    _first_label_on_sheet = models.Constraint(
        "CHECK (first_label BETWEEN 1 AND 24)",
        "A sheet has labels 1 to 24. Choose one of these.",
    )

    @api.model
    def _default_copy_ids(self):
        context = self.env.context
        if context.get("active_model") != "sample.copy":
            return self.env["sample.copy"]
        return self.env["sample.copy"].browse(context.get("active_ids", []))

    @api.depends("copy_ids", "first_label")
    def _compute_sheet_count(self):
        for sheets in self:
            sheets.sheet_count = -(-(sheets._gone() + len(sheets.copy_ids)) // _SHEET)

    def _gone(self):
        """How many labels are left out; a form may ask before the number is checked.

        :rtype: int
        """
        return min(max(self.first_label - 1, 0), _SHEET - 1)

    def _cells(self):
        """What is printed where, from the upper left, row by row.

        :return: a ``sample.copy`` per label; ``None`` where the label is gone
        :rtype: list
        """
        return [None] * self._gone() + list(self.copy_ids)

    def action_print(self):
        """Print the sheets.

        :return: the report, for the web client
        :rtype: dict
        """
        return self.env.ref("sample_library.action_report_label_sheet").report_action(
            self
        )
