from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.trade_network.const import DESIGNER, SALES_REP, SHOWROOM
from odoo.addons.trade_network.fields import UncheckedMany2one
from odoo.addons.trade_network.models.trade_subscription import OPEN_STATES

#: Code of the service whose subscribers see stock.
INVENTORY = "inventory"


def _dealing(role):
    """A field that says whether the user deals with the distributor today, as what.

    It is for record rules: they are kept in memory with this condition, and the
    relations are asked at the moment of the search.
    """
    return fields.Boolean(
        compute="_compute_dealing",
        compute_sudo=True,
        search=lambda self, operator, value: self._search_flag(
            self._dealing_domain(role), operator, value
        ),
    )


class TrackPosted(models.AbstractModel):
    """What a distributor says of his own business, as he posted it.

    Rows are written in bulk, by SQL (see ``posting``): there are no foreign keys, which
    would be looked up for each row. Whose they are follows from account numbers and
    ``trade.relation``, and is kept in columns of their own, for record rules.
    """

    _name = "track.posted"
    _description = "Posted by a Distributor"
    _order = "id desc"
    _log_access = False

    distributor_id = UncheckedMany2one(
        "res.partner", required=True, readonly=True, help="Whose data they are."
    )
    external_ref = fields.Char(
        "Distributor's Key",
        required=True,
        readonly=True,
        help="What the distributor's system knows it by.",
    )
    company_id = UncheckedMany2one("res.company", readonly=True)
    origin = fields.Selection(
        [("posted", "Posted"), ("portal", "Portal")],
        required=True,
        default="posted",
        readonly=True,
        help="Whether the distributor posted it, or somebody made it in the portal.",
    )
    active = fields.Boolean(default=True, readonly=True)
    posted_at = fields.Datetime("Last Changed", readonly=True)
    ended_at = fields.Datetime(
        readonly=True, help="Since when a full file does not name it any more."
    )
    post_id = UncheckedMany2one("track.post", "Posting", readonly=True)
    as_of = fields.Datetime(
        compute="_compute_as_of",
        help="When the distributor last said so: by a change, or by a full file.",
    )
    is_dealing_showroom = _dealing(SHOWROOM)
    is_dealing_rep = _dealing(SALES_REP)
    is_dealing_designer = _dealing(DESIGNER)
    is_inventory_open = fields.Boolean(
        compute="_compute_is_inventory_open",
        compute_sudo=True,
        search="_search_is_inventory_open",
        help="Whether the user may use the service “inventory” for this distributor.",
    )

    _once = models.UniqueIndex(
        "(distributor_id, external_ref)",
        "The distributor has a record under this key already.",
    )

    def _compute_as_of(self):
        kinds = self.env["track.post"]._kind_of(self._name)
        latest = dict(
            self.env["track.post"]
            .sudo()
            ._read_group(
                [
                    ("distributor_id", "in", self.distributor_id.ids),
                    ("kind", "=", kinds),
                    ("full", "=", True),
                    ("state", "=", "done"),
                ],
                ["distributor_id"],
                ["ended_at:max"],
            )
        )
        for record in self:
            full = record.active and latest.get(record.distributor_id)
            said = [record.posted_at, record.origin == "posted" and full]
            record.as_of = max(filter(None, said), default=False)

    @api.depends("distributor_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_dealing(self):
        for role, name in (
            (SHOWROOM, "is_dealing_showroom"),
            (SALES_REP, "is_dealing_rep"),
            (DESIGNER, "is_dealing_designer"),
        ):
            distributors = set(self._dealing_distributors(role))
            for record in self:
                record[name] = record.distributor_id.id in distributors

    @api.depends("distributor_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_inventory_open(self):
        self.is_inventory_open = False
        self.filtered_domain(self._inventory_domain()).is_inventory_open = True

    def _search_is_inventory_open(self, operator, value):
        return self._search_flag(self._inventory_domain(), operator, value)

    @api.model
    def _search_flag(self, domain, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(domain if wanted else ~domain for wanted in value)

    @api.model
    def _dealing_domain(self, role):
        return Domain("distributor_id", "in", self._dealing_distributors(role))

    @api.model
    def _dealing_distributors(self, role):
        """Whom the user deals with today.

        What is said of a rep holds for him alone; what is said of a branch of a
        showroom holds for the showroom.

        :param str role: as what
        :return: ids of companies
        """
        user = self.env.user
        company = user.commercial_partner_id
        if role == SALES_REP:
            who = Domain("partner_id", "in", [user.partner_id.id, company.id])
        else:
            who = Domain("partner_id.commercial_partner_id", "=", company.id)
        relation_sudo = self.env["trade.relation"].sudo()
        today = fields.Date.context_today(self)
        relations = relation_sudo.search(
            relation_sudo._visible_companies_domain()
            & relation_sudo._state_domains(today)["running"]
            & who
            & Domain("role_id.code", "=", role)
        )
        return relations.distributor_id.commercial_partner_id.ids

    @api.model
    def _inventory_domain(self):
        """Whose stock the user may see: that of distributors he subscribed to.

        A distributor has his own as soon as anybody may see it.
        """
        distributors = self._inventory_distributors()
        if distributors is None:
            return Domain.TRUE
        return Domain("distributor_id", "in", distributors.ids)

    @api.model
    def _inventory_distributors(self):
        """Companies whose stock the user may see; ``None`` for those of all."""
        subscription_sudo = self.env["trade.subscription"].sudo()
        partner = self.env.user.partner_id
        company = partner.commercial_partner_id
        mine = subscription_sudo.search(
            subscription_sudo._open_domain(INVENTORY, partner | company)
        )
        if any(not subscription.distributor_id for subscription in mine):
            return None
        distributors = mine.distributor_id.commercial_partner_id
        if self._has_inventory(company):
            distributors |= company
        return distributors

    @api.model
    def _has_inventory(self, distributor):
        """Whether anybody may use the service for the data of a distributor.

        :param distributor: ``res.partner``, a company
        :rtype: bool
        """
        subscription_sudo = self.env["trade.subscription"].sudo()
        states = subscription_sudo._state_domains(fields.Date.context_today(self))
        usable = Domain.OR(states[state] for state in OPEN_STATES)
        named = Domain("distributor_id.commercial_partner_id", "=", distributor.id)
        own = Domain("distributor_id", "=", False) & Domain(
            "partner_ids", "in", distributor.ids
        )
        return bool(
            subscription_sudo.search_count(
                subscription_sudo._visible_companies_domain()
                & Domain("service_id.code", "=", INVENTORY)
                & usable
                & (named | own),
                limit=1,
            )
        )
