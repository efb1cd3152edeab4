from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    prebook_cart_minutes = fields.Integer(
        related="website_id.prebook_cart_minutes", readonly=False
    )
