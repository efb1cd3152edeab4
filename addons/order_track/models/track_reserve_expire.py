from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

_BATCH = 500


class TrackReserve(models.Model):
    """Reserves end by themselves."""

    _inherit = "track.reserve"

    @api.model
    def _cron_expire(self):
        """End what is over, and warn of what is soon; each is told once."""
        cron = self.env["ir.cron"]
        today = fields.Date.today()
        over = Domain("state", "=", "held") & Domain("held_until", "<", today)
        remaining = self.search_count(over)
        cron._commit_progress(remaining=remaining)
        while reserves := self.search(over, limit=_BATCH, order="held_until, id"):
            reserves.state = "expired"
            self.env["track.reserve.notice"]._tell(reserves, "expired")
            for distributor in reserves.distributor_id:
                self.env["track.stock"]._count_held(distributor.id)
            if not cron._commit_progress(len(reserves)):
                return
        self._warn(today)

    @api.model
    def _warn(self, today):
        """Mail those whose reserves end soon; how soon, the distributor says."""
        soon = Domain("state", "=", "held") & Domain("held_until", ">=", today)
        for days, distributors in (
            self.env["res.partner"]
            .browse(
                distributor.id
                for (distributor,) in self._read_group(soon, ["distributor_id"])
            )
            .grouped("track_reserve_warn_days")
            .items()
        ):
            if days <= 0:
                continue
            reserves = self.search(
                soon
                & Domain("distributor_id", "in", distributors.ids)
                & Domain("held_until", "<=", today + timedelta(days=days))
            )
            self.env["track.reserve.notice"]._tell(reserves, "warning")
