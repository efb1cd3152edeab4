from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import ROLES


class TradeRole(models.Model):
    """What a partner is in the trade: distributor, showroom, sales rep, designer."""

    _name = "trade.role"
    _inherit = ["trade.code"]
    _description = "Trade Role"

    group_id = fields.Many2one(
        "res.groups",
        string="Portal Group",
        index="btree_not_null",
        ondelete="restrict",
        # who may choose the group chooses rights
        groups="base.group_system",
        help="Portal users of partners with this role are put into this group.",
    )

    @api.constrains("group_id")
    def _check_group_id(self):
        portal = self.env.ref("base.group_portal")
        for role in self.sudo().filtered("group_id"):
            if portal not in role.group_id.all_implied_ids:
                raise ValidationError(
                    self.env._(
                        "%(group)s is not a group of portal users. Choose one that "
                        "implies %(portal)s.",
                        group=role.group_id.display_name,
                        portal=portal.display_name,
                    )
                )

    def write(self, vals):
        if "code" in vals:
            self.filtered(lambda role: role.code != vals["code"])._refuse_shipped()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        self._refuse_shipped()

    def _refuse_shipped(self):
        """Keep the codes that programs ask for.

        :raise UserError: when one of the roles came with the add-on
        """
        shipped = self.filtered(lambda role: role.code in ROLES)
        if shipped:
            raise UserError(
                self.env._(
                    "Programs use the role %(role)s. It can be renamed, but it keeps "
                    "its code and cannot be deleted.",
                    role=shipped[0].name,
                )
            )
