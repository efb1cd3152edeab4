"""What nobody may release: no way is offered that leads nowhere."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_shop import ShopCommon
from .doors import HttpDoorCase, Refused


@tagged("post_install", "-at_install")
class TestHardBlocks(HttpDoorCase):
    def _dialog(self, order, user):
        action = order.with_user(user).action_review_open()
        return Form(
            self.env[action["res_model"]]
            .with_user(user)
            .with_context(**action["context"])
        )

    def _flags(self, order, user):
        dialog = self._dialog(order, user)
        return {
            name: dialog[name]
            for name in ("can_request", "can_decide", "can_confirm", "must_mend")
        }

    def test_dialog_offers_what_leads_somewhere(self):
        rule = self._rule()
        order = self._order()
        for severity, overridable, expected in (
            # (can ask, must mend) for a salesman, then (can decide) for a manager
            ("block", False, (False, True, False)),
            ("block", True, (True, False, True)),
            ("approve", False, (True, False, True)),
            ("warn", False, (False, False, True)),
        ):
            rule.write({"severity": severity, "is_overridable": overridable})
            order._review_touch()
            sales = self._flags(order, self.salesman_all)
            manager = self._flags(order, self.review_manager)
            self.assertEqual(
                (sales["can_request"], sales["must_mend"], manager["can_decide"]),
                expected,
                (severity, overridable),
            )
            self.assertFalse(manager["can_request"], "a manager asks nobody")

    def test_a_part_that_can_be_released(self):
        self._rule()
        self._rule(kind="amount", measure="total", amount_max=50, severity="approve")
        flags = self._flags(self._order(), self.salesman_all)
        self.assertTrue(flags["can_request"])
        self.assertTrue(flags["must_mend"])

    def test_asking_is_refused_with_what_to_do(self):
        self._rule()
        order = self._order()
        self._login(self.salesman_all)
        with mute_logger("odoo.http"), self.assertRaises(Refused) as refusal:
            self._call("sale.order", "action_review_request", order.ids)
        self.assertIn("Change the order, then confirm it", str(refusal.exception))
        self.assertIn(self.SENTENCE, str(refusal.exception))
        self.assertFalse(order.review_parked_at)
        self.assertFalse(self._activities(order))

    def test_one_that_cannot_be_released_stops_the_whole_call(self):
        self._rule()
        self._rule(
            severity="approve", product_ids=[Command.set(self.lamp.ids)], max_quantity=1
        )
        orders = self._order((self.lamp, 2)) | self._order()
        with self.assertRaises(UserError):
            orders.with_user(self.salesman_all).action_review_request()
        self.assertFalse(any(orders.mapped("review_parked_at")))

    def test_the_manager_is_told_that_nobody_can(self):
        self._rule()
        order = self._order()
        with self.assertRaises(AccessError) as refusal:
            order.with_user(self.review_manager).action_review_decide("Please")
        self.assertIn("Nobody can release", str(refusal.exception))

    def test_a_rule_that_could_not_be_checked(self):
        rule = self._rule(
            kind="domain", domain_model="sale.order", domain="[('name', '!=', False)]"
        )
        rule.write({"severity": "approve"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_review_rule SET domain = %s WHERE id = %s",
            ("[('gone', '=', 1)]", rule.id),
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        with mute_logger("odoo.addons.order_review.models.sale_review_rule_compile"):
            flags = self._flags(self._order(), self.salesman_all)
        self.assertFalse(flags["can_request"])
        self.assertTrue(flags["must_mend"])

    def test_confirmed_and_cancelled_orders_have_no_state(self):
        done, gone = self._order(), self._order()
        done.action_confirm()
        gone._action_cancel()
        self._rule(severity="approve")
        for order in (done, gone):
            for method in ("action_review_request", "action_review_decide"):
                getattr(order.with_user(self.review_manager), method)()
                self.assertEqual(order.review_state, "clear")
                self.assertFalse(order.review_parked_at)
                self.assertFalse(order.review_decision_ids)
            self.assertFalse(order._review_held())
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(order.review_state, "clear")
            self.assertFalse(order.review_finding_ids)


@tagged("post_install", "-at_install")
class TestHardBlocksInTheShop(ShopCommon):
    def test_cart_is_mended_not_sent(self):
        self._rule()
        order = self._fill_cart()
        for url in ("/shop/cart", "/shop/checkout", "/shop/payment"):
            page = self._page(url)
            self.assertIn("at most 10 per order", self._box(page), url)
            self.assertNotIn("Send for approval", self._text(page), url)
            self.assertFalse(page.xpath("//*[@name='review_request']"), url)
        self._post("/shop/review/request", page)
        self.env.invalidate_all()
        self.assertFalse(order.review_parked_at)
        self.assertEqual(order.state, "draft")
