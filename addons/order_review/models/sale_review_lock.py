from odoo import fields, models


class SaleReviewLock(models.Model):
    """One row per quota or credit line and its owner, updated by each confirmation.

    Nobody has rights on it: only the engine writes it, by SQL.
    """

    _name = "sale.review.lock"
    _description = "Order Review Lock"
    _log_access = False

    name = fields.Char(required=True)
    counter = fields.Integer(default=0)

    _name_unique = models.UniqueIndex("(name)")
