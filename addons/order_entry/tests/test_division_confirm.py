from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from odoo.addons.order_review.exceptions import ReviewError

from .common_division import DivisionCommon


@tagged("post_install", "-at_install")
class TestDivisionConfirm(DivisionCommon):
    def test_one_delivery_for_each_member(self):
        """One order, one delivery per recipient with the same goods, one invoice."""
        order = self._division_order((self.display, 2), (self.lamp, 1))
        self.assertEqual(order.order_line.mapped("product_uom_qty"), [6.0, 3.0])
        order.action_confirm()
        self.assertEqual(self._shares(order), self._everybody(display=2, lamp=1))
        self.assertEqual(len(order.picking_ids), 3)
        self.assertEqual(order.picking_ids.partner_id, self.stores)
        self.assertEqual(order.picking_ids.sale_id, order)
        self.assertEqual(len(order.stock_reference_ids), 3)
        self.assertEqual(set(order.recipient_ids.mapped("state")), {"ready"})
        self.assertEqual(len(order._create_invoices()), 1)

    def test_later_joiners_get_nothing(self):
        order = self._division_order()
        order.action_confirm()
        late = self._stores(1, "Late")
        self.region.member_ids = [Command.create({"partner_id": late.id})]
        order.order_line.division_qty = 3
        self.assertNotIn(late.name, self._shares(order))
        self.assertEqual(order.order_line.product_uom_qty, 9)

    def test_members_who_joined_before_confirmation_get_theirs(self):
        order = self._division_order()
        late = self._stores(1, "Late")
        self.region.member_ids = [Command.create({"partner_id": late.id})]
        order.action_confirm()
        self.assertEqual(order.order_line.product_uom_qty, 8)
        self.assertEqual(self._shares(order)[late.name], {self.display.name: 2.0})

    def test_dates_of_membership(self):
        """Only those whose membership holds today."""
        today = fields.Date.today()
        first, second, third = self.region.member_ids
        first.write(
            {
                "date_start": fields.Date.subtract(today, days=9),
                "date_end": fields.Date.subtract(today, days=1),
            }
        )
        second.date_start = fields.Date.add(today, days=1)
        third.date_end = today
        order = self._division_order()
        self.assertEqual(order.recipient_ids.partner_id, third.partner_id)

    def test_member_of_two_parts_gets_one_share(self):
        part = self._division("Downtown", self.stores[:2], parent_id=self.region.id)
        order = self._division_order()
        self.assertEqual(order.recipient_count, 3)
        self.assertEqual(self.region.member_count, 3)
        self.assertEqual(part.member_count, 2)

    def test_bad_address_blocks_until_consent(self):
        bad = self.stores[1]
        bad.street = False
        order = self._division_order()
        with self.assertRaisesRegex(ReviewError, "Store 002.*Street"):
            order.action_confirm()
        self.assertEqual(order.state, "draft")
        order._division_consent()
        skipped = order.recipient_ids.filtered("is_skipped")
        self.assertEqual(skipped.partner_id, bad)
        self.assertEqual(skipped.skipped_by_id, self.env.user)
        self.assertTrue(skipped.skipped_at)
        self.assertEqual(order.order_line.product_uom_qty, 4)
        order.action_confirm()
        self.assertEqual(self._shares(order)[bad.name], {})
        self.assertEqual(skipped.state, "skipped")

    def test_consent_covers_nobody_who_goes_wrong_later(self):
        self.stores[1].street = False
        order = self._division_order()
        order._division_consent()
        self.stores[2].city = False
        with self.assertRaisesRegex(ReviewError, "Store 003"):
            order.action_confirm()

    def test_address_corrected_after_consent(self):
        self.stores[1].street = False
        order = self._division_order()
        order._division_consent()
        self.stores[1].street = "2 New Street"
        order.action_confirm()
        self.assertEqual(self._shares(order), self._everybody(display=2))

    def test_archived_member_blocks(self):
        self.stores[0].active = False
        order = self._division_order()
        with self.assertRaisesRegex(ReviewError, "archived"):
            order.action_confirm()

    def test_archived_membership_is_none(self):
        self.region.member_ids[0].active = False
        order = self._division_order()
        self.assertEqual(order.recipient_count, 2)

    def test_division_without_members(self):
        order = self._division_order(division=self._division("Empty", ()))
        with self.assertRaisesRegex(ReviewError, "no members"):
            order.action_confirm()

    def test_nothing_to_send(self):
        order = self._division_order()
        order.order_line.unlink()
        with self.assertRaisesRegex(ReviewError, "nothing to send"):
            order.action_confirm()

    def test_zero_and_negative_quantities(self):
        for quantity in (0.0, -2.0):
            order = self._division_order()
            order.order_line.division_qty = quantity
            with self.subTest(quantity), self.assertRaisesRegex(ReviewError, "enter"):
                order.action_confirm()
        order = self._division_order()
        for quantity in (float("nan"), float("inf")):
            with self.subTest(quantity), self.assertRaises(ValidationError):
                order.order_line.write({"division_qty": quantity})

    def test_whole_must_divide(self):
        order = self._division_order().with_user(self.salesman_all)
        with self.assertRaisesRegex(ValidationError, "multiples of 3"):
            order.order_line.product_uom_qty = 7
        order.order_line.product_uom_qty = 9
        self.assertEqual(order.order_line.division_qty, 3)

    def test_other_companys_division(self):
        other = self.env["res.company"].create({"name": "Other Seller"})
        division = self._division(
            "Abroad", self.stores, company_id=other.id, partner_id=False
        )
        with self.assertRaises(UserError):
            self._division_order(division=division)

    def test_member_of_another_company(self):
        """Refused as a member; found out when he moves away later."""
        other = self.env["res.company"].create({"name": "Other Seller"})
        stranger = self._stores(1, "Stranger")
        self.region.member_ids = [Command.create({"partner_id": stranger.id})]
        foreign = self.env["res.partner"].create(
            self._customer_vals("Fay Foreign", company_id=other.id)
        )
        with self.assertRaises(UserError):
            self._division("Mixed", foreign)
        self.env.cr.execute(
            "UPDATE res_partner SET company_id = %s WHERE id = %s",
            (other.id, stranger.id),
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(ReviewError, "another company"):
            self._division_order().action_confirm()

    def test_manager_who_lost_the_division(self):
        order = self._division_order(ordering_user_id=self.manager.id)
        self.region.manager_ids = False
        with self.assertRaisesRegex(ReviewError, "may not order"):
            order.action_confirm()

    def test_no_pick_up(self):
        order = self._division_order()
        order.carrier_id = self.env["delivery.carrier"].create(
            {
                "name": "Fetch it",
                "delivery_type": "in_store",
                "product_id": self.service.id,
                "warehouse_ids": [Command.set(self.warehouse.ids)],
            }
        )
        with self.assertRaisesRegex(ReviewError, "pick-up"):
            order.action_confirm()

    # === OTHER DOORS === #

    def test_born_confirmed(self):
        with self.assertRaisesRegex(UserError, "quotation first"):
            self._division_order(state="sale")

    def test_written_confirmed(self):
        """Whoever writes the state gets deliveries too, and only once."""
        order = self._division_order()
        order.write({"state": "sale"})
        self._work()
        self.assertEqual(self._shares(order), self._everybody(display=2))
        self.assertFalse(self._work())

    def test_division_of_confirmed_order(self):
        order = self._division_order()
        order.action_confirm()
        for division in (False, self._division("Another", self.stores).id):
            with self.subTest(division), self.assertRaises(UserError):
                order.division_id = division
        plain = self._order((self.display, 3))
        with self.assertRaises(UserError):
            plain.write({"division_id": self.region.id, "state": "sale"})

    def test_recipients_cannot_be_written(self):
        salesman = self.salesman_all
        order = self._division_order().with_user(salesman)
        row = order.recipient_ids[:1]
        with self.assertRaises(AccessError):
            order.write({"recipient_ids": [Command.delete(row.id)]})
        with self.assertRaises(AccessError):
            row.write({"is_skipped": True})
        with self.assertRaises(AccessError):
            self.env["sale.order.recipient"].with_user(salesman).create(
                {
                    "order_id": order.id,
                    "partner_id": self.customer.id,
                    "address_id": self.customer.id,
                }
            )

    def test_leaving_the_division(self):
        order = self._division_order()
        order.division_id = False
        self.assertFalse(order.recipient_ids)
        self.assertEqual(order.order_line.product_uom_qty, 2)
        self.assertFalse(order.order_line.division_qty)

    def test_reconfirmed_order_is_delivered_again(self):
        order = self._division_order()
        order.action_confirm()
        order._action_cancel()
        self.assertEqual(set(order.recipient_ids.mapped("state")), {"cancelled"})
        order.action_draft()
        order.action_confirm()
        self.assertEqual(self._shares(order), self._everybody(display=2))

    # === BUDGET === #

    def test_budget_of_the_company_above(self):
        company = self._division("Company", (), budget_amount=100.0)
        self.region.parent_id = company
        self._division_order().action_confirm()  # 6 displays of 10
        with self.assertRaisesRegex(ReviewError, r"40\.00.*60\.00"):
            self._division_order().action_confirm()
        small = self._division_order((self.display, 1))
        small.action_confirm()
        self.assertEqual(small.state, "sale")

    def test_salesman_reads_and_sales_manager_writes(self):
        manager = new_test_user(
            self.env, "division_boss", groups="sales_team.group_sale_manager"
        )
        region = self.region.with_user(self.salesman)
        self.assertEqual(region.name, "Region West")
        with self.assertRaises(AccessError):
            region.name = "Mine"
        self.region.with_user(manager).name = "West"
