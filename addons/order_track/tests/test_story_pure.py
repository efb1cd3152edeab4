"""Stories without a database: whatever the facts, their order says what happened."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as some

from odoo.tests import BaseCase

from odoo.addons.order_track.story import (
    FULFILMENT,
    KINDS,
    PAYMENT,
    RETURN,
    Arrivals,
    Bill,
    Fact,
    LineDate,
    LineFacts,
    Money,
    fulfilment,
    payment,
    returned,
    tell,
)

TODAY = date(2026, 3, 10)
_days = some.integers(-4, 4).map(lambda days: TODAY + timedelta(days=days))
_times = some.integers(-5000, 5000).map(
    lambda minutes: datetime(2026, 3, 10) + timedelta(minutes=minutes)
)
_facts = some.builds(
    Fact,
    some.sampled_from(KINDS),
    at=_times,
    expected=some.booleans(),
    reference=some.sampled_from(("A", "B")),
) | some.builds(
    Fact,
    some.sampled_from(KINDS),
    on=_days | some.none(),
    expected=some.booleans(),
    reference=some.sampled_from(("A", "B")),
)
_some_facts = some.lists(_facts, max_size=9)
_quantities = some.integers(0, 6).map(float)


def _line(ordered=0.0, shipped=0.0, opened=0.0, **values):
    return LineFacts(1, ordered=ordered, shipped=shipped, open=opened, **values)


def _kinds(facts, **values):
    return [step.fact.kind for step in tell(facts, today=TODAY, **values).steps]


class TestOrderOfFacts(BaseCase):
    @settings(deadline=None, database=None)
    @given(_some_facts, some.randoms())
    def test_order_given_does_not_matter(self, facts, chance):
        shuffled = list(facts)
        chance.shuffle(shuffled)
        self.assertEqual(tell(facts, today=TODAY), tell(shuffled, today=TODAY))

    @settings(deadline=None, database=None)
    @given(_some_facts)
    def test_every_fact_appears_once(self, facts):
        told = [step.fact for step in tell(facts, today=TODAY).steps]
        self.assertCountEqual(told, facts)

    @settings(deadline=None, database=None)
    @given(_some_facts)
    def test_times_go_up_and_what_is_expected_stands_last(self, facts):
        steps = tell(facts, today=TODAY).steps
        times = [step.fact.at for step in steps if not step.fact.expected]
        times = [at for at in times if at]
        self.assertEqual(times, sorted(times))
        states = [step.state for step in steps]
        self.assertEqual(states, sorted(states, key=_state_rank))
        happened = any(not fact.expected for fact in facts)
        self.assertEqual(states.count("current"), int(happened))

    @settings(deadline=None, database=None)
    @given(some.lists(_facts.filter(lambda fact: fact.on), max_size=6))
    def test_days_alone_go_by_day_and_then_by_life(self, facts):
        steps = tell(facts, today=TODAY).steps
        keys = [
            (step.fact.expected, step.fact.on, KINDS.index(step.fact.kind))
            for step in steps
        ]
        self.assertEqual(keys, sorted(keys))

    def test_invoice_of_the_day_stands_after_placed(self):
        facts = [
            Fact("invoiced", on=TODAY),
            Fact("placed", at=datetime(2026, 3, 10, 17)),
            Fact("confirmed", at=datetime(2026, 3, 10, 17)),
        ]
        self.assertEqual(_kinds(facts), ["placed", "confirmed", "invoiced"])

    def test_day_stands_among_times_by_rank(self):
        facts = [
            Fact("invoiced", on=TODAY),
            Fact("paid", on=TODAY),
            Fact("placed", at=datetime(2026, 3, 10, 8)),
            Fact("shipped", at=datetime(2026, 3, 10, 9)),
            Fact("returned", at=datetime(2026, 3, 10, 10)),
            Fact("refunded", on=TODAY + timedelta(days=1)),
        ]
        self.assertEqual(
            _kinds(facts),
            ["placed", "shipped", "invoiced", "paid", "returned", "refunded"],
        )

    def test_days_are_those_of_the_seller(self):
        placed = Fact("placed", at=datetime(2026, 3, 11, 1))  # evening in New York
        shipped = Fact("shipped", at=datetime(2026, 3, 11, 15))
        invoiced = Fact("invoiced", on=TODAY)
        for zone in (ZoneInfo("America/New_York"), UTC):
            with self.subTest(zone=zone):
                kinds = _kinds([invoiced, shipped, placed], zone=zone)
                self.assertLess(kinds.index("placed"), kinds.index("invoiced"))

    def test_a_fact_has_a_time_or_a_day(self):
        with self.assertRaises(ValueError):
            Fact("placed", at=datetime(2026, 3, 10), on=TODAY)
        with self.assertRaises(ValueError):
            Fact("thought of", on=TODAY)


def _state_rank(state):
    return ("done", "current", "expected").index(state)


class TestFulfilment(BaseCase):
    @settings(deadline=None, database=None)
    @given(_quantities, some.lists(_quantities, min_size=1, max_size=4))
    def test_shipping_more_never_goes_back(self, ordered, parts):
        shipped, last = 0.0, -1
        ordered += 1
        for part in [0.0, *parts, ordered]:
            shipped = min(ordered, shipped + part)
            key = fulfilment([_line(ordered, shipped, ordered - shipped)], Arrivals())
            self.assertGreaterEqual(FULFILMENT.index(key), last)
            last = FULFILMENT.index(key)
        self.assertEqual(key, "shipped")

    @settings(deadline=None, database=None)
    @given(some.integers(1, 5), _quantities)
    def test_arriving_never_goes_back(self, sent, opened):
        line = _line(6 + opened, 6, opened)
        last = -1
        for arrived in range(sent + 1):
            place = FULFILMENT.index(fulfilment([line], Arrivals(sent, arrived)))
            self.assertGreaterEqual(place, last)
            last = place
        self.assertEqual(FULFILMENT[last] == "delivered", not opened)

    def test_states(self):
        none = Arrivals()
        for lines, stage, key in (
            ([], "order", "nothing"),
            ([_line(5, 0, 5)], "quotation", "nothing"),
            ([_line(5, 0, 5)], "order", "waiting"),
            ([_line(5, 2, 3)], "order", "partly_shipped"),
            ([_line(5, 2, 0)], "order", "shipped"),  # the rest was cancelled
            ([_line(5, 0, 0)], "order", "cancelled"),
            ([_line(5, 0, 0)], "cancelled", "cancelled"),
            ([_line(5, 5, 0)], "cancelled", "shipped"),
            ([_line(5, 0, 5, goods=False)], "order", "nothing"),
            ([_line(5, 5, 0, returned=5)], "order", "shipped"),
            ([_line(5, 4.999, 0.001, digits=2)], "order", "shipped"),
            ([_line(5, 4.99, 0.01, digits=2)], "order", "partly_shipped"),
        ):
            with self.subTest(lines=lines, stage=stage):
                self.assertEqual(fulfilment(lines, none, stage), key)

    def test_late_only_while_somebody_waits(self):
        yesterday = TODAY - timedelta(days=1)
        for line, late in ((_line(5, 0, 5), True), (_line(5, 5, 0), False)):
            story = tell((), [line], promised_on=yesterday, today=TODAY)
            self.assertEqual(story.fulfilment.late, late)
        story = tell((), [_line(5, 0, 5)], promised_on=TODAY, today=TODAY)
        self.assertFalse(story.fulfilment.late)

    def test_the_most_believable_date_counts(self):
        dates = (
            LineDate(TODAY, "promise", weight=10),
            LineDate(TODAY + timedelta(days=3), "receipt", weight=30),
            LineDate(TODAY + timedelta(days=9), "transfer", weight=20),
        )
        line = _line(5, 0, 5, dates=dates)
        self.assertEqual(line.expected.source, "receipt")
        self.assertIsNone(_line(5, 5, 0, dates=dates).expected)

    def test_cancelled_is_what_will_not_come(self):
        self.assertEqual(_line(5, 2, 1).cancelled, 2)
        self.assertEqual(_line(5, 6, 0).cancelled, 0)


class TestPayment(BaseCase):
    @settings(deadline=None, database=None)
    @given(some.lists(some.integers(1, 9999), min_size=1, max_size=5), some.data())
    def test_paying_more_never_goes_back(self, amounts, data):
        bills = [Bill(amount / 50, amount / 50) for amount in amounts]
        last = PAYMENT.index(payment(Money(tuple(bills))))
        self.assertEqual(PAYMENT[last], "unpaid")
        for place in data.draw(some.permutations(range(len(bills)))):
            for rest in (bills[place].amount / 2, 0.0):
                bills[place] = Bill(bills[place].amount, rest)
                place_ = PAYMENT.index(payment(Money(tuple(bills))))
                self.assertGreaterEqual(place_, last)
                last = place_
        self.assertEqual(PAYMENT[last], "paid")

    def test_states(self):
        def credit(amount, opened):
            return Bill(amount, opened, is_credit=True)

        for money, key in (
            (Money(), "nothing"),
            (Money(pending=True, total=100), "in_process"),
            (Money(prepaid=100, total=100, unbilled=True), "paid"),
            (Money(prepaid=30, total=100, unbilled=True), "partly_paid"),
            (Money((Bill(100, 100),)), "unpaid"),
            (Money((Bill(100, 40),)), "partly_paid"),
            (Money((Bill(100, 0.004),)), "paid"),
            (Money((Bill(100, 0.004),), rounding=0.001), "partly_paid"),
            (Money((Bill(100, 0, in_process=True),)), "in_process"),
            # a down payment: more will be asked for
            (Money((Bill(30, 0),), total=100, unbilled=True), "partly_paid"),
            # credited before anything was paid
            (
                Money((Bill(100, 0, own_credit=100), credit(100, 0)), unbilled=True),
                "nothing",
            ),
            (Money((Bill(100, 60, own_credit=40), credit(40, 0))), "unpaid"),
            (Money((Bill(100, 0, own_credit=40), credit(40, 0))), "paid"),
            # paid, and given back
            (Money((Bill(100, 0), credit(100, 0)), unbilled=True), "refunded"),
            (Money((Bill(100, 0), credit(40, 0)), unbilled=True), "partly_refunded"),
            (Money((Bill(100, 0), credit(40, 40)), unbilled=True, total=100), "paid"),
            # wrong invoice replaced by a right one
            (Money((Bill(100, 0), credit(100, 0), Bill(90, 0))), "paid"),
            # settled by a credit note of another order
            (Money((Bill(100, 0),)), "paid"),
        ):
            with self.subTest(money=money):
                self.assertEqual(payment(money), key)

    def test_overdue_is_told_beside(self):
        money = Money(
            (Bill(100, 60, due_on=TODAY), Bill(50, 0, due_on=date(2026, 1, 1)))
        )
        for today, late in ((TODAY, False), (TODAY + timedelta(days=1), True)):
            story = tell((), money=money, today=today)
            self.assertEqual(
                (story.payment.key, story.payment.late), ("partly_paid", late)
            )


class TestReturn(BaseCase):
    @settings(deadline=None, database=None)
    @given(some.integers(1, 6))
    def test_sending_back_more_never_goes_back(self, shipped):
        last = -1
        for back in range(shipped + 1):
            line = _line(
                shipped, shipped, 0.0, returned=back, coming_back=shipped - back
            )
            place = RETURN.index(returned([line], Money()))
            self.assertGreaterEqual(place, last)
            last = place
        self.assertEqual(RETURN[last], "returned")

    def test_states(self):
        credit = Money((Bill(10, 0, is_credit=True),))
        owed = Money((Bill(10, 10, is_credit=True),))
        for line, money, key in (
            (_line(5, 5), Money(), "none"),
            (_line(5, 5, coming_back=1), Money(), "expected"),
            (_line(5, 5, returned=1), Money(), "partly_returned"),
            (_line(5, 5, returned=5), Money(), "returned"),
            (_line(5, 5, returned=5, credited=5), credit, "refunded"),
            (_line(5, 5, returned=2, credited=2), credit, "refunded"),
            (_line(5, 5, returned=5, credited=5), owed, "returned"),
            (_line(5, 5, returned=5, credited=2), credit, "returned"),
        ):
            with self.subTest(line=line, money=money):
                self.assertEqual(returned([line], money), key)
