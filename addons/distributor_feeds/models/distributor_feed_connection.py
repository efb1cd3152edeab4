from dataclasses import replace

from odoo import models
from odoo.exceptions import UserError

from .. import transport

# Somebody waits in front of the screen, and keeps a worker of the server busy.
SECONDS = 30.0
SHOWN = 5


class DistributorFeed(models.Model):
    _inherit = "distributor.feed"

    def action_test_connection(self):
        """Log in at the server, look for the file, fetch nothing; say what was seen.

        :raise AccessError: for anybody who may not set the feed up
        """
        place, secret, policy = self._contact_place()
        try:
            contact = transport.test_connection(place, secret, policy)
        except transport.TransportError as error:
            return self._notice(
                "danger", self.env._("No file from there"), error.message
            )
        if not contact.pinned:
            return self._notice(
                "warning",
                self.env._("The server answers"),
                self.env._(
                    "Nobody logged in, as its key is not known here: press “Ask the "
                    "Server for Its Key” and compare."
                ),
            )
        return self._notice(
            "success",
            self.env._("The connection works"),
            self.env._("Found there: %s", ", ".join(contact.names[:SHOWN])),
        )

    def action_ask_host_key(self):
        """Ask an SFTP server for its key, without logging in, and show it.

        :raise AccessError: for anybody who may not set the feed up
        :raise UserError: the server is not reached, or is no SFTP server
        """
        place, _secret, policy = self._contact_place()
        if place.scheme != "sftp":
            raise UserError(self.env._("Only SFTP servers have such a key."))
        try:
            contact = transport.test_connection(
                replace(place, host_key=""), transport.Secret(), policy
            )
        except transport.TransportError as error:
            raise UserError(error.message) from error
        dialog = self.env["distributor.feed.host.key"].create(
            {
                "feed_id": self.id,
                "host": self.host,
                "port": self.port,
                "host_key": contact.host_key,
                "old_host_key": self.host_key,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The Server's Key"),
            "res_model": dialog._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_fetch(self):
        """Fetch now; an SFTP server must have shown its key before."""
        self.check_access("write")
        for feed in self:
            if not feed._is_ready():
                raise UserError(
                    self.env._(
                        "%s: the server's key is not known. Press “Ask the Server "
                        "for Its Key” and compare it with what the distributor "
                        "told you.",
                        feed.name,
                    )
                )
        return super().action_fetch()

    def _queue_runs(self):
        """Leave out feeds that would log in nowhere."""
        return super(
            DistributorFeed, self.filtered(lambda feed: feed._is_ready())
        )._queue_runs()

    def _is_ready(self):
        """Return whether the place says all that a fetch needs."""
        self.ensure_one()
        return self.method != "sftp" or bool(self.host_key)

    def _contact_place(self):
        """Return place, secret and policy for a short look.

        :raise AccessError: for anybody who may not set the feed up
        :raise UserError: nothing is fetched for this feed
        """
        self.ensure_one()
        self.check_access("write")
        if self.method == "upload":
            raise UserError(self.env._("The files of this feed are uploaded by hand."))
        place, secret, policy, _known = self._place()
        return (
            place,
            secret,
            replace(policy, total_timeout=SECONDS, idle_timeout=SECONDS / 2),
        )

    def _notice(self, kind, title, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": kind,
                "title": title,
                "message": message,
                "sticky": kind != "success",
            },
        }
