"""One bar code check-out among N copies and five times as many loans, over HTTP.

Claim: at most 1.5 times as long as reading one copy by its primary key on the same
route, ``/web/dataset/call_kw``, as the same clerk. The peer only reads; ours finds the
tag, locks copy and person, lends, keeps the answer and commits. Each round lends another
copy. What was lent is counted before anything is claimed. Both send the context that the
scan screen sends.

The floor is printed beside it: the same read, and then nothing but the three statements
that write scan, loan and copy, committed on a connection of their own.
"""

import os
import re
import time

import requests

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from ._measure import Sample, claim
from ._sample_data import bulk, tidy

NEEDS_HTTP = True
COPIES = int(os.environ.get("N") or 1_000_000)
LOANS_PER_COPY = 5
COPIES_PER_ITEM = 10
PEOPLE = 1000
ROUNDS = 50
WARM = 5
LOGIN = "bench_clerk"


def run(env, site):
    with Registry(site["database"]).cursor() as cr:
        made = _make(api.Environment(cr, SUPERUSER_ID, {}))
    print(f"  {COPIES:,} copies, {COPIES * LOANS_PER_COPY:,} loans")
    call = _log_in(site["url"])
    # spread over the table, so that no page of it is read twice
    step = COPIES // (ROUNDS + WARM)
    chosen = [made["first_copy"] + n * step for n in range(ROUNDS + WARM)]
    ours, peer, bare = Sample(), Sample(), Sample()
    for round_, copy_id in enumerate(chosen):
        written = _write_bare(site, made, copy_id + 1, round_)
        person_id = made["first_person"] + round_
        tag = f"BENCH-{copy_id - made['first_copy'] + 1}"
        began = time.perf_counter()
        (row,) = call("read", [[copy_id], ["tag", "state"]])
        read = time.perf_counter()
        if row["tag"] != tag or row["state"] != "in":
            raise AssertionError(row)
        uid = f"bench-scan-{round_:04}"
        lending = time.perf_counter()
        answer = call("scan_out", [made["library"], person_id, tag, uid])
        lent = time.perf_counter()
        if answer["outcome"] != "lent" or answer["copy_id"] != copy_id:
            raise AssertionError(answer)
        if round_ >= WARM:
            peer.seconds.append(read - began)
            ours.seconds.append(lent - lending)
            bare.seconds.append(written)
    with Registry(site["database"]).cursor() as cr:
        cr.execute(
            "SELECT count(*) FROM sample_loan WHERE copy_id = ANY(%s)"
            " AND returned_at IS NULL",
            [chosen],
        )
        if cr.fetchone() != (len(chosen),):
            raise AssertionError("not every scan was lent once")
    floor = peer.median + bare.median
    print(
        f"  floor {1000 * floor:.1f} ms ({1000 * bare.median:.1f} ms to write), "
        f"{floor / peer.median:.2f} times the peer"
    )
    ratio = ours.median / peer.median
    claim(
        "scan",
        f"{1000 * ours.median:.1f}ms",
        f"{1000 * peer.median:.1f}ms",
        ratio,
        ratio <= 1.5,
    )


def _write_bare(site, made, copy_id, round_):
    """Lend a copy with nothing but three statements; seconds until committed."""
    values = {**made, "copy": copy_id, "uid": f"bench-bare-{round_:04}"}
    with Registry(site["database"]).cursor() as cr:
        # the connection is there in life too
        cr.execute("SELECT 1")
        began = time.perf_counter()
        cr.execute(_BARE_LOAN, values)
        values["loan"] = cr.fetchone()[0]
        cr.execute(_BARE_COPY, values)
        cr.execute(_BARE_SCAN, values)
        cr.commit()
        return time.perf_counter() - began


