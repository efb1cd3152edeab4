import psycopg2

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common_division import DivisionCommon


@tagged("post_install", "-at_install")
class TestDivisionMembers(DivisionCommon):
    def test_member_twice_at_the_same_time(self):
        """PostgreSQL itself refuses it, so two clerks at once cannot do it either."""
        today = fields.Date.today()
        store = self.stores[0]
        for dates in (
            {},
            {"date_start": False},
            {"date_start": fields.Date.add(today, days=5)},
            {"date_start": False, "date_end": today},
        ):
            with (
                self.subTest(dates),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.ExclusionViolation),
                self.cr.savepoint(),
            ):
                self.env["order.division.member"].create(
                    {"division_id": self.region.id, "partner_id": store.id, **dates}
                )

    def test_member_again_later(self):
        today = fields.Date.today()
        member = self.region.member_ids[0]
        member.date_end = today
        self.region.member_ids = [
            Command.create(
                {
                    "partner_id": member.partner_id.id,
                    "date_start": fields.Date.add(today, days=1),
                }
            )
        ]
        self.assertEqual(self.region.member_count, 3)

    def test_end_before_start(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.cr.savepoint(),
        ):
            self.region.member_ids[0].write(
                {"date_start": "2026-03-02", "date_end": "2026-03-01"}
            )

    def test_archived_partner_is_no_new_member(self):
        self.stores[0].active = False
        with self.assertRaisesRegex(ValidationError, "archived"):
            self._division("Closed", self.stores[0])

    def test_no_cycle(self):
        part = self._division("Part", (), parent_id=self.region.id)
        with self.assertRaises(UserError):
            self.region.parent_id = part
        with self.assertRaises(UserError):
            part.parent_id = part

    def test_negative_budget(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.CheckViolation),
            self.cr.savepoint(),
        ):
            self.region.budget_amount = -1

    def test_managed_divisions(self):
        part = self._division("Part", (), parent_id=self.region.id)
        other = self._division("Other", ())
        managed = self.env["order.division"].with_user(self.manager)._get_managed()
        self.assertEqual(managed, self.region | part)
        self.assertNotIn(other, managed)
        self.region.active = False
        self.assertNotIn(
            self.region,
            self.env["order.division"].with_user(self.manager)._get_managed(),
        )

    def test_customer_of_the_division_above(self):
        part = self._division("Part", (), parent_id=self.region.id, partner_id=False)
        self.assertEqual(part._get_customer(), self.head)

    # === WHO MAY SEE THEM === #

    def test_portal_sees_what_he_manages(self):
        other = self._division("Other", self._stores(1, "Other"))
        Division = self.env["order.division"].with_user(self.manager)
        self.assertEqual(Division.search([]), self.region)
        with self.assertRaises(AccessError):
            other.with_user(self.manager).read(["name"])
        Member = self.env["order.division.member"]
        self.assertEqual(
            Member.with_user(self.manager).search([]), self.region.member_ids
        )
        self.assertFalse(Division.with_user(self.portal).search([]))
        with self.assertRaises(AccessError):
            Division.with_user(self.public).search([])
        for user in (self.manager, self.salesman, self.billing):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.region.with_user(user).write({"name": "Mine"})

    def test_other_company(self):
        """A sales manager of another company finds neither divisions nor recipients."""
        company = self.env["res.company"].create({"name": "Other Seller"})
        manager = new_test_user(
            self.env,
            "division_abroad",
            groups="sales_team.group_sale_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        order = self._division_order()
        order.action_confirm()
        for records in (self.region, self.region.member_ids, order.recipient_ids):
            theirs = records.with_user(manager)
            self.assertFalse(theirs.search([("id", "in", records.ids)]))
            with self.assertRaises(AccessError):
                theirs.check_access("read")

    def test_salesman_sees_recipients_of_his_orders(self):
        own = self._division_order(user_id=self.salesman.id)
        other = self._division_order(user_id=self.salesman_all.id)
        Recipient = self.env["sale.order.recipient"].with_user(self.salesman)
        found = Recipient.search([("order_id", "in", (own | other).ids)])
        self.assertEqual(found.order_id, own)
