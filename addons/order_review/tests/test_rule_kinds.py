"""Each kind of rule on real orders."""

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import ReviewCommon


class RuleKindsCase(ReviewCommon):
    def _state(self, *lines, **vals):
        return self._order(*lines, **vals).review_state

    def _messages(self, order):
        self.env.flush_all()
        return order.review_finding_ids.mapped("message")

    # === QUOTAS === #

    def _confirmed(self, quantity, days_ago=0, **vals):
        order = self._order((self.display, quantity), **vals)
        order.action_confirm()
        if days_ago:
            self._backdate(order, days_ago)
        return order

    def _quota(self, **vals):
        return self._rule(
            kind="quota",
            max_quantity=20,
            product_ids=[Command.set(self.display.ids)],
            **vals,
        )

    def _euro_rate(self, rate):
        euro = self.env.ref("base.EUR")
        euro.active = True
        euro.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": rate, "name": "2020-01-01"}
        )
        return euro


@tagged("post_install", "-at_install")
class TestRuleKinds(RuleKindsCase):
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
