from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_division import DivisionCommon


@tagged("post_install", "-at_install")
class TestDivisionJob(DivisionCommon):
    """Many recipients are left to the job in the background."""

    def test_many_recipients_in_the_background(self):
        self._many()
        self._storable()
        self.env["stock.quant"]._update_available_quantity(
            self.display, self.warehouse.lot_stock_id, 100
        )
        order = self._division_order()
        order.action_confirm()
        self.assertFalse(order.picking_ids)
        self.assertEqual(set(order.recipient_ids.mapped("state")), {"waiting"})
        cron = self.env.ref("order_entry.ir_cron_division_deliver")
        self.assertTrue(
            self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]),
            "nobody starts the job",
        )
        Recipient = self.env["sale.order.recipient"]
        self.assertEqual(Recipient._deliver_portion(), 2)
        self.env.invalidate_all()
        self.assertEqual(
            order.recipient_ids.mapped("state"), ["open", "open", "waiting"]
        )
        self.assertEqual(Recipient._deliver_portion(), 1)
        self.assertEqual(self._work(), 2)  # both portions are reserved
        self.assertEqual(self._shares(order), self._everybody(display=2))
        self.assertEqual(set(order.recipient_ids.mapped("state")), {"ready"})
        self.assertEqual(self._work(), 0)

    def test_cron_commits_and_counts(self):
        """The real job, through the scheduler's own method."""
        self._many()
        order = self._division_order()
        order.action_confirm()
        cron = self.env.ref("order_entry.ir_cron_division_deliver")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self._shares(order), self._everybody(display=2))

    def test_one_failure_does_not_stop_the_others(self):
        self._many(portion=50)
        order = self._division_order()
        order.action_confirm()
        bad = order.recipient_ids[1]
        jobs = self.registry["sale.order.recipient"]._deliver
        reason = "No way to this place"

        def deliver(recipients):
            if bad in recipients:
                raise ValidationError(reason)
            return jobs(recipients)

        self.patch(self.registry["sale.order.recipient"], "_deliver", deliver)
        self._work()
        self.env.invalidate_all()
        self.assertEqual(bad.state, "failed")
        self.assertIn("No way", bad.error)
        self.assertIn("No way", order.message_ids[:1].body)
        self.assertEqual(
            (order.recipient_ids - bad).mapped("state"), ["ready", "ready"]
        )
        self.patch(self.registry["sale.order.recipient"], "_deliver", jobs)
        bad.action_resend()
        self._work()
        self.assertEqual(self._shares(order), self._everybody(display=2))

    def test_portion_that_dies_leaves_nothing(self):
        """Killed after the moves were made, before the end: all of it again, once."""
        self._many()
        order = self._division_order()
        order.action_confirm()
        Recipient = self.env["sale.order.recipient"]
        self.assertEqual(Recipient._deliver_portion(), 2)
        model = self.registry["sale.order.recipient"]
        note = model._note_origin

        def die(*args):
            raise MemoryError

        self.patch(model, "_note_origin", die)
        with self.assertRaises(MemoryError), self.cr.savepoint():
            Recipient._deliver_portion()
        self.env.transaction.clear()
        self.assertEqual(len(order.picking_ids), 2)
        self.patch(model, "_note_origin", note)
        self._work()
        self.assertEqual(self._shares(order), self._everybody(display=2))
        self.assertEqual(len(order.order_line.move_ids), 3)

    def test_cancelled_order_is_not_delivered(self):
        self._many()
        order = self._division_order()
        order.action_confirm()
        self.env["sale.order.recipient"]._deliver_portion()
        order._action_cancel()
        self._work()
        self.assertEqual(self._shares(order), {store.name: {} for store in self.stores})

    def test_locked_order_is_delivered(self):
        self._many()
        order = self._division_order()
        order.action_confirm()
        order.action_lock()
        self._work()
        self.assertEqual(self._shares(order), self._everybody(display=2))
