"""A million rows, nothing changed but their order; and the identical file.

Claims: at most four times a bare COPY; the identical file takes less than a second.
"""

import statistics

from . import _feed_data as data
from ._feed_again import measure, ratio
from ._measure import claim


def run(env, site=None, core=None):
    def identical(feed, path):
        return data.load(env, data.queue(env, feed, path), state="same")[0]

    found = measure(env, 0, identical)
    ours = statistics.median(found.ours)
    times = ratio(found.ours, found.copy)
    copy = statistics.median(found.copy)
    claim("feed_same", f"{ours:.2f}s", f"{copy:.2f}s", times, times <= 4)
    claim(
        "feed_same_file",
        f"{found.after:.2f}s",
        f"{ours:.2f}s",
        ours / found.after,
        found.after < 1,
    )
