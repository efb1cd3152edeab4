from odoo import api, fields, models
from odoo.exceptions import UserError

RUNNING = ("queued", "running")


class DistributorFeedRun(models.Model):
    """One file of a feed: what it was, what became of it."""

    _name = "distributor.feed.run"
    _description = "Run of a Distributor Feed"
    _order = "id desc"

    feed_id = fields.Many2one(
        "distributor.feed", required=True, ondelete="cascade", index=True
    )
    account_id = fields.Many2one(related="feed_id.account_id", store=True, index=True)
    company_id = fields.Many2one(related="feed_id.company_id", store=True)
    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("running", "Running"),
            ("done", "Loaded"),
            ("same", "Nothing New"),
            ("held", "Held"),
            ("failed", "Failed"),
            ("refused", "Refused"),
            ("undone", "Undone"),
        ],
        required=True,
        default="queued",
        readonly=True,
        index=True,
    )
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime(readonly=True)
    attachment_id = fields.Many2one("ir.attachment", "File", readonly=True)
    file_name = fields.Char(readonly=True)
    file_size = fields.Integer(readonly=True)
    file_modified = fields.Datetime("Written by the Distributor", readonly=True)
    sha256 = fields.Char("Checksum", readonly=True)
    seed = fields.Char("Way of Reading", readonly=True)
    etag = fields.Char(readonly=True)
    source = fields.Char("Fetched From", readonly=True)
    columns = fields.Json(readonly=True)
    encoding = fields.Char(
        readonly=True, help="What the text looked like; empty: plain ASCII."
    )
    reasons = fields.Json(
        readonly=True, help="Why it is held: pairs of a code and figures."
    )
    message = fields.Text("What Happened", compute="_compute_message")
    error = fields.Text(readonly=True)
    accepted = fields.Json(readonly=True, help="Reasons that a person released.")
    released_from_id = fields.Many2one(
        "distributor.feed.run", "Rows Released From", readonly=True, ondelete="cascade"
    )
    origin_key = fields.Char(
        readonly=True,
        copy=False,
        help="Names the message that brought the file: it counts once.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    rows = fields.Integer(readonly=True)
    unchanged = fields.Integer(readonly=True)
    created = fields.Integer("New", readonly=True)
    updated = fields.Integer("Changed", readonly=True)
    missing = fields.Integer(readonly=True)
    rejected = fields.Integer(readonly=True)
    rejects = fields.Json("Rejected by Reason", readonly=True)
    matched = fields.Integer("Products Found", readonly=True)
    reject_ids = fields.One2many("distributor.feed.reject", "run_id", "Rejected Rows")

    _one_at_a_time = models.UniqueIndex(
        "(feed_id) WHERE state = 'running'", "This feed is already running."
    )
    _origin_once = models.UniqueIndex(
        "(feed_id, origin_key) WHERE origin_key IS NOT NULL",
        "This file has come already.",
    )

    @api.depends("feed_id", "started_at", "create_date")
    def _compute_display_name(self):
        for run in self:
            at = fields.Datetime.context_timestamp(
                run, run.started_at or run.create_date or fields.Datetime.now()
            )
            run.display_name = f"{run.feed_id.name}, {at:%Y-%m-%d %H:%M}"

    @api.depends("state", "reasons", "error")
    def _compute_message(self):
        for run in self:
            lines = [
                run._reason_text(code, figures) for code, figures in run.reasons or []
            ]
            run.message = "\n".join([*lines, run.error or ""]).strip()

    def _reason_text(self, code, figures):
        """Return why a file is held, in words.

        :param str code: of ``loader.Held``, or ``older``, ``encoding``, ``columns``,
            ``refused_before``
        :param dict figures: what the words need
        """
        texts = {
            "shrunk": self.env._(
                "The file has %(now)s rows; the last one had %(before)s."
            ),
            "bad_rows": self.env._("%(count)s of %(rows)s rows cannot be used."),
            "price_jumps": self.env._(
                "%(count)s of %(rows)s prices move by too much, or fall to zero."
            ),
            "currency": self.env._(
                "%(count)s of %(rows)s rows have another currency than before."
            ),
            "stock_gone": self.env._(
                "%(count)s of %(rows)s rows are out of stock all at once."
            ),
            "older": self.env._(
                "The file is from %(now)s, older than the last one (%(before)s)."
            ),
            "encoding": self.env._(
                "The text is written in %(now)s instead of %(before)s."
            ),
            "columns": self.env._(
                "The columns have changed: %(now)s instead of %(before)s."
            ),
            "refused_before": self.env._(
                "This very file was refused or undone before."
            ),
        }
        return texts[code] % figures

    def action_release(self):
        """Load a held file in spite of the reasons it was held for."""
        self._check_manager()
        for run in self:
            if run.state != "held":
                raise UserError(self.env._("Only a held file can be released."))
            accepted = {code for code, _figures in run.reasons or []} | set(
                run.accepted or []
            )
            run.sudo().write(
                {
                    "state": "queued",
                    "accepted": sorted(accepted),
                    "decided_by_id": self.env.uid,
                }
            )
        self.env.ref("distributor_feeds.ir_cron_feeds")._trigger()

    def action_refuse(self):
        """Refuse a held file: it is not loaded, and not when it comes again."""
        self._check_manager()
        for run in self:
            if run.state != "held":
                raise UserError(self.env._("Only a held file can be refused."))
        self.sudo().write({"state": "refused", "decided_by_id": self.env.uid})

    def _check_manager(self):
        """:raise AccessError: for anybody who may not write to the feeds."""
        self.check_access("read")
        self.feed_id.check_access("write")
