import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..report.sample_workbook import workbook


class SampleUsageExport(models.TransientModel):
    """The reports of a period in one file, with charts."""

    _name = "sample.usage.export"
    _description = "Excel Report of Samples"

    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self) - timedelta(days=30),
    )
    date_to = fields.Date(
        string="Until",
        required=True,
        default=fields.Date.context_today,
        help="With this day.",
    )
    library_id = fields.Many2one(
        "sample.library", ondelete="cascade", help="Empty: all that you may see."
    )
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(compute="_compute_file_name")

    @api.depends("date_from", "date_to")
    def _compute_file_name(self):
        for export in self:
            export.file_name = self.env._(
                "samples %(first)s to %(last)s.xlsx",
                first=export.date_from or "",
                last=export.date_to or "",
            )

    def action_export(self):
        """Write the file.

        :return: its download, for the web client
        :rtype: dict
        :raise UserError: if the period ends before it begins
        """
        self.ensure_one()
        if self.date_to < self.date_from:
            raise UserError(
                self.env._("The period ends before it begins. Correct one of the days.")
            )
        domain = self.env["sample.usage.report"]._within(self.date_from, self.date_to)
        if self.library_id:
            domain &= Domain("library_id", "=", self.library_id.id)
        sheets = self.env["sample.usage.report"]._sheets(domain)
        self.file = base64.b64encode(workbook(sheets))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.file_name}"
            "?download=true",
            "target": "download",
        }
