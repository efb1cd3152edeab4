import re

from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.trade_network.context import as_system

# what notes and activities write; the rest is written by methods
_BY_HAND = {"message_main_attachment_id", "message_follower_ids", "activity_ids"}


class SampleRequest(models.Model):
    """What one distributor is asked for, and where he says what becomes of it."""

    _name = "sample.request"
    _inherit = ["sample.party", "mail.thread", "mail.activity.mixin"]
    _description = "Sample Request"
    _order = "requested_at desc, id desc"
    _rec_names_search = ["name", "recipient_name", "project"]

    name = fields.Char(required=True, readonly=True, index="trigram")
    order_id = fields.Many2one(
        "sample.order", required=True, readonly=True, index=True, ondelete="restrict"
    )
    distributor_name = fields.Char(required=True, readonly=True)
    distributor_email = fields.Char(
        readonly=True, help="Of a distributor who is not in the system."
    )
    requested_at = fields.Datetime(required=True, readonly=True, index=True)
    recipient_name = fields.Char(
        string="Designer's Name", required=True, readonly=True, index="trigram"
    )
    recipient_firm = fields.Char(readonly=True)
    recipient_email = fields.Char(readonly=True)
    ship_address = fields.Text(string="Send To", required=True, readonly=True)
    project = fields.Char(readonly=True)
    needed_on = fields.Date(readonly=True)
    note = fields.Text(readonly=True)
    line_ids = fields.One2many(
        "sample.request.line", "request_id", string="Lines", readonly=True
    )
    entry_ids = fields.One2many(
        "sample.request.entry", "request_id", string="Answers", readonly=True
    )
    notice_ids = fields.One2many(
        "sample.request.notice", "request_id", string="Mails", readonly=True
    )
    link_ids = fields.One2many(
        "sample.request.link", "request_id", string="Links", readonly=True
    )
    line_count = fields.Integer(string="Samples", compute="_compute_counts", store=True)
    open_count = fields.Integer(string="Open", compute="_compute_counts", store=True)
    twin_count = fields.Integer(
        string="Duplicates", compute="_compute_counts", store=True
    )
    state = fields.Selection(
        [
            ("new", "New"),
            ("working", "In Progress"),
            ("backorder", "Backordered"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        compute="_compute_counts",
        store=True,
        index=True,
        tracking=True,
    )
    done_at = fields.Datetime(
        compute="_compute_counts", store=True, help="When nothing was open any more."
    )
    printed_at = fields.Datetime(
        string="Picking Ticket Printed", readonly=True, copy=False
    )
    printed_by = fields.Char(readonly=True, copy=False)
    round = fields.Integer(
        string="Answers Given", readonly=True, copy=False, help="How often."
    )
    mail_state = fields.Selection(
        [
            ("none", "Not Mailed"),
            ("waiting", "Waiting"),
            ("sent", "Mailed"),
            ("failed", "Not Delivered"),
        ],
        string="Mail to Distributor",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )

    _once = models.UniqueIndex(
        "(order_id, COALESCE(distributor_id, 0), COALESCE(distributor_email, ''))",
        "There is a request to this distributor already.",
    )
    _inbox = models.Index("(distributor_id, state, requested_at)")

    @api.depends("name", "recipient_name")
    def _compute_display_name(self):
        for request in self:
            request.display_name = f"{request.name}, {request.recipient_name}"

    @api.depends("line_ids.state", "line_ids.is_twin", "line_ids.done_at")
    def _compute_counts(self):
        for request in self:
            lines = request.line_ids
            left = lines.filtered(
                lambda line: line.state in ("new", "partial", "backorder")
            )
            request.line_count = len(lines)
            request.open_count = len(left)
            request.twin_count = len(lines.filtered("is_twin"))
            states = set(lines.mapped("state"))
            if left:
                fresh = states <= {"new", "cancelled"}
                waits = set(left.mapped("state")) == {"backorder"}
                request.state = "new" if fresh else "backorder" if waits else "working"
            else:
                request.state = (
                    "cancelled" if lines and states == {"cancelled"} else "done"
                )
            ends = [line.done_at for line in lines if line.done_at]
            request.done_at = max(ends) if ends and not left else False

    def write(self, vals):
        if not self.env.su and not _BY_HAND.issuperset(vals):
            raise AccessError(
                self.env._(
                    "Requests follow from orders and from what distributors answer. "
                    "Use the buttons."
                )
            )
        return super().write(vals)

    def action_mail_again(self):
        """Mail the distributor once more, to the address that holds now."""
        self._check_asker()
        as_system(self)._notify_distributors()

    def action_cancel(self):
        """Give up what the distributor has not answered yet."""
        self._check_asker()
        as_system(self)._cancel()

    def action_revoke_links(self):
        """Make all links to the requests useless."""
        self.check_access("read")
        if not (
            self.env.user.has_group("sample_library.group_sample_clerk")
            or self.env.user.has_group("sample_library.group_sample_desk")
        ):
            raise AccessError(
                self.env._("Only clerks and sample departments revoke links.")
            )
        as_system(self).link_ids._revoke()

    def _check_asker(self):
        """Requests are read-only for all; who may have made them acts by methods.

        :raise AccessError: for all but clerks
        """
        self.env["sample.library"]._refuse_all_but_clerks()
        self.check_access("read")

    def _cancel(self):
        """Give up what is open; what was shipped or refused stays."""
        self._hold()
        left = self.line_ids.filtered("open_qty")
        untouched = left.filtered(lambda line: not line.shipped_qty)
        untouched.write({"state": "cancelled", "done_at": fields.Datetime.now()})
        begun = left - untouched
        if begun:
            self.env["sample.request.entry"]._refuse_rest(begun)
        self.order_id._settle()
        # also where the request waits to be mailed: it goes out before this
        told = left.request_id.filtered(
            lambda request: request.mail_state in ("waiting", "sent")
        )
        told._notify_distributors("cancel")

    def _portal_url(self):
        """Where those who asked read what became of it, with a login.

        :rtype: str
        """
        return f"{self.get_base_url()}/my/samples/requests/{self.id}"

    def _notify_distributors(self, kind="request"):
        """Mail the distributors, each at the address that holds now.

        :param str kind: ``request`` or ``cancel``
        """
        self.env["sample.request.notice"]._tell_distributors(self, kind)

    def _warn_of_mail(self, notice):
        """Give somebody who works here the task to mend what was not delivered."""
        users = self.user_id | self.library_id.clerk_ids
        for user in users.filtered(lambda user: user._is_internal())[:1]:
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=self.env._("The distributor did not get the request"),
                note=notice.error,
                user_id=user.id,
            )

    def _to_pick(self):
        """What is open of these requests, in the order of bins.

        As many queries for thousands of lines as for one. Lines without a bin come
        last; bin A2 comes before A10.

        :return: ``sample.request.line``
        """
        lines = self.env["sample.request.line"].search_fetch(
            [("request_id", "in", self.ids), ("open_qty", ">", 0)], order="id"
        )
        lines.item_id.fetch(["bin_code"])
        lines.order_id.fetch(["person_id", "firm_id"])
        return lines.sorted(
            lambda line: (
                not line.bin_code,
                [part.zfill(9) for part in re.split(r"(\d+)", line.bin_code or "")],
                line.name,
                line.id,
            )
        )
