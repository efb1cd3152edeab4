from odoo import api, models
from odoo.tools import html2plaintext, parse_contact_from_email

from ..tags import storable

_SUBJECT_LENGTH = 250
_NAME_LENGTH = 100
_NOTE_LENGTH = 5000
# what is read of a mail for the note; the mail itself is kept whole
_READ_LENGTH = 100_000


class SampleOrder(models.Model):
    """Orders that come by mail: a clerk of the library makes them ready to be sent."""

    _inherit = "sample.order"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Override of `mail` to make a draft of what is mailed to a library.

        The sender stays text. Whom he is may be known to the mail gateway; nobody is
        looked up here, and no contact is made.
        """
        self._tidy_mail(msg_dict)
        values = dict(custom_values or {})
        library = self.env["sample.library"].browse(values.get("library_id")).exists()
        sender = msg_dict.get("email_from") or ""
        name, address = parse_contact_from_email(sender)
        values.update(
            name="/",
            source="mail",
            state="draft",
            company_id=(library.company_id or self.env.company).id,
            recipient_name=storable(name or address or "", _NAME_LENGTH) or False,
            recipient_email=address or False,
            project=storable(msg_dict.get("subject") or "", _SUBJECT_LENGTH) or False,
            note=self._note_of_mail(msg_dict.get("body")),
        )
        author = self.env["res.partner"].browse(msg_dict.get("author_id")).exists()
        if author and author.company_id.id in (False, values["company_id"]):
            values["person_id"] = author.id
        # with the rights of the gateway: anybody may call this over RPC
        order = self.create(values)
        order._ask_a_clerk()
        return order

    def message_update(self, msg_dict, update_vals=None):
        """Override of `mail` to take replies as they come."""
        self._tidy_mail(msg_dict)
        return super().message_update(msg_dict, update_vals)

    @api.model
    def _tidy_mail(self, msg_dict):
        """Take away what the database does not take, before the mail is stored."""
        for key in ("subject", "body", "email_from"):
            text = msg_dict.get(key)
            if isinstance(text, str) and "\x00" in text:
                # markup stays markup
                msg_dict[key] = text.replace("\x00", "")

    @api.model
    def _note_of_mail(self, body):
        """The words of a mail, without its looks, as much as distributors may read."""
        text = html2plaintext(str(body or "")[:_READ_LENGTH], include_references=False)
        return storable(text, _NOTE_LENGTH) or False

    def _ask_a_clerk(self):
        """Have a clerk of the library look at what came."""
        for order in self:
            clerk = order.library_id.clerk_ids.filtered("active")[:1]
            if clerk:
                order.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=clerk.id,
                    summary=self.env._("Samples were asked for by mail"),
                )
