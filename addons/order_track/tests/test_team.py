from odoo import Command
from odoo.exceptions import AccessError
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from .common import TrackCommon


@tagged("post_install", "-at_install")
class TestTeam(TrackCommon, HttpCase):
    """A distributor manages its own portal users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = cls.env.ref("trade_network.role_distributor")
        cls.mill, cls.loom = cls.env["res.partner"].create(
            [
                {
                    "name": name,
                    "is_company": True,
                    "trade_role_ids": [Command.link(role.id)],
                }
                for name in ("Track Mill", "Track Loom")
            ]
        )
        cls.chief = cls._member("track_chief", cls.mill)
        cls.chief.partner_id.track_manages_users = True
        cls.member = cls._member("track_member", cls.mill)
        cls.stranger = cls._member("track_stranger", cls.loom)

    @classmethod
    def _member(cls, login, company):
        user = new_test_user(
            cls.env, login, "base.group_portal", email=f"{login}@example.com"
        )
        user.partner_id.parent_id = company
        return user

    def _post(self, path, user=None, **form):
        user = user or self.chief
        self.env.flush_all()
        self.authenticate(user.login, user.login)
        form["csrf_token"] = Request.csrf_token(self)
        answer = self.url_open(path, data=form)
        self.env.invalidate_all()
        return answer

    def _find(self, login):
        users = self.env["res.users"].with_context(active_test=False)
        return users.search([("login", "=", login)])

    def test_a_colleague_is_invited_and_chooses_a_password(self):
        self.inbox.mails.clear()
        page = self._post("/my/team/invite", name="Mia Mill", email="Mia@Example.com")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Mia Mill", page.text)
        user = self._find("mia@example.com")
        self.assertEqual(user.partner_id.parent_id, self.mill)
        self.assertTrue(user._is_portal())
        self.assertTrue(
            user.has_group("trade_network.group_trade_distributor"),
            "has the rights of the company",
        )
        (mail,) = self.inbox.mails["mia@example.com"]
        self.assertIn("/web/signup", mail.get_body(("html",)).get_content())
        # once more only after a while
        page = self._post(f"/my/team/{user.id}/invite_again")
        self.assertIn("a short time ago", page.text)
        user.track_invited_at = "2026-01-01 00:00:00"
        self._post(f"/my/team/{user.id}/invite_again")
        self.assertEqual(len(self.inbox.mails["mia@example.com"]), 2)

    def test_wrong_addresses_keep_what_was_typed(self):
        for email in ("nonsense", "a@b.example, c@d.example", "", "x" * 999):
            page = self._post("/my/team/invite", name="Kept Name", email=email)
            self.assertIn("one email address", page.text)
            self.assertIn("Kept Name", page.text)

    def test_who_has_a_login_elsewhere_is_not_taken_over(self):
        internal = new_test_user(
            self.env, "boss@example.com", "base.group_user", email="boss@example.com"
        )
        before = self.env["res.partner"].search_count([])
        for email in ("boss@example.com", self.stranger.email):
            self.stranger.login = self.stranger.email
            page = self._post("/my/team/invite", name="Boss", email=email)
            self.assertIn("cannot be invited", page.text)
        self.assertTrue(internal._is_internal())
        self.assertEqual(self.env["res.partner"].search_count([]), before)

    def test_who_is_shut_out_is_out_at_once_and_may_come_back(self):
        path = "/my/account"
        self.authenticate(self.member.login, self.member.login)
        self.assertIn(path, self.url_open(path).url)
        session = self.session
        self._post(f"/my/team/{self.member.id}/block")
        self.assertFalse(self.member.active)
        self.opener.cookies.clear()
        self.opener.cookies["session_id"] = session.sid
        self.assertIn("/web/login", self.url_open(path).url)
        self._post(f"/my/team/{self.member.id}/unblock")
        self.assertTrue(self.member.active)
        self.authenticate(self.member.login, self.member.login)
        self.assertIn(path, self.url_open(path).url)

    def test_managers_are_made_and_the_last_one_stays(self):
        self._post(f"/my/team/{self.member.id}/promote")
        self.assertTrue(self.member.partner_id.track_manages_users)
        page = self._post(f"/my/team/{self.member.id}/demote", user=self.member)
        self.assertIn("Ask a colleague", page.text)
        self._post(f"/my/team/{self.chief.id}/demote", user=self.member)
        self.assertFalse(self.chief.partner_id.track_manages_users)
        page = self._post(f"/my/team/{self.member.id}/block", user=self.member)
        self.assertIn("yourself", page.text)

    def test_nobody_else(self):
        for user in (self.member, self.stranger):
            for path in ("/my/team/invite", f"/my/team/{self.member.id}/block"):
                answer = self._post(path, user, name="X", email="x@example.com")
                self.assertEqual(answer.status_code, 404)
        # of a foreign company, of nobody, or by another method's name
        for path in (
            f"/my/team/{self.stranger.id}/block",
            f"/my/team/{self.env.ref('base.user_admin').id}/block",
            f"/my/team/{self.member.id}/check",
            "/my/team/999999/block",
        ):
            self.assertEqual(self._post(path).status_code, 404)
        self.assertTrue(self.member.active and self.stranger.active)
        self.assertFalse(self._find("x@example.com"))
        for user in (self.member, self.chief):
            with self.assertRaises(AccessError):
                partner = user.partner_id
                self._call(user, partner, "write", {"track_manages_users": True})
        # who is no distributor any more manages nobody
        self.mill.trade_role_ids = False
        self.assertEqual(self._post("/my/team/invite").status_code, 404)

    def test_so_many_a_day(self):
        users = self.env["res.users"].create(
            [
                {
                    "name": f"Many {number}",
                    "login": f"track_many_{number}",
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                    "track_invited_at": "2126-01-01 00:00:00",
                }
                for number in range(20)
            ]
        )
        users.partner_id.parent_id = self.mill
        page = self._post("/my/team/invite", name="Mia", email="mia@example.com")
        self.assertIn("as many colleagues", page.text)
        self.assertFalse(self._find("mia@example.com"))
