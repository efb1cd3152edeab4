"""Files of offers that are there already, against ON CONFLICT and COPY."""

import os
import statistics
import tempfile
from types import SimpleNamespace

from . import _feed_data as data
from . import _feed_peers as peers

PAIRS = 3


def measure(env, changed, after=None):
    """Load a first file and three more, ours and the peers' way in turn.

    :param changed: see ``_feed_data.write_file``
    :param after: called with the feed and the path of the last file
    :return: seconds of each way (``ours``, ``upsert``, ``copy``) and what ``after``
    returned
    """
    found = SimpleNamespace(ours=[], upsert=[], copy=[], after=None)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "again.csv.gz")
        account = data.make_account(env)
        feed = data.make_feed(env, account)
        feed.max_price_change = feed.max_shrink = 0
        peers.make_table(env)
        data.write_file(path, data.ROWS)
        data.load(env, data.queue(env, feed, path))
        peers.insert(env, account, path)
        for pair in range(1, PAIRS + 1):
            data.write_file(path, data.ROWS, revision=pair, changed=changed, seed=pair)
            task = data.queue(env, feed, path)
            env.cr.execute("ANALYZE")
            env.cr.commit()
            found.copy.append(peers.bare_copy(env, path))
            found.ours.append(data.load(env, task)[0])
            found.upsert.append(peers.upsert(env, account, path))
            peers.check_equal(env, account)
        if after:
            found.after = after(feed, path)
    data.describe("ours", found.ours)
    data.describe("ON CONFLICT", found.upsert)
    data.describe("bare COPY", found.copy)
    return found


def ratio(one, other):
    """Median of the ratios of each pair."""
    return statistics.median(a / b for a, b in zip(one, other, strict=True))
