from odoo import api, models


class SampleOrder(models.Model):
    """What a library orders for itself."""

    _inherit = "sample.order"

    @api.model
    def _make_restock(self, library):
        """A draft for the shelves of a library.

        :param library: ``sample.library``
        :return: ``sample.order`` without lines
        """
        return self.create(
            {
                "source": "restock",
                "library_id": library.id,
                "company_id": library.company_id.id,
                "showroom_id": library.partner_id.id,
                "recipient_name": library.partner_id.name,
                "recipient_email": False,
                "ship_to": "showroom",
                "user_id": self.env.uid,
            }
        )
