from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from odoo.addons.order_review.exceptions import ReviewError

from .common_division import DivisionCommon


@tagged("post_install", "-at_install")
class TestDivisionReview(DivisionCommon):
    def _quota(self, **vals):
        return self._rule(
            kind="quota",
            product_ids=[Command.set(self.display.ids)],
            **{"max_quantity": 5, "quota_per": "shipping", "period": "month", **vals},
        )

    def test_limit_counts_the_total(self):
        """Ten of a product per order: three stores with four each are too many."""
        self._rule()
        order = self._division_order((self.display, 4))
        with self.assertRaisesRegex(ReviewError, "at most 10 per order, 12 asked"):
            order.action_confirm()
        self.assertEqual(order.review_state, "blocked")
        order.order_line.division_qty = 3
        order.action_confirm()
        self.assertEqual(self._shares(order), self._everybody(display=3))

    def test_address_quota_counts_the_share(self):
        """Five per store and month: four each pass, though they are twelve."""
        self._quota()
        order = self._division_order((self.display, 4))
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        second = self._division_order((self.display, 2))
        with self.assertRaisesRegex(
            ReviewError, r"1 of 5 left.*Store 00\d, and 2 more"
        ):
            second.action_confirm()

    def test_address_quota_counts_other_orders_of_the_store(self):
        """An ordinary order of one store uses up its quota, and the other way round."""
        self._quota()
        self._order(
            (self.display, 3),
            partner_id=self.head.id,
            partner_shipping_id=self.stores[1].id,
        ).action_confirm()
        order = self._division_order((self.display, 3))
        with self.assertRaisesRegex(ReviewError, r"share of .*Store 002\)"):
            order.action_confirm()
        order.order_line.division_qty = 2
        order.action_confirm()
        own = self._order(
            (self.display, 1),
            partner_id=self.head.id,
            partner_shipping_id=self.stores[1].id,
        )
        with self.assertRaisesRegex(ReviewError, "0 of 5 left"):
            own.action_confirm()
        self._order(
            (self.display, 3),
            partner_id=self.head.id,
            partner_shipping_id=self.stores[0].id,
        ).action_confirm()

    def test_address_quota_of_last_month(self):
        self._quota()
        order = self._division_order((self.display, 4))
        order.action_confirm()
        moment = fields.Datetime.now() - timedelta(days=40)
        order.write({"date_order": moment, "review_confirmed_at": moment})
        self._division_order((self.display, 4)).action_confirm()

    def test_who_was_taken_out_has_his_quota_back(self):
        self._quota()
        order = self._division_order((self.display, 4))
        order.action_confirm()
        order.recipient_ids[0].action_take_out()
        self._order(
            (self.display, 5),
            partner_id=self.head.id,
            partner_shipping_id=self.stores[0].id,
        ).action_confirm()

    def test_customer_quota_counts_the_total(self):
        self._quota(quota_per="commercial")
        with self.assertRaises(ReviewError):
            self._division_order((self.display, 2)).action_confirm()

    def test_pack_holds_for_each_share(self):
        """Packs of six: two each make six together and still no pack for anybody."""
        self._rule(
            kind="multiple",
            multiple_quantity=6,
            product_ids=[Command.set(self.display.ids)],
        )
        order = self._division_order((self.display, 2))
        with self.assertRaisesRegex(ReviewError, "packs of 6, 2 asked.*2 more"):
            order.action_confirm()
        order.order_line.division_qty = 6
        order.action_confirm()

    def test_hold_in_the_country_of_a_recipient(self):
        """What is not sold to Belgium stops the order for a store in Belgium."""
        belgium = self.env.ref("base.be")
        self._rule(
            kind="product_hold",
            product_ids=[Command.set(self.display.ids)],
            country_ids=[Command.set(belgium.ids)],
        )
        order = self._division_order()
        self.stores[2].write({"country_id": belgium.id, "state_id": False})
        with self.assertRaisesRegex(ReviewError, r"on hold.*Store 003\)"):
            order.action_confirm()

    def test_release_covers_the_share(self):
        """A manager releases what one store gets too much of; then it passes."""
        self._quota(severity="approve")
        order = self._division_order((self.display, 6))
        with self.assertRaises(ReviewError):
            order.action_confirm()
        order.with_user(self.review_manager).action_review_decide("A fair")
        order.action_confirm()
        self.assertEqual(self._shares(order), self._everybody(display=6))

    def test_raise_after_confirmation_is_judged(self):
        self._quota()
        order = self._division_order((self.display, 4))
        order.action_confirm()
        with self.assertRaises(ReviewError):
            order.order_line.division_qty = 6
        self.assertEqual(self._shares(order), self._everybody(display=4))

    def test_cap_keeps_shares_equal(self):
        """A rule that lowers the total to ten leaves three for each of three stores."""
        self._rule(
            kind="correction",
            correction="cap",
            max_quantity=10,
            product_ids=[Command.set(self.display.ids)],
        )
        order = self._division_order((self.display, 4))
        order.action_confirm()
        self.assertEqual(order.order_line.division_qty, 3)
        self.assertEqual(order.order_line.product_uom_qty, 9)
        self.assertEqual(self._shares(order), self._everybody(display=3))

    def test_payment_door_parks_and_does_not_raise(self):
        """The money is there, but a store has no address: staff must look."""
        order = self._division_order()
        transaction = self._tx(order, state="done")
        self.stores[0].street = False
        self.env.cr.execute(
            "UPDATE sale_order_recipient SET problem = 'address' "
            "WHERE order_id = %s AND partner_id = %s",
            (order.id, self.stores[0].id),
        )
        self.env.invalidate_all()
        transaction._post_process()
        self.assertTrue(transaction.is_post_processed)
        self.assertNotEqual(order.state, "sale")
        self.assertTrue(order.review_parked_at)
