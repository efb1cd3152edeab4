from odoo import fields, models


class SaleStandingDate(models.Model):
    """A day of a standing order that was dealt with: no day is dealt with twice.

    The row stays when its order is deleted, so what somebody removed does not return.
    """

    _name = "sale.standing.date"
    _description = "Day of a Standing Order"
    _order = "date desc"
    _rec_name = "date"

    standing_order_id = fields.Many2one(
        "sale.standing.order", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True, string="Delivery")
    order_id = fields.Many2one(
        "sale.order", ondelete="set null", index="btree_not_null"
    )
    order_state = fields.Selection(related="order_id.state", string="Order Status")
    prebook_state = fields.Selection(related="order_id.prebook_state")
    problem = fields.Text(help="Why the order could not be made or confirmed.")

    _date_unique = models.Constraint(
        "UNIQUE(standing_order_id, date)",
        "This day of the standing order was dealt with already.",
    )
