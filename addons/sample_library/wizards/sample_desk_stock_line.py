from odoo import fields, models


class SampleDeskStockLine(models.TransientModel):
    """What one line gets of the samples that came in."""

    _name = "sample.desk.stock.line"
    _description = "Share of Samples That Came In"

    wizard_id = fields.Many2one(
        "sample.desk.stock", required=True, ondelete="cascade", index=True
    )
    line_id = fields.Many2one(
        "sample.request.line", required=True, ondelete="cascade", string="Sample"
    )
    request_id = fields.Many2one(related="line_id.request_id")
    requested_at = fields.Datetime(related="line_id.requested_at")
    open_qty = fields.Integer(related="line_id.open_qty")
    quantity = fields.Integer(string="Gets")
