from odoo import fields, models


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
