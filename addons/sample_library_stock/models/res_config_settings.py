from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sample_picking_type_id = fields.Many2one(
        related="company_id.sample_picking_type_id",
        readonly=False,
        domain="[('code', '=', 'outgoing'), ('company_id', '=', company_id)]",
    )
