"""What a distributor answers, how it adds up, and who is told."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .request_common import DESK, RequestCommon


@tagged("post_install", "-at_install")
class TestAnswer(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.soon = fields.Date.today() + timedelta(days=20)

    def setUp(self):
        super().setUp()
        self.order = self._order(
            [(self.item, 5), (self.other_item, 1), (self.loom_item, 1)],
            rep_id=self.rep.id,
        )
        requests = self._send(self.order)
        self.request = requests.filtered(lambda one: one.distributor_id == self.mill)
        self.other = requests - self.request
        self.five, self.one = self.request.line_ids

    def _ship(self, line, quantity, **vals):
        return {"line_id": line.id, "kind": "ship", "quantity": quantity, **vals}

    def _later(self, line, until=None):
        return {"line_id": line.id, "kind": "backorder", "until": until or self.soon}

    def _no(self, line, quantity, reason="gone", **vals):
        vals = {"quantity": quantity, "reason": reason, **vals}
        return {"line_id": line.id, "kind": "refuse", **vals}

    def test_partly_shipped_rest_later(self):
        self._answer(
            self.request,
            self._later(self.five),
            self._ship(self.five, 2),
            self._no(self.one, 1, "discontinued"),
            tracking="1Z999AA10123456784",
        )
        self.assertEqual((self.five.shipped_qty, self.five.open_qty), (2, 3))
        self.assertEqual(self.five.state, "backorder")
        self.assertEqual(self.five.backordered_until, self.soon)
        self.assertEqual((self.one.state, self.one.open_qty), ("refused", 0))
        self.assertEqual(self.request.state, "backorder")
        entries = {entry.kind: entry for entry in self.request.entry_ids}
        self.assertEqual(entries["backorder"].quantity, 3)
        self.assertEqual(entries["ship"].tracking, "1Z999AA10123456784")
        self.assertFalse(entries["refuse"].tracking)
        self.assertEqual(set(self.request.entry_ids.mapped("round")), {1})
        for entry in self.request.entry_ids:
            self.assertEqual(entry.showroom_id, self.center)
            self.assertEqual(entry.distributor_id, self.mill)
            self.assertEqual(entry.answered_by, "mill@example.com")
        self.assertEqual(self.order.state, "sent")

    def test_done_when_nothing_is_open(self):
        self._answer(self.request, self._later(self.five), self._ship(self.one, 1))
        self.assertEqual(self.request.state, "backorder")
        self._answer(self.request, self._ship(self.five, 5))
        self.assertEqual(self.five.state, "shipped")
        self.assertFalse(self.five.backordered_until)
        self.assertEqual(self.request.state, "done")
        self.assertTrue(self.request.done_at)
        self.assertEqual(self.order.state, "sent")
        self._answer(self.other, self._no(self.other.line_ids, 1))
        self.assertEqual(self.order.state, "done")

    def test_nothing_by_halves(self):
        wrong = [
            ([], "Nothing is answered"),
            ([self._ship(self.five, 0)], "give 1 to 5"),
            ([self._ship(self.five, -1)], "give 1 to 5"),
            ([self._ship(self.five, 6)], "give 1 to 5"),
            ([self._ship(self.five, 3), self._ship(self.five, 3)], "give 1 to 2"),
            (
                [self._later(self.five, fields.Date.today() - timedelta(2))],
                "in the past",
            ),
            ([self._later(self.five, fields.Date.to_date("2999-01-01"))], "too far"),
            ([{"line_id": self.five.id, "kind": "backorder"}], "is expected"),
            ([self._no(self.five, 1, "")], "Say why"),
            ([self._no(self.five, 1, "cancelled")], "Say why"),
            ([self._no(self.five, 1, "other")], "into words"),
            ([{"line_id": self.five.id, "kind": "burn"}], "Choose an answer"),
            ([self._ship(self.other.line_ids, 1)], "not on this request"),
            # nothing is left for later
            ([self._later(self.five), self._ship(self.five, 5)], "answered already"),
        ]
        for answers, message in wrong:
            good = self._ship(self.one, 1)
            with self.assertRaisesRegex(UserError, message):
                self._answer(self.request, *([good] if answers else []), *answers)
        self.assertFalse(self.request.entry_ids)
        self.assertEqual(self.request.round, 0)

    def test_answered_before(self):
        self._answer(self.request, self._ship(self.one, 1))
        with self.assertRaisesRegex(UserError, "answered already"):
            self._answer(self.request, self._no(self.one, 1))

    def test_everybody_is_told_once(self):
        self._mail_out()
        self._answer(self.request, self._ship(self.one, 1), self._later(self.five))
        mails = self._mail_out()
        told = {"dora@example.com", "center@example.com", "rory@example.com"}
        self.assertEqual(set(mails), told)
        for address in told:
            (mail,) = mails[address]
            text = mail.get_body(("html",)).get_content()
            self.assertIn("Willow Sage", text)
            self.assertIn(f"/my/samples/requests/{self.request.id}", text)
        self.assertEqual(self._mail_out(), {})
        self._answer(self.request, self._ship(self.five, 5))
        self.assertEqual(set(self._mail_out()), told)

    def test_one_mail_for_one_address(self):
        self.center.email = "Dora@example.com"
        self.rep.email = False
        self._mail_out()
        self._answer(self.request, self._ship(self.one, 1))
        mails = self._mail_out()
        self.assertEqual(list(mails), ["dora@example.com"])
        self.assertEqual(len(mails["dora@example.com"]), 1)

    def test_who_may_answer(self):
        answers = [{"line_id": self.one.id, "kind": "ship", "quantity": 1}]
        strangers = [
            self.clerk,
            self.manager,
            self._user("desk", DESK),
            self._portal("designer", self.studio),
            self._portal("showroom", self.center),
            self._portal("loom", self.loom),
            self._portal("rep", self.rep),
        ]
        for user in strangers:
            with self.assertRaises(AccessError):
                self._call(user, self.request, "desk_answer", answers)
            with self.assertRaises(AccessError):
                self._call(user, self.request, "desk_lines")
        self.assertFalse(self.request.entry_ids)
        mill = self._portal("mill", self.mill)
        (five, one) = self._call(mill, self.request, "desk_lines")
        self.assertEqual((five["open"], one["open"]), (5, 1))
        self._call(mill, self.request, "desk_answer", answers, tracking="T1")
        self.assertEqual(self.one.state, "shipped")
        self.assertEqual(self.request.entry_ids.answered_by, mill.name)

    def test_what_comes_over_rpc(self):
        mill = self._portal("mill", self.mill)
        for answers in ([5], ["x"], [{"line_id": "x"}], [None]):
            with self.assertRaisesRegex(UserError, "no answer"):
                self._call(mill, self.request, "desk_answer", answers)

    def test_company_that_is_the_distributor(self):
        there = self.env["res.company"].create({"name": "Sample Works"})
        there.partner_id.email = "works@example.com"
        item = self._item("Jute", "Raw", distributor_id=there.partner_id.id)
        order = self._order([(item, 1)])
        request = self._send(order)
        self.assertEqual(request.desk_company_id, there)
        desk = self._user("works", DESK, company_id=there.id, company_ids=there.ids)
        self._call(
            desk,
            request,
            "desk_answer",
            [{"line_id": request.line_ids.id, "kind": "ship", "quantity": 1}],
        )
        self.assertEqual(order.state, "done")
        with self.assertRaises(AccessError):
            self._call(desk, self.request, "read", ["name"])


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
        template.subject = "{{ 1 // (object.request_id.id - %s) }}" % broken.id
        with self.assertLogs("odoo.addons.sample_library", "WARNING"):
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
