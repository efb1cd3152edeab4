"""What is mailed about requests, and the links in it."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestMail(RequestCommon):
    def test_request_is_mailed(self):
        self.mill.sample_email = "memos@example.com"
        order = self._order(project="Lobby", note="In a roll, please")
        requests = self._send(order)
        self.assertEqual(set(requests.mapped("mail_state")), {"waiting"})
        mails = self._mail_out()
        self.assertEqual(set(mails), {"memos@example.com", "loom@example.com"})
        (mail,) = mails["memos@example.com"]
        text = mail.get_body(("html",)).get_content()
        request = requests.filtered(lambda one: one.distributor_id == self.mill)
        for words in ("Willow Sage", "Sample Dora", "In a roll, please", "5 Mill Lane"):
            self.assertIn(words, text)
        self.assertNotIn("Tweed", text)
        self.assertIn(request.link_ids._url(), text)
        (attached,) = mail.iter_attachments()
        self.assertTrue(
            attached.get_filename().startswith(request.name.replace("/", "-"))
        )
        self.assertEqual(mail["reply-to"], self.center.email_formatted.replace('"', ""))
        self.assertEqual(set(requests.mapped("mail_state")), {"sent"})
        self.assertEqual(self._mail_out(), {})

    def test_refused_by_the_server_is_seen_and_mended(self):
        self.mill.sample_email = "refused@example.com"
        request = self._send(self._order([(self.item, 1)]))
        with self.assertLogs("odoo.addons.mail.models.mail_mail", "ERROR"):
            self._mail_out()
        self.assertEqual(request.mail_state, "failed")
        self.assertIn("550", request.notice_ids.error)
        self.assertEqual(request.activity_ids.user_id, self.clerk)
        self.mill.sample_email = "memos@example.com"
        self._call(self.clerk, request, "action_mail_again")
        self.assertIn("memos@example.com", self._mail_out())
        self.assertEqual(request.mail_state, "sent")

    def test_mail_server_that_is_away_is_tried_again(self):
        server = self.env["ir.mail_server"].search([], limit=1)
        port = server.smtp_port
        server.smtp_port = 1
        request = self._send(self._order([(self.item, 1)]))
        notice = request.notice_ids
        self.assertEqual(self._mail_out(), {})
        self.assertEqual((request.mail_state, notice.tries), ("waiting", 1))
        self.assertIn("refused", notice.error)
        server.smtp_port = port
        self.assertEqual(list(self._mail_out()), ["mill@example.com"])
        self.assertEqual((request.mail_state, notice.error), ("sent", False))
        # but not for ever
        server.smtp_port = 1
        late = self._send(self._order([(self.other_item, 1)]))
        late.notice_ids.tries = 24
        self._mail_out()
        self.assertEqual(late.mail_state, "failed")

    def test_no_address(self):
        self.mill.email = False
        requests = self._send(self._order())
        request = requests.filtered(lambda one: one.distributor_id == self.mill)
        self.assertEqual(request.mail_state, "failed")
        self.assertIn("no email address", request.notice_ids.error)
        self.assertEqual(list(self._mail_out()), ["loom@example.com"])

    def test_what_cannot_be_made_stops_no_others(self):
        requests = self._send(self._order())
        broken = requests.filtered(lambda one: one.distributor_id == self.mill)
        template = self.env.ref("sample_library.mail_template_request")
        template.subject = f"{{{{ 1 // (object.request_id.id - {broken.id}) }}}}"
        with self.assertLogs("odoo.addons.trade_network", "WARNING"):
            mails = self._mail_out()
        self.assertEqual(list(mails), ["loom@example.com"])
        self.assertEqual(broken.mail_state, "failed")
        self.assertEqual((requests - broken).mail_state, "sent")

    def test_mail_left_behind_is_sent_not_made_again(self):
        request = self._send(self._order([(self.item, 1)]))
        notice = request.notice_ids
        notice._make_mail()
        made = notice.mail_id
        self.assertEqual(made.state, "outgoing")
        self.assertEqual(len(self._mail_out()["mill@example.com"]), 1)
        self.assertEqual(notice.mail_id, made)
        self.assertEqual(notice.state, "sent")

    def test_language_of_the_recipient(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("sample_library.mail_template_request")
        template.with_context(
            lang="fr_FR"
        ).subject = "Demande {{ object.request_id.name }}"
        self.mill.lang = "fr_FR"
        self._send(self._order())
        mails = self._mail_out()
        self.assertTrue(mails["mill@example.com"][0]["subject"].startswith("Demande"))
        self.assertTrue(mails["loom@example.com"][0]["subject"].startswith("Sample"))


@tagged("post_install", "-at_install")
class TestLink(RequestCommon):
    def setUp(self):
        super().setUp()
        self._send(self._order())
        self._mail_out()
        self.links = self.env["sample.request.link"].search([], order="id")
        self.link = self.links[0]
        self.token = self.link._token()

    def _find(self, link, token):
        return self.env["sample.request.link"]._find(link.id, token)

    def test_only_the_right_token(self):
        self.assertEqual(self._find(self.link, self.token), self.link)
        other = self.links - self.link
        for token in (
            "",
            "x",
            "é",
            "😀",
            "a" * 10_000,
            other._token(),
            self.token[:-1],
        ):
            self.assertFalse(self._find(self.link, token))
        self.assertFalse(self._find(other, self.token))
        for link_id in (0, -1, 2**31, 2**70):
            self.assertFalse(self.env["sample.request.link"]._find(link_id, self.token))

    def test_the_nonce_counts(self):
        self.env.cr.execute(
            "UPDATE sample_request_link SET nonce = 'other' WHERE id = %s",
            [self.link.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self._find(self.link, self.token))

    def test_nobody_reads_the_nonce(self):
        for user in (self.clerk, self.manager, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self._call(user, self.link, "read", ["nonce"])

    def test_ends(self):
        self.assertEqual(self.link.state, "valid")
        self.link.expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertEqual(self.link.state, "expired")
        self._call(self.clerk, self.link.request_id, "action_revoke_links")
        self.assertEqual(self.link.state, "revoked")
        self.assertEqual(self.link.revoked_by_id, self.clerk)

    def test_who_revokes(self):
        portal = self._portal("center", self.center)
        for user in (self.neighbour, portal, self._user("plain")):
            with self.assertRaises(AccessError):
                self._call(user, self.link.request_id, "action_revoke_links")
        self.assertEqual(self.link.state, "valid")
