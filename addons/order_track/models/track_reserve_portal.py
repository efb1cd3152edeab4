from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.trade_network.context import as_system

#: So many days before its end a reserve is pressing.
SOON = 3


class TrackReserve(models.Model):
    _inherit = "track.reserve"

    _portal_shown = ("item_code", "sidemark", "quantity", "held_until")
    _portal_more = (
        "name",
        "description",
        "pattern",
        "color",
        "dye_lot",
        "piece",
        "unit",
        "account_number",
        "reserved_on",
        "order_ref",
        "external_ref",
        "origin",
    )
    _portal_amounts = ("quantity",)
    _portal_state = "state"
    _portal_paths = {
        "client": ("sidemark",),
        "item": ("item_code", "pattern", "description", "color"),
        "number": ("name", "order_ref"),
        "account": ("account_number", "showroom_number"),
    }

    request_token = fields.Char(
        readonly=True,
        copy=False,
        help="Of the form it was made with: what is sent twice is held once.",
    )

    _once_per_form = models.UniqueIndex(
        "(requested_by_id, request_token) WHERE request_token IS NOT NULL",
        "This is held already.",
    )

    @api.model
    def _hold_once(self, token, **values):
        """Hold an item, once for each form.

        :param str token: of the form
        :param values: arguments of ``hold_item``
        :return: the reserve, of this or of an earlier call
        :raise psycopg2.errors.UniqueViolation: another call is just doing so
        """
        token = (token or "").replace("\0", "")[:64]
        known = self.with_context(active_test=False).search(
            [("requested_by_id", "=", self.env.uid), ("request_token", "=", token)],
            limit=1,
        )
        if known and token:
            return known
        reserve = self.browse(self.hold_item(**values))
        as_system(reserve).request_token = token or False
        reserve.flush_recordset()
        return reserve

    @api.model
    def _portal_filters(self):
        today = fields.Date.today()
        held = Domain("state", "=", "held")
        return {
            "held": (self.env._("Held"), held),
            "soon": (
                self.env._("Ending within %(days)s Days", days=SOON),
                held & Domain("held_until", "<=", today + timedelta(days=SOON)),
            ),
            "converted": (self.env._("Ordered"), Domain("state", "=", "converted")),
            "over": (
                self.env._("Released or Expired"),
                Domain("state", "in", ("released", "expired")),
            ),
            "new": (self.env._("New from the Portal"), self._portal_made_here()),
            **super()._portal_filters(),
        }

    @api.model
    def _portal_sortings(self):
        soonest = "held_until NULLS LAST, id desc"
        return {
            "until": (self.env._("Held Until"), soonest),
            **super()._portal_sortings(),
            "client": (self.env._("Client"), f"sidemark NULLS LAST, {soonest}"),
            "item": (self.env._("Item"), f"item_code, {soonest}"),
        }

    def _portal_url(self):
        return f"/my/track/reserves/{self.id}"

    def _portal_warning(self):
        self.ensure_one()
        if self.state != "held" or not self.held_until:
            return ""
        days = (self.held_until - fields.Date.today()).days
        if days > SOON:
            return ""
        if days < 0:
            return self.env._("Its time is over")
        if not days:
            return self.env._("Ends today")
        if days == 1:
            return self.env._("Ends tomorrow")
        return self.env._("Ends in %(days)s days", days=days)

    def _portal_may_change(self):
        """Whether the user may extend, release or order a reserve.

        :rtype: bool
        """
        self.ensure_one()
        user = self.env.user
        mine = (user.partner_id.id, user.sudo().commercial_partner_id.id)
        reserve = self.sudo()
        return (
            reserve.origin == "portal"
            and reserve.state == "held"
            and bool(reserve.held_until)
            and reserve.held_until >= fields.Date.today()
            and (
                (self.is_dealing_showroom and reserve.showroom_id.id == mine[1])
                or (self.is_dealing_rep and reserve.rep_id.id in mine)
            )
        )
