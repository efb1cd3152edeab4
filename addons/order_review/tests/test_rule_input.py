"""What may be saved as a rule: nonsense is refused with the reason."""

from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestRuleInput(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kilo = cls.env.ref("uom.product_uom_kgm")
        cls.cheese = cls.env["product.product"].create(
            cls._product_vals("Review Cheese", uom_id=cls.kilo.id)
        )

    def _refused(self, reason, **vals):
        with self._refusal(reason):
            self._rule(**vals)

    @contextmanager
    def _refusal(self, reason):
        with self.assertRaises(ValidationError) as refusal:
            yield
        self.assertIn(reason, str(refusal.exception))

    def test_dates(self):
        self._refused(
            "ends before it starts",
            date_start="2026-05-02 00:00:00",
            date_end="2026-05-01 00:00:00",
        )

    def test_negative_limits(self):
        for kind, vals in (
            ("max_quantity", {"max_quantity": -1}),
            ("multiple", {"min_quantity": -1}),
            ("multiple", {"multiple_quantity": -1}),
            ("credit", {"credit_limit": -1}),
            ("amount", {"amount_max": -1}),
            (
                "amount",
                {"has_amount_max": False, "has_amount_min": True, "amount_min": -1},
            ),
        ):
            self._refused("cannot be negative", kind=kind, **vals)

    def test_a_margin_may_be_negative(self):
        self._rule(
            kind="amount",
            measure="margin",
            has_amount_max=False,
            has_amount_min=True,
            amount_min=-5,
        )

    def test_numbers_that_are_none(self):
        for number in (float("nan"), float("inf"), float("-inf")):
            for kind, field in (
                ("max_quantity", "max_quantity"),
                ("multiple", "multiple_quantity"),
                ("credit", "credit_limit"),
                ("payment", "payment_percent"),
                ("amount", "amount_max"),
            ):
                self._refused("is no number", kind=kind, **{field: number})

    def test_percentages(self):
        for percent in (0, -5, 101):
            self._refused("at most 100 %", kind="payment", payment_percent=percent)
            if percent:
                self._refused(
                    "between 0 and 100",
                    kind="amount",
                    measure="discount",
                    amount_max=percent,
                )

    def test_quota_without_days(self):
        for days in (0, -3, 4000):
            self._refused(
                "number of days", kind="quota", period="rolling", period_days=days
            )
        quota = self._rule(kind="quota", period_days=0, max_quantity=5)
        with self._refusal("number of days"):
            quota.period = "rolling"

    def test_quota_of_nobody(self):
        self._refused("for whom", kind="quota", quota_per=False)
        self._refused("for which period", kind="quota", period=False)

    def test_amount_without_limit_or_upside_down(self):
        self._refused("upper or a lower limit", kind="amount", has_amount_max=False)
        self._refused(
            "above its upper limit",
            kind="amount",
            amount_max=5,
            has_amount_min=True,
            amount_min=6,
        )

    def test_minimum_and_pack_without_either(self):
        self._refused("minimum quantity or a pack", kind="multiple")
        self._refused(
            "minimum quantity or a pack", kind="correction", correction="round"
        )
        rule = self._rule(kind="correction", correction="round", min_quantity=5)
        with self._refusal("minimum quantity or a pack"):
            rule.min_quantity = 0

    def test_correction_without_its_target(self):
        for correction in (False, "replace", "add", "carrier"):
            self._refused("with what", kind="correction", correction=correction)

    def test_a_hold_of_everything(self):
        self._refused("would hold every order", kind="product_hold")
        self._refused("would hold every order", kind="customer_hold")
        self._rule(kind="product_hold", partner_ids=[Command.set(self.customer.ids)])

    # === UNITS === #

    def test_several_products_need_a_unit(self):
        self._refused("in one unit", quantity_per="scope")
        self._rule(quantity_per="scope", uom_id=self.dozen.id)

    def test_unit_of_another_kind(self):
        unit = {"kind": "max_quantity", "uom_id": self.dozen.id}
        tag = self.env["product.tag"].create({"name": "Dairy"})
        category = self.env["product.category"].create({"name": "Dairy"})
        below = self.env["product.category"].create(
            {"name": "Cheese", "parent_id": category.id}
        )
        self.cheese.categ_id = below
        self.cheese.product_tmpl_id.product_tag_ids = tag
        for scope in (
            {"product_ids": [Command.set(self.cheese.ids)]},
            {"product_tmpl_ids": [Command.set(self.cheese.product_tmpl_id.ids)]},
            {"categ_ids": [Command.set(category.ids)]},
            {"product_tag_ids": [Command.set(tag.ids)]},
        ):
            self._refused("Review Cheese", **{"product_ids": [], **scope, **unit})
        rule = self._rule(categ_ids=[Command.set(category.ids)], product_ids=[])
        with self._refusal("cannot be converted"):
            rule.uom_id = self.dozen

    def test_a_rule_on_all_products_counts_those_it_can_measure(self):
        self._rule(product_ids=[], max_quantity=1, uom_id=self.dozen.id)
        self.assertEqual(self._order((self.cheese, 500)).review_state, "clear")
        self.assertEqual(self._order((self.display, 13)).review_state, "blocked")

    def test_fields_of_another_kind_do_not_matter(self):
        rule = self._rule(quantity_per="scope", uom_id=self.dozen.id)
        rule.write({"kind": "customer_hold", "uom_id": False})
        self.assertTrue(rule._compile())

    # === CONDITIONS === #

    def test_conditions_that_are_none(self):
        for domain, reason in (
            ("[(", "cannot be used"),
            ("1 + 1", "cannot be used"),
            ("[('no_such_field', '=', 1)]", "no_such_field"),
            ("[('amount_total', 'bigger', 1)]", "cannot be used"),
            ("[('partner_id.no_such_field', '=', 1)]", "no_such_field"),
            ("__import__('os').system('id')", "cannot be used"),
            ("[('user_id', '=', uid)]", "cannot be used"),
            ("[('id', '=', 'a' * 9)]", "cannot be used"),
            ("[]", "is empty"),
            ("[(1, '=', 1)]", "is empty"),
            ("", "is empty"),
        ):
            self._refused(reason, kind="domain", domain=domain)

    def test_condition_on_nothing(self):
        self._refused("order or its lines", kind="domain", domain_model=False)

    def test_condition_on_what_its_author_may_not_read(self):
        vals = {
            "name": "Peek",
            "kind": "domain",
            "domain": "[('user_id.totp_secret', '=like', 'a%')]",
        }
        rules = self.env["sale.review.rule"].with_user(self.review_manager)
        with self._refusal("cannot be used"):
            rules.create(vals)
        self.assertTrue(
            rules.create({**vals, "domain": "[('user_id.name', '=', 'a')]"})
        )

    # === FORM === #

    def test_kind_can_be_changed_to_any_other(self):
        Rule = self.env["sale.review.rule"].with_user(self.review_manager)
        kinds = [kind for kind, _label in Rule._fields["kind"].selection]
        form = Form(Rule)
        form.name = "Of any kind"
        for kind in [*kinds, *reversed(kinds)]:
            form.kind = kind
            self.assertTrue(form.description)
        form.kind = "max_quantity"
        form.max_quantity = 3
        rule = form.save()
        self.assertEqual((rule.kind, rule.severity), ("max_quantity", "block"))

    def test_every_kind_can_be_made_in_the_form(self):
        Rule = self.env["sale.review.rule"].with_user(self.review_manager)
        for kind, vals in (
            ("max_quantity", {"max_quantity": 3}),
            ("quota", {"max_quantity": 3, "period": "rolling", "period_days": 5}),
            ("credit", {"use_partner_limit": False, "credit_limit": 10}),
            ("payment", {"payment_percent": 20}),
            ("amount", {"has_amount_max": True, "amount_max": 5}),
            ("domain", {"domain": "[('amount_total', '>', 5)]"}),
            ("multiple", {"min_quantity": 5}),
            ("correction", {"correction": "cap", "max_quantity": 5}),
        ):
            form = Form(Rule)
            form.name = kind
            form.kind = kind
            for name, value in vals.items():
                form[name] = value
            self.assertRecordValues(form.save(), [{"kind": kind, **vals}])
