from odoo import fields, models


class TrackPostReject(models.Model):
    """A row of a posting that was not taken."""

    _name = "track.post.reject"
    _description = "Rejected Row of a Posting"
    _order = "post_id desc, row, id"
    _log_access = False
    _rec_name = "external_ref"

    post_id = fields.Many2one(
        "track.post", required=True, readonly=True, index=True, ondelete="cascade"
    )
    row = fields.Integer(readonly=True)
    external_ref = fields.Char("Distributor's Key", readonly=True)
    reason = fields.Char(readonly=True)
    message = fields.Char(compute="_compute_message")
    detail = fields.Json(readonly=True)
    cells = fields.Json("As It Was Read", readonly=True)

    def _compute_message(self):
        for reject in self:
            reject.message = self.env["track.post"]._reason_text(
                reject.reason, reject.detail
            )
