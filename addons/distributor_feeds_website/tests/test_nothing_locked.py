"""Two real connections: who waits for a distributor holds no order.

Records are committed and removed again: what one connection has not committed, another
one does not see.
"""

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command, fields
from odoo.api import Environment
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged

from odoo.addons.distributor_feeds import live
from odoo.addons.distributor_feeds.models.distributor_feed_health import DistributorFeed
from odoo.addons.distributor_feeds.tests.common_promise import OPTIONS
from odoo.addons.distributor_feeds.tests.live_servers import (
    POLICY,
    http_service,
    stock,
)

from ..controllers.main import PromiseShop
from ..controllers.payment import PromisePayment


@tagged("post_install", "-at_install")
class TestNothingLocked(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.enterContext(
            patch.object(DistributorFeed, "_policy", lambda _feed: POLICY)
        )
        self.server = self.enterContext(http_service(self._answer))
        self.asked, self.go_on = threading.Event(), threading.Event()
        self._run(self._set_up)
        self.addCleanup(self._run, self._tear_down)
        self.addCleanup(self.go_on.set)

    def _answer(self, handler):
        self.asked.set()
        self.go_on.wait(5)
        stock(handler, quantity=1)

    def _run(self, function):
        with self.registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))

    def _set_up(self, env):
        website = env["website"].search([], limit=1)
        self.before = website.id, website.stock_promise, website.stock_promise_deadline
        website.write({"stock_promise": True, "stock_promise_deadline": 5})
        partner = env["res.partner"].create({"name": "Locked Distributor"})
        product = env["product.product"].create(
            {
                "name": "Locked",
                "type": "consu",
                "is_storable": True,
                "default_code": "L1",
            }
        )
        account = env["distributor.account"].create(
            {"distributor_id": partner.id, "company_id": website.company_id.id}
        )
        profile = env["distributor.feed.profile"].create({"name": "Locked"})
        feed = env["distributor.feed"].create(
            {"name": "Locked", "account_id": account.id, "profile_id": profile.id}
        )
        feed.data_at = fields.Datetime.now()
        offer = env["distributor.offer"].create(
            {
                "account_id": account.id,
                "distributor_id": partner.id,
                "company_id": account.company_id.id,
                "code": "L1",
                "warehouse": "",
                "product_id": product.id,
                "quantity": 10,
                "stock_feed_id": feed.id,
            }
        )
        service = env["distributor.service"].create(
            {
                "name": "Locked",
                "account_id": account.id,
                "url": self.server.url,
                "options": OPTIONS,
                "timeout": 5,
            }
        )
        order = env["sale.order"].create(
            {
                "partner_id": partner.id,
                "website_id": website.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 5})
                ],
            }
        )
        order._portal_ensure_token()
        order._keep_first_shown()
        self.records = [
            (record._name, record.id)
            for record in (
                order,
                service,
                offer,
                feed,
                profile,
                account,
                product,
                partner,
            )
        ]
        self.order_id, self.service_id = order.id, service.id

    def _tear_down(self, env):
        website_id, shown, deadline = self.before
        env["website"].browse(website_id).write(
            {"stock_promise": shown, "stock_promise_deadline": deadline}
        )
        for model, record_id in self.records:
            env[model].browse(record_id).unlink()
        live.memory_of(get_db_name()).caches.forget(self.service_id)

    def _while_waiting(self, door):
        """Go through a door, and try to lock the order while a distributor thinks.

        :param door: called with the environment of a transaction of its own
        :return: whether the other connection could lock order and lines
        """
        came, thread_error = [], []

        def pass_door():
            try:
                self._run(lambda env: came.append(door(env)))
            except Exception as error:
                thread_error.append(error)

        thread = threading.Thread(target=pass_door)
        thread.start()
        self.assertTrue(self.asked.wait(10), "the distributor was never asked")
        free = self._run(self._lock)
        self.go_on.set()
        thread.join(20)
        self.assertFalse(thread_error)
        self.assertTrue(came)
        return free

    def _lock(self, env):
        for table, column in (("sale_order", "id"), ("sale_order_line", "order_id")):
            env.cr.execute(
                f"SELECT 1 FROM {table} WHERE {column} = %s FOR UPDATE SKIP LOCKED",
                (self.order_id,),
            )
            if not env.cr.fetchall():
                return False
        return True

    def test_the_check_itself(self):
        def door(env):
            order = env["sale.order"].browse(self.order_id)
            order._ask_distributors()
            return order._promise_gate()["lines"]

        self.assertTrue(self._while_waiting(door))

    def test_the_test_sees_a_lock(self):
        def door(env):
            env["sale.order"].browse(self.order_id).write({"note": "locked"})
            env.flush_all()
            env["sale.order"].browse(self.order_id)._ask_distributors()
            return True

        self.assertFalse(self._while_waiting(door))

    def test_all_processes_leave_a_failing_service_alone(self):
        self.server.answer = lambda handler: handler.send(b"", status=500)
        breakers = live.memory_of(get_db_name()).breakers
        self.addCleanup(breakers.record, self.service_id, True)

        def ask(env):
            env["sale.order"].browse(self.order_id)._ask_distributors()

        def state(env):
            return env["distributor.service"].browse(self.service_id).breaker_state

        for _turn in range(3):
            self._run(ask)
        self.assertEqual(self._run(state), "open")
        breakers.record(self.service_id, True)  # as if this were another process
        self._run(ask)
        self.assertEqual(len(self.server.seen), 3)

    def test_the_routes_ask_before_they_lock(self):
        """The routes as they are, with what comes after the question cut off."""
        for controller, parent_route, call in (
            (
                PromisePayment(),
                "odoo.addons.website_sale.controllers.payment.PaymentPortal"
                ".shop_payment_transaction",
                lambda one, env: (
                    PromisePayment.shop_payment_transaction.original_endpoint(
                        one,
                        self.order_id,
                        env["sale.order"].browse(self.order_id).access_token,
                    )
                ),
            ),
            (
                PromiseShop(),
                "odoo.addons.website_sale.controllers.main.WebsiteSale.shop_payment",
                lambda one, env: PromiseShop.shop_payment.original_endpoint(one),
            ),
        ):
            with self.subTest(route=parent_route):
                self.asked.clear()
                self.go_on.clear()
                live.memory_of(get_db_name()).caches.forget(self.service_id)
                self.assertTrue(
                    self._while_waiting(
                        lambda env, one=controller, parent=parent_route, call=call: (
                            self._call_route(env, one, parent, call)
                        )
                    )
                )

    def _call_route(self, env, controller, parent_route, call):
        website = env["website"].browse(self.before[0])

        class Request:
            session = {"sale_order_id": self.order_id}

        Request.env, Request.website = env, website
        modules = "odoo.addons.distributor_feeds_website.controllers.main.request"
        with (
            patch(modules, Request),
            patch.object(
                type(controller),
                "_document_check_access",
                lambda _self, model, number, _token=None: env[model].browse(number),
                create=True,
            ),
            patch(parent_route, lambda *_args, **_values: "passed"),
        ):
            return call(controller, env)
