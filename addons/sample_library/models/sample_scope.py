from odoo import models

_SCOPE = {"company_id", "library_id"}


class SampleScope(models.AbstractModel):
    """What belongs to a library or a company, and is not pushed into another one's."""

    _name = "sample.scope"
    _description = "Scope in the Sample Library"

    def write(self, vals):
        result = super().write(vals)
        if not _SCOPE.isdisjoint(vals):
            # the ORM asks before; where it went to is asked here
            self.check_access("write")
        return result