def _make(env):
    """A library with copies that came back five times, a clerk and rules; committed.

    :return: ids of the ``library``, the ``first_copy`` and the ``first_person``; the
        others follow without a gap
    """
    clerk = (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": "Bench Clerk",
                "login": LOGIN,
                "password": LOGIN,
                "group_ids": [
                    (6, 0, env.ref("sample_library.group_sample_clerk").ids),
                ],
            }
        )
    )
    mill, showroom = env["res.partner"].create([{"name": "Mill"}, {"name": "Loft"}])
    people = env["res.partner"].create([{"name": f"P{n}"} for n in range(PEOPLE)])
    library = env["sample.library"].create(
        {
            "name": "Loft",
            "partner_id": showroom.id,
            "clerk_ids": [(6, 0, clerk.ids)],
        }
    )
    env["sample.loan.rule"].create(
        [
            {"library_id": library.id, "loan_days": 10},
            {"role_id": env.ref("trade_network.role_designer").id, "loan_days": 21},
        ]
    )
    env.flush_all()
    known = {
        "copies": COPIES,
        "per_item": COPIES_PER_ITEM,
        "loans": LOANS_PER_COPY,
        "people": PEOPLE,
        "first_person": people.ids[0],
        "mill": mill.id,
        "library": library.id,
        "company": library.company_id.id,
        "currency": library.currency_id.id,
        "clerk": clerk.id,
    }
    known["first_item"] = _insert(env, _ITEMS, known)
    with bulk(env, "sample_copy"):
        known["first_copy"] = _insert(env, _COPIES, known)
    with bulk(env, "sample_loan"):
        _insert(env, _LOANS, known)
    tidy(env, "sample_item", "sample_copy", "sample_loan", "res_partner")
    return known


def _insert(env, statement, known):
    """Insert rows and return the id of the first one."""
    env.cr.execute(statement, known)
    return env.cr.fetchone()[0]


_BARE_LOAN = """
    INSERT INTO sample_loan (copy_id, item_id, library_id, company_id, currency_id,
                             person_id, lent_by_id, lent_at, due_date)
         SELECT id, item_id, library_id, company_id, %(currency)s, %(first_person)s,
                %(clerk)s, now(), current_date + 14
           FROM sample_copy WHERE id = %(copy)s
      RETURNING id
"""
_BARE_COPY = """
    UPDATE sample_copy SET state = 'out', loan_id = %(loan)s WHERE id = %(copy)s
"""
_BARE_SCAN = """
    INSERT INTO sample_scan (scan_uid, user_id, library_id, company_id, kind, outcome,
                             copy_id, loan_id, scanned_at)
         VALUES (%(uid)s, %(clerk)s, %(library)s, %(company)s, 'out', 'lent', %(copy)s,
                 %(loan)s, now())
"""
_ITEMS = """
    WITH rows AS (
        INSERT INTO sample_item (name, pattern, distributor_id, currency_id, active)
             SELECT 'Item ' || n, 'Item ' || n, %(mill)s, %(currency)s, TRUE
               FROM generate_series(1, %(copies)s / %(per_item)s) n
          RETURNING id)
    SELECT min(id) FROM rows
"""
_COPIES = """
    WITH rows AS (
        INSERT INTO sample_copy (tag, item_id, library_id, company_id, condition, state)
             SELECT 'BENCH-' || n,
                    %(first_item)s + (n - 1) %% (%(copies)s / %(per_item)s),
                    %(library)s, %(company)s, 'good', 'in'
               FROM generate_series(1, %(copies)s) n
          RETURNING id)
    SELECT min(id) FROM rows
"""
_LOANS = """
    WITH rows AS (
        INSERT INTO sample_loan (copy_id, item_id, library_id, company_id, currency_id,
                                 person_id, lent_by_id, lent_at, due_date, returned_at)
             SELECT copy.id, copy.item_id, copy.library_id, copy.company_id,
                    %(currency)s, %(first_person)s + (copy.id + n) %% %(people)s,
                    %(clerk)s, moment, moment::date + 14, moment + interval '9 days'
               FROM sample_copy copy,
                    generate_series(1, %(loans)s) n,
                    LATERAL (SELECT timestamp '2025-01-01' + n * interval '20 days'
                                 AS moment) lent
              WHERE copy.library_id = %(library)s
          RETURNING id)
    SELECT min(id) FROM rows
"""


def _log_in(url):
    """A session of the clerk.

    :return: calls a method of ``sample.copy`` with positional arguments
    """
    http = requests.Session()
    page = http.get(f"{url}/web/login", timeout=300).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    http.post(
        f"{url}/web/login",
        data={"login": LOGIN, "password": LOGIN, "csrf_token": token},
        timeout=300,
    ).raise_for_status()

    # as the web client says it with each call
    user = http.post(
        f"{url}/web/session/get_session_info",
        json={"jsonrpc": "2.0", "method": "call", "params": {}},
        timeout=300,
    ).json()["result"]
    companies = user["user_companies"]
    context = {
        **user["user_context"],
        "allowed_company_ids": [companies["current_company"]],
    }

    def call(method, args):
        answer = http.post(
            f"{url}/web/dataset/call_kw/sample.copy/{method}",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "model": "sample.copy",
                    "method": method,
                    "args": args,
                    "kwargs": {"context": context},
                },
            },
            timeout=300,
        ).json()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    return call
