"""Rules in the back office: trying them out, holds, copies, import, speed."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestRuleTrial(ReviewCommon):
    def _tried(self, action):
        """Orders that a trial opens, as far as the test made them."""
        if action["type"] == "ir.actions.client":
            self.assertIn("none", action["params"]["message"])
            return self.env["sale.order"]
        return self.env["sale.order"].search(action["domain"])

    def test_an_archived_rule_can_be_tried_on_open_orders(self):
        rule = self._rule(active=False).with_user(self.review_manager)
        held, fine = self._order(), self._order((self.display, 1))
        found = self._tried(rule.action_try_open())
        self.assertIn(held, found)
        self.assertNotIn(fine, found)
        # nothing is kept of it
        self.assertEqual(held.review_state, "clear")
        self.assertFalse(held.review_finding_ids)
        action = rule.action_try_open()
        self.assertIn(f"({len(found)})", action["name"])

    def test_a_rule_that_stops_nothing(self):
        rule = self._rule(active=False, max_quantity=10**9)
        self.assertFalse(self._tried(rule.action_try_open()))
        self.assertFalse(self._tried(rule.action_try_quarter()))

    def test_a_more_specific_rule_takes_its_place_in_the_trial_too(self):
        order = self._order()
        self._rule(max_quantity=50)
        rule = self._rule(active=False, product_ids=[], max_quantity=5)
        self.assertNotIn(order, self._tried(rule.action_try_open()))

    def test_what_was_decided_is_not_stopped(self):
        rule = self._rule(severity="approve")
        order = self._order()
        self.assertIn(order, self._tried(rule.action_try_open()))
        order.with_user(self.review_manager).action_review_decide("A fair")
        self.assertNotIn(order, self._tried(rule.action_try_open()))

    def _past(self, quantity, days_ago):
        order = self._order((self.display, quantity))
        order.action_confirm()
        self._backdate(order, days_ago)
        return order

    def test_confirmed_orders_of_the_past(self):
        old, recent, small = self._past(11, 60), self._past(11, 20), self._past(1, 20)
        rule = self._rule(active=False)
        month = self._tried(rule.action_try_month())
        self.assertEqual((old | recent | small) & month, recent)
        quarter = self._tried(rule.action_try_quarter())
        self.assertEqual((old | recent | small) & quarter, old | recent)

    def test_quota_of_the_past_counts_what_came_before(self):
        orders = [self._past(6, days) for days in (35, 28, 10, 5)]
        rule = self._rule(
            kind="quota",
            period="rolling",
            period_days=10,
            max_quantity=10,
            product_ids=[Command.set(self.display.ids)],
            active=False,
        )
        found = self._tried(rule.action_try_month())
        # 28 follows 35 within ten days; 10 stands alone; 5 follows 10
        self.assertEqual(
            [order in found for order in orders], [False, True, False, True]
        )

    def test_only_managers_try_rules(self):
        rule = self._rule().with_user(self.salesman_all)
        for method in ("action_try_open", "action_try_month", "action_try_quarter"):
            with self.assertRaises(AccessError):
                getattr(rule, method)()

    def test_number_of_orders_stopped(self):
        rule = self._rule()
        orders = self._order() | self._order()
        self.env.flush_all()
        self.assertEqual(rule.finding_count, 2)
        action = rule.with_user(self.review_manager).action_view_findings()
        findings = self.env["sale.review.finding"].search(action["domain"])
        self.assertEqual(findings.order_id, orders)


@tagged("post_install", "-at_install")
class TestRuleHolds(ReviewCommon):
    def _hold(self, record):
        action = record.with_user(self.review_manager).action_review_hold()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.review_manager)
            .with_context(**action["context"])
        )
        form.staff_message = "Recall of March"
        return form.save()

    def test_product(self):
        template = self.display.product_tmpl_id
        self.assertFalse(template.review_hold)
        rule = self._hold(template)
        self.assertRecordValues(
            rule,
            [{"kind": "product_hold", "severity": "block", "is_overridable": True}],
        )
        self.assertEqual(rule.product_tmpl_ids, template)
        template.invalidate_recordset()
        self.assertEqual(
            template.with_user(self.salesman).review_hold, "Recall of March"
        )
        self.assertEqual(self._order((self.display, 1)).review_state, "blocked")
        rule.date_end = "2040-05-01 12:00:00"
        template.invalidate_recordset()
        self.assertIn("until", template.review_hold)
        rule.date_end = "2020-05-01 12:00:00"
        template.invalidate_recordset()
        self.assertFalse(template.review_hold)

    def test_product_by_category_and_tag(self):
        parent = self.env["product.category"].create({"name": "All of it"})
        self.display.categ_id = self.env["product.category"].create(
            {"name": "Part", "parent_id": parent.id}
        )
        tag = self.env["product.tag"].create({"name": "Recalled"})
        self.lamp.product_tmpl_id.product_tag_ids = tag
        self._rule(kind="product_hold", categ_ids=[Command.set(parent.ids)])
        self._rule(kind="product_hold", product_tag_ids=[Command.set(tag.ids)])
        held = [p.product_tmpl_id.review_hold for p in (self.display, self.lamp)]
        self.assertTrue(all(held))
        self.assertFalse(self.service.product_tmpl_id.review_hold)

    def test_customer_and_his_contacts(self):
        rule = self._hold(self.customer)
        self.assertEqual(
            (rule.kind, rule.partner_ids), ("customer_hold", self.customer)
        )
        child = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        self.assertEqual(child.review_hold, "Recall of March")
        self.assertFalse(self.other_customer.review_hold)
        self.assertEqual(
            self._order((self.lamp, 1), partner_id=child.id).review_state, "blocked"
        )

    def test_only_managers_hold(self):
        for user in (self.salesman_all, self.billing):
            with self.assertRaises(AccessError):
                self.customer.with_user(user).action_review_hold()
            with self.assertRaises(AccessError):
                self.display.product_tmpl_id.with_user(user).action_review_hold()
        with self.assertRaises(AccessError):
            self.portal.partner_id.with_user(self.portal).action_review_hold()
        with self.assertRaises(AccessError):
            self.portal.partner_id.with_user(self.portal).read(["review_hold"])
