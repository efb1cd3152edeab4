from odoo import fields, models


class TrackCustomer(models.Model):
    """An account at a distributor, as he posted it; no contact is made of it."""

    _name = "track.customer"
    _inherit = ["track.accounted"]
    _description = "Distributor's Customer"
    _order = "name, id"
    _rec_names_search = ["name", "account_number"]

    account_number = fields.Char(required=True)
    name = fields.Char(required=True, readonly=True)
    street = fields.Char(readonly=True)
    city = fields.Char(readonly=True)
    zip = fields.Char(readonly=True)
    state_name = fields.Char("State", readonly=True)
    country_name = fields.Char("Country", readonly=True)
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
