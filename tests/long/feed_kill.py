"""A distributor whose files take long to load, and workers that can be killed."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import config

from odoo.addons.distributor_feeds import transport
from odoo.addons.distributor_feeds.models.distributor_feed_health import (
    DistributorFeed,
)

ROWS, KILLS, CUTS = 100_000, 20, 6

#: Runs what is named, as the scheduler does: says when it starts and what came of it.
JOB = """
import sys
import odoo.init
from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import config
database, folder, run_id, *options = sys.argv[1:]
config.parse_config(options, setup_logging=True)
with Registry(database).cursor() as cr:
    from odoo.addons.distributor_feeds import transport
    from odoo.addons.distributor_feeds.models import distributor_feed_health as health
    policy = transport.Policy(allowed_folders=(folder,), settle=0)
    health.DistributorFeed._policy = lambda self: policy
    run = Environment(cr, SUPERUSER_ID, {})["distributor.feed.run"].browse(int(run_id))
    print("ready", flush=True)
    sys.stdin.readline()
    print(run._execute(), flush=True)
"""

#: Everything that a load writes to the offers of an account, in one line.
STATE = """
SELECT count(*), count(DISTINCT run_id),
       sum(hashtextextended(ROW(code, quantity, price, name, behind_since IS NULL,
                                stock_hash)::text, 0)::numeric)
  FROM distributor_offer WHERE account_id = %s
"""


@contextmanager
def stage():
    """Feeds that take their files from a folder; nobody else's temporary files."""
    registry = Registry(get_db_name())
    made = SimpleNamespace(turn=0)

    def run(function):
        with registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))

    def set_up(env):
        partner = env["res.partner"].create(
            {"name": "Killed distributor", "is_company": True}
        )
        account = env["distributor.account"].create({"distributor_id": partner.id})
        made.partner_id, made.account_id = partner.id, account.id
        made.feeds, made.profiles = {}, []
        for kind, columns in {
            "both": {
                "code": "sku",
                "quantity": "stock",
                "price": "price",
                "name": "name",
            },
            "stock": {"code": "sku", "quantity": "stock"},
            "price": {"code": "sku", "price": "price", "name": "name"},
        }.items():
            profile = env["distributor.feed.profile"].create(
                {
                    "name": kind,
                    "rule_ids": [
                        Command.create({"target": target, "column": column})
                        for target, column in columns.items()
                    ],
                }
            )
            feed = env["distributor.feed"].create(
                {
                    "name": kind,
                    "account_id": account.id,
                    "profile_id": profile.id,
                    "kind": kind,
                    "method": "folder",
                    "path": os.path.join(made.folder, f"{kind}.csv"),
                    "max_price_change": 0,
                    "active": True,
                }
            )
            made.feeds[kind] = feed.id
            made.profiles.append(profile.id)

    def tear_down(env):
        for table in (
            "distributor_offer",
            "distributor_offer_history",
            "distributor_feed_reject",
        ):
            column = "account_id" if table == "distributor_offer" else "feed_id"
            ids = (
                [made.account_id]
                if column == "account_id"
                else list(made.feeds.values())
            )
            env.cr.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", (ids,))
        feeds = env["distributor.feed"].browse(made.feeds.values())
        feeds.run_ids.attachment_id.unlink()
        feeds.unlink()
        env["distributor.account"].browse(made.account_id).unlink()
        env["distributor.feed.profile"].browse(made.profiles).unlink()
        env["res.partner"].browse(made.partner_id).unlink()

    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryDirectory() as temporary,
    ):
        made.folder, made.temporary = folder, temporary
        policy = transport.Policy(allowed_folders=(folder,), settle=0)
        with (
            patch.object(tempfile, "tempdir", temporary),
            patch.object(DistributorFeed, "_policy", lambda self: policy),
        ):
            run(set_up)
            made.run = run
            yield made
            run(tear_down)


