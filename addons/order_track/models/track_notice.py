from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import email_normalize

from odoo.addons.trade_network.context import as_system

_KINDS = [
    ("shipped", "Shipped"),
    ("out_for_delivery", "Out for Delivery"),
    ("delivered", "Delivered"),
    ("late", "Late"),
]
# what happened longer ago is history that somebody loads, and no news
_NEWS_DAYS = 3
_BATCH = 500


class TrackNotice(models.Model):
    """A mail to the customer about what happened to his parcels, once each."""

    _name = "track.notice"
    _inherit = ["trade.notice"]
    _description = "Message about Parcels"

    _notice_cron = "order_track.ir_cron_notices"

    kind = fields.Selection(_KINDS, string="Message", required=True, readonly=True)
    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Transfer",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    parcel_id = fields.Many2one(
        "stock.parcel",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: all parcels of the transfer.",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)

    _once = models.UniqueIndex(
        "(picking_id, kind, COALESCE(parcel_id, 0))", "This message was made already."
    )
    _to_send = models.Index("(id) WHERE state = 'waiting'")

    @api.model
    def _tell_shipped(self, pickings):
        """Mail that transfers to customers are shipped, with all their parcels.

        :param pickings: ``stock.picking``; those that are not done, or have no parcel,
            are left out
        """
        recent = fields.Datetime.now() - timedelta(days=_NEWS_DAYS)
        self._make(
            [
                {"picking_id": picking.id, "kind": "shipped"}
                for picking in pickings.sudo()
                if picking.state == "done"
                and picking.date_done
                and picking.date_done >= recent
                and picking.parcel_ids
            ]
        )

    @api.model
    def _tell_events(self, events):
        """Mail that parcels are out for delivery, or delivered.

        :param events: ``stock.parcel.event``
        """
        recent = fields.Datetime.now() - timedelta(days=_NEWS_DAYS)
        self._make(
            [
                {
                    "picking_id": event.parcel_id.picking_id.id,
                    "parcel_id": event.parcel_id.id,
                    "kind": event.kind,
                }
                for event in events.sudo()
                if event.kind in ("out_for_delivery", "delivered")
                and event.at >= recent
                # what is delivered already is not announced
                and (event.kind == event.parcel_id.state)
            ]
        )

    @api.model
    def _cron_tell_late(self):
        """Mail that parcels are late."""
        today = fields.Date.context_today(self)
        parcels = self.env["stock.parcel"].search(
            self.env["stock.parcel"]._late_domain()
            & fields.Domain(
                [
                    ("expected_on", ">=", today - timedelta(days=_NEWS_DAYS)),
                    ("is_return", "=", False),
                    ("order_id", "!=", False),
                ]
            ),
            order="id",
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(parcels))
        for start in range(0, len(parcels), _BATCH):
            some = parcels[start : start + _BATCH].exists()
            self._make(
                [
                    {
                        "picking_id": parcel.picking_id.id,
                        "parcel_id": parcel.id,
                        "kind": "late",
                    }
                    for parcel in some
                ]
            )
            if not cron._commit_progress(len(some)):
                return

    @api.model
    def _make(self, vals_list):
        """Write down what customers are to be told, unless they were told before.

        :param list vals_list: transfer, parcel and kind
        """
        notice_sudo = as_system(self)
        pickings = self.env["stock.picking"].sudo()
        pickings = pickings.browse(vals["picking_id"] for vals in vals_list)
        known = {
            (notice.picking_id.id, notice.kind, notice.parcel_id.id)
            for notice in notice_sudo.search([("picking_id", "in", pickings.ids)])
        }
        wanted = []
        for picking, vals in zip(pickings, vals_list, strict=True):
            order, kind = picking.sale_id, vals["kind"]
            key = (picking.id, kind, vals.get("parcel_id", False))
            if (
                key in known
                or not order
                or picking.location_dest_id.usage != "customer"
                or not order.company_id[f"track_mail_{kind}"]
            ):
                continue
            known.add(key)
            wanted.append({**vals, "order_id": order.id, **self._recipient(order)})
        if wanted:
            notice_sudo.create(wanted)
            self._wake()

    @api.model
    def _recipient(self, order):
        """Who is told about an order.

        :return: name, address and language, and the trouble if there is no address
        :rtype: dict
        """
        for partner in (order.partner_id, order.partner_shipping_id):
            email = email_normalize(partner.email or "")
            if email:
                return {
                    "name": partner.name,
                    "email": email,
                    "lang": partner.lang or order.company_id.partner_id.lang,
                }
        return {
            "name": order.partner_id.name,
            "state": "failed",
            "error": self.env._(
                "%(name)s has no email address. Add one to the contact.",
                name=order.partner_id.display_name,
            ),
        }

    def _parcels(self):
        """The parcels a message is about."""
        return self.parcel_id or self.picking_id.parcel_ids.sorted("id")

    def _template(self):
        return self.env.ref(f"order_track.mail_template_{self.kind}")

    def _mail_context(self):
        link = self.env["track.link"]._of(self.order_id, self.email)
        return {"track_link": link._url()}

    def action_send_again(self):
        """Send messages again that did not arrive."""
        self.check_access("write")
        as_system(self)._send_again()
