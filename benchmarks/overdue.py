"""The list of what is overdue among N loans: first page and counter, in the database.

Claim: all statements of the screen's own call together take at most 50 ms, for a
manager who sees all libraries as for the clerk of one. The peer is the same page of all
loans, which is sorted by an index.
"""

import os
import statistics

from ._measure import claim
from ._sample_data import add_loans, database_time, make

LOANS = int(os.environ.get("N") or 5_000_000)
ROUNDS = 21
LIMIT = 0.050
SHOWN = (
    "item_id",
    "copy_id",
    "person_id",
    "library_id",
    "lent_at",
    "due_date",
    "state",
)


def run(env, site=None):
    clerk, manager = (
        env["res.users"].create(
            {
                "name": group,
                "login": f"bench_{group}",
                "group_ids": [
                    (6, 0, env.ref(f"sample_library.group_sample_{group}").ids)
                ],
            }
        )
        for group in ("clerk", "manager")
    )
    known = make(env, clerk)
    add_loans(env, known, LOANS)
    env.cr.execute(
        """
        SELECT count(*), count(*) FILTER (WHERE library_id = %s) FROM sample_loan
         WHERE returned_at IS NULL AND due_date < current_date
        """,
        [known["first_library"]],
    )
    late = dict(zip(("manager", "clerk"), env.cr.fetchone(), strict=True))
    print(
        f"  {LOANS:,} loans, {late['manager']:,} overdue, {late['clerk']:,} of one clerk"
    )
    for name, user in (("manager", manager), ("clerk", clerk)):
        overdue, everything = [], []
        for _round in range(ROUNDS):
            count, seconds = _page(
                env, user, [("state", "=", "overdue")], "due_date, id"
            )
            if count != min(late[name], 10_001):
                raise AssertionError((name, count, late[name]))
            overdue.append(seconds)
            everything.append(_page(env, user, [])[1])
        ours, peer = statistics.median(overdue), statistics.median(everything)
        claim(
            f"overdue_{name}",
            f"{1000 * ours:.1f}ms",
            f"{1000 * peer:.1f}ms",
            ours / LIMIT,
            ours <= LIMIT,
        )


def _page(env, user, domain, order=None):
    """What the list asks for.

    :return: how many the counter says, and seconds in the database
    """
    env.invalidate_all()
    loans = env["sample.loan"].with_user(user)
    specification = {
        name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
        for name in SHOWN
    }
    with database_time() as told:
        page = loans.web_search_read(
            domain, specification, limit=80, order=order, count_limit=10_001
        )
    return page["length"], told[0]
