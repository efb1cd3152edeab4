from odoo import fields, models

from ..const import POLICIES


class ResCompany(models.Model):
    _inherit = "res.company"

    prebook_policy = fields.Selection(
        POLICIES,
        string="Prebook Goods",
        required=True,
        default="no",
        help="Which lines become prebooks, for products that do not say so themselves.",
    )
    prebook_procure = fields.Selection(
        [
            ("checkout", "When they are checked out"),
            ("booking", "At once, when they are booked"),
        ],
        string="Procure Prebooks",
        required=True,
        default="checkout",
    )
    prebook_portal_checkout = fields.Boolean(string="Customers Check Out Prebooks")
    prebook_min_days = fields.Integer(
        string="Days Before a Prebook",
        help="No prebook is delivered sooner than in this many days, unless a prebook "
        "manager books it.",
    )

    _prebook_min_days_positive = models.Constraint(
        "CHECK(prebook_min_days BETWEEN 0 AND 3650)",
        "Days before a prebook: give a number between 0 and 3650.",
    )
