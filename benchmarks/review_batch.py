"""1,000 orders × 5 lines × 20 rules: find what is wrong and store it.

Claim: at least 100 times as fast as OCA's sale_exception with the same rules and the
same verdicts, and a number of queries that does not depend on the number of orders.
"""

import contextlib
import io

import psycopg2

from ._measure import Sample, claim, measure
from ._review_data import (
    make_orders,
    make_partners,
    make_peer_rules,
    make_products,
    make_rules,
)

PEER_MODULES = ["sale_exception"]
PAIRS = 3


def run(env, site=None, core=None):
    products, partners = make_products(env), make_partners(env)
    orders = make_orders(env, products, partners)
    rules = make_rules(env, products, partners)
    env["exception.rule"].search([]).active = False
    peer_rules = make_peer_rules(env)
    env.cr.commit()
    env.cr.execute("ANALYZE")
    _check_equal(env, orders, rules, peer_rules)
    ours, peer, few = Sample(), Sample(), Sample()
    for _pair in range(PAIRS):
        measure(env, orders.detect_exceptions, peer, lambda: _forget(env))
        for _repeat in range(3):
            measure(env, lambda: _judge(orders), ours, lambda: _forget(env))
        measure(env, lambda: _judge(orders[:10]), few, lambda: _forget(env))
    floor = _floor(env, orders)
    print("peer ", peer.describe())
    print("ours ", ours.describe())
    print("ours, 10 orders", few.describe())
    print("floor", floor.describe(), f"ratio {peer.median / floor.median:.0f}")
    ratio = peer.median / ours.median
    claim(
        "review_batch",
        f"{1000 * ours.median:.0f}ms",
        f"{1000 * peer.median:.0f}ms",
        ratio,
        ratio >= 100,
    )
    many, little = max(ours.queries), max(few.queries)
    claim(
        "review_batch_queries",
        f"{many}@1000",
        f"{little}@10",
        many / little,
        many <= little,
    )
    print("findings stored:", env["sale.review.finding"].search_count([]))


def _judge(orders):
    orders.env.add_to_compute(orders._fields["review_state"], orders)
    orders._recompute_recordset(["review_state"])


def _floor(env, orders):
    """Read the lines, copy the same findings back, write the same states: no judging.

    Whatever judges orders and stores what it finds cannot be faster than this.
    """
    _forget(env)
    _judge(orders)
    env.flush_all()
    ids = orders.ids
    columns = "order_id, rule_id, kind, severity, line_id, product_id, asked, allowed"
    columns += ", used, price, details, decision_id, subject"
    found = io.StringIO()
    env.cr.copy_expert(f"COPY sale_review_finding ({columns}) TO STDOUT", found)
    env.cr.execute("SELECT id, review_state FROM sale_order WHERE id = ANY(%s)", [ids])
    states = dict(env.cr.fetchall())

    def work():
        env.cr.execute(
            """
            SELECT id, order_id, product_id, product_uom_qty, product_uom_id, price_unit,
                   discount, price_subtotal
              FROM sale_order_line WHERE order_id = ANY(%s)
            """,
            [ids],
        )
        env.cr.fetchall()
        found.seek(0)
        env.cr.copy_expert(f"COPY sale_review_finding ({columns}) FROM STDIN", found)
        env.cr.execute(
            """
            UPDATE sale_order o SET review_state = v.state
              FROM unnest(%s, %s) AS v(id, state)
             WHERE o.id = v.id AND o.review_state IS DISTINCT FROM v.state
            """,
            [list(states), list(states.values())],
        )

    sample = Sample()
    for _time in range(3 * PAIRS):
        measure(env, work, sample, lambda: _forget(env))
    return sample


def _forget(env):
    env.cr.execute("DELETE FROM sale_review_finding")
    env.cr.execute("UPDATE sale_order SET review_state = 'clear'")
    for table in (
        "exception_rule_sale_order_rel",
        "exception_rule_sale_order_line_rel",
    ):
        env.cr.execute(f"DELETE FROM {table}")
    env.cr.execute("UPDATE sale_order SET main_exception_id = NULL")
    env.invalidate_all()
    _vacuum(env)


def _vacuum(env):
    """Do what autovacuum does in life: no run pays for what an earlier one left."""
    env.cr.commit()
    with contextlib.closing(psycopg2.connect(env.cr._cnx.dsn)) as connection:
        connection.autocommit = True
        with connection.cursor() as cr:
            cr.execute("VACUUM")


def _check_equal(env, orders, rules, peer_rules):
    """Both must stop the same orders for the same rules before anything is timed."""
    _forget(env)
    orders.detect_exceptions()
    env.flush_all()
    env.cr.execute(
        "SELECT exception_rule_id, sale_order_id FROM exception_rule_sale_order_rel"
    )
    place = {rule.id: number for number, rule in enumerate(peer_rules)}
    theirs = {(place[rule], order) for rule, order in env.cr.fetchall()}
    _judge(orders)
    env.flush_all()
    env.cr.execute("SELECT DISTINCT rule_id, order_id FROM sale_review_finding")
    place = {rule.id: number for number, rule in enumerate(rules)}
    mine = {(place[rule], order) for rule, order in env.cr.fetchall()}
    for number, rule in enumerate(rules):
        left = sum(1 for one in mine if one[0] == number)
        right = sum(1 for one in theirs if one[0] == number)
        print(f"  {rule.name}: {left} orders, peer {right}")
    assert mine == theirs, sorted(mine ^ theirs)[:10]
    print(f"same verdicts: {len(mine)} (rule, order) pairs")
