from odoo import fields, models


class SaleReviewLock(models.Model):
    """One row per customer, address or user that quotas or credit lines count for.

    Each confirmation updates it: the second of two at once is run again.

    Nobody has rights on it: only the engine writes it, by SQL.
    """

    _name = "sale.review.lock"
    _description = "Order Review Lock"
    _log_access = False

    name = fields.Char(required=True)
    counter = fields.Integer(default=0)

    _name_unique = models.UniqueIndex("(name)")
