from odoo import Command, fields
from odoo.tests import tagged

from .common_division_shop import DivisionShopCommon


@tagged("post_install", "-at_install")
class TestOnBehalfDivision(DivisionShopCommon):
    """A manager orders for one member; a right can be limited to a division."""

    def setUp(self):
        super().setUp()
        self.store, self.other = self.stores[:2]

    def _may(self, user, partner):
        return user._may_order_for(partner, self.env.company)

    def test_a_manager_orders_for_members_while_they_are_members(self):
        self.assertTrue(self._may(self.manager, self.store))
        self.assertFalse(self._may(self.manager, self.customer))
        self.assertFalse(self._may(self.portal, self.store))
        membership = self.region.member_ids.filtered(
            lambda member: member.partner_id == self.store
        )
        yesterday = fields.Date.subtract(fields.Date.context_today(membership), days=1)
        membership.write({"date_start": False, "date_end": yesterday})
        self.assertFalse(self._may(self.manager, self.store))
        self.assertTrue(self._may(self.manager, self.other))
        self.region.manager_ids = False
        self.assertFalse(self._may(self.manager, self.other))

    def test_a_manager_of_a_region_orders_for_the_parts_of_it(self):
        part = self._division(
            "North", self.customer, parent_id=self.region.id, member_ids=[]
        )
        part.member_ids = [Command.create({"partner_id": self.customer.id})]
        self.assertTrue(self._may(self.manager, self.customer))
        part.active = False
        self.assertFalse(self._may(self.manager, self.customer))

    def test_divisions_of_another_company_give_no_right(self):
        other = self.env["res.company"].create({"name": "Other Review"})
        self.assertFalse(self.manager._may_order_for(self.store, other))

    def test_a_right_for_a_division_ends_by_date(self):
        right = self.env["order.representation"].create(
            {
                "user_id": self.portal.id,
                "scope": "division",
                "division_id": self.region.id,
            }
        )
        self.assertTrue(self._may(self.portal, self.store))
        self.assertFalse(self._may(self.portal, self.customer))
        right.write({"date_start": False, "date_end": "2020-01-01"})
        self.assertFalse(self._may(self.portal, self.store))

    def test_a_member_sees_his_managers_and_refuses_one(self):
        login = self._user("store", "base.group_portal")
        self.region.member_ids = [Command.create({"partner_id": login.partner_id.id})]
        member = login.partner_id
        self.assertTrue(self._may(self.manager, member))
        known = dict(member._get_representatives(self.env.company))
        self.assertEqual(known, {self.manager: False})
        self._login_as(login)
        page = self._page("/my/on-behalf")
        self.assertIn("Mara Manager", self._text(page))
        self._post("/my/on-behalf/refuse", page, user_id=self.manager.id)
        self.env.invalidate_all()
        self.assertFalse(self._may(self.manager, member))
        self.assertTrue(self._may(self.manager, self.store))

    def test_who_represents_is_found_with_as_many_queries_for_many(self):
        rights = self.env["order.representation"]
        values = {"user_id": self.portal.id, "division_id": self.region.id}
        rights.create({"scope": "division", **values})
        counts = []
        for _more in range(2):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.store._get_representatives(self.env.company)
            counts.append(self.env.cr.sql_log_count - before)
            rights.create([{"scope": "division", **values}] * 10)
        self.assertEqual(*counts)

    def test_a_store_gets_its_order_and_the_head_office_the_invoice(self):
        self._login_as(self.manager)
        page = self._page("/my/on-behalf")
        self.assertIn(self.store.name, self._text(page))
        self._post("/my/on-behalf/start", page, partner_id=self.store.id)
        self._add(self.display, 2)
        order = self._own_cart()
        self.assertEqual(order.on_behalf_of_id, self.store)
        self.assertEqual(order.placed_by_id, self.manager.partner_id)
        self.assertEqual(order.partner_shipping_id, self.store)
        self.assertEqual(order.partner_invoice_id, self.head)
        with self.assertLogs("odoo.addons.order_entry", "WARNING"):
            refused = self._post(
                "/my/on-behalf/start", page, partner_id=self.portal.partner_id.id
            )
        self.assertEqual(refused.status_code, 403)
