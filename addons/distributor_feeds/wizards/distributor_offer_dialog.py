from odoo import api, fields, models


class DistributorOfferDialog(models.AbstractModel):
    """A dialog about offers.

    It keeps their ids alone: a foreign key to the offers would be looked at with each
    offer that a feed writes.
    """

    _name = "distributor.offer.dialog"
    _description = "Dialog about Offers"

    offer_keys = fields.Json(readonly=True)
    offer_ids = fields.Many2many("distributor.offer", compute="_compute_offer_ids")

    @api.depends("offer_keys")
    def _compute_offer_ids(self):
        keys = {key for dialog in self for key in dialog.offer_keys or []}
        offers = self.env["distributor.offer"].search([("id", "in", list(keys))])
        for dialog in self:
            own = set(dialog.offer_keys or [])
            dialog.offer_ids = offers.filtered(lambda offer, own=own: offer.id in own)
