from odoo import fields, models

from odoo.addons.trade_network.fields import UncheckedMany2one


class DistributorMatchProposeLine(models.TransientModel):
    """A product that a code may be, and why."""

    _name = "distributor.match.propose.line"
    _description = "Proposed Product of an Offer"
    _order = "id"

    dialog_id = fields.Many2one(
        "distributor.match.propose", required=True, ondelete="cascade", index=True
    )
    offer_id = UncheckedMany2one("distributor.offer", required=True, readonly=True)
    account_id = fields.Many2one(related="offer_id.account_id")
    code = fields.Char(related="offer_id.code")
    name = fields.Char(related="offer_id.name")
    manufacturer = fields.Char(related="offer_id.manufacturer")
    mpn = fields.Char(related="offer_id.mpn")
    product_id = fields.Many2one(
        "product.product", "May Be", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Selection(
        [
            ("gtin", "Same GTIN"),
            ("number", "Same part number"),
            ("name", "Similar name"),
        ],
        "Why",
        required=True,
        readonly=True,
    )
    accepted = fields.Boolean("Right")
