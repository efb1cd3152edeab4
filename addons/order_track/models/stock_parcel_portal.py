from odoo import api, models
from odoo.tools import escape_psql

from .. import carriers

# part of a number that more parcels have is no help to anybody
_MOST_PARCELS = 1000


class StockParcel(models.Model):
    _inherit = "stock.parcel"

    @api.model
    def _portal_numbered(self, text):
        """Parcels with this number that the reader may see; with part of it if none.

        :param str text: as it was typed
        :return: ``stock.parcel``
        """
        number = carriers.normalise(text)
        found = self.search([("name", "=", number)]) if number else self.browse()
        part = escape_psql(number or text)
        return found or self.search([("name", "ilike", part)], limit=_MOST_PARCELS)
