"""What corrections propose; made once, they propose nothing more."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.order_review.engine.corrections import proposals

from .engine_facts import Facts, judge, make_line, make_order, make_rule

WISHES = st.lists(
    st.tuples(
        st.integers(1, 2),
        st.decimals(-3, 40, places=2).map(float),
        st.sampled_from([1.0, 12.0, 0.5]),
    ),
    min_size=1,
    max_size=5,
)


def correct(rule, lines, order=None, digits=2):
    """Follow the proposals once.

    :return: ``(changes, lines after them)``
    """
    order = order or make_order()
    facts = Facts({order.id: lines})
    changes = list(proposals(order, rule, lines, facts, digits))
    new = {change.line.id: change.new for change in changes if change.line}
    return changes, [
        line._replace(
            quantity=new.get(line.id, line.quantity),
            quantity_ref=new.get(line.id, line.quantity) * line.line_factor,
        )
        for line in lines
    ]


def totals(lines):
    found = {}
    for line in lines:
        found[line.product_id] = found.get(line.product_id, 0) + max(
            line.quantity_ref, 0
        )
    return found


@tagged("post_install", "-at_install")
class TestEngineCorrections(BaseCase):
    @settings(
        max_examples=300,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(WISHES, st.integers(1, 30), st.sampled_from([0.0, 1.0, 12.0]))
    def test_cap_holds_and_is_made_once(self, wishes, limit, factor):
        rule = make_rule(
            kind="correction", correction="cap", max_quantity=limit, uom_factor=factor
        )
        lines = [make_line(*wish) for wish in wishes]
        before = totals(lines)
        changes, lines = correct(rule, lines)
        for product, total in totals(lines).items():
            allowed = limit * (factor or 1.0)
            self.assertLessEqual(total, max(allowed, 0) + 0.01 * (factor or 1.0))
            if before[product] <= allowed:
                self.assertEqual(total, before[product])
        self.assertTrue(all(change.new >= 0 for change in changes))
        self.assertEqual(correct(rule, lines)[0], [])

    @settings(
        max_examples=300,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(WISHES, st.integers(0, 30), st.integers(0, 12))
    def test_rounding_up_reaches_and_is_made_once(self, wishes, minimum, pack):
        rule = make_rule(
            kind="correction", correction="round", min_quantity=minimum, multiple=pack
        )
        lines = [make_line(*wish) for wish in wishes]
        before = totals(lines)
        changes, lines = correct(rule, lines)
        # what two decimals of the finest unit of the product can express
        for product, total in totals(lines).items():
            own = [line for line in lines if line.product_id == product]
            finest = min(
                (line.line_factor for line in own if line.quantity_ref > 0), default=0
            )
            if not finest:
                continue
            self.assertGreaterEqual(total, before[product])
            self.assertGreaterEqual(total + finest * 0.01, minimum)
            if pack:
                packs = total / pack
                self.assertLessEqual(
                    abs(packs - round(packs)) * pack, max(finest, 1) * 0.01
                )
        self.assertEqual(correct(rule, lines)[0], [])

    def test_the_first_wish_is_kept(self):
        rule = make_rule(kind="correction", correction="cap", max_quantity=10.0)
        _changes, lines = correct(rule, [make_line(quantity=n) for n in (7, 5, 4)])
        self.assertEqual([line.quantity for line in lines], [7, 3, 0])

    def test_cap_in_units_of_a_line_in_dozens(self):
        rule = make_rule(kind="correction", correction="cap", max_quantity=18.0)
        _changes, (line,) = correct(rule, [make_line(1, 2, 12.0)])
        self.assertEqual(line.quantity, 1.5)

    def test_rounding_fills_the_line_in_the_smallest_unit(self):
        rule = make_rule(kind="correction", correction="round", multiple=5.0)
        dozen, piece = make_line(1, 1, 12.0), make_line(1, 1)
        (change,), _lines = correct(rule, [piece, dozen])
        self.assertEqual((change.line.id, change.new), (piece.id, 3))

    def test_minimum_in_dozens(self):
        rule = make_rule(
            kind="correction", correction="round", min_quantity=2.0, uom_factor=12.0
        )
        (change,), _lines = correct(rule, [make_line(quantity=20)])
        self.assertEqual(change.new, 24)

    def test_replace(self):
        rule = make_rule(kind="correction", correction="replace", replacement_id=9)
        lines = [make_line(1, 2), make_line(9, 3), make_line(5, 1, is_delivery=True)]
        (change,), _lines = correct(rule, lines)
        self.assertEqual(
            (change.line.id, change.value, change.new), (lines[0].id, 9, 2)
        )

    def test_add_what_is_missing(self):
        rule = make_rule(kind="correction", correction="add", add_product_id=9)
        (change,), _lines = correct(rule, [make_line(1)])
        self.assertEqual((change.field, change.value, change.new), ("add", 9, 1))
        self.assertFalse(correct(rule, [make_line(1), make_line(9)])[0])
        # a line that sells none of it does not count
        self.assertTrue(correct(rule, [make_line(1), make_line(9, 0)])[0])

    def test_nothing_sold_needs_nothing_added(self):
        rule = make_rule(kind="correction", correction="add", add_product_id=9)
        self.assertFalse(correct(rule, [make_line(1, 0)])[0])
        self.assertFalse(correct(rule, [])[0])

    def test_carrier(self):
        rule = make_rule(kind="correction", correction="carrier", carrier_id=4)
        self.assertTrue(correct(rule, [make_line()])[0])
        self.assertFalse(correct(rule, [make_line()], make_order(carrier_id=4))[0])

    def test_one_delivery_method_for_the_whole_order(self):
        lines = [make_line(1), make_line(2)]
        near = make_rule(
            1,
            kind="correction",
            correction="carrier",
            carrier_id=4,
            products=frozenset({1}),
        )
        far = make_rule(2, kind="correction", correction="carrier", carrier_id=5)
        found = judge([far, near], lines, make_order(carrier_id=5))
        self.assertEqual([finding.rule_id for finding in found], [1])
        self.assertFalse(judge([far, near], lines, make_order(carrier_id=4)))

    def test_of_two_equal_replacements_the_first_is_made(self):
        rules = [
            make_rule(n, kind="correction", correction="replace", replacement_id=n + 7)
            for n in (1, 2)
        ]
        found = judge(rules, [make_line(5)])
        self.assertEqual([finding.rule_id for finding in found], [1])

    def test_a_correction_left_undone_is_a_finding(self):
        rule = make_rule(kind="correction", correction="cap", max_quantity=10.0)
        (finding,) = judge([rule], [make_line(quantity=12)])
        self.assertEqual((finding.asked, finding.allowed), (12, 10))
