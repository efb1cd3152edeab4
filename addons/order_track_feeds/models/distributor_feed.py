from odoo import api, fields, models
from odoo.exceptions import UserError


class DistributorFeed(models.Model):
    """Feeds that bring what customers, showrooms and reps are to see."""

    _inherit = "distributor.feed"

    post_kind = fields.Selection(
        selection=lambda self: self.env["track.post"]._fields["kind"].selection,
        string="Posted Data",
        tracking=True,
        help="The file brings this, as if the distributor had posted it by hand. "
        "Empty: it brings stock and prices of offers.",
    )

    @api.onchange("post_kind")
    def _onchange_post_kind(self):
        if self.post_kind:
            self.profile_id = self._posted_profile()

    @api.model
    def _posted_profile(self):
        """The format of posted data: its columns are found by their names."""
        return self.env.ref("order_track_feeds.profile_posted")

    @api.model_create_multi
    def create(self, vals_list):
        """Override: posted data need no format of their own."""
        return super().create(
            [
                {"profile_id": self._posted_profile().id, **vals}
                if vals.get("post_kind")
                else vals
                for vals in vals_list
            ]
        )

    def write(self, vals):
        """Override: a feed that has brought one thing does not bring another."""
        if "post_kind" in vals:
            kind = vals["post_kind"] or False
            if any(feed.post_kind != kind and feed.run_ids for feed in self):
                raise UserError(
                    self.env._(
                        "This feed has brought files already. Make another feed for "
                        "other data."
                    )
                )
        return super().write(vals)
