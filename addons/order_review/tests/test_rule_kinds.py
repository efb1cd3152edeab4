"""Each kind of rule on real orders."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestRuleKinds(ReviewCommon):
    def _state(self, *lines, **vals):
        return self._order(*lines, **vals).review_state

    def _messages(self, order):
        self.env.flush_all()
        return order.review_finding_ids.mapped("message")

    # === SEVERITY === #

    def test_severity_decides_the_state(self):
        for severity, state in (
            ("inform", "clear"),
            ("warn", "warned"),
            ("approve", "waiting"),
            ("block", "blocked"),
        ):
            rule = self._rule(severity=severity)
            order = self._order()
            self.assertEqual(order.review_state, state)
            self.assertEqual(order.review_finding_ids.rule_id, rule)
            rule.active = False

    def test_the_worst_finding_decides(self):
        for severity in ("warn", "block", "inform", "approve"):
            self._rule(severity=severity)
        order = self._order()
        self.assertEqual(order.review_state, "blocked")
        self.assertEqual(len(order.review_finding_ids), 4)

    def test_state_can_be_searched_at_once(self):
        self._rule()
        order = self._order()
        held = [("review_state", "=", "blocked"), ("id", "=", order.id)]
        self.assertTrue(order.search(held))
        order.order_line.product_uom_qty = 5
        self.assertFalse(order.search(held))
        finding = [("order_id", "=", order.id)]
        self.assertFalse(self.env["sale.review.finding"].search(finding))
        order.order_line.product_uom_qty = 50
        self.assertTrue(self.env["sale.review.finding"].search(finding))

    # === QUANTITIES === #

    def test_max_quantity(self):
        self._rule()
        self.assertEqual(self._state((self.display, 10)), "clear")
        order = self._order((self.display, 11))
        self.assertEqual(order.review_state, "blocked")
        self.assertEqual(
            self._messages(order), ["Review Display: at most 10 per order, 11 asked."]
        )

    def test_max_quantity_over_lines_and_units(self):
        self._rule(max_quantity=20)
        dozen = {"product_uom_id": self.dozen.id}
        self.assertEqual(
            self._state((self.display, 1, dozen), (self.display, 8)), "clear"
        )
        self.assertEqual(
            self._state((self.display, 1, dozen), (self.display, 9)), "blocked"
        )

    def test_sections_and_down_payments_count_for_nothing(self):
        self._rule()
        order = self._order((self.display, 10))
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Fine goods"}),
            Command.create(
                {
                    "product_id": self.display.id,
                    "is_downpayment": True,
                    "product_uom_qty": 0,
                    "name": "Down payment",
                }
            ),
        ]
        self.assertEqual(order.review_state, "clear")

    def test_a_line_marked_as_delivery_still_counts(self):
        self._rule()
        self.assertEqual(
            self._state((self.display, 11, {"is_delivery": True})), "blocked"
        )

    def test_multiple(self):
        self._rule(kind="multiple", min_quantity=12, multiple_quantity=6)
        for quantity, state in ((6, "blocked"), (12, "clear"), (14, "blocked")):
            self.assertEqual(self._state((self.display, quantity)), state)

    def test_unit_is_written_where_it_says_something(self):
        self._rule(max_quantity=1, uom_id=self.dozen.id)
        order = self._order((self.display, 18))
        self.assertIn(
            "at most 1 Dozens per order, 1.5 Dozens", self._messages(order)[0]
        )

    def test_variants_together_are_named_by_their_template(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Review Colour",
                "value_ids": [Command.create({"name": n}) for n in ("red", "blue")],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Review Chair",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        self._rule(
            product_ids=[],
            product_tmpl_ids=[Command.set(template.ids)],
            quantity_per="template",
        )
        variants = template.product_variant_ids
        order = self._order(*((variant, 6) for variant in variants))
        self.assertEqual(
            self._messages(order), ["Review Chair: at most 10 per order, 12 asked."]
        )

    # === QUOTAS === #

    def _confirmed(self, quantity, days_ago=0, **vals):
        order = self._order((self.display, quantity), **vals)
        order.action_confirm()
        if days_ago:
            order.date_order = fields.Datetime.now() - timedelta(days=days_ago)
        return order

    def _quota(self, **vals):
        return self._rule(
            kind="quota",
            max_quantity=20,
            product_ids=[Command.set(self.display.ids)],
            **vals,
        )

    @freeze_time("2026-11-18 12:00:00")  # a Wednesday
    def test_quota_periods(self):
        for ago in (1, 3, 10, 40):
            self._confirmed(5, days_ago=ago)
        self._confirmed(1)
        used = {"day": 1, "week": 6, "month": 16, "rolling": 21}
        for period, quantity in used.items():
            rule = self._quota(period=period, period_days=60)
            order = self._order((self.display, 20))
            self.assertEqual(order.review_finding_ids.used, quantity, period)
            rule.active = False

    def test_quota_gives_back_what_is_cancelled_or_lowered(self):
        self._quota()
        first = self._confirmed(15)
        self.assertEqual(self._state((self.display, 6)), "blocked")
        first.order_line.product_uom_qty = 14
        self.assertEqual(self._state((self.display, 6)), "clear")
        first._action_cancel()
        self.assertEqual(self._state((self.display, 20)), "clear")

    def test_quota_subjects(self):
        branch = self.env["res.partner"].create(
            self._customer_vals("Branch", parent_id=self.customer.id, type="delivery")
        )
        self._confirmed(15, partner_id=branch.id, partner_shipping_id=branch.id)
        mine = {"partner_shipping_id": self.customer.id}
        for quota_per, vals, state in (
            ("partner", mine, "clear"),
            ("commercial", mine, "blocked"),
            ("shipping", mine, "clear"),
            ("shipping", {"partner_shipping_id": branch.id}, "blocked"),
            ("user", mine, "clear"),  # made by OdooBot: nobody placed it
        ):
            rule = self._quota(quota_per=quota_per)
            self.assertEqual(self._state((self.display, 6), **vals), state, quota_per)
            rule.active = False

    def test_quota_of_each_user(self):
        self._quota(quota_per="user")
        for user, state in (
            (self.salesman, "blocked"),
            (self.salesman_all, "clear"),
        ):
            orders = self.env["sale.order"].with_user(user)
            if user == self.salesman:
                orders.create(
                    {
                        "partner_id": self.other_customer.id,
                        "order_line": [self._line(self.display, 15)],
                    }
                ).action_confirm()
            order = orders.create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [self._line(self.display, 6)],
                }
            )
            self.assertEqual(order.review_state, state)

    def test_quota_of_all_products_together(self):
        self._rule(
            kind="quota",
            max_quantity=20,
            quantity_per="scope",
            uom_id=self.env.ref("uom.product_uom_unit").id,
            product_ids=[Command.set((self.display | self.lamp).ids)],
        )
        self._confirmed(15)
        self.assertEqual(self._state((self.lamp, 5)), "clear")
        self.assertEqual(self._state((self.lamp, 6)), "blocked")
        self.assertEqual(self._state((self.service, 60)), "clear")

    @freeze_time("2026-11-18 12:00:00")
    def test_quota_says_until_when(self):
        self._quota()
        self._confirmed(13)
        order = self._order((self.display, 8))
        self.assertEqual(
            self._messages(order),
            ["Review Display: 7 of 20 left until Dec 1, 8 asked."],
        )
        self.env["res.lang"]._activate_lang("de_DE")
        german = order.review_finding_ids.with_context(lang="de_DE")
        self.assertIn("1. Dez.", german.message)

    @freeze_time("2026-12-01 03:00:00")  # still November in New York
    def test_months_are_those_of_the_company(self):
        self.env.company.partner_id.tz = "America/New_York"
        self._quota()
        self._confirmed(15, days_ago=2)
        self.assertEqual(self._state((self.display, 6)), "blocked")
        self.env.company.partner_id.tz = "UTC"
        self.assertEqual(self._state((self.display, 6)), "clear")

    # === HOLDS === #

    def test_product_hold_from_until(self):
        self._rule(
            kind="product_hold",
            product_ids=[Command.set(self.display.ids)],
            date_start="2026-03-01 00:00:00",
            date_end="2026-04-01 00:00:00",
        )
        for now, state in (
            ("2026-02-28 23:59:59", "clear"),
            ("2026-03-01 00:00:00", "blocked"),
            ("2026-03-31 23:59:59", "blocked"),
            ("2026-04-01 00:00:00", "clear"),
        ):
            with freeze_time(now):
                self.assertEqual(self._state((self.display, 1)), state, now)

    def test_customer_hold_takes_in_contacts_and_branches(self):
        self._rule(kind="customer_hold", partner_ids=[Command.set(self.customer.ids)])
        branch = self.env["res.partner"].create(
            {"name": "Branch", "is_company": True, "parent_id": self.customer.id}
        )
        contact = self.env["res.partner"].create(
            {"name": "Contact", "parent_id": branch.id}
        )
        line = (self.lamp, 1)
        for partner, state in (
            (self.customer, "blocked"),
            (branch, "blocked"),
            (contact, "blocked"),
            (self.other_customer, "clear"),
        ):
            self.assertEqual(self._state(line, partner_id=partner.id), state)

    # === AMOUNTS === #

    def test_amounts_and_their_bounds(self):
        tax = self.env["account.tax"].create({"name": "Ten", "amount": 10})
        taxed = (self.lamp, 10, {"tax_ids": [Command.set(tax.ids)], "price_unit": 10})
        for measure, limit, state in (
            ("total", 110, "clear"),
            ("total", 109.99, "waiting"),
            ("untaxed", 100, "clear"),
            ("untaxed", 99.99, "waiting"),
        ):
            rule = self._rule(
                kind="amount", measure=measure, amount_max=limit, severity="approve"
            )
            self.assertEqual(self._state(taxed), state, (measure, limit))
            rule.active = False

    def test_delivery_is_left_out_of_the_goods(self):
        carrier = self.env["delivery.carrier"].create(
            {"name": "Cart", "product_id": self.service.id, "fixed_price": 50}
        )
        self._rule(kind="amount", measure="untaxed", amount_max=100)
        order = self._order((self.display, 10))
        order.set_delivery_line(carrier, 50)
        self.assertEqual(order.review_state, "clear")
        # the mark alone proves nothing
        self.assertEqual(
            self._state((self.display, 11, {"is_delivery": True})), "blocked"
        )

    def test_margin(self):
        self.display.standard_price = 8
        order = self._order((self.display, 10))  # 20 of 100
        for measure, limit, state in (
            ("margin", 20, "clear"),
            ("margin", 20.01, "blocked"),
            ("margin_percent", 20, "clear"),
            ("margin_percent", 20.01, "blocked"),
        ):
            rule = self._rule(
                kind="amount",
                measure=measure,
                has_amount_max=False,
                has_amount_min=True,
                amount_min=limit,
            )
            order._review_touch()
            self.assertEqual(order.review_state, state, (measure, limit))
            if state == "blocked":
                finding = order.review_finding_ids
                self.assertIn("margin", finding.message)
                self.assertNotIn("20", finding.customer_message)
            rule.active = False

    def test_discount(self):
        self._rule(
            kind="amount", measure="discount", has_amount_max=False, amount_max=15
        )
        for discount, state in ((15, "clear"), (15.01, "blocked")):
            line = (self.display, 1, {"discount": discount})
            self.assertEqual(self._state(line), state)

    def _euro_rate(self, rate):
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": rate, "name": "2020-01-01"}
        )
        return euro

    def test_limits_in_another_currency(self):
        euro = self._euro_rate(0.5)  # 100 dollars are 50 euros
        self._rule(kind="amount", amount_max=50, currency_id=euro.id)
        self.assertEqual(self._state((self.display, 10)), "clear")
        order = self._order((self.display, 11))
        self.assertEqual(order.review_state, "blocked")
        self.assertEqual(order.review_finding_ids.asked, 55)

    def test_orders_in_another_currency(self):
        euro = self._euro_rate(0.5)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        self._rule(kind="amount", amount_max=100)
        vals = {"pricelist_id": pricelist.id}
        self.assertEqual(self._state((self.display, 10), **vals), "clear")
        order = self._order((self.display, 11), **vals)
        self.assertEqual(order.currency_id, euro)
        self.assertEqual(order.review_state, "blocked")

    # === CREDIT === #

    def test_credit_limit_of_the_customer(self):
        self.customer.credit_limit = 100
        self._rule(kind="credit")
        self.assertEqual(self._state((self.display, 10)), "clear")
        self.assertEqual(self._state((self.display, 11)), "blocked")
        free = {"partner_id": self.other_customer.id}
        self.assertEqual(self._state((self.display, 999), **free), "clear")

    def test_credit_limit_of_the_rule(self):
        self._rule(kind="credit", use_partner_limit=False, credit_limit=100)
        free = {"partner_id": self.other_customer.id}
        self.assertEqual(self._state((self.display, 10), **free), "clear")
        self.assertEqual(self._state((self.display, 11), **free), "blocked")

    def test_rule_limits_customers_without_one(self):
        self._rule(kind="credit", credit_limit=50)
        self.customer.credit_limit = 100
        self.assertEqual(self._state((self.display, 10)), "clear")
        free = {"partner_id": self.other_customer.id}
        self.assertEqual(self._state((self.display, 6), **free), "blocked")

    def test_credit_counts_confirmed_orders_and_invoices_once(self):
        self._rule(kind="credit", use_partner_limit=False, credit_limit=100)
        first = self._order((self.display, 6))
        first.action_confirm()
        probe = self._order((self.display, 6))
        self.assertEqual(probe.review_finding_ids.used, 60)
        first._create_invoices().action_post()
        probe._review_touch()
        self.assertEqual(probe.review_finding_ids.used, 60)

    def test_credit_counts_goods_not_delivered_yet(self):
        self.display.invoice_policy = "delivery"
        self._rule(kind="credit", use_partner_limit=False, credit_limit=100)
        self._order((self.display, 6)).action_confirm()
        self.assertEqual(self._state((self.display, 5)), "blocked")

    def test_credit_is_that_of_the_company(self):
        self._rule(kind="credit", use_partner_limit=False, credit_limit=100)
        child = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer.id}
        )
        self._order((self.display, 6), partner_id=child.id).action_confirm()
        self.assertEqual(self._state((self.display, 5)), "blocked")

    def test_credit_in_another_currency(self):
        euro = self._euro_rate(0.5)
        self._rule(
            kind="credit",
            use_partner_limit=False,
            credit_limit=50,
            currency_id=euro.id,
        )
        self.assertEqual(self._state((self.display, 10)), "clear")
        self.assertEqual(self._state((self.display, 11)), "blocked")

    # === PAYMENT === #

    def test_payment_first(self):
        self._rule(kind="payment", payment_percent=50)
        order = self._order((self.display, 10))
        self.assertEqual(order.review_state, "blocked")
        self._tx(order, amount=49)
        order._review_touch()
        self.assertEqual(order.review_finding_ids.used, 49)
        self._tx(order, "authorized", amount=1, reference="second")
        order._review_touch()
        self.assertEqual(order.review_state, "clear")

    def test_a_payment_that_is_only_announced_is_none(self):
        self._rule(kind="payment")
        order = self._order((self.display, 1))
        self._tx(order, "pending", "wire")
        order._review_touch()
        self.assertEqual(order.review_state, "blocked")
