from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common_on_behalf import OnBehalfCommon


@tagged("post_install", "-at_install")
class TestOnBehalfRights(OnBehalfCommon):
    """Who may order for whom, and who may say so."""

    def _may(self, user, partner):
        return user._may_order_for(partner, self.env.company)

    def test_a_right_holds_for_its_person_and_days(self):
        self.assertTrue(self._may(self.placer, self.member))
        self.assertFalse(self._may(self.placer, self.stranger))
        self.assertFalse(self._may(self.member_user, self.placer.partner_id))
        today = fields.Date.context_today(self.right)
        self.right.date_start = fields.Date.add(today, days=1)
        self.assertFalse(self._may(self.placer, self.member))
        self.right.write({"date_start": False, "date_end": today})
        self.assertTrue(self._may(self.placer, self.member))
        self.right.date_end = fields.Date.subtract(today, days=1)
        self.assertFalse(self._may(self.placer, self.member))

    def test_a_right_for_a_company_holds_for_its_people(self):
        company = self.env["res.partner"].create(
            self._customer_vals("Acme Review", is_company=True)
        )
        person = self.env["res.partner"].create(
            self._customer_vals("Paul Review", parent_id=company.id)
        )
        self.right.partner_id = company
        self.assertTrue(self._may(self.placer, person))
        self.assertFalse(self._may(self.placer, self.member))

    def test_a_right_for_a_team_is_for_employees(self):
        team = self.env["crm.team"].create({"name": "West"})
        self.salesman_all.sale_team_id = team
        self.stranger.user_id = self.salesman_all
        self.env["order.representation"].create(
            {"user_id": self.salesman.id, "scope": "team", "team_id": team.id}
        )
        self.assertTrue(self._may(self.salesman, self.stranger))
        self.assertFalse(self._may(self.salesman, self.member))
        with self.assertRaisesRegex(ValidationError, "portal user"):
            self.right.write({"scope": "team", "team_id": team.id})

    def test_a_right_of_another_company_does_not_hold(self):
        other = self.env["res.company"].create({"name": "Other Review"})
        self.right.company_id = other
        self.assertFalse(self._may(self.placer, self.member))
        self.assertTrue(self.placer._may_order_for(self.member, other))

    def test_customer_service_orders_for_all_who_let_it(self):
        csr = self._user("csr", "order_entry.group_order_for_all")
        manager = self._user("boss", "sales_team.group_sale_manager")
        for user in (csr, manager):
            self.assertTrue(self._may(user, self.stranger))
        self.assertFalse(self._may(self.salesman, self.stranger))
        self.stranger._refuse_representative(self.env["res.users"])
        self.assertFalse(self._may(csr, self.stranger))
        self.assertTrue(self._may(csr, self.member))

    def test_a_right_says_for_whom(self):
        with self.assertRaisesRegex(ValidationError, "choose a person"):
            self.right.partner_id = False

    def test_the_public_visitor_gets_no_right(self):
        with self.assertRaisesRegex(ValidationError, "without a login"):
            self.right.user_id = self.public
        self.assertFalse(self._may(self.public, self.member))

    def test_who_may_read_and_write_rights(self):
        rights = self.env["order.representation"]
        boss = self._user("boss", "sales_team.group_sale_manager")
        rights.with_user(boss).create(
            {"user_id": self.salesman.id, "partner_id": self.stranger.id}
        )
        seen = rights.with_user(boss).search([]).user_id
        self.assertGreaterEqual(seen, self.salesman | self.placer)
        mine = rights.with_user(self.salesman).search([])
        self.assertEqual(mine.user_id, self.salesman)
        with self.assertRaises(AccessError):
            mine.date_end = False
        with self.assertRaises(AccessError):
            rights.with_user(self.placer).search([])
        for user in (self.placer, self.salesman):
            with self.assertRaises(AccessError):
                rights.with_user(user).create(
                    {"user_id": user.id, "partner_id": self.stranger.id}
                )
            with self.assertRaises(AccessError):
                self.env["order.representation.refusal"].with_user(user).search([])

    def test_the_member_sees_and_withdraws_the_right(self):
        draft = self._cart_for()
        self.authenticate(self.member_user.login, self.member_user.login)
        page = self._page("/my/on-behalf")
        section = " ".join(map(self._text, page.xpath("//*[@id='representatives']")))
        self.assertIn("Pia Portal", section)
        self._post("/my/on-behalf/refuse", page, user_id=self.placer.id)
        self.env.invalidate_all()
        self.assertFalse(self._may(self.placer, self.member))
        self.assertEqual(draft.state, "cancel")
        self.assertIn("withdrew", "".join(draft.message_ids.mapped("body")))
        page = self._page("/my/on-behalf")
        self.assertIn("Withdrawn", self._text(page))
        self._post("/my/on-behalf/allow", page, user_id=self.placer.id)
        self.env.invalidate_all()
        self.assertTrue(self._may(self.placer, self.member))

    def test_nobody_withdraws_for_another(self):
        self._login()
        page = self._token()
        response = self._post("/my/on-behalf/refuse", page, user_id=self.salesman.id)
        self.assertEqual(response.status_code, 403)
        self._post("/my/on-behalf/refuse", page, user_id=self.placer.id)
        self.env.invalidate_all()
        self.assertTrue(self._may(self.placer, self.member))

    def test_only_those_covered_are_listed(self):
        self._login()
        text = self._text(self._page("/my/on-behalf"))
        self.assertIn("Mia Member", text)
        self.assertNotIn("Ada Review", text)
        text = self._text(self._page("/my/on-behalf?search=Ada"))
        self.assertIn("Nobody", text)
        self.assertNotIn("Ada Review", text)
