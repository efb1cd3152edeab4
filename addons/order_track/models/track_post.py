from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.trade_network.context import as_system

from ..posting import KINDS


class TrackPost(models.Model):
    """One posting of a distributor: a file, or what his system sent in one day."""

    _name = "track.post"
    _description = "Posting of a Distributor"
    _order = "id desc"

    name = fields.Char("File", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("order", "Orders"),
            ("reserve", "Reserves"),
            ("stock", "Stock"),
            ("mill_order", "Mill Orders"),
            ("freight", "Freight"),
            ("product", "Product Information"),
            ("customer", "Customers"),
        ],
        required=True,
        readonly=True,
    )
    distributor_id = fields.Many2one(
        "res.partner", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="restrict")
    key_id = fields.Many2one(
        "track.key", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    source = fields.Selection(
        [("upload", "Upload"), ("api", "API")], required=True, readonly=True
    )
    state = fields.Selection(
        [
            ("draft", "To Be Confirmed"),
            ("queued", "Waiting"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("dropped", "Dropped"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
    )
    full = fields.Boolean(
        "Full File",
        readonly=True,
        help="It names everything there is: what it does not name has ended.",
    )
    file_size = fields.Integer("Bytes", readonly=True)
    day_first = fields.Boolean(readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", readonly=True, ondelete="set null", groups="base.group_system"
    )
    message = fields.Char("Why Not", readonly=True)
    preview = fields.Json(readonly=True)
    rows = fields.Integer(readonly=True)
    created = fields.Integer("New", readonly=True)
    changed = fields.Integer(readonly=True)
    unchanged = fields.Integer(readonly=True)
    ended = fields.Integer(readonly=True)
    rejected = fields.Integer(readonly=True)
    rejected_rows = fields.Integer(readonly=True)
    reasons = fields.Json(readonly=True)
    started_at = fields.Datetime(readonly=True)
    ended_at = fields.Datetime("Done At", readonly=True)
    reject_ids = fields.One2many("track.post.reject", "post_id", readonly=True)

    # how old a record is follows from the last full file of its kind
    _latest = models.Index(
        "(distributor_id, kind, ended_at) WHERE state = 'done' AND \"full\""
    )
    _queued = models.Index("(id) WHERE state = 'queued'")

    @api.depends("name", "kind")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for post in self:
            post.display_name = f"{labels.get(post.kind, '')}: {post.name}"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_written(self):
        if any(post.state == "done" for post in self):
            raise UserError(
                self.env._(
                    "Records say which posting they come from: a posting that was done "
                    "is kept."
                )
            )

    @api.model
    def _kind_of(self, model):
        """The kind that is kept in a model.

        :param str model: name of the model
        :rtype: str
        """
        return next(kind.name for kind in KINDS.values() if kind.model == model)

    @api.model
    def _desk(self):
        """The distributor in whose name the user posts.

        :return: ``res.partner``, a company, as superuser; empty for everybody else
        """
        user = self.env.user
        if not user.has_group("trade_network.group_trade_distributor"):
            return self.env["res.partner"].sudo()
        return user.sudo().commercial_partner_id

    @api.model
    def _check_kind(self, kind, distributor):
        """:raise UserError: the distributor may not post this"""
        if kind not in KINDS:
            raise UserError(self.env._("Choose what the file is about."))
        if KINDS[kind].inventory and not self.env["track.posted"]._has_inventory(
            distributor
        ):
            raise UserError(
                self.env._(
                    "Stock and mill orders need a subscription to the inventory "
                    "service for %(distributor)s. Ask us for one.",
                    distributor=distributor.sudo().name,
                )
            )

    @api.model
    def _take(self, kind, full, name, content):
        """Keep a file that the user wants to post.

        :param str kind: name of a kind
        :param bool full: whether it names everything there is
        :param str name: of the file
        :param bytes content: of the file
        :return: the posting, as superuser
        :raise UserError: he may not
        """
        distributor = self._desk()
        if not distributor:
            raise UserError(self.env._("Only distributors post data."))
        self._check_kind(kind, distributor)
        language = self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US")
        post = as_system(self).create(
            {
                "name": (name or kind)[:120],
                "kind": kind,
                "full": full,
                "distributor_id": distributor.id,
                "company_id": self.env.company.id,
                "user_id": self.env.uid,
                "source": "upload",
                "file_size": len(content),
                "day_first": (language.date_format or "").startswith("%d"),
            }
        )
        post.attachment_id = post.env["ir.attachment"].create(
            {
                "name": post.name,
                "raw": content,
                "res_model": self._name,
                "res_id": post.id,
                "mimetype": "application/octet-stream",
            }
        )
        return post
