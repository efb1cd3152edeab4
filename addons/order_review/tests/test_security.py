"""What each role may see and do, through the same doors as a browser or a script."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_security import MODELS, SecurityCommon


@tagged("post_install", "-at_install")
class TestRights(SecurityCommon):
    def _orders_seen(self, user, model):
        """Of the two held orders, those whose records of a model a user finds."""
        orders = self.own | self.foreign
        Model = self.env[model].with_user(user)
        records = Model.search([("order_id", "in", orders.ids)])
        return records.sudo().order_id

    def test_who_sees_findings_decisions_and_corrections(self):
        both = self.own | self.foreign
        for model in (
            "sale.review.finding",
            "sale.review.decision",
            "sale.review.correction",
        ):
            for user, orders in (
                (self.salesman, self.own),
                (self.salesman_all, both),
                (self.sales_manager, both),
                (self.reviewer, both),
                (self.review_manager, both),
                (self.billing, both),
                (self.stock, both),
                (self.employee, both.browse()),
            ):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self._orders_seen(user, model), orders)
            for user in (self.portal, self.public):
                with self.subTest(model=model, user=user.login):
                    with self.assertRaises(AccessError):
                        self._orders_seen(user, model)

    def test_ledger_shows_what_orders_show(self):
        own = self._order((self.service, 1), user_id=self.salesman.id)
        own.action_confirm()
        self.env.flush_all()
        for user, count in (
            (self.salesman, 1),
            (self.salesman_all, 2),
            (self.review_manager, 2),
        ):
            ledger = self.env["sale.review.ledger"].with_user(user)
            found = ledger.search([("order_id", "in", (own | self.done).ids)])
            self.assertEqual(len(found), count, user.login)
        for user in (self.portal, self.public, self.employee, self.billing):
            with self.assertRaises(AccessError):
                self.env["sale.review.ledger"].with_user(user).search([])

    def test_only_managers_write_rules(self):
        for user in (
            self.public,
            self.portal,
            self.employee,
            self.billing,
            self.stock,
            self.salesman,
            self.salesman_all,
            self.sales_manager,
            self.reviewer,
        ):
            rule = self.rule.with_user(user)
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    rule.write({"active": False})
                with self.assertRaises(AccessError):
                    rule.copy()
                with self.assertRaises(AccessError):
                    rule.unlink()
                with self.assertRaises(AccessError):
                    rule.create({"name": "Mine", "max_quantity": 5})
                with self.assertRaises(AccessError):
                    rule.action_archive()
                with self.assertRaises(AccessError):
                    rule.action_try_open()
                with self.assertRaises(AccessError):
                    rule.message_post(body="Hello")
        rule = self.rule.with_user(self.review_manager)
        rule.write({"max_quantity": 12})
        rule.message_post(body="Raised")
        rule.action_try_open()

    def test_nobody_writes_what_the_engine_keeps(self):
        finding = self.own.review_finding_ids[:1]
        decision = self.own.review_decision_ids[:1]
        correction = self.own.review_correction_ids[:1]
        self.assertTrue(finding and decision and correction)
        for user in (self.salesman, self.salesman_all, self.review_manager):
            for record in (finding, decision, correction):
                record = record.with_user(user)
                with self.subTest(user=user.login, model=record._name):
                    values = {"order_id": self.done.id, "rule_id": self.rule.id}
                    with self.assertRaises(UserError):
                        record.write(values)
                    with self.assertRaises(AccessError):
                        record.create(values)
                    with self.assertRaises(AccessError):
                        record.unlink()

    def test_decisions_and_corrections_stay_even_for_the_system(self):
        with self.assertRaises(UserError):
            self.own.review_decision_ids.sudo().reason = "Another one"
        with self.assertRaises(UserError):
            self.own.review_decision_ids.sudo().unlink()
        with self.assertRaises(UserError):
            self.own.review_correction_ids.sudo().old_value = "9"

    def test_review_fields_of_orders_cannot_be_written(self):
        for user in (self.salesman_all, self.sales_manager, self.review_manager):
            order = self.foreign.with_user(user)
            for vals in (
                {"review_state": "clear"},
                {"review_finding_ids": [Command.clear()]},
                {"review_decision_ids": [Command.create({"rule_id": self.rule.id})]},
                {"review_parked_at": False},
                {"ordering_user_id": self.salesman.id},
            ):
                with self.subTest(user=user.login, vals=vals):
                    with self.assertRaises(AccessError):
                        order.write(vals)
                    with self.assertRaises(AccessError):
                        order.create({"partner_id": self.customer.id, **vals})

    def test_other_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Second company"})
        stranger = self._user(
            "stranger",
            "order_review.group_review_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        for model in MODELS[1:5]:
            found = self.env[model].with_user(stranger).search([])
            self.assertNotIn(self.env.company, found.sudo().company_id, model)
        rules = self.env["sale.review.rule"].with_user(stranger)
        self.assertNotIn(self.rule, rules.search([]))
        with self.assertRaises(AccessError):
            rules.browse(self.rule.id).max_quantity = 99
        self.rule.company_id = False
        self.assertIn(self.rule, rules.search([]))
        with self.assertRaises(AccessError):
            self.own.with_user(stranger).action_review_decide("Mine now")

    def test_findings_move_with_the_company_of_the_order(self):
        other = self.env["res.company"].create({"name": "Second company"})
        order = self._order()
        order.review_finding_ids.read(["company_id"])
        self.rule.company_id = False
        order.write(
            {
                "company_id": other.id,
                "warehouse_id": self.env["stock.warehouse"]
                .search([("company_id", "=", other.id)], limit=1)
                .id,
            }
        )
        self.env.flush_all()
        self.assertEqual(order.review_finding_ids.company_id, other)

    # === THE ORDER FORM === #

    def test_everybody_who_may_open_an_order_can(self):
        for user in (
            self.salesman,
            self.salesman_all,
            self.sales_manager,
            self.billing,
            self.stock,
            self.review_manager,
        ):
            order = self.own.with_user(user)
            with self.subTest(user=user.login):
                view = order.get_views([(False, "form"), (False, "list")])
                shown = view["models"]["sale.order"]["fields"]
                arch = view["views"]["form"]["arch"]
                spec = {name: {} for name in shown if f'name="{name}"' in arch}
                rule = {"rule_id": {"fields": {"display_name": {}}}}
                for name in spec:
                    if name.startswith("review_") and name.endswith("_ids"):
                        spec[name] = {"fields": rule}
                (values,) = order.web_read(spec)
                self.assertEqual(values["review_state"], "blocked")
                self.assertTrue(values["review_finding_ids"])

    # === DECIDING === #

    def _decide_as(self, user, order, reason="It is a fair"):
        order.with_user(user).action_review_decide(reason)
        return order.review_decision_ids[:1]

    def test_who_may_override(self):
        for user in (
            self.public,
            self.portal,
            self.employee,
            self.stock,
            self.billing,
            self.salesman,
            self.salesman_all,
            self.sales_manager,
            self.reviewer,
        ):
            order = self._order(user_id=self.salesman.id)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._decide_as(user, order)
            self.assertFalse(order.review_decision_ids)
        decision = self._decide_as(self.review_manager, self._order())
        self.assertRecordValues(
            decision,
            [{"action": "override", "user_id": self.review_manager.id, "asked": 11}],
        )

    def test_a_named_group_may_override_and_no_other(self):
        self.rule.override_group_id = self.env.ref("sales_team.group_sale_manager")
        with self.assertRaises(AccessError):
            self._decide_as(self.review_manager, self._order())
        self.assertTrue(self._decide_as(self.sales_manager, self._order()))

    def test_nobody_overrides_a_hard_block(self):
        self.rule.is_overridable = False
        with self.assertRaises(AccessError):
            self._decide_as(self.review_manager, self._order())

    def test_a_salesperson_acknowledges_warnings_of_orders_he_may_edit(self):
        self.rule.severity = "warn"
        order = self._order(user_id=self.salesman.id)
        self.assertEqual(
            self._decide_as(self.salesman, order, None).action, "acknowledge"
        )
        with self.assertRaises(AccessError):
            self._decide_as(self.salesman, self._order(user_id=self.salesman_all.id))
        with self.assertRaises(AccessError):
            self._decide_as(self.portal, self.portal_order)

    def test_asking_for_a_release_needs_the_right_to_edit(self):
        for user in (self.portal, self.public, self.employee, self.salesman):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.foreign.with_user(user).action_review_request()
        self.assertFalse(self.foreign.review_parked_at)

    # === THE DIALOG === #

    def test_dialog_of_somebody_else(self):
        dialog = (
            self.env["sale.review.decide"]
            .with_user(self.review_manager)
            .create({"order_id": self.own.id, "reason": "A fair"})
        )
        for user in (self.salesman, self.salesman_all, self.employee, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                dialog.with_user(user).action_decide()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                dialog.with_user(user).read(["reason"])

    def test_dialog_gives_no_rights(self):
        for user, order in (
            (self.salesman, self.own),
            (self.salesman_all, self.own),
            (self.salesman, self.foreign),
        ):
            dialogs = self.env["sale.review.decide"].with_user(user)
            dialog = dialogs.create({"order_id": order.id, "reason": "Please"})
            before = order.review_decision_ids
            for method in ("action_decide", "action_decide_confirm"):
                with self.assertRaises(AccessError):
                    getattr(dialog, method)()
            self.assertEqual(order.review_decision_ids, before)
            self.assertEqual(order.state, "draft")
