from odoo import fields, models

from odoo.addons.trade_network.fields import UncheckedMany2one


class TrackAccounted(models.AbstractModel):
    """Something posted that belongs to an account of the distributor."""

    _name = "track.accounted"
    _inherit = ["track.posted"]
    _description = "Posted for an Account"

    account_number = fields.Char(readonly=True, help="As the distributor wrote it.")
    showroom_number = fields.Char(readonly=True)
    rep_number = fields.Char(readonly=True)
    partner_id = UncheckedMany2one(
        "res.partner", "Customer", readonly=True, help="Whose account it is."
    )
    showroom_id = UncheckedMany2one("res.partner", readonly=True)
    rep_id = UncheckedMany2one("res.partner", readonly=True)

    _by_account = models.Index("(distributor_id, upper(btrim(account_number)))")
    _by_partner = models.Index("(partner_id) WHERE partner_id IS NOT NULL")
    _by_showroom = models.Index("(showroom_id, id) WHERE showroom_id IS NOT NULL")
    _by_rep = models.Index("(rep_id, id) WHERE rep_id IS NOT NULL")
