"""A small file, five per cent of it changed, when the table holds twelve times as much.

Claim: with 12,000,000 offers of 120 accounts it takes at most 1.5 times as long as with
1,000,000 of ten. The other accounts' offers are copies of the first, made by SQL.
"""

import os
import statistics
import tempfile

from . import _feed_data as data
from . import _feed_peers as peers
from ._measure import claim

FILES, SMALL, LARGE = 5, 10, 120


def run(env, site=None, core=None):
    rows = data.ROWS // SMALL
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file.csv.gz")
        account = data.make_account(env)
        feed = data.make_feed(env, account)
        feed.max_price_change = feed.max_shrink = 0
        data.write_file(path, rows)
        data.load(env, data.queue(env, feed, path))
        found, revision = [], 0
        for accounts in (SMALL, LARGE):
            _fill(env, account, accounts)
            seconds = []
            for _file in range(FILES):
                revision += 1
                data.write_file(path, rows, revision=revision, changed=5, seed=revision)
                task = data.queue(env, feed, path)
                seconds.append(data.load(env, task)[0])
                if not task.updated or not task.created:
                    raise AssertionError("nothing changed")
            data.describe(f"{accounts} accounts", seconds)
            found.append(statistics.median(seconds))
        _count(env, LARGE * rows)
    small, large = found
    claim(
        "feed_scale",
        f"{large:.2f}s",
        f"{small:.2f}s",
        large / small,
        large <= 1.5 * small,
    )


def _fill(env, account, accounts):
    """Copy the offers of an account to others until there are so many accounts."""
    columns = ", ".join(
        ("distributor_id", "company_id", "warehouse", "stock_hash", *peers.WRITTEN)
    )
    env.cr.execute("SELECT count(DISTINCT account_id) FROM distributor_offer")
    for number in range(env.cr.fetchone()[0], accounts):
        # No account has these numbers, nor has any feed: nobody looks for them.
        other = 1_000_000_000 + number
        env.cr.execute(
            f"""
            INSERT INTO distributor_offer (account_id, stock_feed_id, {columns})
            SELECT {other}, {other}, {columns} FROM distributor_offer
             WHERE account_id = {account.id} ORDER BY code
            """
        )
        env.cr.commit()
    env.cr.execute("ANALYZE distributor_offer")
    env.cr.commit()


def _count(env, least):
    env.cr.execute("SELECT count(*) FROM distributor_offer")
    if env.cr.fetchone()[0] < least:
        raise AssertionError("the table is smaller than it should be")
