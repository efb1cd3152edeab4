"""A list of 5,000 rows is added from two tabs at once, while the server is killed.

A real server, real sessions, a real `kill -9`: every row is in the one cart exactly
once.  The records are committed, and removed afterwards.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import requests

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import config

ROWS, PRODUCTS, TABS = 5_000, 500, 2
LOGIN = "quick_list_together"
URL = "/shop/quick_order/list"


@pytest.fixture
def stage():
    """Products with codes, and a customer who may log in."""
    registry = Registry(get_db_name())
    made = SimpleNamespace()

    def run(function):
        with registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))

    def set_up(env):
        made.others = env["sale.review.rule"].search([]).ids
        env["sale.review.rule"].browse(made.others).active = False
        user = (
            env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": "Together",
                    "login": LOGIN,
                    "password": LOGIN,
                    "group_ids": [Command.set(env.ref("base.group_portal").ids)],
                }
            )
        )
        made.user_id, made.partner_id = user.id, user.partner_id.id
        products = env["product.product"].create(
            [
                {
                    "name": f"Together {number}",
                    "default_code": f"TOGETHER-{number}",
                    "type": "consu",
                    "is_published": True,
                }
                for number in range(PRODUCTS)
            ]
        )
        made.template_ids = products.product_tmpl_id.ids

    def tear_down(env):
        env["sale.order"].search([("partner_id", "=", made.partner_id)]).unlink()
        env["product.template"].browse(made.template_ids).unlink()
        env["res.users"].browse(made.user_id).unlink()
        env["res.partner"].browse(made.partner_id).unlink()
        env["sale.review.rule"].browse(made.others).active = True

    run(set_up)
    made.run = run
    yield made
    run(tear_down)


class Server:
    """An Odoo of its own, which can be killed and started again."""

    def __init__(self, log):
        self.log = log
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self):
        database = get_db_name()
        options = [
            "server",
            "--http-interface=127.0.0.1",
            f"--http-port={self.port}",
            f"--database={database}",
            f"--db-filter=^{re.escape(database)}$",
            "--max-cron-threads=0",
            "--workers=0",
            f"--addons-path={','.join(config['addons_path'])}",
            f"--data-dir={config['data_dir']}",
        ]
        for name in ("db_host", "db_port", "db_user", "db_password"):
            if config[name]:
                options.append(f"--{name}={config[name]}")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "odoo", *options],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _attempt in range(300):
            try:
                requests.get(f"{self.url}/web/health", timeout=5)
                return
            except requests.RequestException:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.2)
        raise AssertionError("the server does not answer")

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "server.log")
    server.start()
    yield server
    server.kill()


def _token(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)


def _log_in(server):
    http = requests.Session()
    page = http.get(f"{server.url}/web/login", timeout=300).text
    answer = http.post(
        f"{server.url}/web/login",
        data={"login": LOGIN, "password": LOGIN, "csrf_token": _token(page)},
        timeout=300,
    )
    assert "/web/login" not in answer.url, "the customer cannot log in"
    return http


def test_two_tabs_and_a_kill(stage, server):
    http = _log_in(server)
    page = http.get(server.url + URL, timeout=300).text
    rows = [(f"TOGETHER-{n % PRODUCTS}", n // PRODUCTS + 1) for n in range(ROWS)]
    text = "\n".join(f"{code};{quantity}" for code, quantity in rows)
    answer = http.post(
        server.url + URL, data={"text": text, "csrf_token": _token(page)}, timeout=300
    )
    list_id = int(re.search(r"/list/(\d+)", answer.url).group(1))
    cookies = http.cookies.get_dict()

    def add(_tab):
        """One tab: goes on by itself until nothing is left, or nobody answers."""
        while True:
            try:
                answer = requests.post(
                    f"{server.url}{URL}/{list_id}/portion",
                    json={"jsonrpc": "2.0", "method": "call", "params": {}},
                    cookies=cookies,
                    timeout=300,
                ).json()
            except requests.RequestException:
                return
            assert "error" not in answer, answer
            if answer["result"].get("busy"):
                time.sleep(0.3)
            elif not answer["result"]["left"]:
                return

    def done(env):
        statuses = Counter(
            row["status"] for row in env["sale.quick.list"].browse(list_id).rows
        )
        assert set(statuses) <= {"matched", "added"}, statuses
        return statuses["added"]

    with ThreadPoolExecutor(TABS) as tabs:
        work = [tabs.submit(add, tab) for tab in range(TABS)]
        while not 0 < stage.run(done) < ROWS:
            time.sleep(0.05)
        server.kill()
        for tab in work:
            tab.result()
    assert 0 < stage.run(done) < ROWS, "killed too late"
    server.start()
    with ThreadPoolExecutor(TABS) as tabs:
        for tab in [tabs.submit(add, tab) for tab in range(TABS)]:
            tab.result()
    assert stage.run(done) == ROWS

    def look(env):
        cart = env["sale.order"].search([("partner_id", "=", stage.partner_id)])
        assert len(cart) == 1, "the rows are in several carts"
        found = {
            line.product_id.default_code: line.product_uom_qty
            for line in cart.order_line
            if not line.is_delivery
        }
        wanted = Counter()
        for code, quantity in rows:
            wanted[code] += quantity
        assert found == wanted
        assert len(cart.order_line) == PRODUCTS

    stage.run(look)
