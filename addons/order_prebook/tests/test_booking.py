"""Which lines become prebooks, by every way an order gets confirmed."""

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..models.sale_order_line_source import PrebookSource
from .common import PrebookCommon


@tagged("post_install", "-at_install")
class TestBooking(PrebookCommon):
    def _today_plus(self, days):
        return fields.Date.add(fields.Date.today(), days=days)

    def test_sold_ahead_is_a_prebook(self):
        order = self._order((self.tulip, 10), (self.vase, 2))
        tulips, vases = order.order_line
        self.assertRecordValues(
            tulips + vases,
            [
                {
                    "is_prebook": True,
                    "prebook_state": "draft",
                    "prebook_source": "ahead",
                    "prebook_qty_open": 10,
                },
                {
                    "is_prebook": False,
                    "prebook_state": False,
                    "prebook_source": False,
                    "prebook_qty_open": 0,
                },
            ],
        )
        self.assertTrue(tulips.prebook_date)
        self.assertEqual(order.prebook_state, "draft")
        self.assertEqual(order.state, "sale")

    def test_quotation_is_not_booked(self):
        order = self._order(confirm=False)
        self.assertFalse(order.prebook_state)

    def test_stock_is_sold_as_ever(self):
        self._stock(self.rose, 10)
        order = self._order((self.rose, 10))
        self.assertFalse(order.prebook_state)
        self.assertEqual(order.order_line.move_ids.product_uom_qty, 10)

    def test_short_stock_with_receipt_under_way(self):
        self._stock(self.rose, 4)
        self._receipt(self.rose, 20, days=5)
        order = self._order((self.rose, 10))
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "prebook_source": "receipt",
                    "prebook_available_date": self._today_plus(5),
                }
            ],
        )

    def test_two_receipts_and_who_booked_before(self):
        self._receipt(self.rose, 10, days=5)
        self._receipt(self.rose, 10, days=9)
        first = self._order((self.rose, 8))
        second = self._order((self.rose, 8))
        self.assertEqual(first.order_line.prebook_available_date, self._today_plus(5))
        self.assertEqual(second.order_line.prebook_available_date, self._today_plus(9))

    def test_two_lines_share_the_stock(self):
        self._stock(self.rose, 10)
        self._receipt(self.rose, 10)
        order = self._order((self.rose, 8), (self.rose, 8))
        self.assertEqual(order.order_line.mapped("prebook_source"), [False, "receipt"])

    def test_vendor_availability(self):
        vendor = self.env["res.partner"].create({"name": "Grower"})
        self.rose.seller_ids = [
            Command.create({"partner_id": vendor.id, "delay": 12, "price": 3})
        ]
        order = self._order((self.rose, 10))
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "prebook_source": "vendor",
                    "prebook_available_date": self._today_plus(12),
                }
            ],
        )

    def test_no_source_is_no_prebook(self):
        order = self._order((self.rose, 10))
        self.assertFalse(order.prebook_state)
        self.assertEqual(order.order_line.move_ids.product_uom_qty, 10)

    def test_stock_promised_to_deliveries_is_not_free(self):
        self._stock(self.rose, 5)
        self._order((self.rose, 8))
        self._receipt(self.rose, 4, days=2)
        self._receipt(self.rose, 10, days=7)
        order = self._order((self.rose, 6))
        self.assertEqual(order.order_line.prebook_source, "receipt")
        self.assertEqual(order.order_line.prebook_available_date, self._today_plus(7))

    def test_dozens(self):
        self._stock(self.rose, 23)
        self._receipt(self.rose, 100)
        order = self._order(
            (self.rose, 2, {"product_uom_id": self.dozen.id}),
        )
        self.assertEqual(order.order_line.prebook_source, "receipt")
        self.assertEqual(order.order_line.prebook_qty_open, 2)

    def test_company_policy_and_product_policy(self):
        self.env.company.prebook_policy = "always"
        order = self._order((self.vase, 1), (self.card, 1))
        self.assertEqual(order.order_line.mapped("is_prebook"), [True, False])
        self.vase.product_tmpl_id.prebook_policy = "no"
        self.assertFalse(self._order((self.vase, 1)).prebook_state)

    def test_by_hand(self):
        self._stock(self.vase, 50)
        order = self._order((self.vase, 5, {"prebook_by_hand": True}))
        self.assertEqual(order.prebook_state, "draft")
        with self.assertRaisesRegex(UserError, "before the order is confirmed"):
            order.order_line.prebook_by_hand = False

    def test_every_way_to_confirm(self):
        written = self._order(confirm=False)
        written.write({"state": "sale"})
        born = self._order(confirm=False, state="sale")
        added = self._order((self.vase, 1))
        added.order_line = [self._line(self.tulip, 3)]
        for order in (written, born, added):
            self.assertEqual(order.prebook_state, "draft")
            tulips = order.order_line.filtered(
                lambda line: line.product_id == self.tulip
            )
            self.assertFalse(tulips.move_ids)
            self.assertEqual(tulips.qty_to_invoice, 0)

    def test_other_add_ons_know_sources(self):
        """The hook: an add-on that knows a partner's stock."""
        model = self.registry["sale.order.line"]
        original = model._prebook_sources

        def sources(lines):
            found = original(lines)
            for line in lines:
                found[line] = PrebookSource("vendor", fields.Date.to_date("2031-05-04"))
            return found

        self.patch(model, "_prebook_sources", sources)
        self.vase.product_tmpl_id.prebook_policy = "short"
        self._stock(self.vase, 50)
        order = self._order((self.vase, 5))
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "prebook_source": "vendor",
                    "prebook_available_date": fields.Date.to_date("2031-05-04"),
                }
            ],
        )

    def test_cancelled_and_confirmed_again(self):
        order = self._order()
        order._action_cancel()
        self.assertEqual(order.prebook_state, "cancelled")
        order.action_draft()
        self.assertFalse(order.prebook_state)
        self.tulip.product_tmpl_id.prebook_policy = "no"
        order.action_confirm()
        self.assertFalse(order.prebook_state)
        self.assertEqual(order.order_line.move_ids.product_uom_qty, 10)

    def test_copy_starts_anew(self):
        order = self._order()
        order.order_line.prebook_check_out({order.order_line.id: 4})
        copy = order.copy()
        self.assertRecordValues(
            copy.order_line,
            [{"prebook_state": False, "prebook_qty_checked_out": 0}],
        )


