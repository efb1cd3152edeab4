from odoo import api, fields, models

from odoo.addons.trade_network.context import as_system


class TrackReserveNotice(models.Model):
    """One message about a reserve: it ends soon, or has ended."""

    _name = "track.reserve.notice"
    _inherit = ["trade.notice"]
    _description = "Message about a Reserve"
    _notice_cron = "order_track.ir_cron_reserve_notices"

    reserve_id = fields.Many2one(
        "track.reserve", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("warning", "Ends Soon"), ("expired", "Has Ended")],
        required=True,
        readonly=True,
    )
    held_until = fields.Date(required=True, readonly=True)

    # held longer, it is warned of anew
    _once = models.UniqueIndex(
        "(reserve_id, kind, held_until)", "This message was made already."
    )
    _to_send = models.Index("(id) WHERE state = 'waiting'")

    @api.model
    def _tell(self, reserves, kind):
        """Write down what is to be mailed, unless it was before.

        Whoever made the reserve is told; of a posted one, the rep, or the showroom.

        :param reserves: ``track.reserve``
        :param str kind: ``warning`` or ``expired``
        """
        known = {
            (notice.reserve_id.id, notice.held_until)
            for notice in self.search(
                [("reserve_id", "in", reserves.ids), ("kind", "=", kind)]
            )
        }
        made = as_system(self).create(
            [
                {
                    "reserve_id": reserve.id,
                    "company_id": reserve.company_id.id,
                    "kind": kind,
                    "held_until": reserve.held_until,
                    "name": person.name,
                    "email": person.email,
                    "lang": person.lang,
                    **(
                        {}
                        if person.email
                        else {
                            "state": "failed",
                            "error": self.env._("There is no address."),
                        }
                    ),
                }
                for reserve in reserves
                if (reserve.id, reserve.held_until) not in known
                for person in [reserve._who_is_told()]
            ]
        )
        if made:
            self._wake()

    def _template(self):
        return self.env.ref(f"order_track.mail_template_reserve_{self.kind}")


class TrackReserve(models.Model):
    _inherit = "track.reserve"

    def _who_is_told(self):
        """Whom messages about a reserve go to.

        :rtype: ResPartner
        """
        people = (self.requested_by_id.partner_id, self.rep_id, self.showroom_id)
        return next(
            (person for person in people if person.email), self.env["res.partner"]
        )
