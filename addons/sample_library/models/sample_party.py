from odoo import fields, models

_PARTIES = (
    "company_id",
    "library_id",
    "showroom_id",
    "rep_id",
    "person_id",
    "firm_id",
    "user_id",
    "distributor_id",
    "desk_company_id",
)


class SampleParty(models.AbstractModel):
    """Who takes part in a request, copied into everything that belongs to it.

    Rights and reports read these columns where they are: neither hangs on a join, and
    what becomes of a contact later does not change what was asked for.
    """

    _name = "sample.party"
    _description = "Parties of a Sample Request"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    library_id = fields.Many2one(
        "sample.library", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    showroom_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    rep_id = fields.Many2one(
        "res.partner",
        string="Sales Rep",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    person_id = fields.Many2one(
        "res.partner",
        string="Designer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    firm_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Entered By",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    distributor_id = fields.Many2one(
        "res.partner", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    desk_company_id = fields.Many2one(
        "res.company",
        string="Answering Company",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The company of this system that is the distributor.",
    )

    def _party_values(self):
        """What belongs to this record copies of it.

        :rtype: dict
        """
        return {name: self[name].id for name in _PARTIES}
