from odoo import models


class SampleLibrary(models.Model):
    """An address of the library: what is sent there becomes a draft of an order."""

    _name = "sample.library"
    _inherit = ["sample.library", "mail.alias.mixin.optional"]

    def _alias_get_creation_values(self):
        """Override of `mail` to make orders of the library of what is mailed."""
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("sample.order")
        if self.id:
            values["alias_defaults"] = repr(
                {
                    "library_id": self.id,
                    "company_id": self.company_id.id,
                    "source": "mail",
                }
            )
        return values
