"""A million rows of which five per cent changed.

Claims: at least four times as fast as ON CONFLICT, at most six times a bare COPY.
"""

import statistics

from ._feed_again import measure, ratio
from ._measure import claim


def run(env, site=None, core=None):
    found = measure(env, 5)
    ours = f"{statistics.median(found.ours):.2f}s"
    faster, times = ratio(found.upsert, found.ours), ratio(found.ours, found.copy)
    claim(
        "feed_5pct",
        ours,
        f"{statistics.median(found.upsert):.2f}s",
        faster,
        faster >= 4,
    )
    claim(
        "feed_5pct_copy",
        ours,
        f"{statistics.median(found.copy):.2f}s",
        times,
        times <= 6,
    )
