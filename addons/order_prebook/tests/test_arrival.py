"""What comes in is offered first-come, and told once."""

from odoo import fields
from odoo.tests import tagged

from .common import PrebookCommon


@tagged("post_install", "-at_install")
class TestArrival(PrebookCommon):
    def _booked(self, *quantities, **vals):
        """Orders of one tulip line each, booked one after the other."""
        orders = self.env["sale.order"]
        for number, quantity in enumerate(quantities):
            order = self._order((self.tulip, quantity), **vals)
            order.order_line.sudo().prebook_date = fields.Datetime.add(
                fields.Datetime.to_datetime("2031-01-01"), hours=number
            )
            orders += order
        self._offer()
        return orders

    def _arrived(self, orders):
        return orders.order_line.mapped("prebook_qty_arrived")

    def test_first_come_first_served(self):
        orders = self._booked(6, 6, 6)
        # who came first is told by the time of booking, not by the number
        orders[2].order_line.sudo().prebook_date = "2030-12-31"
        self._receive(self._receipt(self.tulip, 10))
        self._offer()
        self.assertEqual(self._arrived(orders), [4, 0, 6])

    def test_customer_is_told_once(self):
        order = self._booked(10)
        self._receive(self._receipt(self.tulip, 4))
        self._offer()
        self._offer()
        self.env["sale.order.line"]._prebook_allocate(self.tulip)
        self.assertEqual(len(self._mails(order)), 1)
        self.assertIn("4.00 Units", self._mails(order).body)
        self._receive(self._receipt(self.tulip, 20))
        self._offer()
        self.assertEqual(len(self._mails(order)), 2)
        self.assertEqual(self._log(order, "arrive").mapped("quantity"), [4, 10])

    def test_customer_reads_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["mail.template"].browse(
            self.env.ref("order_prebook.mail_template_arrived").id
        ).with_context(lang="fr_FR").subject = "Vos fleurs sont arrivées"
        self.customer.lang = "fr_FR"
        order = self._booked(10)
        self._receive(self._receipt(self.tulip, 4))
        self._offer()
        self.assertIn("Vos fleurs sont arrivées", order.message_ids.mapped("subject"))

    def test_salesperson_gets_one_activity(self):
        order = self._booked(10)
        for _receipt in range(2):
            self._receive(self._receipt(self.tulip, 4))
            self._offer()
        kind = self.env.ref("order_prebook.mail_activity_type_arrived")
        self.assertRecordValues(
            order.activity_ids.filtered(lambda one: one.activity_type_id == kind),
            [{"user_id": self.users["sales"].id}],
        )

    def test_check_out_uses_up_what_arrived(self):
        orders = self._booked(6, 6)
        self._receive(self._receipt(self.tulip, 8))
        self._offer()
        self.assertEqual(self._arrived(orders), [6, 2])
        line = orders[0].order_line
        line.prebook_check_out({line.id: 4})
        orders.picking_ids.action_assign()
        self.env["sale.order.line"]._prebook_allocate(self.tulip)
        self.assertEqual(self._arrived(orders), [2, 2])
        self.assertEqual(len(self._mails(orders[0])), 1)

    def test_cancelling_passes_it_on(self):
        orders = self._booked(6, 6)
        self._receive(self._receipt(self.tulip, 6))
        self._offer()
        orders[0].order_line.prebook_cancel()
        self._offer()
        self.assertEqual(orders[1].order_line.prebook_qty_arrived, 6)
        self.assertEqual(len(self._mails(orders[1])), 1)

    def test_dozens(self):
        order = self._order((self.tulip, 2, {"product_uom_id": self.dozen.id}))
        self._receive(self._receipt(self.tulip, 18))
        self._offer()
        self.assertEqual(order.order_line.prebook_qty_arrived, 1.5)

    def test_other_warehouse(self):
        order = self._booked(6)
        other = self.env["stock.warehouse"].create(
            {"name": "Other", "code": "PBO", "company_id": self.env.company.id}
        )
        self.env["stock.quant"]._update_available_quantity(
            self.tulip, other.lot_stock_id, 50
        )
        self.env["sale.order.line"]._prebook_allocate(self.tulip)
        self.assertEqual(self._arrived(order), [0])

    def test_procured_at_once_counts_what_is_reserved(self):
        self.env.company.prebook_procure = "booking"
        orders = self._booked(6, 6)
        self._receive(self._receipt(self.tulip, 8))
        self._offer()
        self.assertEqual(self._arrived(orders), [6, 2])

    def test_goods_nobody_counts_are_always_here(self):
        self.tulip.is_storable = False
        order = self._booked(6)
        self.assertEqual(self._arrived(order), [6])

    def test_stock_at_hand_is_offered_at_once(self):
        self._stock(self.tulip, 7)
        self.assertEqual(self._arrived(self._booked(6)), [6])

    def test_customer_without_mail(self):
        self.customer.email = False
        order = self._booked(6)
        self._receive(self._receipt(self.tulip, 6))
        self._offer()
        self.assertEqual(self._arrived(order), [6])

    def test_scheduled_actions(self):
        order = self._booked(6)
        self._receive(self._receipt(self.tulip, 6))
        self.assertTrue(self.env["sale.prebook.arrival"].search_count([]))
        with self.enter_registry_test_mode():
            self.env.ref("order_prebook.ir_cron_arrivals").method_direct_trigger()
        self.assertEqual(self._arrived(order), [6])
        self.assertFalse(self.env["sale.prebook.arrival"].search_count([]))
        self._stock(self.tulip, -3)
        with self.enter_registry_test_mode():
            self.env.ref("order_prebook.ir_cron_all_arrivals").method_direct_trigger()
            self.env.ref("order_prebook.ir_cron_arrivals").method_direct_trigger()
        self.assertEqual(self._arrived(order), [3])

    def test_receipt_nobody_waits_for(self):
        self._receive(self._receipt(self.vase, 6))
        self.assertFalse(
            self.env["sale.prebook.arrival"].search([("product_id", "=", self.vase.id)])
        )
