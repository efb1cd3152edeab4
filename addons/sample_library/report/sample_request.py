from odoo import api, models


class ReportSampleRequest(models.AbstractModel):
    """The request as it is mailed; who may not read it does not print it."""

    _name = "report.sample_library.report_sample_request"
    _description = "Sample Request"

    @api.model
    def _get_report_values(self, docids, data=None):
        """What is printed; names of others are read with more rights than the user has.

        :return: ``docs``: requests
        :rtype: dict
        :raise AccessError: if the user may not read one of them
        """
        requests = self.env["sample.request"].browse(docids or [])
        requests.check_access("read")
        return {"doc_ids": docids, "doc_model": requests._name, "docs": requests}
