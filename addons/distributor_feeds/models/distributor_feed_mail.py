import fnmatch
import os
import tempfile

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import email_normalize

from odoo.addons.mail.tools.alias_error import AliasError

from ..transport import Fetched, TransportError
from ..transport.names import is_safe, shown
from ..transport.sink import Sink


class DistributorFeed(models.Model):
    """Files that come as attachments of e-mails."""

    _name = "distributor.feed"
    _inherit = ["distributor.feed", "mail.alias.mixin.optional"]

    mail_senders = fields.Text(
        "Accepted Senders",
        tracking=True,
        help="Addresses or whole domains, one a line: stock@borealis.example or "
        "borealis.example. Mail from others is refused. A sender can be forged: choose "
        "an address for the feed that is hard to guess, have your mail server check "
        "SPF and DKIM, and keep the limits of the feed.",
    )

    @api.constrains("method", "mail_senders", "alias_id", "path")
    def _check_mail(self):
        for feed in self:
            if feed.method != "mail":
                continue
            if not feed.alias_id.alias_name:
                raise ValidationError(
                    self.env._("%s: give the feed an e-mail address.", feed.name)
                )
            if not feed._accepted_senders():
                raise ValidationError(
                    self.env._("%s: name the senders whose files are taken.", feed.name)
                )
            if not feed.path:
                raise ValidationError(
                    self.env._(
                        "%s: name the attached file, as in *stock*.csv.", feed.name
                    )
                )

    def copy_data(self, default=None):
        """Extension to copy a feed by mail as one by hand: it has no address yet."""
        vals_list = super().copy_data(default)
        for vals in vals_list:
            if vals.get("method") == "mail" and not vals.get("alias_name"):
                vals["method"] = "upload"
        return vals_list

    def _alias_get_creation_values(self):
        """Override of `mail` to bring mail to the feed; we check the senders."""
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("distributor.feed")
        values["alias_contact"] = "everyone"
        if self.id:
            values["alias_force_thread_id"] = self.id
        return values

    def _accepted_senders(self):
        """Return the addresses and domains of the feed, in small letters."""
        self.ensure_one()
        words = (self.mail_senders or "").replace(",", " ").replace(";", " ").split()
        return {word.lower().lstrip("@") for word in words}

    def _accepts(self, email_from):
        """Whether files from this sender are taken.

        :param str email_from: as in the mail's From
        """
        self.ensure_one()
        address = email_normalize(email_from or "") or ""
        accepted = self._accepted_senders()
        return bool(address) and (
            address in accepted or address.rpartition("@")[2] in accepted
        )

    def _alias_get_error(self, message, message_dict, alias):
        """Extension to refuse mail nobody waits for, and mail from strangers."""
        if self.method != "mail" or not self.active:
            return AliasError("feed_not_by_mail", self.env._("no files are taken here"))
        if not self._accepts(message_dict.get("email_from")):
            return AliasError(
                "feed_unknown_sender", self.env._("not an accepted sender")
            )
        return super()._alias_get_error(message, message_dict, alias)

    @api.model
    def _routing_check_route(self, message, message_dict, route, raise_exception=True):
        """Extension to keep attachments as they came: text was decoded, with losses."""
        sent = {}
        for part in message.walk():
            if name := part.get_filename():
                sent.setdefault(name, []).append(part.get_payload(decode=True))
        message_dict["attachments"] = [
            one._replace(content=sent[one.fname].pop(0)) if sent.get(one.fname) else one
            for one in message_dict.get("attachments", ())
        ]
        return super()._routing_check_route(
            message, message_dict, route, raise_exception
        )

    def message_update(self, msg_dict, update_vals=None):
        """Extension to queue the files of an accepted mail."""
        for feed in self:
            if feed.method == "mail" and feed._accepts(msg_dict.get("email_from")):
                feed._take_mail(msg_dict)
        return super().message_update(msg_dict, update_vals)

    def message_post(self, **kwargs):
        """Extension to post a mail that brought files as a note without them.

        The files are with the runs; and nobody wants each mail in a mailbox as well.
        """
        self.ensure_one()
        if (
            kwargs.get("message_type") == "email"
            and self.method == "mail"
            and self._accepts(kwargs.get("email_from"))
        ):
            kwargs["attachments"] = []
            kwargs["subtype_id"] = self.env.ref("mail.mt_note").id
        return super().message_post(**kwargs)

    def _take_mail(self, msg_dict):
        """Queue a run for each attachment that fits; tell if there is none.

        :param dict msg_dict: of ``message_parse``, with attachments in bytes
        """
        self.ensure_one()
        fitting = [
            (number, one.fname, content)
            for number, one in enumerate(msg_dict.get("attachments", ()))
            if self._fits(one.fname) and (content := self._content(one))
        ]
        if not fitting:
            self._tell(
                self.env._("A mail came without a usable file"),
                self.env._(
                    "“%(subject)s” from %(sender)s has no attachment named like "
                    "%(pattern)s.",
                    subject=shown(msg_dict.get("subject") or ""),
                    sender=shown(msg_dict.get("email_from")),
                    pattern=self.path,
                ),
            )
        for number, name, content in fitting:
            origin = f"mail:{msg_dict['message_id']}:{number}"
            if self._taken(origin):
                continue
            try:
                self._take_attachment(name, content, origin, msg_dict.get("email_from"))
            except TransportError as error:
                self._tell(self.env._("An attachment could not be kept"), error.message)

    def _content(self, attachment):
        """Return the bytes of an attachment; those of an answer come decoded."""
        content = attachment.content
        if isinstance(content, str):
            return content.encode(attachment.info.get("encoding") or "utf-8", "replace")
        return content if isinstance(content, bytes) else b""

    def _fits(self, name):
        return is_safe(name) and fnmatch.fnmatchcase(name.lower(), self.path.lower())

    def _take_attachment(self, name, content, origin, sender):
        with tempfile.TemporaryDirectory(prefix="feed-") as folder:
            path = os.path.join(folder, "file")
            sink = Sink(path, self._policy())
            try:
                sink.write(content)
                checksum = sink.finish()
            finally:
                sink.discard()
            self._take_file(
                Fetched(
                    path=path,
                    name=name,
                    size=len(content),
                    sha256=checksum,
                    source=self.env._("E-mail from %s", shown(sender)),
                ),
                origin,
            )
