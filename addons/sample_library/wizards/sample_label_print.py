from odoo import api, fields, models

# labels on a sheet, 3 in a row
_LABELS = {"a4": 24, "letter": 30}


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
    sheet = fields.Selection(
        [("a4", "A4, 3 × 8 (70 × 37 mm)"), ("letter", "US Letter, 3 × 10 (1 × 2⅝ in)")],
        default=lambda self: self._default_sheet(),
        required=True,
    )
    first_label = fields.Integer(
        string="Begin at Label",
        default=1,
        required=True,
        help="Counted from the upper left, row by row. The labels before it are gone.",
    )
    sheet_count = fields.Integer(string="Sheets", compute="_compute_sheet_count")

    _first_label_on_sheet = models.Constraint(
        "CHECK (first_label BETWEEN 1 AND CASE sheet WHEN 'a4' THEN 24 ELSE 30 END)",
        "An A4 sheet has labels 1 to 24, a US Letter sheet 1 to 30. Choose one of "
        "these.",
    )

    @api.model
    def _default_copy_ids(self):
        context = self.env.context
        if context.get("active_model") != "sample.copy":
            return self.env["sample.copy"]
        return self.env["sample.copy"].browse(context.get("active_ids", []))

    @api.model
    def _default_sheet(self):
        """The paper that the company's other documents are on."""
        paper = self.env.company.sudo().paperformat_id.format
        return "letter" if paper == "Letter" else "a4"

    @api.depends("copy_ids", "first_label", "sheet")
    def _compute_sheet_count(self):
        for sheets in self:
            used = sheets._gone() + len(sheets.copy_ids)
            sheets.sheet_count = -(-used // sheets._labels())

    def _labels(self):
        """How many labels are on a sheet.

        :rtype: int
        """
        return _LABELS[self.sheet or "a4"]

    def _gone(self):
        """How many labels are left out; a form may ask before the number is checked.

        :rtype: int
        """
        return min(max(self.first_label - 1, 0), self._labels() - 1)

    def _cells(self):
        """What is printed where, from the upper left, row by row.

        :return: a ``sample.copy`` per label; ``None`` where the label is gone
        :rtype: list
        """
        copies = self.copy_ids.sorted(
            lambda copy: (copy.item_id.name or "", copy._origin.id)
        )
        return [None] * self._gone() + list(copies)

    def action_print(self):
        """Print the sheets.

        :return: the report, for the web client
        :rtype: dict
        """
        report = {
            "a4": "sample_library.action_report_label_sheet",
            "letter": "sample_library.action_report_label_sheet_letter",
        }[self.sheet]
        return self.env.ref(report).report_action(self)
