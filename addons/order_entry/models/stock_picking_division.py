from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    division_recipient_id = fields.Many2one(
        "sale.order.recipient",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Who of a division order gets these goods.",
    )
