"""Two at the same second, on two real connections; and one that is killed.

Records are committed and removed again: what one connection has not committed, another
one does not see.
"""

import os
import signal
import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, fields
from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, new_test_user, tagged
from odoo.tools import mute_logger

_FILE = b"external_ref,account_number,item_code\n1,AT-ONCE,A\n2,AT-ONCE,B\n"


@tagged("post_install", "-at_install")
class TestPostedAtOnce(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self._run(self._set_up)
        self.addCleanup(self._run, self._tear_down)

    def _run(self, function, user=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            env = Environment(cr, user, {})
            return retrying(lambda: function(env), env)

    def _set_up(self, env):
        mill, showroom = env["res.partner"].create(
            [{"name": f"At once {n}", "is_company": True} for n in "AB"]
        )
        relation = env["trade.relation"].create(
            {
                "distributor_id": mill.id,
                "partner_id": showroom.id,
                "role_id": env.ref("trade_network.role_showroom").id,
                "account_number": "AT-ONCE",
                "date_from": False,
            }
        )
        users = [
            new_test_user(
                env, login=f"at_once_{n}", groups="base.group_portal",
                context={"no_reset_password": True},
            )
            for n in range(2)
        ]  # fmt: skip
        for user, partner in zip(users, (showroom, mill), strict=True):
            user.partner_id.parent_id = partner
        stock = env["track.stock"].create(
            {
                "distributor_id": mill.id,
                "external_ref": "LAST",
                "item_code": "LAST",
                "on_hand": 5,
                "company_id": env.company.id,
            }
        )
        self.mill, self.showroom = mill.id, showroom.id
        self.clerk, self.desk = (user.id for user in users)
        self.relation, self.stock = relation.id, stock.id

    def _tear_down(self, env):
        mine = [("distributor_id", "=", self.mill)]
        every = env["track.order"].with_context(active_test=False)
        every.search(mine).line_ids.unlink()
        every.search(mine).unlink()
        env["track.reserve"].search(mine).unlink()
        env["track.stock"].search(mine).unlink()
        env.cr.execute("DELETE FROM track_post WHERE distributor_id = %s", (self.mill,))
        env["trade.relation"].browse(self.relation).unlink()
        users = env["res.users"].browse([self.clerk, self.desk])
        people = users.partner_id
        users.unlink()
        people.unlink()
        env["res.partner"].browse([self.mill, self.showroom]).unlink()

    def _hold(self, env, quantity=3):
        return env["track.reserve"].hold_item(
            self.mill, "LAST", quantity, fields.Date.to_string(fields.Date.today()), "X"
        )

    def test_the_last_yards_are_held_once(self):
        barrier = threading.Barrier(2, timeout=20)
        met = threading.local()
        model = self.registry["track.reserve"]
        real = model._take_stock
        told = []

        def take(records, stock, quantity):
            # both have read that five are free
            if not getattr(met, "once", False):
                met.once = True
                barrier.wait()
            return real(records, stock, quantity)

        def one():
            try:
                told.append(self._run(self._hold, self.clerk))
            except UserError as error:
                told.append(error)

        with (
            patch.object(model, "_take_stock", take),
            mute_logger("odoo.sql_db", "odoo.service.model"),
        ):
            threads = [threading.Thread(target=one) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(30)
        self.assertEqual(sum(isinstance(one, UserError) for one in told), 1, told)

        def check(env):
            stock = env["track.stock"].browse(self.stock)
            self.assertEqual((stock.portal_held, stock.free), (3, 2))

        self._run(check)

    def _take(self, env):
        post = env["track.post"]._take("order", False, "f.csv", _FILE)
        post._preview()
        return post.id

    def test_one_posting_at_a_time(self):
        post_id = self._run(self._take, self.desk)

        def second(env):
            env["track.post"].browse(post_id).sudo()._confirm()

        with self.registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            self.assertIsNone(env["track.post"]._lock("order", self.mill))
            with self.assertRaisesRegex(UserError, r"running already, since \d\d:"):
                self._run(second)
            # another kind, and another distributor, need not wait
            self.assertIsNone(
                self._run(lambda env: env["track.post"]._lock("freight", self.mill))
            )
            self.assertIsNone(
                self._run(lambda env: env["track.post"]._lock("order", self.showroom))
            )
        self._run(second)

    def test_who_is_killed_leaves_no_half(self):
        post_id = self._run(self._take, self.desk)
        child = os.fork()
        if not child:
            # the connections of the parent are not this process's
            from odoo import sql_db

            sql_db._Pool = None
            registry = self.registry
            registry._db = sql_db.db_connect(get_db_name())
            with registry._db.cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {})
                env["track.post"].browse(post_id)._confirm()
                env.flush_all()
                cr.execute("SELECT count(*) FROM track_order WHERE distributor_id = %s",
                           (self.mill,))  # fmt: skip
                if cr.fetchone()[0] != 2:
                    os._exit(3)
                os.kill(os.getpid(), signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        self.assertEqual(os.WTERMSIG(status), signal.SIGKILL, status)

        def check(env):
            self.assertFalse(
                env["track.order"].search([("distributor_id", "=", self.mill)])
            )
            post = env["track.post"].browse(post_id)
            self.assertEqual(post.state, "draft")
            post._confirm()
            self.assertEqual((post.state, post.created), ("done", 2))

        self._run(check)
