"""One order for N recipients × 20 products, created and confirmed to confirmed deliveries.

Claims: at least 6 times as fast as N core orders at 100 recipients and 4 times at 500,
with at most one fortieth of their queries; 1,000 recipients take at most 15 % more than
ten times what 100 take. Both ways deliver the same goods to the same addresses, which is
asserted. The time until the goods are reserved, from stock on hand, is printed too.
"""

import gc
import statistics

from ._division_data import LINES, add_stock, make_lines, make_world
from ._measure import Sample, claim, measure

#: Recipients, pairs of runs, and the ratio that is claimed: 500 orders of core take a
#: quarter of an hour, so one pair must do, and what is reserved is measured with 100.
ROUNDS = ((100, 3, 6.0), (500, 1, 4.0))
LINEAR = (100, 1000, 1.15)


def run(env, site=None, core=None, rounds=ROUNDS, linear=LINEAR):
    env["sale.review.rule"].search([]).active = False
    env.company.portal_confirmation_pay = False
    for members, pairs, wanted in rounds:
        division, stores, products = make_world(env, members)
        env.cr.commit()
        env.cr.execute("ANALYZE")
        ours, peer = Sample(), Sample()
        for _pair in range(pairs):
            got = _measured(
                env, lambda d=division, p=products: _one_order(env, d, p), ours
            )
            expected = _measured(
                env,
                lambda d=division, s=stores, p=products: _core_orders(env, d, s, p),
                peer,
            )
            assert got == expected, "not the same goods to the same addresses"
            assert len(got) == members * LINES
        print(f"division {members}: ours {ours.describe()}, core {peer.describe()}")
        ratio = peer.median / ours.median
        cpu = statistics.median(peer.cpu) / statistics.median(ours.cpu)
        queries = statistics.median(peer.queries) / statistics.median(ours.queries)
        print(f"division {members}: ratio of cpu {cpu:.1f}, of queries {queries:.1f}")
        claim(
            f"division_{members}",
            f"{ours.median:.1f}s",
            f"{peer.median:.1f}s",
            ratio,
            ratio >= wanted,
        )
        claim(
            f"division_{members}_queries",
            f"{statistics.median(ours.queries):.0f}",
            f"{statistics.median(peer.queries):.0f}",
            queries,
            queries >= 40,
        )
        if members == rounds[0][0]:
            _reserved(env, division, stores, products)
    if linear:
        _linear(env, *linear)


def _reserved(env, division, stores, products):
    """The same with goods on the shelf, until they are reserved."""
    add_stock(env, products, 10.0 * len(stores))
    env.cr.commit()
    env.cr.execute("ANALYZE")
    ours, peer = Sample(), Sample()
    _measured(env, lambda: _one_order(env, division, products, reserve=True), ours)
    _measured(env, lambda: _core_orders(env, division, stores, products), peer)
    print(
        f"division {len(stores)} reserved: ours {ours.describe()}, core "
        f"{peer.describe()}, ratio {peer.median / ours.median:.1f}, of cpu "
        f"{peer.cpu[0] / ours.cpu[0]:.1f}"
    )


def _linear(env, few, many, allowed):
    """Time per recipient must not grow with their number."""
    samples = {}
    for members in (few, many):
        division, _stores, products = make_world(env, members)
        env.cr.commit()
        env.cr.execute("ANALYZE")
        sample = samples[members] = Sample()
        for _time in range(3 if members == few else 1):
            _measured(env, lambda d=division, p=products: _one_order(env, d, p), sample)
    per = {members: min(s.cpu) / members for members, s in samples.items()}
    print(f"division {many}: ours {samples[many].describe()}")
    growth = per[many] / per[few]
    claim(
        "division_linear",
        f"{1000 * per[many]:.1f}ms/recipient",
        f"{1000 * per[few]:.1f}ms/recipient",
        growth,
        growth <= allowed,
    )


#: After how many orders of core the statistics of which tables are brought up to date.
_ANALYZED = (10, 50, 150, 300)
_GROWING = (
    "sale_order",
    "sale_order_line",
    "stock_move",
    "stock_move_line",
    "stock_picking",
    "stock_reference",
    "stock_reference_move_rel",
    "stock_reference_sale_rel",
)


class _Undo(Exception):
    """Ends a measured run: the next one starts from the same data."""


def _measured(env, work, sample):
    """Measure some work that is undone afterwards.

    :return: what was delivered, as a sorted list
    """
    found = []
    try:
        with env.cr.savepoint():
            orders = measure(env, work, sample)
            found = _deliveries(env, orders)
            raise _Undo
    except _Undo:
        env.transaction.clear()
        gc.collect()
    return found


def _deliveries(env, orders):
    env.flush_all()
    env.cr.execute(
        """
        SELECT p.partner_id, m.product_id, m.product_uom_qty::float, p.state != 'draft'
          FROM stock_move m JOIN stock_picking p ON p.id = m.picking_id
         WHERE p.sale_id = ANY(%s) ORDER BY 1, 2
        """,
        [orders.ids],
    )
    return env.cr.fetchall()


def _one_order(env, division, products, reserve=False):
    """One division order, and what the job in the background does for it.

    Between portions the caches are emptied, as a commit would.
    """
    order = env["sale.order"].create(
        {
            "partner_id": division.partner_id.id,
            "division_id": division.id,
            "order_line": make_lines(products, "division_qty"),
        }
    )
    order.action_confirm()
    job = env["sale.order.recipient"]
    while reserve or job.search_count([("to_deliver", "=", True)], limit=1):
        env.flush_all()
        env.invalidate_all()
        if not job._deliver_portion():
            break
    return order


def _core_orders(env, division, stores, products):
    """What core offers: one order for each store, confirmed one by one.

    In life each is a transaction, and autovacuum keeps the statistics: without them
    core's look-up of a transfer to join takes a second once there are some thousand
    moves.  Analysing a few times takes next to nothing.
    """
    orders = env["sale.order"]
    for number, store in enumerate(stores):
        if number in _ANALYZED:
            env.cr.execute(f"ANALYZE {', '.join(_GROWING)}")
        order = env["sale.order"].create(
            {
                "partner_id": division.partner_id.id,
                "partner_shipping_id": store.id,
                "order_line": make_lines(products),
            }
        )
        order.action_confirm()
        env.flush_all()
        env.invalidate_all()
        orders |= order
    return orders
