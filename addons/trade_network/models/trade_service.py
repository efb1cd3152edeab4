from odoo import models


class TradeService(models.Model):
    """Something that is subscribed to. Add-ons bring theirs, known by their codes."""

    _name = "trade.service"
    _inherit = ["trade.code"]
    _description = "Trade Service"
