import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from ..context import as_system

_logger = logging.getLogger(__name__)

_TEMPLATES = {
    "request": "sample_library.mail_template_request",
    "cancel": "sample_library.mail_template_request_cancel",
    "answer": "sample_library.mail_template_request_answer",
}
_REPORT = "sample_library.action_report_sample_request"
_BATCH = 20
# the mail server may be away for a day; the scheduled action runs each hour
_MOST_TRIES = 24


class SampleRequestNotice(models.Model):
    """One message about a request to one address: written down first, sent afterwards.

    A row is made in the transaction that makes the message necessary, and the database
    lets there be only one. A scheduled action, woken at once, makes mails of the rows.
    So a worker that is killed neither forgets a message nor makes it twice.
    """

    _name = "sample.request.notice"
    _description = "Message about a Sample Request"
    _order = "id desc"
    _rec_name = "email"

    request_id = fields.Many2one(
        "sample.request", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True
    )
    kind = fields.Selection(
        [
            ("request", "Request"),
            ("cancel", "Cancellation"),
            ("answer", "Acknowledgement"),
        ],
        string="Message",
        required=True,
        readonly=True,
    )
    round = fields.Integer(required=True, readonly=True)
    name = fields.Char(string="Recipient", readonly=True)
    email = fields.Char(readonly=True, help="Empty if there was no address.")
    lang = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("sent", "Sent"),
            ("failed", "Not Delivered"),
        ],
        string="Status",
        default="waiting",
        required=True,
        readonly=True,
    )
    error = fields.Text(string="Reason", readonly=True)
    sent_at = fields.Datetime(readonly=True)
    tries = fields.Integer(readonly=True, help="How often the mail server was away.")
    mail_id = fields.Many2one(
        "mail.mail",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )

    _once = models.UniqueIndex(
        "(request_id, kind, round, COALESCE(email, ''))",
        "This message was made already.",
    )
    _to_send = models.Index("(id) WHERE state = 'waiting'")

    @api.model
    def _tell_distributors(self, requests, kind):
        """Mail requests, or that they are cancelled.

        :param requests: ``sample.request``
        :param str kind: ``request`` or ``cancel``
        """
        rounds = dict(
            self._read_group(
                [("request_id", "in", requests.ids), ("kind", "=", kind)],
                ["request_id"],
                ["round:max"],
            )
        )
        self._make(
            [
                {
                    "request_id": request.id,
                    "kind": kind,
                    "round": rounds.get(request, 0) + 1,
                    "name": request.distributor_name,
                    "email": request.distributor_id._sample_address()
                    if request.distributor_id
                    else request.distributor_email,
                    "lang": request.distributor_id.lang,
                }
                for request in requests
            ]
        )

    @api.model
    def _tell_askers(self, request):
        """Acknowledge the last answers: to designer, showroom and rep, once each."""
        showroom, rep = request.showroom_id, request.rep_id
        wanted = [
            (request.recipient_name, request.recipient_email, request.person_id.lang),
            (showroom.name, showroom.email, showroom.lang),
            (rep.name, rep.email, rep.lang),
        ]
        made = {}
        for name, address, lang in wanted:
            email = email_normalize(address or "")
            if email:
                made.setdefault(
                    email,
                    {
                        "request_id": request.id,
                        "kind": "answer",
                        "round": request.round,
                        "name": name,
                        "email": email,
                        "lang": lang,
                    },
                )
        self._make(list(made.values()))

    @api.model
    def _make(self, vals_list):
        """Write messages down, and wake who sends them."""
        for vals in vals_list:
            vals["lang"] = vals["lang"] or self.env.company.partner_id.lang
            if not vals["email"]:
                vals["state"] = "failed"
                vals["error"] = self.env._(
                    "%(name)s has no email address. Add one to the contact, and mail "
                    "the request again.",
                    name=vals["name"],
                )
        notices = self.create(vals_list)
        notices._show_on_requests()
        if notices:
            self.env.ref("sample_library.ir_cron_notices")._trigger()

    @api.model
    def _cron_send(self):
        """Make mails of messages, and send them."""
        cron = self.env["ir.cron"]
        waiting = self.search([("state", "=", "waiting")], order="id")
        cron._commit_progress(remaining=len(waiting))
        for start in range(0, len(waiting), _BATCH):
            some = waiting[start : start + _BATCH].try_lock_for_update()
            # another host may have been faster
            some.invalidate_recordset(["state", "mail_id"])
            some = some.filtered(lambda notice: notice.state == "waiting")
            for notice in some:
                notice._make_mail()
            # from here on a mail exists: it is sent again, not made again
            cron._commit_progress()
            for notice in some.filtered("mail_id"):
                notice._send_mail()
                cron._commit_progress()
            some._show_on_requests()
            if not cron._commit_progress(min(_BATCH, len(waiting) - start)):
                return

    def _make_mail(self):
        """Make the mail; one that cannot be made stops no others."""
        if self.mail_id:
            return
        try:
            with self.env.cr.savepoint():
                self.mail_id = self._mail()
        except Exception as error:  # whatever a template or a report may raise
            _logger.warning(
                "Message %s about a sample request cannot be made",
                self.id,
                exc_info=True,
            )
            self.write({"state": "failed", "error": str(error)[:1000]})

    def _mail(self):
        """The mail, not sent yet.

        :rtype: MailMail
        """
        template = self.env.ref(_TEMPLATES[self.kind])
        values = {"email_to": self.email, "auto_delete": False}
        if self.kind == "request":
            values["attachment_ids"] = [self._attachment().id]
        mail_id = template.with_context(
            sample_link=self._link_url(), lang=self.lang
        ).send_mail(self.id, email_values=values)
        return self.env["mail.mail"].browse(mail_id)

    def _attachment(self):
        """The request as PDF."""
        request = self.request_id
        report = self.env["ir.actions.report"].with_context(lang=self.lang)
        content, kind = report._render_qweb_pdf(_REPORT, request.ids)
        return self.env["ir.attachment"].create(
            {
                "name": f"{request.name.replace('/', '-')}.{kind}",
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _link_url(self):
        """Where the one who gets this message reads more."""
        request = self.request_id
        if self.kind == "answer":
            return request._portal_url()
        if request.desk_company_id:
            return f"{request.get_base_url()}/odoo/sample-desk/{request.id}"
        link = self.env["sample.request.link"].create(
            {"request_id": request.id, "email": self.email}
        )
        return link._url()

    def _send_mail(self):
        """Hand the mail to the mail server, and keep what it said."""
        mail = self.mail_id
        if mail.state == "outgoing":
            mail.send()
        if mail.state == "sent":
            vals = {"state": "sent", "sent_at": fields.Datetime.now(), "error": False}
        elif mail.state not in ("exception", "cancel"):
            return
        elif not mail.failure_type and self.tries < _MOST_TRIES:
            # nobody was asked yet: the mail server itself could not be reached
            mail.state = "outgoing"
            vals = {"tries": self.tries + 1, "error": mail.failure_reason}
        else:
            vals = {"state": "failed", "error": mail.failure_reason or mail.state}
        self.write(vals)

    def _entries(self):
        """The answers an acknowledgement tells of."""
        return self.request_id.entry_ids.filtered(
            lambda entry: entry.round == self.round
        )

    def _show_on_requests(self):
        """Say on the requests what became of their last mail to the distributor."""
        for request, notices in self.grouped("request_id").items():
            last = notices.filtered(lambda notice: notice.kind == "request").sorted(
                "round"
            )[-1:]
            if last and request.mail_state != last.state:
                request.mail_state = last.state
                if last.state == "failed":
                    request._warn_of_mail(last)

    def action_send_again(self):
        """Send messages again that did not arrive.

        :raise AccessError: for all but clerks
        """
        self.request_id._check_asker()
        if any(notice.kind == "request" for notice in self):
            raise AccessError(
                self.env._(
                    "Use the button of the request: it mails the present address."
                )
            )
        notices_sudo = as_system(self).filtered(
            lambda notice: notice.state == "failed" and notice.email
        )
        notices_sudo.write(
            {"state": "waiting", "error": False, "mail_id": False, "tries": 0}
        )
        self.env.ref("sample_library.ir_cron_notices").sudo()._trigger()
