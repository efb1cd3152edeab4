from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    prebook_policy = fields.Selection(
        related="company_id.prebook_policy", readonly=False
    )
    prebook_procure = fields.Selection(
        related="company_id.prebook_procure", readonly=False
    )
    prebook_portal_checkout = fields.Boolean(
        related="company_id.prebook_portal_checkout", readonly=False
    )
    prebook_min_days = fields.Integer(
        related="company_id.prebook_min_days", readonly=False
    )
