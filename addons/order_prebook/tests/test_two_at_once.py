"""Two clerks at the same second, on two real connections.

Records are committed and removed again: what one connection has not committed, another
one does not see.
"""

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, Command
from odoo.api import Environment
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import execute_cr
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestTwoAtOnce(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self._run(self._set_up)
        self.addCleanup(self._run, self._tear_down)

    def _run(self, function):
        with self.registry.cursor() as cr:
            return function(Environment(cr, SUPERUSER_ID, {}))

    def _set_up(self, env):
        product = env["product.product"].create(
            {
                "name": "Two at once",
                "type": "consu",
                "prebook_policy": "always",
                "taxes_id": [Command.clear()],
            }
        )
        partner = env["res.partner"].create({"name": "Two at once"})
        order = env["sale.order"].create(
            {
                "partner_id": partner.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 10})
                ],
            }
        )
        order.action_confirm()
        self.ids = (product.id, partner.id, order.id, order.order_line.id)

    def _tear_down(self, env):
        product_id, partner_id, order_id, _line_id = self.ids
        order = env["sale.order"].browse(order_id)
        if order.state != "cancel":
            order._action_cancel()
        env["sale.prebook.arrival"].search([("product_id", "=", product_id)]).unlink()
        pickings = order.picking_ids
        pickings.move_ids.filtered(lambda move: move.state == "cancel").unlink()
        pickings.unlink()
        order.stock_reference_ids.unlink()
        # the log itself is kept from being deleted; it goes with the order
        order.unlink()
        env["product.product"].browse(product_id).product_tmpl_id.unlink()
        env["res.partner"].browse(partner_id).unlink()

    def _race(self, *quantities):
        """Check out the same line as often at once; return what became of each."""
        line_id = self.ids[3]
        barrier = threading.Barrier(len(quantities), timeout=30)
        met = threading.local()
        model = self.registry["sale.order.line"]
        lock = model._prebook_lock

        def meet(lines):
            # both have read before either of them locks, as bad luck would have it
            if not getattr(met, "once", False):
                met.once = True
                barrier.wait()
            return lock(lines)

        results = [None] * len(quantities)

        def work(place, quantity):
            try:
                with self.registry.cursor() as cr:
                    execute_cr(
                        cr,
                        SUPERUSER_ID,
                        "sale.order.line",
                        "prebook_check_out",
                        ([line_id], {str(line_id): quantity}),
                        {},
                    )
            except UserError as error:
                results[place] = str(error)

        threads = [
            threading.Thread(target=work, args=pair) for pair in enumerate(quantities)
        ]
        with (
            patch.object(model, "_prebook_lock", meet),
            mute_logger("odoo.sql_db", "odoo.service.model"),
        ):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return results

    def _line(self, env):
        line = env["sale.order.line"].browse(self.ids[3])
        return line.prebook_qty_checked_out, sum(
            line.prebook_log_ids.filtered(lambda one: one.kind == "checkout").mapped(
                "quantity"
            )
        )

    def test_not_the_same_quantity_twice(self):
        results = self._race(6, 6)
        refused = [text for text in results if text]
        self.assertEqual(len(refused), 1, results)
        self.assertIn("4.00 Units are open", refused[0])
        self.assertEqual(self._run(self._line), (6, 6))

    def test_both_if_there_is_enough(self):
        self.assertEqual(self._race(6, 4), [None, None])
        self.assertEqual(self._run(self._line), (10, 10))
