from odoo import Command, api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..const import DESIGNER, DISTRIBUTOR, ROLES, SALES_REP, SHOWROOM


def _role_flag(code):
    """A field that says whether a partner has a role.

    It is not stored: the roles are the one place where this is kept, a search through
    them is one semi-join of small indexes, and most partners have none.
    """
    return fields.Boolean(
        compute="_compute_trade_flags",
        compute_sudo=True,
        inverse=lambda self: self._inverse_trade_flag(code),
        search=lambda self, operator, value: self._search_trade_flag(
            code, operator, value
        ),
    )


class ResPartner(models.Model):
    _inherit = "res.partner"

    trade_role_ids = fields.Many2many(
        "trade.role",
        "res_partner_trade_role_rel",
        "partner_id",
        "role_id",
        string="Trade Roles",
        copy=False,
        help="What the partner is in the trade; he may be several things.",
    )
    is_distributor = _role_flag(DISTRIBUTOR)
    is_showroom = _role_flag(SHOWROOM)
    is_sales_rep = _role_flag(SALES_REP)
    is_designer = _role_flag(DESIGNER)

    @api.depends("trade_role_ids")
    def _compute_trade_flags(self):
        for partner in self:
            codes = partner.trade_role_ids.mapped("code")
            for code in ROLES:
                partner[f"is_{code}"] = code in codes

    def _inverse_trade_flag(self, code):
        role = self.env.ref(f"trade_network.role_{code}")
        for has_role, partners in self.grouped(f"is_{code}").items():
            command = Command.link if has_role else Command.unlink
            partners.write({"trade_role_ids": [command(role.id)]})

    def _search_trade_flag(self, code, operator, value):
        if operator != "in":
            return NotImplemented
        # who may see a partner may know its roles, whether he may list roles or not
        has_role = Domain("trade_role_ids", "any!", [("code", "=", code)])
        return Domain.OR(has_role if wanted else ~has_role for wanted in value)

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("trade_role_ids") for vals in vals_list):
            self._check_may_give_trade_roles()
        return super().create(vals_list)

    def write(self, vals):
        if "trade_role_ids" in vals:
            self._check_may_give_trade_roles()
        result = super().write(vals)
        if not {"trade_role_ids", "parent_id", "is_company"}.isdisjoint(vals):
            self._sync_trade_groups()
        return result

    def _check_may_give_trade_roles(self):
        """Refuse roles from anybody but trade managers: they open the portal's doors.

        :raise AccessError: for everybody else
        """
        if not (
            self.env.su or self.env.user.has_group("trade_network.group_trade_manager")
        ):
            raise AccessError(
                self.env._(
                    "Only trade managers give partners a role in the trade network. "
                    "Ask one of them."
                )
            )

    def _add_trade_role(self, role):
        """Give a role to those who have not got it yet.

        :param role: ``trade.role``
        """
        without = self.filtered(lambda partner: role not in partner.trade_role_ids)
        if without:
            without.write({"trade_role_ids": [Command.link(role.id)]})

    def _sync_trade_groups(self):
        """Put portal users of these partners, and of their contacts, into groups."""
        family = Domain("partner_id", "child_of", self.ids)
        self.env["res.users"].sudo().with_context(active_test=False).search(
            family
        )._sync_trade_groups()
