from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

METHODS = [
    ("upload", "Upload by hand"),
    ("folder", "Folder on the server"),
    ("https", "Web address (HTTPS)"),
    ("ftp", "FTP"),
    ("ftps", "FTPS"),
    ("sftp", "SFTP"),
    ("push", "Sent by the distributor (API)"),
    ("mail", "E-mail with the file attached"),
]
PLACES = ("folder", "https", "ftp", "ftps", "sftp")
SECRETS = ("password", "private_key", "token")


class DistributorFeed(models.Model):
    """A file of a distributor that comes again and again: from where, when, how it
    is read."""

    _name = "distributor.feed"
    _description = "Distributor Feed"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "distributor_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    account_id = fields.Many2one(
        "distributor.account",
        required=True,
        ondelete="restrict",
        index=True,
        tracking=True,
    )
    distributor_id = fields.Many2one(related="account_id.distributor_id", store=True)
    company_id = fields.Many2one(related="account_id.company_id", store=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user, tracking=True
    )
    kind = fields.Selection(
        [
            ("stock", "Stock"),
            ("price", "Prices"),
            ("both", "Stock and prices"),
            ("catalogue", "Catalogue"),
        ],
        "Content",
        required=True,
        default="both",
    )
    profile_id = fields.Many2one(
        "distributor.feed.profile",
        "Format",
        required=True,
        ondelete="restrict",
        check_company=True,
    )
    # From where
    method = fields.Selection(
        METHODS, "Comes By", required=True, default="upload", tracking=True
    )
    host = fields.Char("Server", tracking=True)
    port = fields.Integer(help="0: the usual one.")
    path = fields.Char(
        "File", tracking=True, help="May hold * and ?: the newest match is taken."
    )
    username = fields.Char("User")
    host_key = fields.Char(
        "Server's Key",
        tracking=True,
        help="SFTP: the server must show exactly this key.",
    )
    password = fields.Char(compute="_compute_secrets", inverse="_inverse_password")
    private_key = fields.Text(
        compute="_compute_secrets", inverse="_inverse_private_key"
    )
    token = fields.Char(compute="_compute_secrets", inverse="_inverse_token")
    has_secret = fields.Boolean("Password Is Set", compute="_compute_secrets")
    # When
    interval_minutes = fields.Integer("Every (Minutes)", default=60)
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Only Within",
        help="Empty: day and night. Its time zone counts.",
    )
    next_run = fields.Datetime(copy=False)
    # What may not happen
    delta = fields.Boolean(
        "Only Changes", help="The file names what changed, not everything."
    )
    missing = fields.Selection(
        [
            ("keep", "Keep the old values"),
            ("zero", "No stock, no price"),
            ("end", "End of life"),
        ],
        "Missing in a Full File",
        required=True,
        default="zero",
    )
    max_shrink = fields.Float("Shorter by at Most (%)", default=30)
    max_price_change = fields.Float("Price Moves by at Most (%)", default=50)
    max_rejected = fields.Float("Rejected Rows at Most (%)", default=10)
    max_stock_gone = fields.Float("Out of Stock at Once at Most (%)", default=50)
    # What the last good run left
    run_ids = fields.One2many("distributor.feed.run", "feed_id", "Runs")
    last_run_id = fields.Many2one("distributor.feed.run", copy=False, readonly=True)
    last_state = fields.Selection(related="last_run_id.state", string="Last State")
    data_at = fields.Datetime("Data As Of", copy=False, readonly=True)
    good_run_id = fields.Many2one(
        "distributor.feed.run", "Loaded Run", copy=False, readonly=True
    )
    health = fields.Integer(copy=False, readonly=True, default=100, aggregator="avg")
    open_reject_count = fields.Integer(compute="_compute_open_reject_count")

    _interval_positive = models.Constraint(
        "CHECK (interval_minutes >= 5)", "Feeds are fetched every 5 minutes at most."
    )
    _rails_sane = models.Constraint(
        "CHECK (max_shrink BETWEEN 0 AND 100 AND max_rejected BETWEEN 0 AND 100 "
        "AND max_stock_gone BETWEEN 0 AND 100 AND max_price_change >= 0)",
        "Limits are between 0 and 100 per cent; 0 switches one off.",
    )

    def _compute_secrets(self):
        """Secrets are written here and never shown again."""
        known = (
            self.env["distributor.secret"]
            .sudo()
            ._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id"]
            )
        )
        with_secret = {res_id for (res_id,) in known}
        for feed in self:
            feed.password = feed.private_key = feed.token = False
            feed.has_secret = feed.id in with_secret

    def _inverse_password(self):
        self._keep_secret("password")

    def _inverse_private_key(self):
        self._keep_secret("private_key")

    def _inverse_token(self):
        self._keep_secret("token")

    def _keep_secret(self, name):
        # The form sends the empty field back with each save: that forgets nothing.
        for feed in self:
            if feed[name]:
                self.env["distributor.secret"]._keep(feed, name, feed[name])
        # Else it would be read back from the cache, and told to the browser.
        self.invalidate_recordset([name, "has_secret"])

    def action_forget_secrets(self):
        """Forget password, key and token of these feeds."""
        self.check_access("write")
        for feed in self:
            for name in SECRETS:
                self.env["distributor.secret"]._keep(feed, name, "")

    def _compute_open_reject_count(self):
        groups = self.env["distributor.feed.reject"]._read_group(
            [("feed_id", "in", self.ids), ("state", "=", "open")],
            ["feed_id"],
            ["__count"],
        )
        counts = {feed.id: count for feed, count in groups}
        for feed in self:
            feed.open_reject_count = counts.get(feed.id, 0)

    @api.constrains("method", "host", "path")
    def _check_place(self):
        for feed in self:
            if feed.method in PLACES and not feed.path:
                raise ValidationError(
                    self.env._("%s: name the file to fetch.", feed.name)
                )
            if feed.method in PLACES and feed.method != "folder" and not feed.host:
                raise ValidationError(self.env._("%s: name the server.", feed.name))

    @api.model_create_multi
    def create(self, vals_list):
        feeds = super().create(vals_list)
        for feed in feeds:
            if feed.method in PLACES and not feed.next_run:
                feed.next_run = fields.Datetime.now()
        return feeds

    @api.ondelete(at_uninstall=False)
    def _unlink_with_secrets(self):
        self.env["distributor.secret"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_with_offers(self):
        offers = self.env["distributor.offer"].sudo()
        for name in ("stock_feed_id", "price_feed_id", "item_feed_id"):
            if offers.search_count(
                [("account_id", "in", self.account_id.ids), (name, "in", self.ids)],
                limit=1,
            ):
                raise UserError(
                    self.env._(
                        "Offers come from this feed: archive it, or undo its runs "
                        "first."
                    )
                )

    def action_fetch(self):
        """Fetch now, in the background."""
        self.check_access("write")
        for feed in self:
            if feed.method not in PLACES:
                raise UserError(
                    self.env._(
                        "%s: files are uploaded by hand; there is nothing to fetch.",
                        feed.name,
                    )
                )
        self._queue_runs()
        self.env.ref("distributor_feeds.ir_cron_feeds")._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("The file is being fetched."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _queue_runs(self):
        """Queue a run for each feed that has none waiting, and set when the next one
        is due."""
        waiting = self.env["distributor.feed.run"].search(
            [("feed_id", "in", self.ids), ("state", "in", ("queued", "running"))]
        )
        runs = (
            self.env["distributor.feed.run"]
            .sudo()
            .create([{"feed_id": feed.id} for feed in self - waiting.feed_id])
        )
        for feed in self:
            feed.sudo().next_run = feed._next_run(fields.Datetime.now())
        return runs

    def _next_run(self, after):
        """Return when the feed is due next, within the hours of its calendar.

        :param datetime after: naive, UTC
        """
        self.ensure_one()
        due = after + timedelta(minutes=self.interval_minutes)
        if self.calendar_id:
            # Without a single working hour in its calendar a feed would never come
            # again.
            due = self.calendar_id.plan_hours(0, due) or due
        return due
