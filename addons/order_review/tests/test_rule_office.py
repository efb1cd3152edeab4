"""Rules in the back office: trying them out, holds, copies, import, speed."""

from datetime import timedelta

from odoo import Command, fields
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
        order.date_order = fields.Datetime.now() - timedelta(days=days_ago)
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


@tagged("post_install", "-at_install")
class TestRuleRecords(ReviewCommon):
    def test_copy(self):
        rule = self._rule(partner_ids=[Command.set(self.customer.ids)])
        copy = rule.with_user(self.review_manager).copy()
        self.assertEqual(copy.name, f"{rule.name} (copy)")
        self.assertEqual(copy.product_ids, rule.product_ids)
        self.assertEqual(copy.partner_ids, rule.partner_ids)
        self.assertEqual(rule.copy({"name": "Other"}).name, "Other")

    def test_archive_and_unarchive(self):
        rule = self._rule().with_user(self.review_manager)
        order = self._order()
        for method, state in (
            ("action_archive", "clear"),
            ("action_unarchive", "blocked"),
        ):
            getattr(rule, method)()
            order._review_touch()
            self.assertEqual(order.review_state, state)

    def test_changes_are_told_in_the_chatter(self):
        rule = self._rule()
        self.flush_tracking()
        rule.with_user(self.review_manager).write({"max_quantity": 99})
        self.flush_tracking()
        tracked = rule.message_ids[0].sudo().tracking_value_ids
        self.assertEqual(
            [(one.field_id.name, one.new_value_float) for one in tracked],
            [("max_quantity", 99)],
        )

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.flush()

    def test_import_and_export(self):
        self.env["ir.model.data"].create(
            {
                "module": "__test__",
                "name": "display",
                "model": "product.product",
                "res_id": self.display.id,
            }
        )
        importer = self._user(
            "importer", "order_review.group_review_manager,base.group_allow_export"
        )
        Rule = self.env["sale.review.rule"].with_user(importer)
        names = ["name", "kind", "severity", "max_quantity", "product_ids/id"]
        result = Rule.load(
            names,
            [
                [
                    "From a file",
                    "Maximum quantity per order",
                    "Hold",
                    "7",
                    "__test__.display",
                ],
                ["Another", "max_quantity", "block", "8", "__test__.display"],
            ],
        )
        self.assertFalse(result["messages"])
        rules = Rule.browse(result["ids"])
        self.assertRecordValues(
            rules,
            [
                {"severity": "approve", "max_quantity": 7},
                {"severity": "block", "max_quantity": 8},
            ],
        )
        self.assertEqual(rules.product_ids, self.display)
        rows = rules.export_data(names)["datas"]
        self.assertEqual(rows[0][0], "From a file")
        bad = Rule.load(names, [["Bad", "max_quantity", "block", "-7", ""]])
        self.assertFalse(bad["ids"])
        self.assertIn("negative", bad["messages"][0]["message"])

    def test_order_of_rules(self):
        late, early = self._rule(sequence=20), self._rule(sequence=5)
        order = self._order()
        self.assertEqual(order.review_finding_ids.rule_id, early | late)
        self.assertEqual(order.review_finding_ids[0].rule_id, early)

    def test_words(self):
        rule = self._rule(
            partner_ids=[Command.set(self.customer.ids)], is_overridable=True
        )
        for words in ("At most 10", "Review Display", "Ada Review", "can override"):
            self.assertIn(words, rule.description)


@tagged("post_install", "-at_install")
class TestRuleSpeed(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        product = {"product_ids": [Command.set(cls.display.ids)]}
        tag = cls.env["res.partner.category"].create({"name": "Any"})
        product_tag = cls.env["product.tag"].create({"name": "Any"})
        euro = cls.env.ref("base.EUR")
        euro.active = True
        for vals in (
            {"kind": "max_quantity"},
            {"kind": "quota", "max_quantity": 500, **product},
            {"kind": "quota", "max_quantity": 500, "quota_per": "commercial"},
            {
                "kind": "quota",
                "max_quantity": 9,
                "quantity_per": "scope",
                "uom_id": cls.dozen.id,
                "period": "rolling",
                **product,
            },
            {"kind": "product_hold", "product_tag_ids": [Command.set(product_tag.ids)]},
            {"kind": "customer_hold", "partner_category_ids": [Command.set(tag.ids)]},
            {"kind": "credit", "use_partner_limit": False, "credit_limit": 50},
            {"kind": "payment", "is_new_customer": True},
            {"kind": "amount", "amount_max": 100, "currency_id": euro.id},
            {"kind": "amount", "measure": "margin_percent", "amount_max": 10},
            {"kind": "amount", "measure": "untaxed", "amount_max": 10},
            {"kind": "amount", "measure": "discount", "amount_max": 10},
            {"kind": "domain", "domain": "[('amount_total', '>', 100)]"},
            {"kind": "domain", "domain": "[('date_order', '<', 'today -1d')]"},
            {"kind": "domain", "domain": "[('partner_id.country_id.code', '=', 'US')]"},
            {
                "kind": "domain",
                "domain": "[('discount', '>', 5)]",
                "domain_model": "sale.order.line",
            },
            {"kind": "multiple", "min_quantity": 3, **product},
            {
                "kind": "correction",
                "correction": "cap",
                "max_quantity": 400,
                **product,
            },
            {
                "kind": "max_quantity",
                "max_quantity": 1,
                "group_ids": [
                    Command.set(cls.env.ref("sales_team.group_sale_salesman").ids)
                ],
                **product,
            },
        ):
            cls._rule(**vals)

    def _orders(self, count):
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {n}"} for n in range(count)]
        )
        return self.env["sale.order"].create(
            [
                {
                    "partner_id": partner.id,
                    "order_line": [
                        self._line(self.display, 12),
                        self._line(self.lamp, 1),
                    ],
                }
                for partner in partners
            ]
        )

    def _queries(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        findings = self.env["sale.review.engine"]._evaluate(orders)
        self.assertTrue(findings)
        return self.cr.sql_log_count - start

    def test_statements_do_not_grow_with_the_orders(self):
        one, many = self._orders(1), self._orders(200)
        self._queries(one)  # fill the caches of the registry
        self.assertEqual(self._queries(one), self._queries(many))

    def test_judging_and_storing_many(self):
        many = self._orders(200)
        self.env.flush_all()
        many._review_touch()
        start = self.cr.sql_log_count
        self.env.flush_all()
        self.assertLess(self.cr.sql_log_count - start, 60)
        self.assertEqual(set(many.mapped("review_state")), {"blocked"})
