"""Feeds, their files, and the plain ways to load these, for the feed benchmarks.

`N=` is the number of rows of a file (a million, as docs/performance.md has it).
"""

import gzip
import hashlib
import os
import random
import resource
import time

ROWS = int(os.environ.get("N") or 1_000_000)
COLUMNS = {
    "code": "sku",
    "quantity": "stock",
    "price": "price",
    "name": "name",
    "manufacturer": "brand",
    "mpn": "part",
    "gtin": "ean",
}
BRANDS = [f"Brand {number}" for number in range(200)]
#: Rows of a file with few changes: changed, new, gone; in per cent.
CHANGED, NEW, GONE = 4, 0.5, 0.5


def write_file(path, rows, *, prefix="S", revision=0, changed=0.0, seed=1):
    """Write a compressed file of offers in random order.

    :param rows: number of rows of the first revision
    :param prefix: begins every code
    :param revision: 0 is the first; later ones change what ``changed`` says
    :param changed: 0, 5 (prices and stock of four per cent of the rows, and some rows
        come or go) or 100 per cent (all prices)
    :param seed: of the order of the rows
    """
    few = changed == 5
    start = int(rows * GONE / 100) * revision if few else 0
    stop = rows + (int(rows * NEW / 100) * revision if few else 0)
    numbers = list(range(start, stop))
    random.Random(seed).shuffle(numbers)
    share = CHANGED if few else changed
    with gzip.open(path, "wt", compresslevel=3, newline="") as file:
        file.write(";".join(COLUMNS.values()) + "\n")
        part = []
        for number in numbers:
            moved = revision if (number * 7919) % 100 < share else 0
            base = f"{40 + number % 50}{10_000_000 + number:010d}"
            part.append(
                f"{prefix}{number:08d};{(number * 31 + moved) % 400};"
                f"{10 + (number * 17) % 90_000 / 100 + moved / 10:.2f};"
                f"Article {number} of a line, black;{BRANDS[number % 200]};"
                f"P-{number:07d};{base}{_check_digit(base)}\n"
            )
            if len(part) == 50_000:
                file.write("".join(part))
                part.clear()
        file.write("".join(part))


def _check_digit(digits):
    total = sum(map(int, digits[-1::-2])) * 3 + sum(map(int, digits[-2::-2]))
    return -total % 10


def make_account(env, name="Measured distributor"):
    """Return an account of a new distributor."""
    partner = env["res.partner"].create({"name": name, "is_company": True})
    return env["distributor.account"].create({"distributor_id": partner.id})


def make_feed(env, account, name="Measured feed"):
    """Return a feed of files as :func:`write_file` writes them, without rails on prices."""
    profile = env["distributor.feed.profile"].create(
        {
            "name": name,
            "delimiter": ";",
            "rule_ids": [
                (0, 0, {"target": target, "column": column})
                for target, column in COLUMNS.items()
            ],
        }
    )
    return env["distributor.feed"].create(
        {"name": name, "account_id": account.id, "profile_id": profile.id}
    )


def queue(env, feed, path):
    """Return a committed run that has its file and waits."""
    from odoo.addons.distributor_feeds.transport import Fetched

    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    run = env["distributor.feed.run"].create({"feed_id": feed.id})
    run._keep_file(
        Fetched(
            path=path,
            name=os.path.basename(path),
            size=os.path.getsize(path),
            sha256=digest,
            source="benchmark",
        )
    )
    env.cr.commit()
    return run


def load(env, run, state="done"):
    """Run it as the scheduled action does; returns wall and CPU seconds of this process."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    cpu, start = usage.ru_utime + usage.ru_stime, time.perf_counter()
    run._execute()
    seconds = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    env.cr.rollback()
    env.invalidate_all()
    if run.state != state:
        raise AssertionError(f"the run is {run.state}: {run.message}")
    return seconds, usage.ru_utime + usage.ru_stime - cpu


def describe(name, seconds):
    """Print the figures of one way, and the load of the machine."""
    figures = ", ".join(f"{one:.2f}" for one in seconds)
    print(f"  {name}: {figures} s (load average {os.getloadavg()[0]:.1f})")
