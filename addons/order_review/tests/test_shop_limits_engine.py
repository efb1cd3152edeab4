"""The limits that the shop tells, against the verdict of the gate: no database."""

from datetime import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.order_review.engine import RuleBook
from odoo.addons.order_review.engine.limits import limits
from odoo.addons.order_review.engine.match import match

from .engine_facts import judge, make_line, make_order, make_rule

RULES = st.lists(
    st.builds(
        make_rule,
        kind=st.sampled_from(["max_quantity", "product_hold", "multiple"]),
        products=st.frozensets(st.integers(1, 2), max_size=2),
        partners=st.frozensets(st.integers(1, 2), max_size=1),
        max_quantity=st.integers(1, 20).map(float),
        min_quantity=st.integers(0, 20).map(float),
        multiple=st.integers(1, 6).map(float),
        severity=st.sampled_from(["inform", "warn", "approve", "block"]),
    ),
    max_size=5,
).map(lambda rules: [rule._replace(id=i) for i, rule in enumerate(rules, 1)])


@tagged("post_install", "-at_install")
class TestShopLimitsEngine(BaseCase):
    def _limits(self, rules, line=None, usage=None, **order):
        order = make_order(**order)
        line = line or make_line(quantity=0.0)
        matches = match([order], {order.id: [line]}, RuleBook(rules))
        return limits(matches, usage or {})

    # how fast the machine draws examples is not what is tested
    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(RULES, st.integers(1, 30))
    def test_limits_agree_with_the_gate(self, rules, quantity):
        """Within every limit that is told nothing is found, and the other way round."""
        told = self._limits(rules)
        within = {
            "max": lambda limit: quantity <= limit.value,
            "hold": lambda limit: False,
            "minimum": lambda limit: quantity >= limit.value,
            "pack": lambda limit: quantity % limit.value == 0,
        }
        allowed = all(within[limit.kind](limit) for limit in told)
        found = judge(rules, [make_line(quantity=float(quantity))])
        self.assertEqual(allowed, not found, (told, found))

    def test_quantity_does_not_matter(self):
        rules = [make_rule()]
        one, many = make_line(quantity=0.0), make_line(quantity=99.0)
        for line in (one, many):
            (limit,) = self._limits(rules, line)
            self.assertEqual((limit.kind, limit.value), ("max", 10.0))
            self.assertEqual(limit.line_id, line.id)

    def test_quota_is_less_what_is_used(self):
        rule = make_rule(
            kind="quota", max_quantity=20.0, period="month", quota_per="partner"
        )
        key = ("partner", 0, datetime(2026, 11, 1), 1, ("product", 1))
        (limit,) = self._limits([rule], usage={key: 13.0})
        self.assertEqual((limit.kind, limit.left), ("quota", 7.0))
        self.assertEqual(limit.until, datetime(2026, 12, 1))
        (limit,) = self._limits([rule], usage={key: 33.0})
        self.assertEqual(limit.left, 0.0)

    def test_quota_in_dozens(self):
        rule = make_rule(
            kind="quota", max_quantity=2.0, uom_factor=12.0, quota_per="partner"
        )
        key = ("partner", 0, datetime(2026, 11, 1), 1, ("product", 1))
        (limit,) = self._limits([rule], usage={key: 6.0})
        self.assertEqual(limit.used, 0.5)
        self.assertTrue(limit.has_unit)

    def test_rolling_quota_has_no_end(self):
        rule = make_rule(
            kind="quota", max_quantity=2.0, period="rolling", quota_per="partner"
        )
        (limit,) = self._limits([rule])
        self.assertIsNone(limit.until)

    def test_corrections_are_limits(self):
        cap = make_rule(kind="correction", correction="cap", max_quantity=3.0)
        packs = make_rule(2, kind="correction", correction="round", multiple=6.0)
        other = make_rule(3, kind="correction", correction="replace", replacement_id=9)
        found = self._limits([cap, packs, other])
        self.assertEqual(
            [(limit.kind, limit.value) for limit in found],
            [("max", 3.0), ("pack", 6.0)],
        )

    def test_delivery_has_no_limit(self):
        line = make_line(is_delivery=True)
        self.assertEqual(self._limits([make_rule()], line), [])

    def test_other_unit_is_marked(self):
        (limit,) = self._limits([make_rule()], make_line(factor=12.0))
        self.assertTrue(limit.other_unit)
        (limit,) = self._limits([make_rule()], make_line(factor=1.0))
        self.assertFalse(limit.other_unit)
