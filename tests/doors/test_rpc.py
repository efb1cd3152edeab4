"""Doors of other programs: each protocol answers with an error, never with success."""

import xmlrpc.client
from datetime import timedelta
from urllib.parse import urljoin

from odoo import fields
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from odoo.addons.order_review.tests.doors import HttpDoorCase, Refused


@tagged("post_install", "-at_install")
class TestDoorsRpc(HttpDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = (
            cls.env["res.users.apikeys"]
            .with_user(cls.salesman_all)
            ._generate(None, "review", fields.Datetime.now() + timedelta(days=1))
        )

    def _execute(self, order, method, *args):
        return (
            self.env.cr.dbname,
            self.salesman_all.id,
            self.key,
            "sale.order",
            method,
            [order.ids, *args],
        )

    def _jsonrpc(self, order, method, *args):
        self.authenticate(None, None)
        return self._json(
            "/jsonrpc",
            service="object",
            method="execute_kw",
            args=self._execute(order, method, *args),
        )

    def _xmlrpc(self, order, method, *args):
        self.env.flush_all()
        try:
            return self.xmlrpc_object.execute_kw(*self._execute(order, method, *args))
        except xmlrpc.client.Fault as fault:
            raise Refused(fault.faultString) from fault
        finally:
            self.env.invalidate_all()

    def _json2(self, order, method, **kwargs):
        self.authenticate(None, None)
        self.env.flush_all()
        response = self.opener.post(
            urljoin(self.base_url(), f"/json/2/sale.order/{method}"),
            json={"ids": order.ids, **kwargs},
            headers={"Authorization": f"bearer {self.key}"},
            timeout=60,
        )
        self.env.invalidate_all()
        if not response.ok:
            raise Refused(response.json()["message"])
        return response.json()

    def test_jsonrpc_confirm(self):
        self._check_door(lambda order: self._jsonrpc(order, "action_confirm"))

    def test_jsonrpc_write(self):
        self._check_door(lambda order: self._jsonrpc(order, "write", {"state": "sale"}))

    def test_xmlrpc_confirm(self):
        self._check_door(lambda order: self._xmlrpc(order, "action_confirm"))

    def test_xmlrpc_write(self):
        self._check_door(lambda order: self._xmlrpc(order, "write", {"state": "sale"}))

    def test_json2_confirm(self):
        self._check_door(lambda order: self._json2(order, "action_confirm"))

    def test_json2_write(self):
        self._check_door(
            lambda order: self._json2(order, "write", vals={"state": "sale"})
        )

    # === SEVERAL AT ONCE === #

    def _several(self):
        self._rule()
        return self._quotation(3) | self._quotation(11) | self._quotation(4)

    def _check_each(self, orders, answer):
        held = orders[1]
        self.assertEqual(orders.mapped("state"), ["sale", "draft", "sale"])
        self.assertEqual(answer["confirmed"], [orders[0].id, orders[2].id])
        (refused,) = answer["held"]
        self.assertEqual((refused["id"], refused["name"]), (held.id, held.name))
        (reason,) = refused["reasons"]
        self.assertTrue(reason.startswith(self.SENTENCE), reason)

    def test_json2_confirm_is_all_or_nothing(self):
        """A program that knows nothing of rules is never told half a success."""
        orders = self._several()
        text = self._assert_refused(lambda: self._json2(orders, "action_confirm"))
        self.assertIn(orders[1].name, text)
        self.assertEqual(orders.mapped("state"), ["draft", "draft", "draft"])

    def test_json2_confirm_each(self):
        orders = self._several()
        self._check_each(orders, self._json2(orders, "review_confirm_each"))

    def test_xmlrpc_confirm_each(self):
        orders = self._several()
        self._check_each(orders, self._xmlrpc(orders, "review_confirm_each"))

    def test_confirm_each_without_a_rule(self):
        orders = self._quotation(11) | self._quotation(12)
        answer = self._json2(orders, "review_confirm_each")
        self.assertEqual(answer, {"confirmed": orders.ids, "held": []})

    def test_confirm_each_says_what_was_confirmed_before(self):
        orders = self._quotation(3) | self._quotation(4)
        orders[0].action_confirm()
        answer = self._json2(orders, "review_confirm_each")
        self.assertEqual(answer["confirmed"], orders[1].ids)
        (refused,) = answer["held"]
        self.assertEqual(refused["id"], orders[0].id)
        self.assertTrue(refused["reasons"][0])

    def test_confirm_each_of_a_quota(self):
        """The ones before use up what is left for the ones after."""
        self._rule(kind="quota", max_quantity=10, product_ids=self.display.ids)
        orders = self._quotation(6) | self._quotation(6) | self._quotation(4)
        answer = self._json2(orders, "review_confirm_each")
        self.assertEqual(answer["confirmed"], [orders[0].id, orders[2].id])
        self.assertIn("4 of 10 left", answer["held"][0]["reasons"][0])

    def test_confirm_each_asks_for_the_right_to_write(self):
        orders = self._quotation(3) | self._quotation(4)
        orders[1].user_id = self.salesman_all
        self.key = (
            self.env["res.users.apikeys"]
            .with_user(self.salesman)
            ._generate(None, "review", fields.Datetime.now() + timedelta(days=1))
        )
        with mute_logger("odoo.http"), self.assertRaises(Refused):
            self._json2(orders, "review_confirm_each")
        self.assertEqual(orders.mapped("state"), ["draft", "draft"])

    def test_json2_context(self):
        self._rule()
        order = self._quotation(11)
        self._assert_refused(
            lambda: self._json2(
                order, "action_confirm", context={"skip_review": True, "su": True}
            )
        )
