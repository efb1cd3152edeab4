"""The same rights by RPC, where no screen hides a button."""

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_security import MODELS, SecurityCommon


@tagged("post_install", "-at_install")
class TestRightsByRpc(SecurityCommon, HttpCase):
    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def _refused(self, model, method, *args, **kwargs):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException, msg=method):
            self._call(model, method, *args, **kwargs)

    def _check_no_way(self):
        """Nothing that changes a verdict can be called."""
        finding = self.foreign.review_finding_ids[:1]
        decision = self.foreign.review_decision_ids[:1]
        order_id = self.foreign.id
        for model, record in (
            ("sale.review.rule", self.rule),
            ("sale.review.finding", finding),
            ("sale.review.decision", decision),
        ):
            self._refused(model, "write", record.ids, {"rule_id": 1, "active": False})
            self._refused(model, "unlink", record.ids)
            self._refused(model, "create", [{"order_id": order_id, "name": "x"}])
        for method in (
            "action_confirm",
            "action_review_confirm",
            "action_review_decide",
            "action_review_request",
        ):
            self._refused("sale.order", method, [order_id])
        for method in (
            "_review_park",
            "_review_apply",
            "_review_decide",
            "_review_unpark",
            "_cron_review_refresh",
        ):
            self._refused("sale.order", method, [order_id])
        self._refused("sale.order", "write", [order_id], {"review_state": "clear"})
        self._refused("sale.order", "write", [order_id], {"state": "sale"})
        self._refused("sale.review.engine", "_judge", [order_id])
        self._refused("sale.review.rule", "_rules_changed")
        self._refused("sale.review.rule", "action_try_open", self.rule.ids)
        self._refused("sale.review.lock", "search_read", [])
        self.assertEqual(self.foreign.state, "draft")
        self.assertEqual(self.foreign.review_state, "blocked")

    def test_portal(self):
        self.authenticate("review_portal", "review_portal")
        self._check_no_way()
        for model in MODELS:
            self._refused(model, "search_read", [])
        self._refused("sale.order", "action_review_open", [self.foreign.id])

    def test_salesman(self):
        self.authenticate("review_salesman", "review_salesman")
        self._check_no_way()
        self._refused("sale.order", "action_review_open", [self.foreign.id])
        found = self._call("sale.review.finding", "search_read", [], ["order_id"])
        self.assertEqual({one["order_id"][0] for one in found}, {self.own.id})

    def test_employee(self):
        self.authenticate("review_employee", "review_employee")
        self._check_no_way()
        self.assertEqual(self._call("sale.review.finding", "search_read", []), [])

    def test_nobody_logged_in(self):
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self._call("sale.review.finding", "search_read", [])

    def test_manager_decides(self):
        self.authenticate("review_manager", "review_manager")
        order = self._order(user_id=self.salesman.id)
        self.env.flush_all()
        self._refused("sale.order", "action_review_decide", [order.id])  # no reason
        self._call("sale.order", "action_review_decide", [order.id], "A fair")
        self.assertEqual(order.review_state, "clear")
        self.assertEqual(order.review_decision_ids.user_id, self.review_manager)
