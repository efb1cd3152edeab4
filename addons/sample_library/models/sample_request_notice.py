from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import email_normalize

from odoo.addons.trade_network.context import as_system

_TEMPLATES = {
    "request": "sample_library.mail_template_request",
    "cancel": "sample_library.mail_template_request_cancel",
    "answer": "sample_library.mail_template_request_answer",
}
_REPORT = "sample_library.action_report_sample_request"


class SampleRequestNotice(models.Model):
    """One message about a request to one address."""

    _name = "sample.request.notice"
    _inherit = ["trade.notice"]
    _description = "Message about a Sample Request"

    _notice_cron = "sample_library.ir_cron_notices"

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
        notices._after_sending()
        if notices:
            self._wake()

    def _template(self):
        return self.env.ref(_TEMPLATES[self.kind])

    def _mail_context(self):
        return {"sample_link": self._link_url()}

    def _mail_values(self):
        values = super()._mail_values()
        if self.kind == "request":
            values["attachment_ids"] = [self._attachment().id]
        return values

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

    def _entries(self):
        """The answers an acknowledgement tells of."""
        return self.request_id.entry_ids.filtered(
            lambda entry: entry.round == self.round
        )

    def _after_sending(self):
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
        as_system(self)._send_again()
