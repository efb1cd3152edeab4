"""The stories in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import PrebookCommon


@tagged("post_install", "-at_install")
class TestTours(PrebookCommon, HttpCase):
    def test_florist_checks_out_line_by_line(self):
        """A florist's sales person checks out a prebook line by line."""
        order = self._order(
            (self.tulip, 10),
            (self.rose, 5, {"prebook_by_hand": True}),
            name="PREBOOK-TOUR",
        )
        self.env.flush_all()
        with self.assertLogs("odoo.http", "WARNING") as refused:
            self.start_tour(
                "/odoo/prebook-orders", "order_prebook_checkout", login="prebook_sales"
            )
        self.assertEqual(len(refused.output), 1, refused.output)
        self.assertIn("99.00 Units cannot be checked out", refused.output[0])
        self.assertEqual(order.prebook_state, "checked_out")
        self.assertEqual(sum(order.picking_ids.move_ids.mapped("product_uom_qty")), 15)
        self.assertRecordValues(
            self._log(order, "checkout"),
            [
                {
                    "user_id": self.users["sales"].id,
                    "product_id": product.id,
                    "quantity": quantity,
                }
                for product, quantity in (
                    (self.tulip, 4),
                    (self.tulip, 6),
                    (self.rose, 5),
                )
            ],
        )

    def test_cashier_checks_out_several(self):
        # the browser shows everybody's
        self.env["sale.order"].search(
            [("prebook_state", "=", "draft")]
        )._action_cancel()
        self._stock(self.tulip, 20)
        orders = self._order() + self._order()
        self._offer()
        self.env.flush_all()
        self.start_tour(
            "/odoo/prebook-lines", "order_prebook_list", login="prebook_cashier"
        )
        self.assertEqual(set(orders.mapped("prebook_state")), {"checked_out"})


@tagged("post_install", "-at_install")
class TestPortalTour(PrebookCommon, HttpCase):
    """On a telephone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_customer_checks_out_and_cancels(self):
        self.env.company.prebook_portal_checkout = True
        order = self._order(partner_id=self.portal.partner_id.id)
        self.env.flush_all()
        self.start_tour("/my/prebooks", "order_prebook_portal", login="prebook_portal")
        self.assertRecordValues(
            order.order_line,
            [{"prebook_qty_checked_out": 4, "prebook_qty_cancelled": 6}],
        )
