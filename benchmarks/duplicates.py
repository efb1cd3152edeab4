"""Looking a request of 20 lines up among N earlier lines, for duplicates.

Claim: at most 50 ms in the database. Popular samples are asked for far more often than
others; colors of one family count as the same, which finds the most. The peer is the
same request of samples that nobody has asked for.
"""

import os
import statistics

from ._measure import claim
from ._sample_data import bulk, database_time, make, tidy

LINES = int(os.environ.get("N") or 5_000_000)
ROUNDS = 21
WANTED = 20
LIMIT = 0.050


def run(env, site=None):
    known = {**make(env), "lines": LINES}
    mill = env["res.partner"].browse(known["mill"])
    mill.sample_duplicate_by_family = True
    order = env["sample.order"].create({"person_id": known["first_person"]})
    env.flush_all()
    with bulk(env, "sample_request_line"):
        env.cr.execute(_LINES, {**known, "order": order.id})
    tidy(env, "sample_request_line", "sample_item", "res_partner")
    first = known["first_item"]
    # from the most popular sample to one of the rarest
    popular = [
        first + round((n / WANTED) ** 2 * (known["items"] - 1)) for n in range(WANTED)
    ]
    lines = _ask(env, known, popular)
    fresh = env["sample.item"].create(
        [
            {"distributor_id": mill.id, "pattern": f"NEW {n}", "color": "RED"}
            for n in range(WANTED)
        ]
    )
    nobody = _ask(env, known, fresh.ids)
    env.cr.execute("ANALYZE sample_request_line")
    env.flush_all()
    ours, peer = [], []
    for _round in range(ROUNDS):
        found, seconds = _look_up(env, lines)
        ours.append(seconds)
        none, seconds = _look_up(env, nobody)
        peer.append(seconds)
        if none or not found or any(len(same) < 1 for same in found.values()):
            raise AssertionError((none, found))
    print(
        f"  {LINES:,} lines; {len(found)} of {WANTED} are duplicates, of "
        f"{sum(map(len, found.values()))} earlier lines"
    )
    middle = statistics.median(ours)
    claim(
        "duplicates",
        f"{1000 * middle:.1f}ms",
        f"{1000 * statistics.median(peer):.1f}ms",
        middle / LIMIT,
        middle <= LIMIT,
    )


def _ask(env, known, item_ids):
    """The lines of a draft for one designer."""
    return (
        env["sample.order"]
        .create(
            {
                "person_id": known["first_person"],
                "project": "Bench 7",
                "line_ids": [(0, 0, {"item_id": item_id}) for item_id in item_ids],
            }
        )
        .line_ids
    )


def _look_up(env, lines):
    """Duplicates of lines, and seconds in the database for finding them."""
    env.invalidate_all()
    with database_time() as told:
        found = lines._twins()
    return found, told[0]


_LINES = """
    INSERT INTO sample_request_line (
        order_id, sequence, company_id, item_id, name, distributor_id, quantity,
        shipped_qty, refused_qty, open_qty, state, requested_at, done_at, is_twin,
        person_id, twin_key, family_key, project_key, email_key)
    SELECT %(order)s, 10, %(company)s, item.id, item.name, %(mill)s, 1, 1, 0, 0,
           'shipped', asked_at, asked_at, FALSE, %(first_person)s + person,
           %(mill)s || '|' || item.pattern || '|' || item.color,
           %(mill)s || '|' || item.pattern || '|' || item.color_family,
           'BENCH ' || (random() * 300)::int,
           'p' || person || '@example.com'
      FROM (SELECT (%(items)s * random() ^ 2)::int AS nth,
                   (random() * (%(people)s - 1))::int AS person,
                   now() AT TIME ZONE 'UTC' - random() * interval '730 days' AS asked_at
              FROM generate_series(2, %(lines)s)
             UNION ALL
            SELECT 0, 0, now() AT TIME ZONE 'UTC' - interval '1 day') asked
      JOIN sample_item item
        ON item.id = %(first_item)s + least(asked.nth, %(items)s - 1)
  ORDER BY random()
"""
