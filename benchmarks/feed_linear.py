"""Twelve distributors' first files, one after the other.

The statistics are made before the last one comes, so the planner has never seen its
account: a nested loop would take it minutes. Claim: the last file takes at most 1.2
times as long as the first.
"""

import os
import statistics
import tempfile

from . import _feed_data as data
from ._measure import claim

FEEDS, ROUNDS = 12, 3


def run(env, site=None, core=None):
    first, last = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file.csv.gz")
        data.write_file(path, data.ROWS // 10)
        for _round in range(ROUNDS):
            seconds = []
            for number in range(FEEDS):
                feed = data.make_feed(env, data.make_account(env))
                if number == FEEDS - 1:
                    env.cr.execute("ANALYZE")
                seconds.append(data.load(env, data.queue(env, feed, path))[0])
            data.describe("one after the other", seconds)
            first.append(seconds[0])
            last.append(seconds[-1])
            env.cr.execute("TRUNCATE distributor_offer; ANALYZE")
            env.cr.commit()
    share = statistics.median(b / a for a, b in zip(first, last, strict=True))
    claim(
        "feed_linear",
        f"{statistics.median(last):.2f}s",
        f"{statistics.median(first):.2f}s",
        share,
        share <= 1.2,
    )
