from odoo import api, fields, models


class TradeRelation(models.Model):
    """A showroom, rep or designer deals with a distributor, and has a number there."""

    _name = "trade.relation"
    _inherit = ["trade.period", "mail.thread"]
    _description = "Trade Relation"
    _order = "distributor_id, partner_id, id"
    _rec_names_search = ["account_number", "partner_id", "distributor_id"]
    _check_company_auto = True

    distributor_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Who deals with the distributor. A company stands for everybody in it.",
    )
    role_id = fields.Many2one(
        "trade.role",
        string="As",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        help="What the partner is to this distributor.",
    )
    account_number = fields.Char(
        index="btree_not_null",
        tracking=True,
        help="The number of the partner at the distributor.",
    )

    _not_itself = models.Constraint(
        "CHECK (distributor_id != partner_id)",
        "Nobody deals with himself. Choose another partner or another distributor.",
    )
    # One line per number, role and day. Numbers may differ in capitals and blanks only
    # and still be the same. A relation without company overlaps those of all companies.
    # Ranges of one number stand in for the equality of numbers, which needs an
    # extension of PostgreSQL in this kind of index.
    _once = models.Constraint(
        """EXCLUDE USING gist (
            int4range(distributor_id, distributor_id, '[]') WITH =,
            int4range(partner_id, partner_id, '[]') WITH =,
            int4range(role_id, role_id, '[]') WITH =,
            int4range(company_id, company_id, '[]') WITH &&,
            int8range(
                hashtextextended(upper(btrim(COALESCE(account_number, ''))), 0),
                hashtextextended(upper(btrim(COALESCE(account_number, ''))), 0),
                '[]'
            ) WITH =,
            daterange(date_from, date_until, '[]') WITH &&
        ) WHERE (active)""",
        "This partner deals with the distributor already, in this role, under this "
        "number and during these days. End the other relation first, or change it.",
    )

    @api.depends("distributor_id", "partner_id")
    def _compute_display_name(self):
        # who may see a relation may know both ends of it
        for relation in self.sudo():
            names = (relation.distributor_id.name, relation.partner_id.name)
            relation.display_name = " – ".join(filter(None, names))

    @api.model_create_multi
    def create(self, vals_list):
        # what ends another relation must be in the database before
        self.flush_model(["date_from", "date_until", "active"])
        relations = super().create(vals_list)
        relations._give_roles()
        return relations

    def write(self, vals):
        result = super().write(vals)
        if not {"distributor_id", "partner_id", "role_id"}.isdisjoint(vals):
            self._give_roles()
        return result

    def _give_roles(self):
        """Who deals as a showroom with a distributor is one; the other a distributor.

        So a file with relations is all that has to be imported.
        """
        self.distributor_id._add_trade_role(
            self.env.ref("trade_network.role_distributor")
        )
        for role, relations in self.grouped("role_id").items():
            relations.partner_id._add_trade_role(role)
