"""Two taps at the same moment make one draft: real connections, real commits."""

import threading
from unittest.mock import patch

from odoo.api import Environment
from odoo.service.model import retrying
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .at_once_common import CommittedCase


@tagged("post_install", "-at_install")
class TestTwoTaps(CommittedCase):
    """Two taps at the same moment, on two real connections."""

    def _set_up(self, env):
        partner, mill = env["res.partner"].create(
            [{"name": "Two Taps"}, {"name": "Mill"}]
        )
        relation = env["trade.relation"].create(
            {
                "distributor_id": mill.id,
                "partner_id": partner.id,
                "role_id": env.ref("trade_network.role_designer").id,
            }
        )
        item = env["sample.item"].create({"distributor_id": mill.id, "pattern": "Taps"})
        user = new_test_user(
            env, "sample_two_taps", groups="base.group_portal", partner_id=partner.id
        )
        user._sync_trade_groups()
        self.ids = (user.id, partner.id, mill.id, relation.id, item.id)

    def _tear_down(self, env):
        user_id, partner_id, mill_id, relation_id, item_id = self.ids
        env["sample.order"].search([("user_id", "=", user_id)]).unlink()
        env["sample.item"].browse(item_id).unlink()
        env["trade.relation"].browse(relation_id).unlink()
        env["res.users"].browse(user_id).unlink()
        env["res.partner"].browse((partner_id, mill_id)).unlink()

    def test_one_draft(self):
        barrier = threading.Barrier(2, timeout=30)
        real = self.registry["sample.order"]._portal_start
        met = threading.local()
        answers = []

        def start(orders):
            if not getattr(met, "once", False):
                met.once = True
                barrier.wait()
            return real(orders)

        def tap():
            with self.registry.cursor() as cr:
                env = Environment(cr, self.ids[0], {})

                def put():
                    draft = env["sample.order"]._portal_take(0)
                    draft._portal_put(self.ids[-1], 3)
                    return draft.id

                answers.append(retrying(put, env))

        threads = [threading.Thread(target=tap) for _number in range(2)]
        with (
            patch.object(self.registry["sample.order"], "_portal_start", start),
            mute_logger("odoo.sql_db", "odoo.service.model"),
        ):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(len(answers), 2)
        self.assertEqual(len(set(answers)), 1)
        quantities = self._run(
            lambda env: (
                env["sample.order"].browse(answers[0]).line_ids.mapped("quantity")
            )
        )
        self.assertEqual(quantities, [3])
