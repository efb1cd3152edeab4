"""What is mailed to a library becomes a draft, whatever the mail looks like."""

from email.message import EmailMessage

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestOrderMail(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].search(
            [("name", "=", "samples.example.com")]
        ) or cls.env["mail.alias.domain"].create({"name": "samples.example.com"})
        cls.company.alias_domain_id = domain
        cls.library.alias_name = "center"
        cls.address = "center@samples.example.com"

    def _receive(self, body="Two of Willow Sage, please.", html=None, **headers):
        """Put a mail through the gateway; return the orders it made.

        :param headers: instead of the usual ones; false to leave one out
        """
        mail = EmailMessage()
        for name, value in {
            "From": "Ada Able <ada@example.net>",
            "To": self.address,
            "Subject": "Samples for the lobby",
            "Message-Id": f"<{len(self.env['sample.order'].search([]))}@example.net>",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }.items():
            if value:
                mail[name] = value
        mail.set_content(body)
        if html:
            mail.add_alternative(html, subtype="html")
        return self._receive_bytes(mail.as_bytes())

    def _receive_bytes(self, raw):
        orders = self.env["sample.order"]
        before = orders.search([])
        self.env["mail.thread"].message_process(None, raw)
        return orders.search([]) - before

    def test_draft(self):
        order = self._receive()
        self.assertRecordValues(
            order,
            [
                {
                    "state": "draft",
                    "source": "mail",
                    "library_id": self.library.id,
                    "showroom_id": self.center.id,
                    "company_id": self.company.id,
                    "recipient_name": "Ada Able",
                    "recipient_email": "ada@example.net",
                    "person_id": False,
                    "project": "Samples for the lobby",
                    "note": "Two of Willow Sage, please.",
                }
            ],
        )
        activity = order.activity_ids
        self.assertEqual(activity.user_id, self.clerk)
        # the clerk finds it, the neighbour does not
        seen = self.env["sample.order"].with_user(self.clerk).search([])
        self.assertIn(order, seen)
        self.assertNotIn(
            order, self.env["sample.order"].with_user(self.neighbour).search([])
        )

    def test_nobody_becomes_a_contact(self):
        people = self.env["res.partner"].search_count([])
        order = self._receive(From="Dora Double <dora2@example.com>")
        self.assertEqual(order.recipient_name, "Dora Double")
        self.assertEqual(self.env["res.partner"].search_count([]), people)

    def test_sender_known_to_the_gateway(self):
        """He is named as he wrote himself."""
        order = self._receive(From="Somebody <dora@example.com>")
        self.assertEqual(order.person_id, self.designer)
        self.assertEqual(order.recipient_name, "Somebody")
        self.designer.company_id = self.env["res.company"].create({"name": "Mail Co"})
        order = self._receive(From="dora@example.com", Message_Id="<other@example.com>")
        self.assertFalse(order.person_id)

    def test_replies_stay_together(self):
        order = self._receive(Message_Id="<first@example.net>")
        more = self._receive(
            "And one of Mist.",
            Message_Id="<second@example.net>",
            In_Reply_To="<first@example.net>",
            References="<first@example.net>",
        )
        self.assertFalse(more)
        self.assertIn("one of Mist", str(order.message_ids[0].body))
        self.assertEqual(order.note, "Two of Willow Sage, please.")
        # also when it was sent long ago
        order.write({"line_ids": [(0, 0, {"item_id": self.item.id})]})
        order.ship_address = "5 Mill Lane"
        self._send(order)
        self._receive(
            "Thanks\x00.", Message_Id="<third@example.net>",
            References="<first@example.net>",
        )  # fmt: skip
        self.assertIn("Thanks.", str(order.message_ids[0].body))

    def test_attachments_are_kept(self):
        mail = EmailMessage()
        mail["From"], mail["To"] = "ada@example.net", self.address
        mail["Subject"], mail["Message-Id"] = "List", "<attached@example.net>"
        mail.set_content("See the list.")
        mail.add_attachment(
            b"Willow;2", maintype="text", subtype="csv", filename="a.csv"
        )
        order = self._receive_bytes(mail.as_bytes())
        self.assertEqual(order.message_ids.attachment_ids.mapped("name"), ["a.csv"])

    def test_bad_mails(self):
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            order = self._receive(From=False)
        self.assertEqual((order.recipient_name, order.recipient_email), (False, False))
        order = self._receive("x" * 2**20, Message_Id="<big@example.net>")
        self.assertEqual(len(order.note), 5000)
        order = self._receive(
            html="<p>Hello<script>alert(1)</script><img src=x onerror=alert(1)></p>",
            Message_Id="<script@example.net>",
        )
        self.assertEqual(order.note, "Hello")
        self.assertNotIn("script", str(order.message_ids.filtered("body")[-1].body))
        order = self._receive("A\x00B", Message_Id="<nul@example.net>")
        self.assertEqual(order.note, "AB")
        order = self._receive(Subject="S" * 900, Message_Id="<subject@example.net>")
        self.assertEqual(len(order.project), 250)
        order = self._receive(From="no address at all", Message_Id="<odd@example.net>")
        self.assertFalse(order.recipient_email)

    def test_raw_bytes(self):
        """Not even text."""
        for number, raw in enumerate(
            (
                b"From: a@example.net\nTo: %s\nSubject: \xff\xfe\n"
                b"Message-Id: <raw%d@example.net>\n\n\xff\xfe\x00\x80",
                b"From: =?utf-8?b?////?= <a@example.net>\nTo: %s\n"
                b"Subject: =?x?q?=00?=\nMessage-Id: <raw%d@example.net>\n"
                b"Content-Type: text/html; charset=ascii\n\n<p>Hi",
            )
        ):
            with self.subTest(number):
                order = self._receive_bytes(raw % (self.address.encode(), number))
                self.assertEqual((len(order), order.source), (1, "mail"))

    def test_library_without_clerks(self):
        self.library.clerk_ids = False
        order = self._receive()
        self.assertFalse(order.activity_ids)

    def test_address(self):
        self.assertEqual(self.library.alias_email, self.address)
        self.assertFalse(self.other_library.alias_id)
        alias = self.library.alias_id
        self.library.alias_name = "counter"
        self.assertEqual(self.library.alias_id, alias)

    def test_over_rpc_with_the_rights_of_the_caller(self):
        mail = {"email_from": "ada@example.net", "subject": "X", "body": "X"}
        values = {"library_id": self.library.id, "user_id": self.clerk.id}
        for user in (self._portal("center", self.center), self._user("plain")):
            with self.assertRaises(AccessError):
                self._call(user, self.env["sample.order"], "message_new", mail, values)
        with self.assertRaises(AccessError):
            self._call(
                self.neighbour, self.env["sample.order"], "message_new", mail, values
            )
