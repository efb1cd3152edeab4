from odoo import models

from ..quick.batch import Batch


class AccountAnalyticDistributionModel(models.Model):
    _inherit = "account.analytic.distribution.model"

    def _get_applicable_models(self, vals):
        """Override of `analytic` not to search for each line where there is nothing."""
        batch = Batch.of(self.env)
        if batch and not batch.has_distribution:
            return self.browse()
        return super()._get_applicable_models(vals)
