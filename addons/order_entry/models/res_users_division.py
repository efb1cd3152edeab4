from odoo import api, fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    order_division_ids = fields.Many2many(
        "order.division",
        "order_division_manager_rel",
        "user_id",
        "division_id",
        string="Managed Divisions",
        help="The user may order for these divisions and for all their parts.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of `base`: a new user may be the first who manages a division."""
        users = super().create(vals_list)
        if any("order_division_ids" in vals for vals in vals_list):
            self.env.registry.clear_cache()
        return users

    def write(self, vals):
        """Override of `base`: the same for users who become managers."""
        result = super().write(vals)
        if "order_division_ids" in vals:
            self.env.registry.clear_cache()
        return result
