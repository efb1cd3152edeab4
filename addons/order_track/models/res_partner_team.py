from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize

from odoo.addons.trade_network.context import as_system

# who takes over a login is not to mail the whole world
_MOST_A_DAY = 20
_MOST_USERS = 200
_AGAIN_AFTER = timedelta(hours=1)


class ResPartner(models.Model):
    """A distributor or showroom looks after its own portal users."""

    _inherit = "res.partner"

    track_manages_users = fields.Boolean(
        string="Manages Portal Users",
        copy=False,
        # who may choose this decides who gets in
        groups="trade_network.group_trade_manager",
        help="Invites colleagues to the portal, and shuts them out again.",
    )

    def _team(self):
        """Portal users of the company of a contact, those who were shut out too.

        :return: ``res.users`` in sudo
        """
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        return users_sudo.search(
            [
                ("partner_id", "child_of", self.sudo().commercial_partner_id.id),
                ("share", "=", True),
            ],
            order="active DESC, name, id",
        )

    def _manages_team(self):
        """Whether somebody looks after the portal users of his company today."""
        partner_sudo = self.sudo()
        company = partner_sudo.commercial_partner_id
        return bool(
            partner_sudo.track_manages_users
            and company != partner_sudo
            and (company.is_distributor or company.is_showroom)
        )

    def _check_team(self, user=None):
        """Refuse all but the manager, and all but his own users.

        :param user: ``res.users`` he wants to change
        :return: the user in sudo
        :raise AccessError: for anybody else
        """
        if not self._manages_team() or (user and user not in self._team()):
            raise AccessError(
                self.env._("Only who manages the users of a company changes them.")
            )
        return as_system(user) if user else user

    def _team_invite(self, name, email):
        """Give a colleague a login, and mail him how to choose a password.

        :param str name: of the colleague
        :param str email: his login
        :raise AccessError: if this contact does not manage the users
        :raise UserError: with what is wrong
        """
        self._check_team()
        name = " ".join((name or "").split())[:100]
        email = email_normalize(email or "") or ""
        if not name or not email or len(email) > 200:
            raise UserError(
                self.env._("Give the name and one email address of your colleague.")
            )
        team = self._team()
        recent = fields.Datetime.now() - timedelta(days=1)
        today = team.filtered(lambda user: (user.track_invited_at or recent) > recent)
        if len(team) >= _MOST_USERS or len(today) >= _MOST_A_DAY:
            raise UserError(
                self.env._(
                    "You have invited as many colleagues as is allowed for now. Ask us "
                    "if you need more."
                )
            )
        company = self.sudo().commercial_partner_id
        contact_sudo = as_system(self).search(
            [("parent_id", "=", company.id), ("email_normalized", "=", email)], limit=1
        )
        if not contact_sudo:
            contact_sudo = as_system(self).create(
                {
                    "name": name,
                    "email": email,
                    "parent_id": company.id,
                    "type": "contact",
                    "lang": self.sudo().lang,
                    "company_id": company.company_id.id,
                }
            )
        self._team_mail(contact_sudo, "action_grant_access")

    def _team_mail(self, contact_sudo, action):
        """Let Odoo's own wizard make the user and mail him.

        :raise UserError: if the address has a login already; it is not said whose
        """
        wizard_sudo = self.env["portal.wizard"].sudo()
        wizard_sudo = as_system(wizard_sudo).create(
            {"partner_ids": [fields.Command.set(contact_sudo.ids)]}
        )
        line = wizard_sudo.user_ids.filtered(lambda one: one.partner_id == contact_sudo)
        if line.email_state != "ok":
            raise UserError(
                self.env._(
                    "This address cannot be invited; it may have a login already. Ask "
                    "us for help."
                )
            )
        getattr(line, action)()
        contact_sudo.with_context(
            active_test=False
        ).user_ids.track_invited_at = fields.Datetime.now()

    def _team_invite_again(self, user):
        """Mail the invitation again to somebody who has never logged in."""
        user_sudo = self._check_team(user)
        soon = fields.Datetime.now() - _AGAIN_AFTER
        if user_sudo.login_date or (user_sudo.track_invited_at or soon) > soon:
            raise UserError(
                self.env._(
                    "%(name)s was invited a short time ago, or has logged in already. "
                    "Whoever forgot his password resets it on the login page.",
                    name=user_sudo.name,
                )
            )
        self._team_mail(user_sudo.partner_id, "action_invite_again")

    def _team_block(self, user):
        """Shut a colleague out at once; his sessions end too."""
        user_sudo = self._check_team(user)
        if user_sudo.partner_id == self.sudo():
            raise UserError(self.env._("You cannot shut yourself out."))
        user_sudo.partner_id.signup_type = False
        user_sudo.partner_id.track_manages_users = False
        user_sudo.active = False

    def _team_unblock(self, user):
        """Let a colleague in again, with his old password."""
        self._check_team(user).active = True

    def _team_promote(self, user):
        """Let a colleague manage users too."""
        self._check_team(user).partner_id.track_manages_users = True

    def _team_demote(self, user):
        """Let a colleague manage users no more; the last one stays."""
        user_sudo = self._check_team(user)
        if user_sudo.partner_id == self.sudo():
            raise UserError(
                self.env._("Ask a colleague who manages users to take this from you.")
            )
        user_sudo.partner_id.track_manages_users = False
