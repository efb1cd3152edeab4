"""The way to a distributor's server: tried, proven, and never told."""

import json
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .. import transport
from ..models.distributor_feed_health import DistributorFeed
from ..rehearsal import RehearsalDistributor
from .common_setup import SetupCase

PASSWORD = "rehearsal"
OTHER_KEY = "SHA256:" + "A" * 43


@tagged("post_install", "-at_install")
class TestConnection(SetupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rehearsal = cls.enterClassContext(
            RehearsalDistributor(count=20, formats=("csv",), password=PASSWORD)
        )
        cls.policy = transport.Policy(allowed_hosts=("localhost",))
        place = cls.rehearsal.sftp_place("items.csv")
        cls.feed.write(
            {
                "method": "sftp",
                "host": place["host"],
                "port": place["port"],
                "path": place["path"],
                "username": place["username"],
                "password": PASSWORD,
            }
        )

    def setUp(self):
        super().setUp()
        self.enterContext(
            patch.object(DistributorFeed, "_policy", lambda feed: self.policy)
        )
        self.managed = self.feed.with_user(self.manager)

    def _test(self):
        return self.managed.action_test_connection()["params"]

    def _ask(self):
        action = self.managed.action_ask_host_key()
        return self.managed.env[action["res_model"]].browse(action["res_id"])

    def test_the_key_is_asked_for_compared_and_pinned(self):
        self.assertEqual((self._test()["type"], self.feed.host_key), ("warning", False))
        dialog = self._ask()
        self.assertEqual(dialog.host_key, self.rehearsal.host_key)
        self.assertFalse(self.feed.host_key)
        with self.assertRaisesRegex(UserError, "Compare the key"):
            dialog.action_trust()
        self.assertFalse(self.feed.host_key)
        with Form(dialog) as form:
            form.compared = True
        dialog.action_trust()
        self.assertEqual(self.feed.host_key, self.rehearsal.host_key)
        told = self._test()
        self.assertEqual(told["type"], "success", told["message"])
        self.assertIn("items.csv", told["message"])

    def test_a_changed_key_is_refused(self):
        self.feed.host_key = OTHER_KEY
        told = self._test()
        self.assertEqual(told["type"], "danger")
        self.assertIn("not the pinned one", told["message"])
        dialog = self._ask()
        self.assertEqual(dialog.old_host_key, OTHER_KEY)
        self.assertEqual(self.feed.host_key, OTHER_KEY)

    def test_a_key_is_for_the_server_that_showed_it(self):
        dialog = self._ask()
        dialog.compared = True
        self.feed.host = "elsewhere.example"
        with self.assertRaisesRegex(UserError, "another server"):
            dialog.action_trust()
        self.assertFalse(self.feed.host_key)

    def test_nothing_is_fetched_without_a_key(self):
        with self.assertRaisesRegex(UserError, "key is not known"):
            self.managed.action_fetch()
        self.assertFalse(self.feed._queue_runs())
        self.feed.host_key = self.rehearsal.host_key
        self.assertEqual(len(self.feed._queue_runs()), 1)

    def test_what_is_wrong_is_said(self):
        self.feed.host_key = self.rehearsal.host_key
        self.feed.password = "wrong"
        told = self._test()
        self.assertIn("refused our user, password or key", told["message"])
        self.assertNotIn("wrong", json.dumps(told))
        self.feed.password = PASSWORD
        self.feed.path = "/missing.csv"
        self.assertEqual(self._test()["type"], "danger")
        self.feed.method = "upload"
        with self.assertRaisesRegex(UserError, "uploaded by hand"):
            self._test()
        self.feed.write({"method": "ftp", **self._ftp()})
        told = self._test()
        self.assertEqual(told["type"], "success", told["message"])
        with self.assertRaisesRegex(UserError, "Only SFTP"):
            self._ask()

    def _ftp(self):
        place = self.rehearsal.ftp_place("items.csv")
        return {name: place[name] for name in ("host", "port", "path", "username")}

    def test_addresses_that_are_not_public_are_refused(self):
        self.policy = transport.Policy()
        self.assertEqual(self._test()["type"], "danger")
        with self.assertRaisesRegex(UserError, "not (public|allowed)|public"):
            self._ask()
        self.feed.write({"method": "folder", "path": "/etc/passwd"})
        told = self._test()
        self.assertEqual(told["type"], "danger")
        self.assertNotIn("root", told["message"])

    def test_who_may_not_set_up_may_not_knock(self):
        feed = self.feed.with_user(self.user)
        for action in (
            feed.action_test_connection,
            feed.action_ask_host_key,
            feed.action_fetch,
            feed.action_forget_secrets,
        ):
            with self.subTest(action.__name__), self.assertRaises(AccessError):
                action()
        dialog = self._ask()
        dialog.compared = True
        with self.assertRaises(AccessError):
            dialog.with_user(self.user).action_trust()
        other = dialog.with_user(self.env.ref("base.user_admin"))
        with self.assertRaises(AccessError):
            other.action_trust()

    def test_secrets_are_never_told(self):
        feed, names = self.managed, ("password", "private_key", "token")
        secrets = {name: f"secret of {name}" for name in names}
        spec = {name: {} for name in (*names, "has_secret")}
        told = [
            feed.web_save(secrets, spec),
            feed.web_read(spec),
            feed.read(names),
            feed.with_user(self.env.user).sudo().export_data(list(names))["datas"],
            feed.copy_data(),
            feed.onchange({"token": secrets["token"]}, ["token"], spec),
            feed.onchange({}, [], spec),
            feed.search_read([("id", "=", feed.id)], names),
        ]
        self.assertTrue(feed.has_secret)
        created = feed.create(
            {
                "name": "Another",
                "account_id": self.account.id,
                "profile_id": self.profile.id,
                **secrets,
            }
        )
        told += [created.read(names), created.copy().read([*names, "has_secret"])]
        self.assertNotIn("secret of", repr(told))
        self.assertFalse(told[-1][0]["has_secret"])
        for domain in ([("password", "=like", "s%")], [("token", "!=", False)]):
            with self.assertRaisesRegex(ValueError, "not stored"):
                feed.search(domain)
        with self.assertRaises(AccessError):
            feed.env["distributor.secret"].search([])
        place, secret, _policy, _known = self.feed._place()
        self.assertEqual(secret.password, secrets["password"])
        self.assertNotIn("secret of", repr((place, secret)))
