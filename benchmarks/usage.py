"""Use of samples by month over N loans, as pivot and graph read it.

Claim: at most 20 times as long as counting the rows of the same table.
"""

import os
import time

from ._measure import Sample, claim, measure
from ._sample_data import add_loans, make

LOANS = int(os.environ.get("N") or 5_000_000)
ROUNDS = 5


def run(env, site=None):
    known = make(env)
    add_loans(env, known, LOANS)
    env.cr.execute(
        "SELECT count(*) + count(returned_at)"
        " + count(*) FILTER (WHERE returned_at IS NULL AND due_date < current_date)"
        " FROM sample_loan"
    )
    (events,) = env.cr.fetchone()
    print(f"  {LOANS:,} loans, {events:,} events")
    report = env["sample.usage.report"].with_context(tz="UTC")
    ours, peer = Sample(), Sample()

    def by_month():
        return report.formatted_read_group(
            [], ["date:month"], ["quantity:sum", "days_to_return:avg", "__count"]
        )

    for _round in range(ROUNDS):
        groups = measure(env, by_month, ours)
        if sum(group["__count"] for group in groups) != events:
            raise AssertionError(groups)
        began = time.perf_counter()
        env.cr.execute("SELECT count(*) FROM sample_loan")
        peer.seconds.append(time.perf_counter() - began)
    ratio = ours.median / peer.median
    claim(
        "usage",
        f"{1000 * ours.median:.0f}ms",
        f"{1000 * peer.median:.0f}ms",
        ratio,
        ratio <= 20,
    )
