"""Two of the sample department at the same second, on two real connections.

Records are committed and removed again: what one connection has not committed, another
one does not see.
"""

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .at_once_common import CommittedCase


@tagged("post_install", "-at_install")
class TestDeskAtOnce(CommittedCase):
    def _set_up(self, env):
        mill = env["res.partner"].create({"name": "Two at once mill"})
        item = env["sample.item"].create(
            {"distributor_id": mill.id, "pattern": "Two at once desk"}
        )
        order = env["sample.order"].create(
            {
                "recipient_name": "Nora",
                "ship_address": "1 New Road",
                "line_ids": [Command.create({"item_id": item.id, "quantity": 3})],
            }
        )
        order._send()
        self.ids = (mill.id, item.id, order.id, order.request_ids.id)

    def _tear_down(self, env):
        mill_id, item_id, order_id, request_id = self.ids
        request = env["sample.request"].browse(request_id)
        request.notice_ids.unlink()
        request.entry_ids.unlink()
        order = env["sample.order"].browse(order_id)
        order.line_ids.unlink()
        request.unlink()
        order.state = "draft"
        order.unlink()
        env["sample.item"].browse(item_id).unlink()
        env["res.partner"].browse(mill_id).unlink()

    def _at_once(self, *forms):
        """Send forms on a connection each; none is held before all have come.

        :return: what became of each
        """
        barrier = threading.Barrier(len(forms), timeout=30)
        met = threading.local()
        model = self.registry["sample.request"]
        real = model._hold

        def hold(records):
            if not getattr(met, "once", False):
                met.once = True
                # from here on this connection sees nothing that others write
                records.mapped("round")
                barrier.wait()
            return real(records)

        outcomes = [None] * len(forms)

        def work(place, form):
            with self.registry.cursor() as cr:
                env = Environment(cr, SUPERUSER_ID, {})
                request = env["sample.request"].browse(self.ids[3])
                outcomes[place], _errors = retrying(
                    lambda: request._submit(dict(form), answered_by=f"desk {place}"),
                    env,
                )

        threads = [
            threading.Thread(target=work, args=(place, form))
            for place, form in enumerate(forms)
        ]
        with (
            patch.object(model, "_hold", hold),
            mute_logger("odoo.sql_db", "odoo.service.model"),
        ):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return outcomes

    def _shipped(self, env):
        request = env["sample.request"].browse(self.ids[3])
        return request.line_ids.shipped_qty, len(request.entry_ids)

    def test_one_form_twice(self):
        form = {"key": "at-once-1", "round": "0", "all": "1"}
        self.assertEqual(sorted(self._at_once(form, form)), ["done", "repeat"])
        self.assertEqual(self._run(self._shipped), (3, 1))

    def test_two_people(self):
        outcomes = self._at_once(
            {"key": "at-once-1", "round": "0", "all": "1"},
            {"key": "at-once-2", "round": "0", "all": "1"},
        )
        self.assertEqual(sorted(outcomes), ["done", "stale"])
        self.assertEqual(self._run(self._shipped), (3, 1))
