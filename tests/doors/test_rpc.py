"""Doors of other programs: each protocol answers with an error, never with success."""

import xmlrpc.client
from datetime import timedelta
from urllib.parse import urljoin

from odoo import fields
from odoo.tests import tagged

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

    def test_json2_context(self):
        self._rule()
        order = self._quotation(11)
        self._assert_refused(
            lambda: self._json2(
                order, "action_confirm", context={"skip_review": True, "su": True}
            )
        )
