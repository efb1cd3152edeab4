"""Two servers on one database: a rule that changes on one holds orders on the other.

The other server is a process of its own. It does what Odoo does at each request: ask
whether anything has changed elsewhere, then work with what it keeps in memory.
"""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests.common import get_db_name
from odoo.tools import config

#: Answers each line ``<rule id>`` with the limit that it holds orders to.
WORKER = """
import sys
import odoo.init
from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import config

config.parse_config(["-c", sys.argv[1], "-d", sys.argv[2], "--log-level=error"])
print("ready", flush=True)
for line in sys.stdin:
    registry = Registry(sys.argv[2])
    if sys.argv[3] == "asks":
        registry = registry.check_signaling()
    with registry.cursor() as cr:
        env = Environment(cr, SUPERUSER_ID, {})
        book = env["sale.review.rule"]._get_book()
        limits = {rule.id: rule.max_quantity for rule in book.rules}
    print(limits.get(int(line)), flush=True)
"""


@pytest.fixture
def rule():
    """A committed rule, and a function that changes it as a request does."""
    registry = Registry(get_db_name())

    def request(function):
        with registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            return retrying(lambda: function(env), env)

    def create(env):
        vals = {
            "name": "Two workers",
            "kind": "max_quantity",
            "max_quantity": 10,
            "date_start": "2199-01-01",  # holds nothing, should another test run now
        }
        return env["sale.review.rule"].create(vals).id

    rule_id = request(create)

    def write(vals):
        request(
            lambda env: env["sale.review.rule"].browse(rule_id).write(vals) and None
        )

    yield SimpleNamespace(id=rule_id, write=write)
    request(lambda env: env["sale.review.rule"].browse(rule_id).unlink() and None)


@pytest.fixture
def start():
    """A function that starts the other server and returns how to ask it for a limit."""
    started = []

    def start_worker(mode="asks"):
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, config["config"], get_db_name(), mode],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == "ready\n"

        def ask(rule_id):
            process.stdin.write(f"{rule_id}\n")
            process.stdin.flush()
            return process.stdout.readline().strip()

        return ask

    yield start_worker
    for process in started:
        process.communicate(timeout=30)
        assert process.returncode == 0


def test_other_workers_learn_of_a_changed_rule(rule, start):
    ask = start()
    assert ask(rule.id) == "10.0"
    rule.write({"max_quantity": 7})
    assert ask(rule.id) == "7.0"
    rule.write({"active": False})
    assert ask(rule.id) == "None"
    rule.write({"active": True})
    assert ask(rule.id) == "7.0"


def test_without_asking_a_worker_would_not_know(rule, start):
    """The other one keeps the rules in memory: this is what the signal is for."""
    ask = start("keeps")
    assert ask(rule.id) == "10.0"
    rule.write({"max_quantity": 7})
    assert ask(rule.id) == "10.0"
