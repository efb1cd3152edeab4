"""Each field of the scope on real orders; conditions; companies; websites; dates."""

from odoo import Command
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestRuleConditions(ReviewCommon):
    def _found(self, order, domain, model="sale.order"):
        """Whether an order breaks a condition; the rule is archived again."""
        rule = self._rule(kind="domain", domain=str(domain), domain_model=model)
        order._review_touch()
        found = rule in order.review_finding_ids.rule_id
        rule.active = False
        return found

    def _check(self, inside, outside, model="sale.order"):
        """``inside`` are conditions that the order meets, ``outside`` are not."""
        order = self._order((self.display, 3), client_order_ref="REF-7")
        order.tag_ids = self.env["crm.tag"].create({"name": "Fair"})
        for domain in inside:
            self.assertTrue(self._found(order, domain, model), domain)
        for domain in outside:
            self.assertFalse(self._found(order, domain, model), domain)

    def test_plain_fields(self):
        self._check(
            [
                [("amount_total", ">=", 30)],
                [("client_order_ref", "=", "REF-7")],
                [("client_order_ref", "ilike", "ref")],
                [("state", "in", ["draft", "sent"])],
                [("user_id", "!=", False)],
                [("partner_id", "=", self.customer.id)],
                [("partner_id", "in", [self.customer.id])],
                [("partner_id", "=", "Ada Review")],
                ["|", ("amount_total", ">", 500), ("amount_total", "<", 40)],
                ["!", ("amount_total", ">", 500)],
            ],
            [
                [("amount_total", ">", 30)],
                [("client_order_ref", "=", False)],
                [("client_order_ref", "not ilike", "ref")],
                [("state", "=", "sale")],
                [("partner_id", "=", "Bob Review")],
                [("partner_id", "!=", self.customer.id)],
            ],
        )

    def test_dates_that_move(self):
        self._check(
            [
                [("date_order", ">", "today -7d")],
                [("date_order", "<=", "now +1H")],
                [("partner_id.create_date", ">=", "today -1d")],
            ],
            [[("date_order", "<", "today -7d")], [("date_order", ">", "today +1d")]],
        )

    def test_related_records(self):
        country = self.env.ref("base.us")
        self._check(
            [
                [("partner_id.country_id", "=", country.id)],
                [("partner_id.country_id.code", "=", "US")],
                [("partner_id", "child_of", self.customer.id)],
                [("partner_id", "any", [("name", "like", "Ada")])],
                [("order_line", "any", [("product_uom_qty", ">", 2)])],
                [("order_line.product_id", "in", self.display.ids)],
                [("order_line", "not any", [("discount", ">", 0)])],
                [("tag_ids.name", "=", "Fair")],
            ],
            [
                [("partner_id", "child_of", self.other_customer.id)],
                [("order_line", "any", [("product_uom_qty", ">", 3)])],
                [("order_line.product_id", "in", self.lamp.ids)],
                [("tag_ids", "=", False)],
            ],
        )

    def test_fields_that_are_searched_not_stored(self):
        order_fields = self.env["sale.order"]._fields
        self.assertFalse(
            order_fields["is_expired"].store or order_fields["type_name"].store
        )
        self._check(
            [[("expected_date", "!=", False)]]
            if order_fields["expected_date"].search
            else [[("display_name", "like", "S")]],
            [[("display_name", "like", "no such order")]],
        )

    def test_archived_related_records_are_seen(self):
        self.display.active = False
        self._check(
            [[("order_line.product_id.name", "=", "Review Display")]],
            [[("order_line.product_id.active", "=", True)]],
        )

    def test_lines(self):
        self._check(
            [
                [("product_uom_qty", "=", 3)],
                [("product_id.categ_id", "=", self.display.categ_id.id)],
                [("order_id.client_order_ref", "like", "REF")],
                [("price_unit", "<", 11)],
            ],
            [
                [("product_uom_qty", ">", 3)],
                [("discount", ">", 0)],
                [("order_id.client_order_ref", "=", False)],
            ],
            "sale.order.line",
        )

    def test_each_line_that_meets_the_condition_is_named(self):
        self._rule(
            kind="domain",
            domain="[('discount', '>', 10)]",
            domain_model="sale.order.line",
        )
        order = self._order(
            (self.display, 1, {"discount": 20}),
            (self.lamp, 1),
            (self.service, 1, {"discount": 30}),
        )
        self.assertEqual(
            order.review_finding_ids.product_id, self.display | self.service
        )

    def test_a_change_of_the_condition_counts_at_once(self):
        rule = self._rule(kind="domain", domain="[('amount_total', '>', 20)]")
        self.assertEqual(self._order((self.display, 3)).review_state, "blocked")
        rule.domain = "[('amount_total', '>', 40)]"
        self.assertEqual(self._order((self.display, 3)).review_state, "clear")

    def test_condition_in_the_scope(self):
        self._rule(
            kind="domain",
            domain="[('amount_total', '>', 20)]",
            partner_ids=[Command.set(self.other_customer.ids)],
        )
        self.assertEqual(self._order((self.display, 3)).review_state, "clear")
