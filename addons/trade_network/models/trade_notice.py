import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

_BATCH = 20
# the mail server may be away for a day; the scheduled action runs each hour
_MOST_TRIES = 24


class TradeNotice(models.AbstractModel):
    """One message to one address: written down first, sent afterwards.

    A row is made in the transaction that makes the message necessary, and a unique
    index of the model that inherits this lets there be only one. A scheduled action,
    woken at once, makes mails of the rows. So a worker that is killed neither forgets a
    message nor makes it twice.

    Indexes belong to the models that inherit this: one that is declared here would be
    left behind when the other add-on is uninstalled. Declare one on what is waiting.
    """

    _name = "trade.notice"
    _description = "Message to Be Sent Once"
    _order = "id desc"
    _rec_name = "email"

    #: The scheduled action that calls :meth:`_cron_send`.
    _notice_cron = None

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

    def _template(self):
        """Which mail this is.

        :rtype: MailTemplate
        """
        raise NotImplementedError(self._name)

    def _mail_context(self):
        """What the template reads from its context.

        :rtype: dict
        """
        return {}

    def _mail_values(self):
        """Values of the mail that do not come from the template.

        :rtype: dict
        """
        return {"email_to": self.email, "auto_delete": False}

    def _after_sending(self):
        """What is to be done when messages were sent, or could not be."""

    @api.model
    def _wake(self):
        """Have the scheduled action run as soon as this transaction is committed."""
        self.env.ref(self._notice_cron).sudo()._trigger()

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
            some._after_sending()
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
                "%s %s cannot be made a mail", self._description, self.id, exc_info=True
            )
            self.write({"state": "failed", "error": str(error)[:1000]})

    def _mail(self):
        """The mail, not sent yet.

        :rtype: MailMail
        """
        template = self._template().with_context(**self._mail_context(), lang=self.lang)
        mail_id = template.send_mail(self.id, email_values=self._mail_values())
        return self.env["mail.mail"].browse(mail_id)

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

    def _send_again(self):
        """Try those that did not arrive once more."""
        failed = self.filtered(lambda notice: notice.state == "failed" and notice.email)
        failed.write({"state": "waiting", "error": False, "mail_id": False, "tries": 0})
        self._wake()