def write(stage, turn, kind="both"):
    """Write the file of a turn: every row differs from the turn before, some come and
    go.
    """
    columns = ("sku", "stock", "price", "name")
    path = os.path.join(stage.folder, f"{kind}.csv")
    with open(f"{path}.part", "w") as file:
        file.write(",".join(columns) + "\n")
        for number in range(turn % 2, ROWS + turn % 2):
            file.write(
                f"K{number},{number % 97 + turn % 2},{number + 1 + turn % 2}.5,"
                f"N{turn % 2} {number}\n"
            )
    os.replace(f"{path}.part", path)
    # The clock of a file system is coarse; two turns must not look like one file.
    os.utime(path, (time.time(), time.time() - 1000 + turn))


def queue(stage, kind="both"):
    return stage.run(
        lambda env: env["distributor.feed"].browse(stage.feeds[kind])._queue_runs().id
    )


def start(stage, run_id):
    """Start a worker and wait until it stands before the run."""
    options = [
        "--no-http",
        f"--addons-path={','.join(config['addons_path'])}",
        f"--data-dir={config['data_dir']}",
    ]
    for name in ("db_host", "db_port", "db_user", "db_password"):
        if config[name]:
            options.append(f"--{name}={config[name]}")
    process = subprocess.Popen(
        [sys.executable, "-c", JOB, get_db_name(), stage.folder, str(run_id), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": stage.temporary},
        text=True,
        start_new_session=True,
    )
    assert process.stdout.readline() == "ready\n"
    return process


def go(process):
    process.stdin.write("\n")
    process.stdin.flush()


def state(stage):
    def look(env):
        env.cr.execute(STATE, (stage.account_id,))
        return env.cr.fetchone()

    return stage.run(look)


def run_state(stage, run_id):
    return stage.run(lambda env: env["distributor.feed.run"].browse(run_id).state)


def here(stage, run_id):
    """Run it in this process: bury what is dead, then load."""

    def work(env):
        runs = env["distributor.feed.run"]
        runs._bury_dead()
        env.cr.commit()
        return runs.browse(run_id)._execute()

    assert stage.run(work)
    run = stage.run(
        lambda env: (
            env["distributor.feed.run"].browse(run_id).read(["state", "message"])[0]
        )
    )
    assert run["state"] == "done", run["message"]


def load_next(stage):
    """Load the file of the next turn undisturbed; returns the state of the offers."""
    stage.turn += 1
    write(stage, stage.turn)
    here(stage, queue(stage))
    return state(stage)


def prepare(stage):
    """Both states of the offers, and how long a load takes."""
    states, seconds = {}, 0
    # From the second turn on the offers that come and go are there as well, without
    # stock.
    for _turn in range(3):
        start = time.monotonic()
        state = load_next(stage)
        seconds = time.monotonic() - start
        states[stage.turn % 2] = state
    assert states[0][0] == states[1][0] == ROWS + 1
    assert states[0][2] != states[1][2]
    return states, seconds


def judge(stage, states, run_id):
    """Look at the offers after a blow, clear up, and run again."""
    new = states[stage.turn % 2][::2]
    old = states[1 - stage.turn % 2][::2]
    found, done = state(stage)[::2], run_state(stage, run_id) == "done"
    assert found == (new if done else old), "the offers are neither old nor new"

    def remains(env):
        env.cr.execute(
            "SELECT count(*) FROM distributor_offer_history WHERE run_id = %s",
            (run_id,),
        )
        return env.cr.fetchone()[0]

    assert bool(stage.run(remains)) == done, "history of a run that never was"
    if done:
        stage.turn += 1
        write(stage, stage.turn)
    here(stage, queue_again(stage, run_id))
    assert state(stage)[::2] == states[stage.turn % 2][::2]
    assert not os.listdir(stage.temporary), "temporary files are left"
    return done


def queue_again(stage, run_id):
    """Bury the dead run and queue another."""

    def bury(env):
        env["distributor.feed.run"]._bury_dead()

    stage.run(bury)
    assert run_state(stage, run_id) in ("failed", "queued", "done")
    if run_state(stage, run_id) == "queued":
        return run_id
    return queue(stage)
