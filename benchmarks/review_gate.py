"""One order, 50 rules, inside action_confirm: what the gate adds to core's own work.

Claim: all of our code in the confirmation of an order of five lines takes at most 3 %
of the time core's action_confirm takes on the same kind of order without any rule.
The peer's check of one order is printed beside it.
"""

import random
import statistics
import sys
import time
from contextlib import contextmanager

from ._measure import claim
from ._review_data import (
    RULES,
    make_orders,
    make_partners,
    make_peer_rules,
    make_products,
)

PEER_MODULES = ["sale_exception"]
PAIRS = 25


def run(env, site=None, core=None):
    products, partners = make_products(env), make_partners(env)
    orders = make_orders(env, products, partners, count=3 * PAIRS)
    rules = _fifty_rules(env, products, partners)
    env["exception.rule"].search([]).active = False
    peer_rules = make_peer_rules(env)
    # asleep while orders are confirmed: the peer checks there as well, and writes to
    # the lines, which is neither core's work nor ours
    peer_rules.active = False
    env.cr.commit()
    env.cr.execute("ANALYZE")
    clock = _Clock(env)
    core, gate, peer, queries = [], [], [], []
    random.Random(3).shuffle(rows := list(orders))
    for number in range(PAIRS):
        plain, ruled, checked = rows[3 * number : 3 * number + 3]
        rules.active = False
        core.append(_confirm(env, plain, clock)[0])
        rules.active = True
        _seconds, ours, count = _confirm(env, ruled, clock)
        gate.append(ours)
        queries.append(count)
        peer_rules.active = True
        env.flush_all()
        env.invalidate_all()
        start = time.perf_counter()
        checked.detect_exceptions()
        peer.append(time.perf_counter() - start)
        peer_rules.active = False
    ours, whole = statistics.median(gate), statistics.median(core)
    print(f"core action_confirm {1000 * whole:.1f} ms, ours in it {1000 * ours:.2f} ms")
    print(f"peer's check of one order {1000 * statistics.median(peer):.1f} ms")
    print(f"queries of ours {statistics.median(queries):.0f}")
    claim(
        "review_gate",
        f"{1000 * ours:.2f}ms",
        f"{1000 * whole:.1f}ms",
        ours / whole,
        ours <= 0.03 * whole,
    )


def _confirm(env, order, clock):
    """Confirm one order through the peer-free path; returns total, ours, our queries."""
    order = order.with_context(check_exception=False)
    order.ignore_exception = True
    env.flush_all()
    env.invalidate_all()
    clock.reset()
    start = time.perf_counter()
    order.action_confirm()
    env.flush_all()
    seconds = time.perf_counter() - start
    assert order.state == "sale", order.review_finding_ids.mapped("message")
    return seconds, clock.seconds, clock.queries


class _Clock:
    """Adds up the time spent in the methods by which we take part in confirming."""

    METHODS = ("_review_gate", "_review_correct", "_review_touch")

    def __init__(self, env):
        self.env = env
        self.reset()
        model = type(env["sale.order"])
        for name in self.METHODS:
            setattr(model, name, self._timed(getattr(model, name)))
        model._review_undo = self._timed_context(model._review_undo)

    def reset(self):
        self.seconds, self.queries, self.depth = 0.0, 0, 0

    def _timed(self, method):
        def timed(orders, *args, **kwargs):
            self.depth += 1
            queries, start = self.env.cr.sql_log_count, time.perf_counter()
            try:
                return method(orders, *args, **kwargs)
            finally:
                self.depth -= 1
                if not self.depth:
                    self.seconds += time.perf_counter() - start
                    self.queries += self.env.cr.sql_log_count - queries

        return timed

    def _timed_context(self, method):
        """The same for the savepoint around core's work: entering and leaving it."""

        @contextmanager
        def timed(orders, *args):
            context = method(orders, *args)
            self._timed(lambda _orders: context.__enter__())(orders)
            try:
                yield
            except BaseException:
                context.__exit__(*sys.exc_info())
                raise
            self._timed(lambda _orders: context.__exit__(None, None, None))(orders)

        return timed


def _fifty_rules(env, products, partners):
    """Fifty rules of all kinds that look at the orders and stop none of them."""
    chance = random.Random(5)
    values = []
    for number in range(50):
        name, model, kind, text, _ours = RULES[number % 10]
        choice = number % 5
        if choice == 0:
            rule = {"kind": "max_quantity", "max_quantity": 100000}
        elif choice == 1:
            rule = {
                "kind": "quota",
                "max_quantity": 1000000,
                "period": chance.choice(("day", "month")),
                "quota_per": "commercial",
            }
        elif choice == 2:
            rule = {"kind": "amount", "amount_max": 10000000}
        elif choice == 3:
            rule = {
                "kind": "domain",
                "domain_model": "sale.order",
                "domain": f"[('amount_total', '>', {10000000 + number})]",
            }
        else:
            rule = {
                "kind": "domain",
                "domain_model": "sale.order.line",
                "domain": f"[('product_uom_qty', '>', {100000 + number})]",
            }
        if number % 3 == 0 and choice < 2:
            rule["product_ids"] = [(6, 0, chance.sample(products.ids, 5))]
        if number % 7 == 0:
            rule["partner_ids"] = [(6, 0, chance.sample(partners.ids, 5))]
        values.append({"name": f"Rule {number}", **rule})
    return env["sale.review.rule"].create(values)
