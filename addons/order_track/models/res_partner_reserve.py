from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    track_reserve_days = fields.Integer(
        "Reserves Last (Days)",
        default=14,
        groups="trade_network.group_trade_user",
        help="How long showrooms and reps may hold goods of this distributor.",
    )
    track_reserve_warn_days = fields.Integer(
        "Warn Before (Days)",
        default=2,
        groups="trade_network.group_trade_user",
        help="How many days before its end somebody is told of a reserve; 0: never.",
    )

    _track_reserve_days_sane = models.Constraint(
        "CHECK (track_reserve_days BETWEEN 0 AND 366)",
        "Give between 0 and 366 days that reserves last.",
    )
