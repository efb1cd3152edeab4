from odoo import Command, models


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "sale.review.hold"]

    def action_review_hold(self):
        """Open a new rule that holds the orders of the customer and his contacts."""
        return self._action_review_hold(partner_ids=[Command.set(self.ids)])

    def _review_hold_kind(self):
        return "customer_hold"

    def _review_is_named_by(self, rule):
        family = self
        while family.parent_id - family:
            family |= family.parent_id
        return bool(
            family & rule.partner_ids or family.category_id & rule.partner_category_ids
        )
