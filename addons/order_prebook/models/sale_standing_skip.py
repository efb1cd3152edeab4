from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleStandingSkip(models.Model):
    _name = "sale.standing.skip"
    _description = "Days a Standing Order Leaves Out"
    _order = "date_from"

    standing_order_id = fields.Many2one(
        "sale.standing.order", required=True, index=True, ondelete="cascade"
    )
    date_from = fields.Date(required=True, string="From")
    date_to = fields.Date(string="To", help="Empty: one day only.")
    reason = fields.Char()

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for skip in self:
            if skip.date_to and skip.date_to < skip.date_from:
                raise ValidationError(
                    self.env._("Left out: the last day lies before the first one.")
                )
