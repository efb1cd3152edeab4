"""A million new offers, from a compressed file to what everybody sees.

Claims: at least 100 times as fast as Odoo's own import (measured on fewer rows, and
taken
times as many), and at most 0.75 of the time of a plain insert into the same indexed
table.
"""

import os
import statistics
import tempfile
import time

from . import _feed_data as data
from . import _feed_peers as peers
from ._measure import claim

PAIRS = 3
IMPORTED = 2_000


def run(env, site=None, core=None):
    ours, plain = [], []
    with tempfile.TemporaryDirectory() as folder:
        for pair in range(PAIRS):
            path = os.path.join(folder, "first.csv.gz")
            data.write_file(path, data.ROWS, seed=pair)
            account = data.make_account(env)
            feed = data.make_feed(env, account)
            peers.make_table(env)
            task = data.queue(env, feed, path)
            ours.append(data.load(env, task)[0])
            plain.append(peers.insert(env, account, path))
            peers.check_equal(env, account)
            env.cr.execute("DELETE FROM distributor_offer; ANALYZE")
            env.cr.commit()
    data.describe("ours", ours)
    data.describe("insert into an indexed table", plain)
    mine = statistics.median(ours)
    imported = _import(env) / IMPORTED * data.ROWS
    claim(
        "feed_first",
        f"{mine:.1f}s",
        f"{imported:.0f}s",
        imported / mine,
        imported >= 100 * mine,
    )
    share = statistics.median(
        one / other for one, other in zip(ours, plain, strict=True)
    )
    claim(
        "feed_first_insert",
        f"{mine:.1f}s",
        f"{statistics.median(plain):.1f}s",
        share,
        share <= 0.75,
    )


def _import(env):
    """Import some offers with Odoo's `load`; returns seconds."""
    account = data.make_account(env)
    offers = env["distributor.offer"]
    names = ["account_id/.id", "distributor_id/.id", *peers.WRITTEN]
    rows = [
        [str(account.id), str(account.distributor_id.id), f"I{number}", "5", "12.5",
         f"Article {number}", "Brand", f"P{number}", "4006381333931"]
        for number in range(IMPORTED)
    ]  # fmt: skip
    env.flush_all()
    start = time.perf_counter()
    answer = offers.load(names, rows)
    env.flush_all()
    seconds = time.perf_counter() - start
    if len(answer["ids"] or ()) != IMPORTED:
        raise AssertionError(answer["messages"][:3])
    env.cr.rollback()
    return seconds
