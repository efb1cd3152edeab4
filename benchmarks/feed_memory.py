"""How much memory the process that loads takes, above what it had before.

Claims: at most 300 MB for every kind of file; for one of ten times the rows not more
than
for the other, give or take a tenth and 20 MB.
"""

import gc
import multiprocessing
import os
import tempfile
import threading

from . import _feed_data as data
from ._measure import claim

PAGE = os.sysconf("SC_PAGE_SIZE") / 1e6


def run(env, site=None, core=None):
    grown = {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "file.csv.gz")
        feed = data.make_feed(env, data.make_account(env))
        feed.max_price_change = feed.max_shrink = 0
        for revision, (name, changed) in enumerate(
            {"first": 0, "same": 0, "5pct": 5, "100pct": 100}.items()
        ):
            _write(path, data.ROWS, revision=revision, changed=changed, seed=revision)
            grown[name] = _grown(env, feed, path)
        _write(path, 10 * data.ROWS, prefix="L")
        grown["ten times"] = _grown(
            env, data.make_feed(env, data.make_account(env)), path
        )
    print("  MB above idle:", {name: round(value) for name, value in grown.items()})
    most, first, large = max(grown.values()), grown["first"], grown["ten times"]
    claim("feed_memory", f"{most:.0f}MB", "300MB", most / 300, most <= 300)
    claim(
        "feed_memory_flat",
        f"{large:.0f}MB",
        f"{first:.0f}MB",
        large / first,
        large <= 1.1 * first + 20,
    )


def _write(path, rows, **options):
    """Write the file in a process of its own: what that takes is not counted here."""
    process = multiprocessing.get_context("spawn").Process(
        target=data.write_file, args=(path, rows), kwargs=options
    )
    process.start()
    process.join()
    if process.exitcode:
        raise AssertionError("the file was not written")


def _resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * PAGE


def _grown(env, feed, path):
    """Load a file; returns the most memory above that before, in MB."""
    task = data.queue(env, feed, path)
    gc.collect()
    idle, most, done = _resident(), [0.0], threading.Event()

    def watch():
        while not done.wait(0.02):
            most[0] = max(most[0], _resident() - idle)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        data.load(env, task)
    finally:
        done.set()
        watcher.join()
    return most[0]
