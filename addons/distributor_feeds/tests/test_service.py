"""Services of distributors: set up, asked, remembered, left alone."""

import json
import time
from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .. import live
from ..rehearsal import RehearsalDistributor
from ..transport import Policy
from .common_promise import PromiseCase
from .live_servers import stock

SOAP = (
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
    ' xmlns:r="urn:rehearsal:stock"><s:Body>'
    "<r:GetStock>{lines}</r:GetStock></s:Body></s:Envelope>"
)


@tagged("post_install", "-at_install")
class TestService(PromiseCase):
    def setUp(self):
        super().setUp()
        self.product = self._product(default_code="A1")
        self.offer = self._offered(self.product, 10)

    def _told(self):
        return self.product._promises()[self.product.id]

    def _ask(self, **values):
        return self.env["distributor.service"]._ask_services(self.product, **values)

    def test_an_answer_counts_more_than_the_feed(self):
        server = self._server(lambda handler: stock(handler, quantity=3))
        service = self._service(server.url)
        self.assertEqual(self._told().most.quantity, 10)
        self.assertEqual(self._ask()[service.id].status, "live")
        told = self._told()
        self.assertEqual((told.most.quantity, told.live), (3, True))
        self.assertEqual(told.promise.date, self.today + timedelta(days=3))
        self._ask()
        self.assertEqual(len(server.seen), 1, "the second time it was remembered")
        self.assertEqual(server.seen[0].headers["Authorization"], "Bearer s3cr3t-t0ken")

    def test_sold_out_a_moment_ago(self):
        server = self._server(lambda handler: stock(handler, quantity=0))
        self._service(server.url)
        self._ask()
        self.assertEqual(self._told().promise.state, "unavailable")

    def test_without_an_answer_the_feed_counts(self):
        server = self._server(lambda handler: handler.send(b"", status=500))
        service = self._service(server.url)
        self.assertEqual(self._ask()[service.id].status, "error")
        self.assertEqual((self._told().most.quantity, self._told().live), (10, False))

    def test_nobody_waits_longer_than_the_deadline(self):
        server = self._server(lambda handler: stock(handler, seconds=2))
        service = self._service(server.url)
        start = time.monotonic()
        self.assertEqual(self._ask(deadline=0.2)[service.id].status, "timeout")
        self.assertLess(time.monotonic() - start, 0.5)

    def test_left_alone_after_failures(self):
        server = self._server(lambda handler: handler.send(b"", status=500))
        service = self._service(server.url)
        shared = []
        with patch.object(
            type(service),
            "_share_breakers",
            lambda self, breakers, before: shared.append(
                breakers.dump().get(str(service.id))
            ),
        ):
            for _turn in range(3):
                self._ask()
            self.assertEqual(self._ask()[service.id].status, "open")
        self.assertEqual(len(server.seen), 3)
        service.breaker = shared[-1]
        self.assertEqual(service.breaker_state, "open")
        # another process reads it from the service and does not even try
        memory = live.memory_of(self.env.cr.dbname)
        memory.breakers.record(service.id, True)
        self.assertEqual(self._ask()[service.id].status, "open")
        # new settings start anew
        service.options = service.options + " "
        self.assertEqual(service.breaker_state, "closed")
        self.assertEqual(self._ask()[service.id].status, "error")

    def test_other_companies_services(self):
        server = self._server(stock)
        other = self.env["res.company"].create({"name": "Other"})
        self._service(server.url, account=self.account.copy({"company_id": other.id}))
        self.assertEqual(self._ask(), {})
        self.assertFalse(server.seen)

    def test_ask_now(self):
        server = self._server(lambda handler: stock(handler, quantity=12))
        service = self._service(server.url, try_code="A1")
        service.breaker = [3, time.time(), None]
        service.action_ask_now()
        self.assertEqual(service.try_state, "live")
        self.assertIn("12 in stock", service.try_answer)
        self.assertIn("2.5 EUR", service.try_answer)
        self.assertEqual(service.breaker_state, "closed")
        server.answer = lambda handler: handler.send(b"", status=403)
        service.action_ask_now()
        self.assertEqual((service.try_state, service.try_answer), ("login", ""))
        service.try_code = False
        with self.assertRaisesRegex(UserError, "Enter a code"):
            service.action_ask_now()

    def test_rehearsal_distributor_speaks_json_and_soap(self):
        rehearsal = self.enterContext(RehearsalDistributor(count=20, formats=("csv",)))
        policy = Policy(allowed_hosts=("localhost",), ca_file=rehearsal.ca_file)
        self.enterContext(
            patch.object(
                type(self.env["distributor.feed"]), "_policy", lambda self: policy
            )
        )
        spoken = self._service(
            rehearsal.api_url,
            options=self.env["distributor.service"].default_get(["options"])["options"],
            secret=rehearsal.token,
            try_code="RD0000001",
        )
        soap = self._service(
            rehearsal.soap_url,
            adapter="xml",
            method="POST",
            secret=f"{rehearsal.user}:{rehearsal.password}",
            try_code="RD0000001",
            options=json.dumps(
                {
                    "auth": "basic",
                    "batch": 50,
                    "rows": "Body.GetStockResponse.item",
                    "body": SOAP,
                    "line": "<r:code>{code}</r:code>",
                    "fields": {"code": "code", "quantity": "stock"},
                }
            ),
        )
        (spoken + soap).action_ask_now()
        self.assertEqual(spoken.try_state, "live")
        self.assertEqual(soap.try_state, "live")
        self.assertIn(soap.try_answer, spoken.try_answer)
        for mood in ("errors", "garbage", "dead"):
            rehearsal.misbehave(api_mood=mood)
            spoken.action_ask_now()
            self.assertIn(spoken.try_state, ("server", "content", "connection"), mood)

    def test_bad_settings(self):
        for values, message in (
            ({"url": "ftp://example.com"}, "whole address"),
            ({"url": "https://[broken"}, "whole address"),
            ({"url": "https://user:pw@example.com"}, "as the key"),
            ({"options": "{"}, "no JSON"),
            ({"options": "[]"}, "curly brackets"),
            ({"options": '{"fields": {"code": "x"}}'}, "quantity or the price"),
            ({"options": '{"fields": {"quantity": 1}}'}, "is a text"),
            ({"options": '{"colour": 1, "fields": {"quantity": "x"}}'}, "no option"),
            (
                {"options": '{"batch": true, "fields": {"quantity": "x"}}'},
                "whole number",
            ),
            (
                {"options": '{"query": [], "fields": {"quantity": "x"}}'},
                "curly brackets",
            ),
            ({"options": '{"match": "x", "fields": {"quantity": "x"}}'}, "gtin"),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, message),
            ):
                self._service(**{"url": "https://example.com", **values})

    def test_the_key_is_written_and_never_read(self):
        service = self._service("https://example.com/stock")
        self.assertTrue(service.has_secret)
        self.assertFalse(service.secret)
        self.assertEqual(service._secrets(), {service.id: "s3cr3t-t0ken"})
        service.write({"name": "Renamed", "secret": False})
        self.assertTrue(service.has_secret)
        service.action_forget_secret()
        service.invalidate_recordset()
        self.assertFalse(service.has_secret)
        service.secret = "again"
        service.unlink()
        self.assertFalse(
            self.env["distributor.secret"].search(
                [("res_model", "=", "distributor.service")]
            )
        )

    def test_roles_and_companies(self):
        service = self._service("https://example.com/stock", try_code="A1")
        user = new_test_user(
            self.env, "promise_user", groups="distributor_feeds.group_feed_user"
        )
        manager = new_test_user(
            self.env, "promise_manager", groups="distributor_feeds.group_feed_manager"
        )
        stranger = new_test_user(self.env, "promise_stranger", groups="base.group_user")
        self.assertEqual(service.with_user(user).name, "Stock now")
        self.assertFalse(service.with_user(manager).secret)
        for call in ("action_ask_now", "action_forget_secret"):
            with self.subTest(call=call), self.assertRaises(AccessError):
                getattr(service.with_user(user), call)()
        with self.assertRaises(AccessError):
            service.with_user(stranger).read(["name"])
        service.with_user(manager).name = "Mine"
        other = self.env["res.company"].create({"name": "Other"})
        manager.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            service.with_user(manager).read(["name"])
