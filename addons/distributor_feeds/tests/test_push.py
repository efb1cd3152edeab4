"""Files that distributors send, over real HTTP."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..controllers import push
from ..models import distributor_feed_push
from .common import HEADER
from .common_roles import RolesCase

FILE = f"{HEADER}\nA1;5;10.00;Keyboard;Acme;KB-1\n".encode()
BAD = (
    f"{HEADER}\nA1;many;10.00;Keyboard;Acme;KB-1\n=B2;1;2.00;Mouse;Acme;M-1\n".encode()
)


@tagged("post_install", "-at_install")
class TestPush(RolesCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.feed.write({"method": "push", "max_rejected": 0})
        cls.key = cls.env["distributor.feed.key"]._generate(cls.feed, "Borealis", False)
        cls.other = cls._feed(name="Another", method="push")
        cls.other_key = cls.env["distributor.feed.key"]._generate(
            cls.other, "Other", False
        )

    def _push(self, body=FILE, feed=None, key=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.url_open(
            f"/distributor_feeds/v1/feeds/{(feed or self.feed).id}/files",
            data=body,
            headers={"Authorization": f"Bearer {key or self.key}", **headers},
            method="POST",
        )

    def _get(self, path, key=None):
        return self.url_open(
            path, headers={"Authorization": f"Bearer {key or self.key}"}
        )

    def _assert_problem(self, answer, status, code):
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertEqual(
            answer.headers["Content-Type"], "application/json; charset=utf-8"
        )
        self.assertEqual(answer.json()["error"]["code"], code)
        self.assertTrue(answer.json()["error"]["message"])

    def _runs(self, feed=None):
        return self.env["distributor.feed.run"].search(
            [("feed_id", "=", (feed or self.feed).id)]
        )

    def _key_record(self, text=None):
        prefix = "_".join((text or self.key).split("_")[:2])
        return self.env["distributor.feed.key"].search([("prefix", "=", prefix)])

    def test_a_file_is_taken_and_loaded(self):
        answer = self._push(Content_Disposition='attachment; filename="stock.csv"')
        self.assertEqual(answer.status_code, 202, answer.text)
        run = self._runs()
        self.assertEqual(answer.json()["run"], run.id)
        self.assertEqual(answer.headers["Location"], answer.json()["status"])
        self.assertEqual(
            (run.state, run.file_name, run.file_size),
            ("queued", "stock.csv", len(FILE)),
        )
        self.assertNotIn("session_id", answer.headers.get("Set-Cookie", ""))
        with self.enter_registry_test_mode():
            run._execute()
        status = self._get(answer.json()["status"]).json()
        self.assertEqual(
            (status["state"], status["created"], status["rejected"]), ("done", 1, 0)
        )
        self.assertEqual(self._offer("A1").quantity, 5)
        self.assertTrue(self._key_record().last_used_at)

    def test_the_default_type_of_curl_is_a_file_too(self):
        answer = self._push(Content_Type="application/x-www-form-urlencoded")
        self.assertEqual(answer.status_code, 202, answer.text)
        self.assertEqual(self._runs().file_size, len(FILE))

    def test_a_file_of_unknown_length(self):
        answer = self._push(body=iter([FILE[:20], FILE[20:]]))
        self.assertEqual(answer.status_code, 202, answer.text)
        self.assertEqual(self._runs().file_size, len(FILE))

    def test_the_same_message_counts_once(self):
        first = self._push(Idempotency_Key="2026-11-23/1").json()
        self.assertEqual(
            self._push(Idempotency_Key="2026-11-23/1").json()["run"], first["run"]
        )
        self.assertEqual(len(self._runs()), 1)
        self._assert_problem(
            self._push(body=BAD, Idempotency_Key="2026-11-23/1"),
            422,
            "idempotency_key_reused",
        )
        self.assertNotEqual(self._push(Idempotency_Key="2").json()["run"], first["run"])

    def test_keys_that_are_none(self):
        secret = self.key.rpartition("_")[0]
        for key in ("wrong", "dfk_000000000000_x", f"{secret}_x", self.key[:-1], " "):
            with self.subTest(key):
                self._assert_problem(self._push(key=key), 401, "unauthorized")
        self.assertFalse(self._runs())

    def test_a_wrong_key_learns_nothing(self):
        missing = self.url_open("/distributor_feeds/v1/feeds/999999/files", data=FILE)
        there = self.url_open(
            f"/distributor_feeds/v1/feeds/{self.feed.id}/files", data=FILE
        )
        self._assert_problem(missing, 401, "unauthorized")
        self.assertEqual(missing.text, there.text)

    def test_a_key_leads_to_its_own_feed_alone(self):
        self._assert_problem(self._push(key=self.other_key), 404, "not_found")
        run = self.env["distributor.feed.run"].create({"feed_id": self.feed.id})
        path = f"/distributor_feeds/v1/runs/{run.id}"
        self.assertEqual(self._get(path).status_code, 200)
        for address in (
            path,
            f"{path}/rejects.csv",
            "/distributor_feeds/v1/runs/999999",
        ):
            self._assert_problem(
                self._get(address, key=self.other_key), 404, "not_found"
            )

    def test_keys_end(self):
        record = self._key_record()
        record.expires_on = date.today() - timedelta(days=1)
        self._assert_problem(self._push(), 401, "unauthorized")
        record.expires_on = date.today() + timedelta(days=1)
        self.assertEqual(self._push().status_code, 202)
        record.with_user(self.manager).action_revoke()
        self.assertEqual(
            (record.state, record.revoked_by_id), ("revoked", self.manager)
        )
        self._assert_problem(self._push(), 401, "unauthorized")

    def test_a_key_revoked_during_the_upload(self):
        def revoke_first(*args):
            self._key_record().action_revoke()
            self.env.flush_all()
            return accept(*args)

        accept = push._accept
        with patch.object(push, "_accept", revoke_first):
            self._assert_problem(self._push(), 401, "unauthorized")
        self.assertFalse(self._runs())

    def test_a_feed_that_takes_nothing(self):
        self.feed.active = False
        self._assert_problem(self._push(), 403, "not_by_push")
        self.feed.write({"active": True, "method": "upload"})
        self._assert_problem(self._push(), 403, "not_by_push")

    def test_what_is_not_a_file(self):
        self._assert_problem(self._push(body=b""), 400, "empty")
        self._assert_problem(
            self._push(Content_Type="multipart/form-data; boundary=x"), 415, "form"
        )
        self._assert_problem(
            self._push(Idempotency_Key="x" * 201), 400, "bad_idempotency_key"
        )
        self.assertFalse(self._runs())

    def test_too_much(self):
        small = self.feed._policy().__class__(max_bytes=len(FILE) - 1)
        with patch.object(type(self.feed), "_policy", lambda self: small):
            for body in (FILE, iter([FILE[:20], FILE[20:]])):
                self._assert_problem(self._push(body=body), 413, "too_big")
        self.assertFalse(self._runs())

    def test_a_size_that_is_said_to_be_too_big(self):
        routing = push.PushController.push.original_routing
        with patch.dict(routing, max_content_length=10):
            self.env.registry.clear_cache("routing")
            self._assert_problem(self._push(), 413, "request_entity_too_large")
        self.env.registry.clear_cache("routing")

    def test_a_flood_waits(self):
        with patch.object(distributor_feed_push, "MAX_WAITING", 1):
            self.assertEqual(self._push().status_code, 202)
            answer = self._push(body=BAD)
        self._assert_problem(answer, 429, "too_many_files")
        self.assertTrue(answer.headers["Retry-After"])

    def test_rejected_rows_are_sent_back(self):
        answer = self._push(body=BAD).json()
        with self.enter_registry_test_mode():
            self._runs()._execute()
        status = self._get(answer["status"]).json()
        self.assertEqual(status["rejected"], 1, status)
        rows = self._get(status["rejects"])
        self.assertIn("“many” is no number of pieces", rows.content.decode("utf-8-sig"))

    def test_names_from_outside_are_only_names(self):
        self._push(Content_Disposition='attachment; filename="../../etc/passwd"')
        self.assertEqual(self._runs().file_name, "pushed file")

    def test_a_key_is_shown_once(self):
        wizard = (
            self.env["distributor.feed.key.new"]
            .with_user(self.manager)
            .create({"feed_id": self.feed.id, "name": "New"})
        )
        action = wizard.action_create_key()
        text = action["context"]["default_key"]
        self.assertTrue(self.env["distributor.feed.key"]._check(text))
        self.env.flush_all()
        for table in ("distributor_feed_key", "distributor_feed_key_new"):
            self.env.cr.execute(f"SELECT t::text FROM {table} t")
            stored = " ".join(row[0] for row in self.env.cr.fetchall())
            self.assertNotIn(text.rpartition("_")[2], stored)
        record = self._key_record(text).with_user(self.manager)
        self.assertNotIn("secret", " ".join(record.read()[0]))

    def test_roles(self):
        record = self._key_record()
        for user in (self.user, self.stranger, self.foreign):
            with self.subTest(user.login), self.assertRaises(AccessError):
                record.with_user(user).read(["prefix"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                record.with_user(user).action_revoke()
        for user in (self.user, self.stranger, self.foreign):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.feed.with_user(user).action_new_key()
            wizard = self.env["distributor.feed.key.new"].create(
                {"feed_id": self.feed.id, "name": "No"}
            )
            with self.subTest(user.login), self.assertRaises(AccessError):
                wizard.with_user(user).action_create_key()
        with self.assertRaises(AccessError):
            record.with_user(self.manager).write({"expires_on": False})
        self.assertEqual(
            self.feed.with_user(self.manager).action_new_key()["target"], "new"
        )
        self.feed.method = "upload"
        with self.assertRaises(UserError):
            self.feed.with_user(self.manager).action_new_key()
