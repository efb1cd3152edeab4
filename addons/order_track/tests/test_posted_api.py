"""What a distributor's system posts, over real HTTP."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..controllers import posting_api
from .common_posted import PostedCommon


@tagged("post_install", "-at_install")
class TestPostedApi(PostedCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._employee("po_boss", "trade_network.group_trade_manager")
        cls.key = cls._new_key(cls.mills)
        cls.other_key = cls._new_key(cls.alto)

    @classmethod
    def _new_key(cls, distributor, **values):
        wizard = (
            cls.env["track.key.new"]
            .with_user(cls.manager)
            .create({"distributor_id": distributor.id, "name": "ERP", **values})
        )
        return wizard.action_create_key()["context"]["default_key"]

    def _key_record(self, text):
        return self.env["track.key"].search(
            [("prefix", "=", "_".join(text.split("_")[:2]))]
        )

    def _send(self, records, kind="order", key=None, raw=None, **headers):
        return self.url_open(
            f"/track/api/v1/{kind}",
            data=raw if raw is not None else json.dumps({"records": records}),
            headers={
                "Authorization": f"Bearer {key or self.key}",
                "Content-Type": "application/json",
                **headers,
            },
            method="POST",
        )

    def _results(self, records, kind="order", key=None):
        answer = self._send(records, kind, key)
        self.assertEqual(answer.status_code, 200, answer.text)
        return [
            (one["external_ref"], one["result"], one.get("reason"))
            for one in answer.json()["results"]
        ]

    def _get(self, refs, kind="order", key=None):
        query = "&".join(f"external_ref={ref}" for ref in refs)
        return self.url_open(
            f"/track/api/v1/{kind}?{query}",
            headers={"Authorization": f"Bearer {key or self.key}"},
        )

    def _assert_problem(self, answer, status, code):
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertEqual(answer.json()["error"]["code"], code)
        self.assertTrue(answer.json()["error"]["message"])

    def test_created_updated_unchanged_rejected(self):
        order = {
            "external_ref": "1",
            "account_number": "DC14",
            "ordered_on": "2026-03-04",
            "lines": [{"item_code": "A", "quantity": 2.5}, {"item_code": "B"}],
        }
        self.assertEqual(self._results([order]), [("1", "created", None)])
        self.assertEqual(self._results([order]), [("1", "unchanged", None)])
        found = self._found("order", "1")
        self.assertEqual(found.line_ids.mapped("quantity"), [2.5, 0])
        self.assertEqual(found.showroom_id, self.center)
        self.assertEqual(
            self._results(
                [
                    {"external_ref": "1", "status": "shipped"},
                    {"external_ref": "2", "account_number": "A-1014"},
                    {"external_ref": "3", "account_number": "DC14", "price": 1},
                    {"account_number": "DC14"},
                    "text",
                    {"external_ref": "5", "status": "open"},
                    {"external_ref": "6", "account_number": "DC14", "lines": 5},
                    {"external_ref": "7", "account_number": "DC14",
                     "lines": [{"item_code": "A", "quantity": -1}]},
                ]
            ),
            [
                ("1", "updated", None),
                ("2", "rejected", "unknown_account"),
                ("3", "rejected", "strange"),
                (None, "rejected", "no_ref"),
                (None, "rejected", "no_record"),
                ("5", "rejected", "no_account"),
                ("6", "rejected", "no_children"),
                ("7", "rejected", "negative"),
            ],
        )  # fmt: skip
        found.invalidate_recordset()
        self.assertEqual((found.status, len(found.line_ids)), ("shipped", 2))
        self._results([{"external_ref": "1", "lines": []}])
        found.invalidate_recordset()
        self.assertFalse(found.line_ids)

    def test_one_posting_a_day(self):
        order = {"external_ref": "1", "account_number": "DC14"}
        self._results([order])
        self._results([{**order, "sidemark": "x"}, {"external_ref": "2"}])
        post = self.env["track.post"].search(
            [("key_id.distributor_id", "=", self.mills.id)]
        )
        self.assertEqual(
            (post.source, post.state, post.rows, post.created, post.changed,
             post.rejected),
            ("api", "done", 3, 1, 1, 1),
        )  # fmt: skip

    def test_records_of_another_distributor(self):
        order = {"external_ref": "1", "account_number": "DC14", "sidemark": "Secret"}
        self._results([order])
        self.assertEqual(self._get(["1"]).json()["records"][0]["sidemark"], "Secret")
        self.assertEqual(self._get(["1"], key=self.other_key).json(), {"records": []})
        self.assertEqual(
            self._results([{"external_ref": "1", "sidemark": "x"}], key=self.other_key),
            [("1", "rejected", "no_account")],
        )
        self.assertEqual(
            self._results(
                [{"external_ref": "1", "account_number": "A-1014"}], key=self.other_key
            ),
            [("1", "created", None)],
        )
        self.assertEqual(self._found("order", "1").sidemark, "Secret")

    def test_read_back(self):
        self._results(
            [{"external_ref": "1", "account_number": "DC14", "ordered_on": "2026-03-04",
              "lines": [{"item_code": "A", "quantity": 2}]}]
        )  # fmt: skip
        (record,) = self._get(["1", "nothing"]).json()["records"]
        self.assertEqual(record["ordered_on"], "2026-03-04")
        self.assertEqual(record["lines"][0]["quantity"], 2)
        self._assert_problem(self._get([]), 400, "refs")
        self._assert_problem(self._get(["x"] * 201), 400, "refs")

    def test_keys(self):
        self._assert_problem(
            self._send([], key="otk_000000000000_x"), 401, "unauthorized"
        )
        self._assert_problem(self._send([], key=self.key[:-1]), 401, "unauthorized")
        self._assert_problem(self._send([], kind="nothing"), 404, "not_found")
        narrow = self._new_key(self.mills, kinds="freight, product")
        self._assert_problem(self._send([], key=narrow), 404, "not_found")
        self._assert_problem(self._get(["1"], key=narrow), 404, "not_found")
        self.assertEqual(
            self._results(
                [{"external_ref": "F", "account_number": "DC14"}], "freight", narrow
            ),
            [("F", "created", None)],
        )
        record = self._key_record(self.key)
        record.expires_on = fields.Date.today() - timedelta(days=1)
        self._assert_problem(self._send([]), 401, "unauthorized")
        record.expires_on = False
        for user in (
            self.desk,
            self.clerk,
            self._employee("po_u", "trade_network.group_trade_user"),
        ):
            with self.assertRaises(AccessError):
                self._call(user, record, "action_revoke")
        self._call(self.manager, record, "action_revoke")
        self._assert_problem(self._send([]), 401, "unauthorized")

    def test_a_key_is_stored_nowhere(self):
        self.env.flush_all()
        for table in ("track_key", "track_key_new"):
            self.env.cr.execute(f"SELECT t::text FROM {table} t")
            stored = " ".join(row[0] for row in self.env.cr.fetchall())
            self.assertNotIn(self.key.rpartition("_")[2], stored)

    def test_bodies_that_are_none(self):
        for raw, status, code in (
            (b"", 400, "json"), (b"{", 400, "json"), (b"\xff", 400, "json"),
            (b"[" * 100_000, 400, "json"), (b"{}", 400, "records"),
            (b"[]", 400, "records"), (b'{"records": 5}', 400, "records"),
        ):  # fmt: skip
            with self.subTest(raw[:20]):
                self._assert_problem(self._send(None, raw=raw), status, code)
        self._assert_problem(self._send([{}] * 1001), 413, "too_many")
        routing = posting_api.PostingApi.post.original_routing
        with patch.dict(routing, max_content_length=10):
            self.env.registry.clear_cache("routing")
            answer = self._send([{"external_ref": "1"}])
        self.env.registry.clear_cache("routing")
        self.assertEqual(answer.status_code, 413, answer.text)

    def test_strange_values(self):
        records = [
            {"external_ref": "1", "account_number": "DC14", "sidemark": value}
            for value in ({"a": 1}, "x" * 300, "nul\0", ["x"], "'; DROP TABLE x; --")
        ]
        for at, record in enumerate(records):
            record["external_ref"] = str(at)
        results = self._results(records)
        self.assertEqual(
            [one[1] for one in results],
            ["created", "rejected", "rejected", "created", "created"],
        )
        self.assertEqual(self._found("order", "4").sidemark, "'; DROP TABLE x; --")

    def test_stock_without_the_subscription(self):
        record = {"item_code": "A", "on_hand": 5}
        self._assert_problem(self._send([record], "stock"), 403, "no_subscription")
        self._assert_problem(self._get(["A"], "stock"), 403, "no_subscription")
        self._open_inventory(self.mills)
        self.assertEqual(self._results([record], "stock"), [("A", "created", None)])
        self.assertEqual(self._get(["A"], "stock").json()["records"][0]["on_hand"], 5)
        self._assert_problem(
            self._send([record], "stock", self.other_key), 403, "no_subscription"
        )

    def test_too_many_requests(self):
        with patch.object(posting_api, "MAX_A_MINUTE", 2):
            order = {"external_ref": "1", "account_number": "DC14"}
            self._results([order])
            self._results([order])
            answer = self._send([order])
        # the minute may have changed meanwhile
        if answer.status_code != 200:
            self._assert_problem(answer, 429, "too_many_requests")
            self.assertTrue(answer.headers["Retry-After"])

    def test_keys_of_kinds_there_are_not(self):
        with self.assertRaises(UserError):
            self._new_key(self.mills, kinds="order,nothing")
