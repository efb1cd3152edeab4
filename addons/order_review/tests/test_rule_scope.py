"""Each field of the scope on real orders; conditions; companies; websites; dates."""

from datetime import timedelta

import psycopg2

from odoo import Command, fields
from odoo.tests import tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestRuleScope(ReviewCommon):
    def _state(self, *lines, **vals):
        return self._order(*lines or [(self.display, 11)], **vals).review_state

    def _scoped(self, **vals):
        """A rule that is broken by 11 of anything, with a scope of its own."""
        return self._rule(**{"product_ids": [Command.clear()], **vals})

    def _check(self, inside, outside, **scope):
        """Orders made with ``inside`` are stopped, those with ``outside`` are not."""
        rule = self._scoped(**scope)
        self.assertEqual(self._order(**inside).review_state, "blocked", scope)
        self.assertEqual(self._order(**outside).review_state, "clear", scope)
        rule.active = False
        self.assertEqual(self._order(**inside).review_state, "clear")

    def _products(self, inside, **scope):
        line = [Command.create({"product_id": self.lamp.id, "product_uom_qty": 11})]
        self._check(
            {"order_line": [self._line(inside, 11)]}, {"order_line": line}, **scope
        )

    def test_products(self):
        self._products(self.display, product_ids=[Command.set(self.display.ids)])

    def test_templates(self):
        template = self.display.product_tmpl_id
        self._products(self.display, product_tmpl_ids=[Command.set(template.ids)])

    def test_categories_with_those_below(self):
        parent = self.env["product.category"].create({"name": "Review goods"})
        below = self.env["product.category"].create(
            {"name": "Review displays", "parent_id": parent.id}
        )
        self.display.categ_id = below
        self._products(self.display, categ_ids=[Command.set(parent.ids)])
        # a category that is moved takes its products along
        self._scoped(categ_ids=[Command.set(parent.ids)])
        below.parent_id = False
        self.assertEqual(self._state(), "clear")

    def test_tags_of_template_and_variant(self):
        tags = self.env["product.tag"].create([{"name": "One"}, {"name": "Two"}])
        self.display.product_tmpl_id.product_tag_ids = tags[0]
        self.display.additional_product_tag_ids = tags[1]
        for tag in tags:
            self._products(self.display, product_tag_ids=[Command.set(tag.ids)])

    def test_customers(self):
        self._check(
            {"partner_id": self.customer.id},
            {"partner_id": self.other_customer.id},
            partner_ids=[Command.set(self.customer.ids)],
        )

    def test_customer_tags_are_inherited(self):
        tag = self.env["res.partner.category"].create({"name": "Small"})
        self.customer.category_id = tag
        child = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        self._check(
            {"partner_id": child.id},
            {"partner_id": self.other_customer.id},
            partner_category_ids=[Command.set(tag.ids)],
        )

    def test_customers_or_customer_tags(self):
        tag = self.env["res.partner.category"].create({"name": "Small"})
        self.other_customer.category_id = tag
        self._scoped(
            partner_ids=[Command.set(self.customer.ids)],
            partner_category_ids=[Command.set(tag.ids)],
        )
        self.assertEqual(self._state(), "blocked")
        self.assertEqual(self._state(partner_id=self.other_customer.id), "blocked")

    def test_new_customers(self):
        self._order((self.lamp, 1), partner_id=self.other_customer.id).action_confirm()
        self._check(
            {"partner_id": self.customer.id},
            {"partner_id": self.other_customer.id},
            is_new_customer=True,
        )

    def test_pricelists(self):
        lists = self.env["product.pricelist"].create([{"name": "A"}, {"name": "B"}])
        self._check(
            {"pricelist_id": lists[0].id},
            {"pricelist_id": lists[1].id},
            pricelist_ids=[Command.set(lists[0].ids)],
        )

    def test_websites(self):
        website = self.env["website"].create({"name": "Second shop"})
        first = self.env["website"].search([("id", "!=", website.id)], limit=1)
        self._check(
            {"website_id": website.id},
            {"website_id": first.id},
            website_ids=[Command.set(website.ids)],
        )
        self._scoped(website_ids=[Command.set(website.ids)])
        self.assertEqual(self._order().review_state, "clear")

    def test_teams(self):
        teams = self.env["crm.team"].create([{"name": "A"}, {"name": "B"}])
        self._check(
            {"team_id": teams[0].id},
            {"team_id": teams[1].id},
            team_ids=[Command.set(teams[0].ids)],
        )

    def test_ship_to_countries(self):
        abroad = self.env["res.partner"].create(
            {
                "name": "Warehouse",
                "parent_id": self.customer.id,
                "type": "delivery",
                "country_id": self.env.ref("base.be").id,
            }
        )
        self._check(
            {"partner_shipping_id": abroad.id},
            {"partner_shipping_id": self.customer.id},
            country_ids=[Command.set(self.env.ref("base.be").ids)],
        )

    def test_role_of_the_one_ordering(self):
        group = self.env.ref("sales_team.group_sale_salesman_all_leads")
        self._scoped(group_ids=[Command.set(group.ids)])
        for user, state in ((self.salesman_all, "blocked"), (self.salesman, "clear")):
            order = (
                self.env["sale.order"]
                .with_user(user)
                .create(
                    {
                        "partner_id": self.customer.id,
                        "order_line": [self._line(self.display, 11)],
                    }
                )
            )
            self.assertEqual(order.review_state, state, user.login)

    def test_dates(self):
        now = fields.Datetime.now()
        for start, end, state in (
            (None, None, "blocked"),
            (now - timedelta(hours=1), now + timedelta(hours=1), "blocked"),
            (now + timedelta(hours=1), None, "clear"),
            (None, now - timedelta(hours=1), "clear"),
        ):
            rule = self._scoped(date_start=start, date_end=end)
            self.assertEqual(self._state(), state)
            rule.active = False

    def test_companies(self):
        other = self.env["res.company"].create({"name": "Second company"})
        self.env.user.company_ids |= other
        vals = {
            "company_id": other.id,
            "warehouse_id": self.env["stock.warehouse"]
            .search([("company_id", "=", other.id)], limit=1)
            .id,
        }
        rule = self._scoped(company_id=other.id)
        self.assertEqual(self._state(**vals), "blocked")
        self.assertEqual(self._state(), "clear")
        rule.company_id = False
        self.assertEqual(self._state(**vals), "blocked")
        self.assertEqual(self._state(), "blocked")

    def test_what_a_rule_names_cannot_be_deleted(self):
        tag = self.env["product.tag"].create({"name": "Recalled"})
        self._scoped(product_tag_ids=[Command.set(tag.ids)])
        with (
            self.assertLogs("odoo.sql_db", "ERROR"),
            self.assertRaises(psycopg2.errors.ForeignKeyViolation),
        ):
            tag.unlink()

    def test_a_merged_customer_stays_on_hold(self):
        twin = self.env["res.partner"].create({"name": "Twin"})
        self._scoped(partner_ids=[Command.set(twin.ids)])
        self.assertEqual(self._state(), "clear")
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((twin | self.customer).ids, self.customer, extra_checks=False)
        self.assertEqual(self._state(), "blocked")

    def test_a_unit_that_changes_its_size(self):
        crate = self.env["uom.uom"].create(
            {
                "name": "Crate",
                "relative_factor": 10,
                "relative_uom_id": self.env.ref("uom.product_uom_unit").id,
            }
        )
        self._scoped(max_quantity=1, uom_id=crate.id)
        self.assertEqual(self._state(), "blocked")
        crate.relative_factor = 11
        self.assertEqual(self._state(), "clear")

    def test_an_ordered_unit_that_changes_its_size(self):
        crate = self.env["uom.uom"].create(
            {
                "name": "Crate",
                "relative_factor": 10,
                "relative_uom_id": self.env.ref("uom.product_uom_unit").id,
            }
        )
        self._scoped(max_quantity=11)
        order = self._order((self.display, 1))
        order.order_line.product_uom_id = crate
        self.assertEqual(order.review_state, "clear")
        crate.relative_factor = 12
        order._review_touch()
        self.assertEqual(order.review_state, "blocked")
