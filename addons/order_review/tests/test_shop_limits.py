from odoo import Command, fields
from odoo.tests import tagged

from .common_shop import ShopCommon


@tagged("post_install", "-at_install")
class TestShopLimits(ShopCommon):
    """Limits are told before they are broken, at the product and in the cart."""

    def _told(self, product=None):
        """What the page of a product says under its quantity box."""
        product = product or self.display
        page = self._page(product.website_url)
        return [
            self._text(item) for item in page.xpath("//*[@id='o_review_limits']/li")
        ]

    def test_page_without_a_rule_says_nothing(self):
        self._login()
        self.assertEqual(self._told(), [])

    def test_maximum(self):
        self._rule()
        self._login()
        self.assertEqual(self._told(), ["At most 10 per order"])
        self.assertEqual(self._told(self.lamp), [])

    def test_words_follow_the_severity(self):
        rule = self._rule()
        self._login()
        for severity, words in (
            ("approve", "More than 10 per order needs our approval"),
            ("warn", "Usually at most 10 per order"),
            ("inform", "Usually at most 10 per order"),
        ):
            rule.severity = severity
            self.assertEqual(self._told(), [words])

    def test_unit_of_the_rule_is_named(self):
        self._rule(max_quantity=2, uom_id=self.dozen.id)
        self._login()
        self.assertEqual(self._told(), [f"At most 2 {self.dozen.name} per order"])

    def test_quota_tells_what_is_left(self):
        self._rule(
            kind="quota",
            max_quantity=20,
            period="month",
            product_ids=[Command.set(self.lamp.ids)],
        )
        order = self._order((self.lamp, 13), partner_id=self.portal.partner_id.id)
        order.action_confirm()
        self._login()
        (told,) = self._told(self.lamp)
        today = fields.Date.today()
        after = fields.Date.start_of(fields.Date.add(today, months=1), "month")
        self.assertEqual(told, f"7 of 20 left until {after:%b} 1")
        self.authenticate(None, None)
        (told,) = self._told(self.lamp)
        self.assertTrue(told.startswith("20 of 20 left"), "others have a quota as well")

    def test_packs_and_minimum(self):
        self._rule(
            kind="multiple",
            min_quantity=24,
            multiple_quantity=12,
            product_ids=[Command.set(self.display.ids)],
        )
        self._login()
        self.assertEqual(self._told(), ["At least 24 per order", "Sold in packs of 12"])

    def test_hold_tells_its_reason(self):
        self._rule(
            kind="product_hold",
            message="Back in January.",
            product_ids=[Command.set(self.display.ids)],
        )
        self._login()
        self.assertEqual(self._told(), ["On hold: Back in January."])

    def test_most_specific_rule_is_told(self):
        self._rule()
        self._rule(
            max_quantity=5, partner_ids=[Command.set(self.portal.partner_id.ids)]
        )
        self._login()
        self.assertEqual(self._told(), ["At most 5 per order"])
        self.authenticate(None, None)
        self.assertEqual(self._told(), ["At most 10 per order"])

    def test_limits_follow_the_scope_of_the_visitor(self):
        """Tag, country, role, category and new customers, with and without a cart."""
        tag = self.env["res.partner.category"].create({"name": "Review tag"})
        self.portal.partner_id.category_id = tag
        rule = self._rule()
        scopes = (
            {"partner_category_ids": [Command.set(tag.ids)]},
            {"country_ids": [Command.set(self.env.ref("base.us").ids)]},
            {"group_ids": [Command.set(self.env.ref("base.group_portal").ids)]},
            {"website_ids": [Command.set(self.website.ids)]},
            {"is_new_customer": True},
        )
        for values in scopes:
            rule.write(
                {
                    name: False if name == "is_new_customer" else [Command.clear()]
                    for scope in scopes
                    for name in scope
                }
            )
            rule.write(values)
            self.env.flush_all()
            for user, told in ((self.portal, ["At most 10 per order"]), (None, [])):
                self.authenticate(user and user.login, user and user.login)
                if not user and {"website_ids", "is_new_customer"} & values.keys():
                    told = ["At most 10 per order"]
                self.assertEqual(self._told(), told, (values, user))
        self._fill_cart((self.lamp, 1))
        self.assertEqual(self._told(), ["At most 10 per order"])

    def test_chosen_variant_brings_its_own_limit(self):
        self._rule()
        self._login()
        info = self.make_jsonrpc_request(
            "/website_sale/get_combination_info",
            {
                "product_template_id": self.display.product_tmpl_id.id,
                "product_id": self.display.id,
                "combination": [],
                "add_qty": 1,
            },
        )
        self.assertEqual(info["review_limits"], ["At most 10 per order"])

    def test_line_in_another_unit_names_the_unit(self):
        self._rule()
        self.display.product_tmpl_id.uom_ids = self.dozen
        order = self._cart((self.display, 1, {"product_uom_id": self.dozen.id}))
        self.assertEqual(
            order._review_shop_limits(),
            {order.order_line.id: [f"At most 10 {self.display.uom_id.name} per order"]},
        )

    def test_archived_rule_is_forgotten(self):
        rule = self._rule()
        self._login()
        self.assertTrue(self._told())
        rule.active = False
        self.env.flush_all()
        self.assertEqual(self._told(), [])

    def test_what_is_in_memory_is_what_is_stored(self):
        reader = self.env["sale.review.facts"].sudo()
        company = self.env["res.partner"].create(
            self._customer_vals("Company", is_company=True)
        )
        branch = self.env["res.partner"].create(
            self._customer_vals("Branch", parent_id=company.id)
        )
        for order in (
            self._order((self.lamp, 1)),
            self._order((self.lamp, 2), partner_id=branch.id),
            self._cart((self.lamp, 3), partner_id=self.portal.partner_id.id),
        ):
            self.env.flush_all()
            (stored,) = reader._rows(order)
            known = reader._row_in_memory(order)
            self.assertEqual(
                [value or None for value in known], [value or None for value in stored]
            )
