from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    track_invited_at = fields.Datetime(
        string="Invited",
        readonly=True,
        copy=False,
        help="When a colleague who manages the users of their company mailed the "
        "invitation.",
    )
