"""The worker that loads a distributor's file is killed, and its connections are cut.

Real processes, a real `kill -9`, files of 100,000 rows in which everything changes:
after each blow the offers are what they were or what they are to be, nothing in
between, and the next run just works. The records are committed, and removed afterwards.
"""

import os
import random
import signal
import time

import pytest

from . import feed_kill
from .feed_kill import (
    CUTS,
    KILLS,
    ROWS,
    go,
    judge,
    prepare,
    queue,
    run_state,
    start,
    write,
)


@pytest.fixture(name="stage")
def _stage():
    with feed_kill.stage() as made:
        yield made


def test_killed_anywhere_it_is_all_or_nothing(stage):
    """Twenty times killed while it fetches, reads, compares, writes or commits."""
    states, seconds = prepare(stage)
    chance, early = random.Random(11), 0
    for kill in range(KILLS):
        stage.turn += 1
        write(stage, stage.turn)
        run_id = queue(stage)
        process = start(stage, run_id)
        go(process)
        # Spread over the whole load, and a little beyond its end.
        time.sleep(seconds * (kill + chance.random()) / (KILLS - 1))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        early += not judge(stage, states, run_id)
    assert early >= KILLS // 2, "most loads were done before they could be killed"


@pytest.mark.parametrize("which", ["one", "all"])
def test_cut_off_anywhere_it_is_all_or_nothing(stage, which):
    """Connections of the worker end: one of them by chance, or all, as when the
    database restarts.
    """
    states, seconds = prepare(stage)
    chance, early = random.Random(5), 0
    for cut in range(CUTS):
        stage.turn += 1
        write(stage, stage.turn)
        run_id = queue(stage)
        process = start(stage, run_id)
        go(process)
        time.sleep(seconds * (cut + chance.random()) / CUTS)

        def end(env, name=f"odoo-{process.pid}"):
            env.cr.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = %s", (name,)
            )
            pids = [pid for (pid,) in env.cr.fetchall()]
            for pid in pids if which == "all" else pids and [chance.choice(pids)]:
                env.cr.execute("SELECT pg_terminate_backend(%s)", (pid,))

        stage.run(end)
        process.communicate(timeout=120)
        early += not judge(stage, states, run_id)
    assert early, "no load was hit"


def test_two_workers_at_one_run(stage):
    """At the same moment: one runs it, the other says that it did not."""
    prepare(stage)
    stage.turn += 1
    write(stage, stage.turn)
    run_id = queue(stage)
    workers = [start(stage, run_id) for _worker in range(2)]
    for worker in workers:
        go(worker)
    answers = sorted(worker.communicate(timeout=120)[0].strip() for worker in workers)
    assert answers == ["False", "True"]
    assert run_state(stage, run_id) == "done"


def test_two_feeds_of_an_account_at_once(stage):
    """Stock and prices come at the same moment, three times: both are there."""
    for turn in range(3):
        runs = {}
        for kind in ("stock", "price"):
            write(stage, turn, kind)
            runs[kind] = queue(stage, kind)
        workers = [start(stage, run_id) for run_id in runs.values()]
        for worker in workers:
            go(worker)
        assert [worker.communicate(timeout=300)[0].strip() for worker in workers] == [
            "True"
        ] * 2
        for run_id in runs.values():
            assert run_state(stage, run_id) == "done"

        def look(env, turn=turn):
            env.cr.execute(
                """
                SELECT count(*) FILTER (WHERE stock_hash IS NOT NULL),
                       count(*) FILTER (WHERE price_hash IS NOT NULL),
                       count(*) FILTER (WHERE stock_hash IS NOT NULL AND price_hash IS
                       NOT NULL
                         AND quantity = substr(code, 2)::int %% 97 + %s
                         AND price = substr(code, 2)::int + 1.5 + %s)
                  FROM distributor_offer WHERE account_id = %s
                """,
                (turn % 2, turn % 2, stage.account_id),
            )
            return env.cr.fetchone()

        assert stage.run(look) == (ROWS, ROWS, ROWS)
