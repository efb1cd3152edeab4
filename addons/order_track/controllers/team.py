from werkzeug.exceptions import NotFound

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

_ACTIONS = ("invite_again", "block", "unblock", "promote", "demote")


class TeamPortal(CustomerPortal):
    """A distributor or showroom looks after its own portal users."""

    _route = {"type": "http", "auth": "user", "website": True}

    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        values["manages_team"] = request.env.user.partner_id._manages_team()
        return values

    def _partner(self):
        """Who manages users.

        :raise NotFound: for everybody else: there is no such page for them
        """
        partner = request.env.user.partner_id
        if not partner._manages_team():
            raise NotFound
        return partner

    def _render(self, partner, **values):
        return request.render(
            "order_track.team_page",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "team",
                "team": partner._team(),
                "company": partner.sudo().commercial_partner_id,
                "name": "",
                "email": "",
                **values,
            },
        )

    @route("/my/team", methods=["GET"], **_route)
    def my_team(self, **kwargs):
        """The portal users of one's own company."""
        return self._render(self._partner())

    @route("/my/team/invite", methods=["POST"], **_route)
    def my_team_invite(self, name="", email="", **kwargs):
        """Invite a colleague; what is wrong is shown beside what was typed."""
        partner = self._partner()
        try:
            with request.env.cr.savepoint():
                partner._team_invite(name, email)
        except UserError as error:
            return self._render(partner, error=str(error), name=name, email=email)
        return request.redirect("/my/team")

    @route("/my/team/<int:user_id>/<string:action>", methods=["POST"], **_route)
    def my_team_change(self, user_id, action, **kwargs):
        """Invite somebody again, shut him out, let him in, or let him manage users."""
        partner = self._partner()
        user = partner._team().filtered(lambda one: one.id == user_id)
        if not user or action not in _ACTIONS:
            raise NotFound
        try:
            with request.env.cr.savepoint():
                getattr(partner, f"_team_{action}")(user.with_env(request.env))
        except UserError as error:
            return self._render(partner, error=str(error))
        return request.redirect("/my/team")
