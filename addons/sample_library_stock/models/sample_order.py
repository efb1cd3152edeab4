from odoo import models


class SampleOrder(models.Model):
    _inherit = "sample.order"

    def _send(self):
        """Override of `sample_library` to reserve what is in stock."""
        requests = super()._send()
        requests._make_transfers()
        return requests
