from odoo import fields, models
from odoo.exceptions import UserError


class DistributorFeedReject(models.Model):
    """A row that was not applied: the offer keeps its old values."""

    _name = "distributor.feed.reject"
    _description = "Rejected Row of a Feed"
    _order = "run_id desc, record, id"
    _rec_name = "code"
    _log_access = False

    feed_id = fields.Many2one(
        "distributor.feed", required=True, ondelete="cascade", readonly=True
    )
    run_id = fields.Many2one(
        "distributor.feed.run",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    company_id = fields.Many2one("res.company", readonly=True)
    record = fields.Integer("Row", readonly=True)
    code = fields.Char("Distributor's Code", readonly=True)
    warehouse = fields.Char("Distributor's Warehouse", readonly=True)
    reason = fields.Char(readonly=True)
    detail = fields.Json(readonly=True)
    line = fields.Char("As It Came", readonly=True)
    state = fields.Selection(
        [
            ("open", "To Decide"),
            ("unreadable", "Cannot Be Read"),
            ("released", "Released"),
            ("refused", "Refused"),
            ("superseded", "A Later File Says More"),
        ],
        required=True,
        readonly=True,
    )

    released_run_id = fields.Many2one(
        "distributor.feed.run",
        "Released By",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
    )

    _open = models.Index("(feed_id, code) WHERE state = 'open'")

    def init(self):
        self.env.cr.execute(
            "ALTER TABLE distributor_feed_reject ADD COLUMN IF NOT EXISTS line_hash "
            "int8"
        )

    def action_release(self):
        """Apply these rows as they came, in spite of why they were rejected."""
        self._check_open()
        for run, rejects in self.grouped("run_id").items():
            run._release_rows(rejects)

    def action_refuse(self):
        """Leave these offers as they are; the same rows are not asked about again."""
        self._check_open()
        self.sudo().write({"state": "refused"})

    def _check_open(self):
        self.check_access("read")
        self.feed_id.check_access("write")
        if any(reject.state != "open" for reject in self):
            raise UserError(
                self.env._(
                    "Choose rows that are to decide; the others are settled or "
                    "unreadable."
                )
            )
