from odoo import api, models
from odoo.fields import Domain


class StockPicking(models.Model):
    _inherit = "stock.picking"

    @api.model
    def _portal_domain(self, orders):
        """Override: of an order for a division, a member finds what goes to him."""
        found = super()._portal_domain(orders)
        user = self.env.user
        if not user.share:
            return found
        own = user.partner_id.id
        return found & (
            Domain("sale_id.division_id", "=", False)
            | Domain("sale_id.partner_id", "=", own)
            | Domain("partner_id", "=", own)
        )
