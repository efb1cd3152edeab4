"""Which rules apply to what: the book against a naive reading of the scope."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.order_review.engine import RuleBook
from odoo.addons.order_review.engine.match import match

from .engine_facts import NOW, judge, make_line, make_order, make_rule

IDS = st.integers(1, 3)
SOME = st.frozensets(IDS, max_size=2)
DATES = st.none() | st.integers(-2, 2).map(lambda days: NOW + timedelta(days=days))

RULES = st.lists(
    st.builds(
        make_rule,
        kind=st.sampled_from(
            ["max_quantity", "product_hold", "customer_hold", "amount"]
        ),
        products=SOME,
        templates=SOME,
        categories=SOME,
        product_tags=SOME,
        partners=SOME,
        partner_tags=SOME,
        pricelists=SOME,
        companies=SOME,
        websites=SOME,
        teams=SOME,
        countries=SOME,
        groups=SOME,
        new_customers=st.booleans(),
        date_start=DATES,
        date_end=DATES,
    ),
    max_size=8,
).map(lambda rules: [rule._replace(id=at) for at, rule in enumerate(rules, 1)])

ORDERS = st.builds(
    make_order,
    partner_ids=st.frozensets(IDS, min_size=1, max_size=2),
    partner_tag_ids=SOME,
    pricelist_id=st.integers(0, 3),
    company_id=IDS,
    website_id=st.integers(0, 3),
    team_id=st.integers(0, 3),
    country_id=st.integers(0, 3),
    group_ids=SOME,
    is_new_customer=st.booleans(),
)

LINES = st.lists(
    st.builds(
        make_line,
        product_id=IDS,
        template_id=IDS,
        category_path=st.lists(IDS, max_size=3, unique=True).map(tuple),
        product_tag_ids=SOME,
        is_delivery=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda line: line.product_id,
)


def names_product(rule, line):
    """0 where the rule names products and this is none of them, else how closely."""
    if line.product_id in rule.products:
        return 4
    if line.template_id in rule.templates:
        return 3
    depths = [
        place
        for place, one in enumerate(line.category_path, 1)
        if one in rule.categories
    ]
    if depths:
        return 2 + max(depths) / 1000
    return 1 if rule.product_tags & line.product_tag_ids else 0


def takes_in(rule, order):
    """The scope read field by field, products aside."""
    fits = [
        not own or value in own
        for own, value in (
            (rule.pricelists, order.pricelist_id),
            (rule.companies, order.company_id),
            (rule.websites, order.website_id),
            (rule.teams, order.team_id),
            (rule.countries, order.country_id),
        )
    ]
    people = not (rule.partners or rule.partner_tags) or bool(
        rule.partners & order.partner_ids or rule.partner_tags & order.partner_tag_ids
    )
    return all(
        (
            *fits,
            people,
            not rule.groups or bool(rule.groups & order.group_ids),
            not rule.new_customers or order.is_new_customer,
            rule.date_start is None or rule.date_start <= order.now,
            rule.date_end is None or order.now < rule.date_end,
        )
    )


def closeness(rule, order, level):
    customer = 0
    if rule.partners & order.partner_ids:
        customer = 2
    elif rule.partner_tags & order.partner_tag_ids:
        customer = 1
    others = [
        rule.pricelists,
        rule.companies,
        rule.websites,
        rule.teams,
        rule.countries,
        rule.groups,
        rule.new_customers,
        rule.date_start or rule.date_end,
    ]
    return level, customer, sum(1 for one in others if one)


def named(rule):
    return rule.products or rule.templates or rule.categories or rule.product_tags


def naive_winners(rules, order, lines):
    """``{rule id: ids of the lines it applies to}``, by the words of the manual."""
    rules = [rule for rule in rules if takes_in(rule, order)]
    won = {}
    for kind in ("max_quantity", "product_hold"):
        for line in lines:
            ranked = [
                (closeness(rule, order, names_product(rule, line)), rule.id)
                for rule in rules
                if rule.kind == kind and (names_product(rule, line) or not named(rule))
            ]
            best = max(ranked, default=(None,))[0]
            for rank, rule_id in ranked:
                if rank == best:
                    won.setdefault(rule_id, []).append(line.id)
    for kind in ("customer_hold", "amount"):
        ranked = []
        for rule in rules:
            level = max((names_product(rule, line) for line in lines), default=0)
            if rule.kind == kind and (level or not named(rule)):
                ranked.append((closeness(rule, order, level), rule.id))
        best = max(ranked, default=(None,))[0]
        won.update(
            (rule_id, [line.id for line in lines])
            for rank, rule_id in ranked
            if rank == best
        )
    return won


@tagged("post_install", "-at_install")
class TestEngineScope(BaseCase):
    @settings(
        max_examples=120,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(RULES, ORDERS, LINES)
    def test_book_agrees_with_a_naive_reading(self, rules, order, lines):
        found = {
            rule.id: [line.id for line in own]
            for matched in match([order], {order.id: lines}, RuleBook(rules))
            for rule, own, _beaten in matched.winners
        }
        self.assertEqual(found, naive_winners(rules, order, lines))

    def _winner(self, *rules, **line):
        found = judge(rules, [make_line(quantity=100, **line)])
        return sorted(finding.rule_id for finding in found)

    def test_product_beats_template_beats_deep_category_beats_category_beats_tag(self):
        line = {"category_path": (7, 8), "product_tag_ids": frozenset({9})}
        ladder = [
            make_rule(1),
            make_rule(2, product_tags=frozenset({9})),
            make_rule(3, categories=frozenset({7})),
            make_rule(4, categories=frozenset({8})),
            make_rule(5, templates=frozenset({501})),
            make_rule(6, products=frozenset({1})),
        ]
        for size in range(1, 7):
            self.assertEqual(self._winner(*ladder[:size], **line), [size])
            self.assertEqual(self._winner(*reversed(ladder[:size]), **line), [size])

    def test_rules_that_name_both_products_are_ranked_for_each(self):
        rules = [
            make_rule(1, products=frozenset({1}), templates=frozenset({502})),
            make_rule(2, products=frozenset({2}), templates=frozenset({501})),
        ]
        lines = [
            make_line(id=1, product_id=1, template_id=501, quantity=100),
            make_line(id=2, product_id=2, template_id=502, quantity=100),
        ]
        found = judge(rules, lines)
        self.assertEqual(
            sorted((finding.rule_id, finding.line_id) for finding in found),
            [(1, 1), (2, 2)],
        )

    def test_customer_beats_customer_tag_beats_number_of_other_axes(self):
        order = make_order(partner_tag_ids=frozenset({5}), website_id=2, team_id=3)
        many = make_rule(1, websites=frozenset({2}), teams=frozenset({3}))
        one = make_rule(2, websites=frozenset({2}))
        tag = make_rule(3, partner_tags=frozenset({5}))
        customer = make_rule(4, partners=frozenset({1}))
        lines = [make_line(quantity=100)]

        def winner(*rules):
            return [finding.rule_id for finding in judge(rules, lines, order)]

        self.assertEqual(winner(one, many), [1])
        self.assertEqual(winner(many, tag), [3])
        self.assertEqual(winner(tag, customer, many, one), [4])

    def test_equally_specific_rules_all_apply(self):
        rules = [make_rule(n, products=frozenset({1})) for n in (1, 2, 3)]
        self.assertEqual(self._winner(*rules), [1, 2, 3])

    def test_a_specific_rule_may_allow_more(self):
        strict = make_rule(1, max_quantity=5.0)
        loose = make_rule(2, max_quantity=500.0, products=frozenset({1}))
        self.assertEqual(self._winner(strict, loose), [])

    def test_finding_names_the_rules_that_gave_way(self):
        (finding,) = judge(
            [make_rule(1), make_rule(2, products=frozenset({1}))],
            [make_line(quantity=100)],
        )
        self.assertEqual(finding.details["over"], [1])

    def test_rules_of_different_kind_or_period_are_no_rivals(self):
        rules = [
            make_rule(1, products=frozenset({1})),
            make_rule(2, kind="multiple", min_quantity=200.0),
            make_rule(3, kind="quota", max_quantity=1.0, period="day"),
            make_rule(4, kind="quota", max_quantity=1.0, products=frozenset({1})),
        ]
        self.assertEqual(self._winner(*rules), [1, 2, 3, 4])

    def test_order_rule_counts_its_closest_product(self):
        lines = [make_line(2, category_path=(7,)), make_line(1)]
        near = make_rule(
            1,
            kind="amount",
            amount_max=1.0,
            products=frozenset({1}),
            categories=frozenset({7}),
        )
        far = make_rule(2, kind="amount", amount_max=1.0, templates=frozenset({501}))
        self.assertEqual([f.rule_id for f in judge([near, far], lines)], [1])

    def test_end_is_exclusive_and_start_inclusive(self):
        lines = [make_line(quantity=100)]
        self.assertTrue(judge([make_rule(date_start=NOW)], lines))
        self.assertFalse(judge([make_rule(date_end=NOW)], lines))
