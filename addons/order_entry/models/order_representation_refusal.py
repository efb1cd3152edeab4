from odoo import fields, models


class OrderRepresentationRefusal(models.Model):
    """A customer does not want somebody to place orders for him any more."""

    _name = "order.representation.refusal"
    _description = "Refusal to Be Ordered For"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Who May Not Order",
        index=True,
        ondelete="cascade",
        help="Empty: all of customer service.",
    )

    # NULLs are equal here: one refusal of customer service is enough
    _once = models.UniqueIndex("(partner_id, user_id) NULLS NOT DISTINCT")
