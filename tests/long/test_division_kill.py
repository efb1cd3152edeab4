"""The job that makes the deliveries of a division order is killed, again and again.

A real process, a real `kill -9`: what it was doing is neither lost nor done twice. The
records are committed, and removed afterwards.
"""

import os
import random
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name
from odoo.tools import config

RECIPIENTS, PRODUCTS, KILLS = 60, 4, 5

#: Runs the job as the scheduler does, in portions small enough to be hit in between.
JOB = """
import sys
import odoo.init
from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tools import config
config.parse_config(sys.argv[2:], setup_logging=True)
with Registry(sys.argv[1]).cursor() as cr:
    from odoo.addons.order_entry.models import sale_order_recipient_deliver as job
    job.PORTION = 4
    Environment(cr, SUPERUSER_ID, {})["sale.order.recipient"]._cron_deliver()
"""


@pytest.fixture
def stage():
    """A division order with more recipients than are served at once, confirmed."""
    registry = Registry(get_db_name())
    made = SimpleNamespace()

    def run(function):
        with registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))

    def set_up(env):
        made.others = env["sale.review.rule"].search([]).ids
        env["sale.review.rule"].browse(made.others).active = False
        country = env.ref("base.be")
        stores = env["res.partner"].create(
            [
                {
                    "name": f"Killed store {number}",
                    "street": f"{number} Main Street",
                    "city": "Ghent",
                    "zip": "9000",
                    "country_id": country.id,
                }
                for number in range(RECIPIENTS)
            ]
        )
        products = env["product.product"].create(
            [
                {"name": f"Killed poster {number}", "type": "consu"}
                for number in range(PRODUCTS)
            ]
        )
        division = env["order.division"].create(
            {
                "name": "Killed",
                "member_ids": [
                    Command.create({"partner_id": store.id}) for store in stores
                ],
            }
        )
        order = env["sale.order"].create(
            {
                "partner_id": stores[0].id,
                "division_id": division.id,
                "order_line": [
                    Command.create({"product_id": product.id, "division_qty": 3})
                    for product in products
                ],
            }
        )
        order.action_confirm()
        made.order_id = order.id
        made.division_id, made.store_ids = division.id, stores.ids
        made.template_ids = products.product_tmpl_id.ids

    def tear_down(env):
        order = env["sale.order"].browse(made.order_id)
        order._action_cancel()
        order.picking_ids.unlink()
        order.stock_reference_ids.unlink()
        order.unlink()
        env["order.division"].browse(made.division_id).unlink()
        env["product.template"].browse(made.template_ids).unlink()
        env["res.partner"].browse(made.store_ids).unlink()
        env["sale.review.rule"].browse(made.others).active = True

    run(set_up)
    made.run = run
    yield made
    run(tear_down)


def _start(database):
    """Start the job in a process of its own."""
    options = [
        "--no-http",
        f"--addons-path={','.join(config['addons_path'])}",
        f"--data-dir={config['data_dir']}",
    ]
    for name in ("db_host", "db_port", "db_user", "db_password"):
        if config[name]:
            options.append(f"--{name}={config[name]}")
    return subprocess.Popen(
        [sys.executable, "-c", JOB, database, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _served(env, order_id):
    return env["sale.order.recipient"].search_count(
        [("order_id", "=", order_id), ("to_deliver", "=", False)]
    )


def test_killed_anywhere_it_resumes(stage):
    """Five times killed while it works: everybody has each product exactly once."""
    chance = random.Random(7)
    database = get_db_name()
    kills = 0
    while (before := stage.run(lambda env: _served(env, stage.order_id))) < RECIPIENTS:
        job = _start(database)
        while job.poll() is None:
            now = stage.run(lambda env: _served(env, stage.order_id))
            if kills < KILLS and before < now < RECIPIENTS:
                time.sleep(chance.random() * 0.4)
                os.kill(job.pid, signal.SIGKILL)
                job.wait()
                kills += 1
                break
            time.sleep(0.02)
        assert kills or not job.returncode, "the job failed by itself"
    assert kills >= 3, "the job was done before it could be killed often enough"

    def look(env):
        rows = env["sale.order"].browse(stage.order_id).recipient_ids
        env.cr.execute(
            """
            SELECT p.division_recipient_id, m.product_id, COUNT(*),
                   SUM(m.product_uom_qty), COUNT(DISTINCT p.id)
              FROM stock_move m JOIN stock_picking p ON p.id = m.picking_id
             WHERE p.division_recipient_id = ANY(%s) AND m.state != 'cancel'
          GROUP BY 1, 2
            """,
            [rows.ids],
        )
        found = env.cr.fetchall()
        assert len(found) == RECIPIENTS * PRODUCTS
        assert {row[2:] for row in found} == {(1, 3.0, 1)}
        assert len(rows.picking_ids) == RECIPIENTS
        assert len(rows.stock_reference_id) == RECIPIENTS
        env.cr.execute(
            """
            SELECT COUNT(*) FROM stock_move m
              JOIN sale_order_line l ON l.id = m.sale_line_id
             WHERE l.order_id = %s
            """,
            [stage.order_id],
        )
        assert env.cr.fetchone()[0] == RECIPIENTS * PRODUCTS, "moves of nobody"

    stage.run(look)
