from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import mute_logger

from ..context import as_system


class SampleOrder(models.Model):
    """The one order that a portal user is working on."""

    _inherit = "sample.order"

    @api.model
    def _portal_draft(self, make=False):
        """The user's draft in the portal.

        :param bool make: make one if there is none; for a POST only
        :return: ``sample.order`` with the rights of the superuser; maybe none
        :raise ConcurrencyError: if it is just being made elsewhere; Odoo tries again
            and finds it
        """
        orders = as_system(self)
        draft = orders.search(
            [
                ("user_id", "=", self.env.uid),
                ("source", "=", "portal"),
                ("state", "=", "draft"),
            ],
            limit=1,
        )
        if draft or not make:
            return draft
        try:
            with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                return orders.create(self._portal_draft_values())
        except UniqueViolation as error:
            raise ConcurrencyError("The draft is being made elsewhere") from error

    @api.model
    def _portal_draft_values(self):
        """Who orders for whom, as far as it is known of a portal user.

        :rtype: dict
        """
        user = self.env.user
        partner = user.partner_id
        values = {
            "user_id": user.id,
            "source": "portal",
            "company_id": self.env.company.id,
        }
        library = self.env["sample.kit"]._library_of_user()
        if library:
            values["library_id"] = library.id
        elif user.has_group("trade_network.group_trade_sales_rep"):
            values["rep_id"] = partner.id
        else:
            values["person_id"] = partner.id
        return values
