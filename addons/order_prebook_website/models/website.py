from odoo import fields, models


class Website(models.Model):
    _inherit = "website"

    prebook_cart_minutes = fields.Integer(
        string="Minutes in the Cart",
        help="How long goods from a vendor with a cut-off stay in the cart, counted "
        "from the first of them. 0 for no limit.",
    )

    _prebook_cart_minutes_valid = models.Constraint(
        "CHECK(prebook_cart_minutes BETWEEN 0 AND 10080)",
        "Minutes in the cart: give a number from 0 to 10080, a week.",
    )
