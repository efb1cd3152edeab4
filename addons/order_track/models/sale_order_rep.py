from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from .stock_parcel import OPEN_STATES

_SHOWN = ("sent", "sale", "cancel")
_SECRET = ("access_token", "margin", "margin_percent")


class SaleOrder(models.Model):
    """What a sales rep sees of his customers' orders, and may not do with them."""

    _inherit = "sale.order"

    track_follow_up_ids = fields.One2many(
        "track.follow.up", "order_id", string="Follow-Ups"
    )

    # === WHAT HE SEES === #

    @api.model
    def _track_rep_today(self):
        """The day it is where the user is, or else where his company is.

        :return: the day, and when it begins and ends, in UTC
        :rtype: tuple[datetime.date, datetime.datetime, datetime.datetime]
        """
        name = self.env.user.tz or self.env.company.partner_id.tz or "UTC"
        zone = pytz.timezone(name)
        today = datetime.now(zone).date()
        begin, end = (
            zone.localize(datetime.combine(day, time.min))
            .astimezone(pytz.utc)
            .replace(tzinfo=None)
            for day in (today, today + timedelta(days=1))
        )
        return today, begin, end

    @api.model
    def _track_of_customers(self):
        """Orders of the user's customers as a rep, whatever became of them.

        :rtype: Domain
        """
        partners_sudo = self.env["res.partner"].sudo()
        customers = self.env["res.partner"]._track_customers()
        return Domain("partner_id", "in", partners_sudo._search(customers))

    @api.model
    def _track_rep_orders(self, which="all", also=Domain.TRUE):
        """Which orders of the user's customers a list of his has.

        What they are is asked as the superuser: he may know that goods are late, and
        not read their moves. Which of them he reads is for the record rules to say.

        :param str which: ``open``, ``late``, ``arrived``, ``follow_up``, ``closed`` or
            ``all``
        :param Domain also: what else they are
        :rtype: Domain
        """
        domain = self._track_of_customers() & Domain("state", "in", _SHOWN)
        domain &= self._track_rep_which(which) & also
        return Domain("id", "in", self.sudo()._search(domain))

    @api.model
    def _track_rep_which(self, which):
        ordered = Domain("state", "=", "sale")
        today, begin, end = self._track_rep_today()
        if which == "open":
            return ordered & self._track_rep_open()
        if which == "closed":
            return Domain("state", "=", "cancel") | (ordered & ~self._track_rep_open())
        if which == "late":
            return ordered & self._track_rep_late(today, begin)
        if which == "arrived":
            parcels = [
                ("delivered_at", ">=", begin),
                ("delivered_at", "<", end),
                ("is_return", "=", False),
            ]
            return Domain("parcel_ids", "any", parcels)
        if which == "follow_up":
            due = self.env["track.follow.up"]._due(today)
            own = Domain("rep_id", "=", self.env.user.partner_id.id)
            return Domain("track_follow_up_ids", "any", due & own)
        return Domain.TRUE

    @api.model
    def _track_rep_open(self):
        """Goods are to be shipped, or on their way."""
        return Domain(
            "delivery_status", "in", ("pending", "started", "partial")
        ) | Domain(
            "parcel_ids",
            "any",
            [("state", "in", ("announced", *OPEN_STATES)), ("is_return", "=", False)],
        )

    @api.model
    def _track_rep_late(self, today, begin):
        """A parcel has not arrived in time, or goods were not shipped when promised."""
        parcels = Domain(
            [
                ("expected_on", "<", today),
                ("state", "not in", ("delivered", "returned")),
                ("is_return", "=", False),
            ]
        )
        moves = Domain(
            [
                ("date_deadline", "<", begin),
                ("state", "not in", ("done", "cancel")),
                ("location_dest_id.usage", "=", "customer"),
            ]
        )
        return Domain("parcel_ids", "any", parcels) | Domain(
            "order_line", "any", Domain("move_ids", "any", moves)
        )

    # === WHAT HE MAY NOT DO === #

    def _track_only_rep(self):
        """Those of these that the user may look at as a rep alone.

        Orders of his own company are his as a customer, whatever else he is.
        """
        if not self.env["res.partner"]._track_is_rep():
            return self.browse()
        own = Domain("partner_id", "child_of", self.env.user.commercial_partner_id.ids)
        domain = Domain("id", "in", self.ids) & self._track_of_customers() & ~own
        return self.browse(self.sudo().search(domain).ids)

    @api.model
    def _has_field_access(self, field, operation):
        """Override: margins are not for the portal, and the token is not for reps.

        Whoever has the token signs and pays. Odoo shows the margin of an order, unlike
        that of its lines, to whoever may read the order.
        """
        allowed = super()._has_field_access(field, operation)
        if self.env.su or field.name not in _SECRET:
            return allowed
        if field.name == "access_token":
            return allowed and not self.env["res.partner"]._track_is_rep()
        return allowed and not self.env.user.share

    def _portal_ensure_token(self):
        """Override of `portal`: no token in links that a rep gets."""
        if self.env.context.get("track_rep_reads"):
            return ""
        if not self.env.su and self.env["res.partner"]._track_is_rep():
            self.check_access("read")
            if self._track_only_rep():
                return ""
            return super(SaleOrder, self.sudo())._portal_ensure_token()
        return super()._portal_ensure_token()

    def _get_share_url(
        self, redirect=False, signup_partner=False, pid=None, share_token=True
    ):
        """Override of `portal`: a rep is sent to the page without a token."""
        if not self.env.su and self.env["res.partner"]._track_is_rep():
            self.check_access("read")
            if self._track_only_rep():
                return super()._get_share_url(redirect, share_token=False)
            self = self.sudo()
        return super()._get_share_url(
            redirect=redirect,
            signup_partner=signup_partner,
            pid=pid,
            share_token=share_token,
        )

    def _has_to_be_signed(self):
        """Override of `sale`: not by a rep."""
        return (
            not self.env.context.get("track_rep_reads") and super()._has_to_be_signed()
        )

    def _has_to_be_paid(self):
        """Override of `sale`: not by a rep."""
        return not self.env.context.get("track_rep_reads") and super()._has_to_be_paid()

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Override: what is written to customers is not written to their reps.

        There are links in it that sign and pay.
        """
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        return operations | dict.fromkeys(self._track_only_rep(), "write")
