from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    stock_promise = fields.Boolean(related="website_id.stock_promise", readonly=False)
    stock_promise_live = fields.Boolean(
        related="website_id.stock_promise_live", readonly=False
    )
    stock_promise_deadline = fields.Float(
        related="website_id.stock_promise_deadline", readonly=False
    )
    stock_promise_names = fields.Boolean(
        related="website_id.stock_promise_names", readonly=False
    )
