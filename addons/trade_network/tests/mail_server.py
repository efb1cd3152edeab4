"""A real mail server on loopback, for tests of what is mailed."""

import socket
from email import message_from_bytes, policy
from unittest.mock import patch

from aiosmtpd.controller import Controller


class Inbox:
    """What arrived, per address; refuses addresses that begin with ``refused``."""

    def __init__(self):
        self.mails = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        for address in envelope.rcpt_tos:
            self.mails.setdefault(address, []).append(message)
        return "250 OK"


class MailServerMixin:
    """Odoo sends to this server while the class is tested."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inbox = Inbox()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        controller = Controller(cls.inbox, hostname="127.0.0.1", port=port)
        controller.start()
        cls.addClassCleanup(controller.stop)
        cls.env["ir.mail_server"].create(
            {
                "name": "Loopback",
                "smtp_host": "127.0.0.1",
                "smtp_port": port,
                "smtp_encryption": "none",
                "sequence": 0,
            }
        )
        server = type(cls.env["ir.mail_server"])
        cls.startClassPatcher(patch.object(server, "_disable_send", lambda self: False))

    def setUp(self):
        super().setUp()
        self.inbox.mails.clear()
