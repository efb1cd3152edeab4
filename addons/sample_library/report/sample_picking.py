from odoo import api, models
from odoo.tools import groupby


class ReportPicking(models.AbstractModel):
    """Picking tickets: what is open, in the order of bins."""

    _name = "report.sample_library.report_picking"
    _description = "Picking Ticket"

    @api.model
    def _get_report_values(self, docids, data=None):
        """What is printed; as many queries for thousands of lines as for one.

        :return: ``docs``: requests; ``lines``: what is open of all of them, in the
            order of bins; ``sheets``: these lines per request; ``twins``: those that
            are duplicates
        :rtype: dict
        :raise AccessError: for all but the sample department
        """
        requests = self.env["sample.request"].browse(docids or [])
        requests._check_desk()
        requests_sudo = requests.sudo()
        # the rest of what is printed; each of these is read for all at once
        requests_sudo.fetch(self._printed_fields())
        (requests_sudo.showroom_id | requests_sudo.user_id.partner_id).fetch(["name"])
        lines = requests_sudo._to_pick()
        sheets = {
            request: lines.browse().union(*some)
            for request, some in groupby(lines, lambda line: line.request_id)
        }
        return {
            "doc_ids": docids,
            "doc_model": "sample.request",
            "docs": requests_sudo,
            "lines": lines,
            "sheets": sheets,
            "twins": lines._twins(),
        }

    @api.model
    def _printed_fields(self):
        return [
            "name",
            "recipient_name",
            "recipient_firm",
            "ship_address",
            "project",
            "needed_on",
            "note",
            "requested_at",
            "printed_at",
            "printed_by",
            "is_reprint",
            "showroom_id",
            "user_id",
        ]
