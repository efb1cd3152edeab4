"""How long a decision covers a finding."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.order_review.engine import Decision

from .engine_facts import judge, make_line, make_order, make_rule


def decide(finding, order, **vals):
    """The decision that somebody takes on a finding as it stands."""
    return {
        (order.id, finding.rule_id): [
            Decision(
                **{
                    "id": 77,
                    "order_id": order.id,
                    "rule_id": finding.rule_id,
                    "subject": finding.subject,
                    "asked": finding.asked,
                    "price": finding.price,
                    "shipping_id": order.shipping_id,
                    **vals,
                }
            )
        ]
    }


@tagged("post_install", "-at_install")
class TestEngineDecisions(BaseCase):
    def setUp(self):
        super().setUp()
        self.order = make_order()
        self.rule = make_rule(severity="approve")

    def _decided(self, *lines, **vals):
        (finding,) = judge([self.rule], lines, self.order)
        return decide(finding, self.order, **vals)

    def _open(self, decisions, *lines, order=None, rule=None):
        found = judge(
            [rule or self.rule], lines, order or self.order, decisions=decisions
        )
        return [finding for finding in found if not finding.decision_id]

    @settings(
        max_examples=100,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(st.integers(11, 60), st.integers(11, 60))
    def test_covers_what_was_asked_and_less(self, decided, asked):
        decisions = self._decided(make_line(quantity=decided))
        still_open = self._open(decisions, make_line(quantity=asked))
        self.assertEqual(bool(still_open), asked > decided)

    def test_lapses_when_the_price_is_raised(self):
        decisions = self._decided(make_line(quantity=12, price_unit=10.0))
        for price, lapsed in ((9.0, False), (10.0, False), (10.01, True)):
            line = make_line(quantity=12, price_unit=price)
            self.assertEqual(bool(self._open(decisions, line)), lapsed)

    def test_price_is_that_of_one_piece(self):
        decisions = self._decided(make_line(quantity=12, price_unit=10.0))
        self.assertFalse(self._open(decisions, make_line(1, 1, 12, price_unit=120.0)))
        self.assertTrue(self._open(decisions, make_line(1, 1, 12, price_unit=121.0)))

    def test_lapses_when_the_goods_go_elsewhere(self):
        decisions = self._decided(make_line(quantity=12))
        moved = self.order._replace(shipping_id=99)
        self.assertTrue(self._open(decisions, make_line(quantity=12), order=moved))

    def test_survives_moved_split_and_replaced_lines(self):
        decisions = self._decided(make_line(quantity=8), make_line(quantity=8))
        lines = [make_line(quantity=4) for _n in range(4)]
        self.assertFalse(self._open(decisions, *lines))

    def test_variants_together_survive_the_loss_of_one(self):
        self.rule = make_rule(severity="approve", quantity_per="template")
        lines = [make_line(n, 20, template_id=5) for n in (1, 2)]
        decisions = self._decided(*lines)
        self.assertFalse(self._open(decisions, lines[1]))

    def test_all_together_survive_the_loss_of_a_line(self):
        self.rule = make_rule(severity="approve", quantity_per="scope")
        lines = [make_line(n, 20) for n in (1, 2)]
        decisions = self._decided(*lines)
        self.assertFalse(self._open(decisions, lines[1]))

    def test_another_product_is_another_matter(self):
        decisions = self._decided(make_line(quantity=12))
        self.assertTrue(self._open(decisions, make_line(2, 12)))

    def test_a_discount_of_one_line_is_not_that_of_another(self):
        self.rule = make_rule(
            kind="amount", measure="discount", amount_max=10.0, severity="approve"
        )
        line = make_line(discount=20)
        decisions = self._decided(line)
        self.assertFalse(self._open(decisions, line))
        twin = line._replace(id=line.id + 1)
        (finding,) = self._open(decisions, line, twin)
        self.assertEqual(finding.line_id, twin.id)

    def test_less_margin_is_worse(self):
        self.rule = make_rule(
            kind="amount", measure="margin", amount_min=50.0, severity="approve"
        )
        decisions = self._decided(make_line())  # a margin of 20
        for margin, lapsed in ((20.0, False), (25.0, False), (19.0, True)):
            order = self.order._replace(margin=margin)
            self.assertEqual(
                bool(self._open(decisions, make_line(), order=order)), lapsed
            )

    def test_more_margin_is_worse_where_too_much_is_forbidden(self):
        self.rule = make_rule(
            kind="amount", measure="margin", amount_max=10.0, severity="approve"
        )
        decisions = self._decided(make_line())
        for margin, lapsed in ((20.0, False), (15.0, False), (21.0, True)):
            order = self.order._replace(margin=margin)
            self.assertEqual(
                bool(self._open(decisions, make_line(), order=order)), lapsed
            )

    def test_fewer_than_the_minimum_is_worse(self):
        self.rule = make_rule(kind="multiple", min_quantity=10.0, severity="approve")
        decisions = self._decided(make_line(quantity=8))
        self.assertFalse(self._open(decisions, make_line(quantity=9)))
        self.assertTrue(self._open(decisions, make_line(quantity=2)))

    def test_a_hard_block_is_covered_by_nothing(self):
        decisions = self._decided(make_line(quantity=12))
        line = make_line(quantity=12)
        hard = make_rule(severity="block")
        self.assertTrue(self._open(decisions, line, rule=hard))
        soft = make_rule(severity="block", overridable=True)
        self.assertFalse(self._open(decisions, line, rule=soft))

    def test_a_rule_that_cannot_be_checked_is_covered_by_nothing(self):
        self.rule = make_rule(
            kind="domain", domain_model="sale.order", severity="approve"
        )
        (finding,) = judge(
            [self.rule], [make_line()], self.order, hits={1: {self.order.id}}
        )
        decisions = decide(finding, self.order)
        self.assertTrue(self._open(decisions, make_line()))

    def test_a_quantity_of_many_decimals_stays_covered(self):
        self.rule = make_rule(
            max_quantity=0.1, uom_factor=12.0, uom_root=1, severity="approve"
        )
        line = make_line(quantity=4)  # a third of a dozen
        self.assertFalse(self._open(self._decided(line, asked=0.3333), line))
