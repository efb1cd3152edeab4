from odoo import Command, api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        users._sync_trade_groups()
        return users

    def write(self, vals):
        result = super().write(vals)
        if not {"group_ids", "partner_id"}.isdisjoint(vals):
            self._sync_trade_groups()
        return result

    def _sync_trade_groups(self):
        """Give portal users the groups of their roles, and take those of others away.

        A person with roles of his own has these alone: a rep whom a distributor employs
        is not the distributor's desk. Others have the roles of their company.
        Employees, and groups that no role names, are left alone.
        """
        portal = self.env.ref("base.group_portal")
        users_sudo = self.sudo().filtered(lambda user: portal in user.all_group_ids)
        if not users_sudo:
            return
        roles_sudo = self.env["trade.role"].sudo().search([("group_id", "!=", False)])
        for user_sudo in users_sudo:
            partner = user_sudo.partner_id
            roles = (
                partner.trade_role_ids or partner.commercial_partner_id.trade_role_ids
            )
            wanted = roles.group_id
            present = user_sudo.group_ids & roles_sudo.group_id
            if wanted != present:
                commands = [Command.unlink(group.id) for group in present - wanted]
                commands += [Command.link(group.id) for group in wanted - present]
                user_sudo.write({"group_ids": commands})
