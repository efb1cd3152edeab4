"""What each kind of rule finds, by how much."""

from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from .engine_facts import (
    NOW,
    Facts,
    judge,
    judge_all,
    make_line,
    make_order,
    make_rule,
)

MONTH = datetime(2026, 11, 1)


@tagged("post_install", "-at_install")
class TestEngineQuantities(BaseCase):
    @settings(
        max_examples=300,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(
        st.lists(
            st.tuples(st.integers(1, 3), st.integers(-5, 20), st.sampled_from([1, 12])),
            max_size=6,
        ),
        st.integers(0, 40),
    )
    def test_lines_and_units_are_added_up(self, wishes, limit):
        lines = [make_line(product, n, factor) for product, n, factor in wishes]
        found = judge([make_rule(max_quantity=limit)], lines)
        asked = {}
        for product, n, factor in wishes:
            asked[product] = asked.get(product, 0) + max(n, 0) * factor
        self.assertEqual(
            {finding.product_id: finding.asked for finding in found},
            {product: n for product, n in asked.items() if n > limit},
        )

    def test_splitting_a_line_never_helps(self):
        whole = judge([make_rule()], [make_line(quantity=11)])
        split = judge([make_rule()], [make_line(quantity=n) for n in (6, 5)])
        self.assertEqual(whole[0].asked, split[0].asked)

    def test_negative_line_makes_no_room(self):
        self.assertTrue(judge([make_rule()], [make_line(quantity=n) for n in (11, -5)]))

    def test_rule_in_dozens(self):
        rule = make_rule(max_quantity=2.0, uom_factor=12.0, uom_root=1)
        self.assertFalse(judge([rule], [make_line(quantity=24)]))
        (finding,) = judge([rule], [make_line(quantity=25)])
        self.assertEqual((finding.asked, finding.allowed), (2.0833, 2.0))

    def test_product_measured_in_another_kind_of_unit_is_not_counted(self):
        rule = make_rule(uom_factor=12.0, uom_root=1)
        self.assertFalse(judge([rule], [make_line(quantity=9999, uom_root=2)]))
        self.assertTrue(judge([make_rule()], [make_line(quantity=9999, uom_root=2)]))

    def test_variants_counted_together(self):
        lines = [make_line(1, 6, template_id=5), make_line(2, 6, template_id=5)]
        self.assertFalse(judge([make_rule()], lines))
        (finding,) = judge([make_rule(quantity_per="template")], lines)
        self.assertEqual((finding.asked, finding.subject), (12, "template/5"))

    def test_all_products_of_the_rule_counted_together(self):
        lines = [make_line(1, 6), make_line(2, 6), make_line(3, 50)]
        rule = make_rule(quantity_per="scope", products=frozenset({1, 2}))
        (finding,) = judge([rule], lines)
        self.assertEqual((finding.asked, finding.product_id), (12, 0))

    def test_delivery_is_not_goods(self):
        self.assertFalse(
            judge([make_rule()], [make_line(quantity=99, is_delivery=True)])
        )

    def test_decimals_that_do_not_count(self):
        line = [make_line(quantity=10.004)]
        self.assertFalse(judge([make_rule()], line))
        self.assertTrue(judge([make_rule()], line, digits=3))

    def test_whole_units_do_not_round_money(self):
        rule = make_rule(kind="amount", amount_max=100.0)
        order = make_order(amount_total=100.4)
        self.assertTrue(judge([rule], [make_line()], order, digits=0))

    def test_minimum_and_packs(self):
        rule = make_rule(kind="multiple", min_quantity=10.0, multiple=5.0)
        asked = {4: "minimum", 10: None, 12: "multiple", 15: None, 0: None}
        for quantity, measure in asked.items():
            found = judge([rule], [make_line(quantity=quantity)])
            self.assertEqual(
                found[0].details["measure"] if found else None, measure, quantity
            )

    def test_packs_of_fractions(self):
        rule = make_rule(kind="multiple", multiple=0.1)
        self.assertFalse(judge([rule], [make_line(quantity=0.3)]))
        self.assertTrue(judge([rule], [make_line(quantity=0.35)]))

    def test_pack_reached_over_several_lines_and_units(self):
        rule = make_rule(kind="multiple", multiple=10.0)
        self.assertFalse(judge([rule], [make_line(quantity=8), make_line(1, 1, 12)]))


@tagged("post_install", "-at_install")
class TestEngineQuota(BaseCase):
    def _usage(self, quantity, quota_per="partner", subject=1):
        return {(quota_per, 0, MONTH, subject, ("product", 1)): quantity}

    def test_what_is_used_counts(self):
        rule = make_rule(kind="quota", max_quantity=20.0)
        self.assertFalse(judge([rule], [make_line(quantity=7)], usage=self._usage(13)))
        (finding,) = judge([rule], [make_line(quantity=8)], usage=self._usage(13))
        self.assertEqual((finding.asked, finding.allowed, finding.used), (8, 20, 13))
        self.assertEqual(finding.details["until"], "2026-12-01 00:00:00")

    def test_subject_of_the_quota(self):
        order = make_order(partner_id=1, commercial_id=2, shipping_id=3, user_id=4)
        for quota_per, subject in (
            ("partner", 1),
            ("commercial", 2),
            ("shipping", 3),
            ("user", 4),
        ):
            rule = make_rule(kind="quota", max_quantity=5.0, quota_per=quota_per)
            usage = self._usage(5, quota_per, subject)
            self.assertTrue(judge([rule], [make_line()], order, usage=usage))
            usage = self._usage(5, quota_per, subject + 1)
            self.assertFalse(judge([rule], [make_line()], order, usage=usage))

    def test_nothing_asked_breaks_no_quota(self):
        rule = make_rule(kind="quota", max_quantity=5.0)
        self.assertFalse(judge([rule], [make_line(quantity=0)], usage=self._usage(9)))

    def _run(self, rule, *orders, cumulative=True, decisions=None):
        by_order = {order.id: [make_line(quantity=n)] for order, n in orders}
        facts = Facts(by_order, decisions=decisions)
        found = judge_all(
            [order for order, _n in orders],
            by_order,
            [rule],
            facts,
            cumulative=cumulative,
        )
        return [finding.order_id for finding in found]

    def test_orders_confirmed_together_share_a_quota(self):
        rule = make_rule(kind="quota", max_quantity=10.0)
        orders = [(make_order(), 4), (make_order(), 4), (make_order(), 4)]
        self.assertEqual(self._run(rule, *orders), [orders[2][0].id])
        self.assertEqual(self._run(rule, *orders, cumulative=False), [])

    def test_an_order_that_is_held_uses_nothing(self):
        rule = make_rule(kind="quota", max_quantity=10.0)
        orders = [(make_order(), 4), (make_order(), 40), (make_order(), 6)]
        self.assertEqual(self._run(rule, *orders), [orders[1][0].id])

    def test_other_customers_have_their_own(self):
        rule = make_rule(kind="quota", max_quantity=10.0)
        orders = [(make_order(partner_id=n), 8) for n in (1, 2)]
        self.assertEqual(self._run(rule, *orders), [])

    def test_orders_of_earlier_periods_do_not_count(self):
        rule = make_rule(
            kind="quota", max_quantity=10.0, period="rolling", period_days=7
        )
        orders = [
            (make_order(now=datetime(2026, 11, day, 12)), 6) for day in (1, 5, 13, 14)
        ]
        # 5: two days after the first; 14: the day after the third
        self.assertEqual(self._run(rule, *orders), [orders[1][0].id, orders[3][0].id])

    def test_orders_confirmed_together_share_a_credit_line(self):
        rule = make_rule(kind="credit", credit_limit=150.0)
        orders = [(make_order(amount_total=100.0), 1) for _n in range(2)]
        self.assertEqual(self._run(rule, *orders), [orders[1][0].id])


@tagged("post_install", "-at_install")
class TestEngineAmounts(BaseCase):
    def _found(self, order=None, lines=None, **rule):
        return judge(
            [make_rule(**rule)], [make_line()] if lines is None else lines, order
        )

    def test_bounds_belong_to_what_is_allowed(self):
        order = make_order(amount_total=100.0)
        for bound, broken in ((99.99, True), (100.0, False)):
            found = self._found(order, kind="amount", amount_max=bound)
            self.assertEqual(bool(found), broken)
        for bound, broken in ((100.01, True), (100.0, False)):
            found = self._found(order, kind="amount", amount_min=bound)
            self.assertEqual(bool(found), broken)

    def test_margin_per_cent(self):
        order = make_order(margin=9.0)
        found = self._found(
            order, kind="amount", measure="margin_percent", amount_min=10.0
        )
        self.assertEqual((found[0].asked, found[0].allowed), (9.0, 10.0))

    def test_an_empty_quotation_has_no_margin_to_judge(self):
        rule = {"kind": "amount", "measure": "margin", "amount_min": 10.0}
        self.assertFalse(self._found(make_order(margin=0.0), [], **rule))
        self.assertTrue(self._found(make_order(margin=0.0), **rule))

    def test_discount_is_judged_line_by_line(self):
        lines = [make_line(discount=n) for n in (5, 20, 30)]
        lines.append(make_line(discount=50, is_delivery=True))
        found = self._found(
            lines=lines, kind="amount", measure="discount", amount_max=10
        )
        self.assertEqual([finding.asked for finding in found], [20, 30])
        self.assertEqual(len({finding.key for finding in found}), 2)

    def test_payment(self):
        rule = {"kind": "payment", "payment_percent": 30.0}
        for paid, broken in ((29.99, True), (30.0, False), (100.0, False)):
            order = make_order(amount_paid=paid)
            self.assertEqual(bool(self._found(order, **rule)), broken)

    def test_credit(self):
        for owed, broken in ((50, False), (50.01, True)):
            found = judge(
                [make_rule(kind="credit", credit_limit=150.0)], [make_line()], owed=owed
            )
            self.assertEqual(bool(found), broken)

    def test_customer_hold_needs_no_line(self):
        rule = {"kind": "customer_hold", "partners": frozenset({1})}
        self.assertTrue(self._found(lines=[], **rule))
        self.assertFalse(self._found(make_order(partner_id=2), lines=[], **rule))

    def test_product_hold_looks_at_what_is_asked(self):
        rule = {"kind": "product_hold", "products": frozenset({1})}
        self.assertTrue(self._found(**rule))
        self.assertFalse(self._found(lines=[make_line(quantity=0)], **rule))
        self.assertFalse(self._found(lines=[make_line(2)], **rule))


@tagged("post_install", "-at_install")
class TestEngineConditions(BaseCase):
    def test_condition_on_the_order(self):
        order = make_order()
        rule = make_rule(kind="domain", domain_model="sale.order")
        self.assertTrue(judge([rule], [], order, hits={1: {order.id}}))
        self.assertFalse(judge([rule], [], order, hits={1: set()}))

    def test_condition_on_lines_names_each(self):
        lines = [make_line(), make_line(), make_line(2)]
        rule = make_rule(kind="domain", domain_model="sale.order.line")
        found = judge([rule], lines, hits={1: {lines[1].id, lines[2].id}})
        self.assertEqual([f.line_id for f in found], [lines[1].id, lines[2].id])

    def test_a_condition_that_cannot_be_checked_blocks(self):
        order = make_order(now=NOW)
        for severity in ("inform", "warn", "approve", "block"):
            rule = make_rule(
                kind="domain", domain_model="sale.order", severity=severity
            )
            (finding,) = judge([rule], [make_line()], order)
            self.assertEqual(finding.severity, "block")
            self.assertTrue(finding.details["error"])
