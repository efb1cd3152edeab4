from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _story_is_for(self, user):
        """Override: one order goes to many members of a division, and its story names
        the shipments of all of them. It is for who may see all of them."""
        self.ensure_one()
        if self.sudo().division_id and user.share:
            return self._division_may_see_all(user)
        return super()._story_is_for(user)
