"""Two at the same moment: two real connections, and room for one of them only.

Tests inside a transaction cannot do that, so these make records of their own, commit
them and remove them afterwards. Everything else here is Odoo's: what runs in the
threads is what an RPC call runs, its retries included.
"""

import threading
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.service.model import execute_cr
from odoo.tests.common import get_db_name

from odoo.addons.order_review.exceptions import ReviewError


@pytest.fixture
def stage():
    """A product, a customer, and functions that work with committed records."""
    registry = Registry(get_db_name())
    made = SimpleNamespace(order_ids=[], rule_ids=[])

    def run(function):
        with registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))

    def set_up(env):
        # rules of a demo would be asked as well
        made.others = env["sale.review.rule"].search([]).ids
        env["sale.review.rule"].browse(made.others).active = False
        made.product_id = (
            env["product.product"]
            .create(
                {
                    "name": "Two at once",
                    "type": "service",
                    "list_price": 10,
                    "taxes_id": [Command.clear()],
                }
            )
            .id
        )
        made.partner_id = env["res.partner"].create({"name": "Two at once"}).id

    def add_rule(**vals):
        vals["product_ids"] = [Command.set([made.product_id])]
        made.rule_ids += run(
            lambda env: env["sale.review.rule"].create({"name": "Once", **vals}).ids
        )

    def add_order(quantity, confirm=False):
        def add(env):
            order = env["sale.order"].create(
                {
                    "partner_id": made.partner_id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": made.product_id,
                                "product_uom_qty": quantity,
                            }
                        )
                    ],
                }
            )
            if confirm:
                order.action_confirm()
            return order.id

        order_id = run(add)
        made.order_ids.append(order_id)
        return order_id

    def tear_down(env):
        orders = env["sale.order"].browse(made.order_ids)
        env["sale.review.rule"].browse(made.rule_ids).unlink()
        orders.filtered(lambda order: order.state == "sale")._action_cancel()
        orders.unlink()
        env["product.product"].browse(made.product_id).product_tmpl_id.unlink()
        env["res.partner"].browse(made.partner_id).unlink()
        env["sale.review.rule"].browse(made.others).active = True

    run(set_up)
    yield SimpleNamespace(
        registry=registry, run=run, add_rule=add_rule, add_order=add_order
    )
    run(tear_down)


class Race:
    """Lets two calls read before either of them locks, as bad luck would have it."""

    def __init__(self, registry, with_locks=True):
        self.registry = registry
        self.barrier = threading.Barrier(2, timeout=30)
        self.met = threading.local()
        model = registry["sale.review.engine"]
        lock = model._lock_subjects

        def meet(engine, order_facts, book):
            if not getattr(self.met, "once", False):
                self.met.once = True
                self.barrier.wait()
            return lock(engine, order_facts, book) if with_locks else None

        self.patch = patch.object(model, "_lock_subjects", meet)

    def run(self, *calls):
        """Run calls ``(model, method, *arguments)`` at once.

        :return: what became of each: ``None``, or the error it was refused with
        """
        results = [None] * len(calls)

        def work(place, model, method, *args):
            try:
                with self.registry.cursor() as cr:
                    execute_cr(cr, SUPERUSER_ID, model, method, args, {})
            except Exception as error:
                results[place] = error

        threads = [
            threading.Thread(target=work, args=(place, *call))
            for place, call in enumerate(calls)
        ]
        with self.patch:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return results


def confirm_both(stage, order_ids, **race):
    results = Race(stage.registry, **race).run(
        *(("sale.order", "action_confirm", [order_id]) for order_id in order_ids)
    )
    states = stage.run(lambda env: env["sale.order"].browse(order_ids).mapped("state"))
    return results, states


def assert_one_refused(results, text):
    refused = [error for error in results if error]
    assert len(refused) == 1, results
    assert isinstance(refused[0], ReviewError), refused[0]
    assert text in str(refused[0])


def test_quota_lets_one_of_two_pass(stage):
    stage.add_rule(kind="quota", period="month", max_quantity=10)
    results, states = confirm_both(stage, [stage.add_order(6), stage.add_order(6)])
    assert sorted(states) == ["draft", "sale"]
    assert_one_refused(results, "4 of 10 left")


def test_quota_lets_two_pass_that_fit(stage):
    stage.add_rule(kind="quota", period="month", max_quantity=12)
    results, states = confirm_both(stage, [stage.add_order(6), stage.add_order(6)])
    assert states == ["sale", "sale"]
    assert results == [None, None]


def test_without_the_lock_both_would_pass(stage):
    """The race is real: this is what the lock is there for."""
    stage.add_rule(kind="quota", period="month", max_quantity=10)
    order_ids = [stage.add_order(6), stage.add_order(6)]
    _results, states = confirm_both(stage, order_ids, with_locks=False)
    assert states == ["sale", "sale"]


def test_credit_limit_lets_one_of_two_pass(stage):
    stage.add_rule(kind="credit", use_partner_limit=False, credit_limit=100)
    results, states = confirm_both(stage, [stage.add_order(6), stage.add_order(6)])
    assert sorted(states) == ["draft", "sale"]
    assert_one_refused(results, "Credit limit")


def test_quota_lets_one_of_two_confirmed_lines_grow(stage):
    stage.add_rule(kind="quota", period="month", max_quantity=10)
    order_ids = [stage.add_order(4, confirm=True), stage.add_order(4, confirm=True)]
    line_ids = stage.run(
        lambda env: [env["sale.order"].browse(one).order_line.id for one in order_ids]
    )
    results = Race(stage.registry).run(
        *(
            ("sale.order.line", "write", [line_id], {"product_uom_qty": 6})
            for line_id in line_ids
        )
    )
    quantities = stage.run(
        lambda env: env["sale.order.line"].browse(line_ids).mapped("product_uom_qty")
    )
    assert sorted(quantities) == [4, 6]
    assert_one_refused(results, "cannot be changed like this")