@tagged("post_install", "-at_install")
class TestBookingDays(PrebookCommon):
    """No prebook sooner than the company allows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.prebook_min_days = 5

    def _quotation(self, days):
        date = days is not None and fields.Datetime.add(
            fields.Datetime.now(), days=days
        )
        return self._order(confirm=False, commitment_date=date)

    def test_too_near(self):
        order = self._quotation(4)
        with self.assertRaises(UserError) as refused:
            order.with_user(self.users["sales"]).action_confirm()
        self.assertIn("prebooks are delivered from", str(refused.exception))
        self.assertEqual(order.state, "draft")

    def test_far_enough(self):
        order = self._quotation(5)
        order.with_user(self.users["sales"]).action_confirm()
        self.assertEqual(order.prebook_state, "draft")

    def test_date_has_to_be_given(self):
        with self.assertRaisesRegex(UserError, "Set that delivery date"):
            self._quotation(None).with_user(self.users["sales"]).action_confirm()

    def test_managers_are_exempt(self):
        order = self._quotation(1)
        order.with_user(self.users["manager"]).action_confirm()
        self.assertEqual(order.prebook_state, "draft")

    def test_date_is_moved_afterwards(self):
        order = self._quotation(9)
        order = order.with_user(self.users["sales"])
        order.action_confirm()
        with self.assertRaisesRegex(UserError, "prebooks are delivered from"):
            order.commitment_date = fields.Datetime.add(fields.Datetime.now(), days=1)

    def test_ordinary_goods_are_not_meant(self):
        order = self._order((self.vase, 1), confirm=False)
        order.with_user(self.users["sales"]).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_payment_is_not_refused(self):
        order = self._quotation(1)
        order.write({"require_payment": True, "prepayment_percent": 1})
        self._pay(order)
        self.assertEqual((order.state, order.prebook_state), ("sale", "draft"))
        self.assertTrue(
            order.message_ids.filtered(
                lambda message: "prebooks are delivered from" in message.body
            )
        )

    def test_company_day(self):
        """23:30 UTC is the next day in Tokyo."""
        order = self._quotation(None)
        moment = fields.Datetime.to_datetime("2031-01-01 23:30:00")
        self.assertEqual(str(order._prebook_local_day(moment)), "2031-01-01")
        self.env.company.partner_id.tz = "Asia/Tokyo"
        self.assertEqual(str(order._prebook_local_day(moment)), "2031-01-02")
