"""A million rows of orders that a distributor posts, from the file to what showrooms see.

Claim: per row at most 1.1 times the time in which `distributor_feeds` loads as many new
offers, in the same run, both from a CSV file on the disk. Also told: the same file once
more, one with five per cent changed, and the preview of it.
"""

import os
import statistics
import tempfile
import time

from . import _feed_data as feeds
from ._measure import claim

ROWS = feeds.ROWS
PAIRS = 3
LINES = 2
ACCOUNTS = 500


def run(env, site=None, core=None):
    ours, theirs = [], []
    distributor = _make_distributor(env)
    with tempfile.TemporaryDirectory() as folder:
        path, changed = (os.path.join(folder, name) for name in ("a.csv", "b.csv"))
        offers = os.path.join(folder, "offers.csv.gz")
        _write(path, 0)
        _write(changed, 5)
        for pair in range(PAIRS):
            feeds.write_file(offers, ROWS, prefix=f"B{pair}", seed=pair)
            feed = feeds.make_feed(env, feeds.make_account(env))
            theirs.append(feeds.load(env, feeds.queue(env, feed, offers))[0])
            env.cr.execute("DELETE FROM distributor_offer; ANALYZE")
            env.cr.execute("TRUNCATE track_order, track_order_line; ANALYZE")
            env.cr.commit()
            ours.append(_post(env, distributor, path, "created"))
        again = _post(env, distributor, path, "unchanged")
        preview = _post(env, distributor, changed, "changed", dry=True)
        few = _post(env, distributor, changed, "changed")
    feeds.describe("ours", ours)
    feeds.describe("distributor_feeds, as many offers", theirs)
    print(f"  unchanged: {again:.2f} s, preview of 5 % changed: {preview:.2f} s, "
          f"5 % changed: {few:.2f} s")  # fmt: skip
    share = statistics.median(
        one / other for one, other in zip(ours, theirs, strict=True)
    )
    claim(
        "posting",
        f"{statistics.median(ours) / ROWS * 1e6:.1f}us/row",
        f"{statistics.median(theirs) / ROWS * 1e6:.1f}us/row",
        share,
        share <= 1.1,
    )


def _make_distributor(env):
    partner, *showrooms = env["res.partner"].create(
        [{"name": f"Posting {n}", "is_company": True} for n in range(ACCOUNTS + 1)]
    )
    role = env.ref("trade_network.role_showroom")
    env["trade.relation"].create(
        [
            {
                "distributor_id": partner.id,
                "partner_id": showroom.id,
                "role_id": role.id,
                "account_number": f"ACC{number}",
                "date_from": False,
            }
            for number, showroom in enumerate(showrooms)
        ]
    )
    env.cr.commit()
    return partner


def _write(path, changed):
    """Write orders of two lines each; some per cent have another quantity."""
    with open(path, "w", newline="") as file:
        file.write(
            "order number,account,po,sidemark,order date,ship to,line,item,color,"
            "quantity,shipped,tracking\n"
        )
        part = []
        for number in range(ROWS):
            order, line = divmod(number, LINES)
            extra = 1 if (order * 7919) % 100 < changed else 0
            part.append(
                f"SO{order:08d},ACC{order * 31 % ACCOUNTS},PO-{order:07d},Client "
                f"{order % 5000},2026-{order % 10 + 1:02d}-{order % 28 + 1:02d},"
                f'"{order % 900} Mill Lane, Albany NY",{line + 1},S{number % 40000:06d},'
                f"Sage,{number % 400 + extra},0,1Z{order:016d}\n"
            )
            if len(part) == 50_000:
                file.write("".join(part))
                part.clear()
        file.write("".join(part))


def _post(env, distributor, path, counted, dry=False):
    """Post a file as the scheduled action does; returns seconds."""
    post = env["track.post"].create(
        {
            "name": os.path.basename(path),
            "kind": "order",
            "distributor_id": distributor.id,
            "company_id": env.company.id,
            "source": "upload",
            "state": "queued",
        }
    )
    with open(path, "rb") as file:
        post.attachment_id = env["ir.attachment"].create(
            {"name": post.name, "raw": file.read()}
        )
    env.cr.commit()
    start = time.perf_counter()
    post._preview() if dry else post._execute()
    env.cr.commit()
    seconds = time.perf_counter() - start
    if post.state == "failed" or not post[counted] or post.rejected:
        raise AssertionError(f"{post.state} {post.message} {post.reasons}")
    return seconds
