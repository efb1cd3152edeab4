from psycopg2.errors import CheckViolation, ExclusionViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TradeCommon


@tagged("post_install", "-at_install")
class TestRelation(TradeCommon):
    def _refused(self, error, *args, **vals):
        with mute_logger("odoo.sql_db"), self.assertRaises(error):
            self._relation(*args, **vals)

    def test_who_deals_has_the_role(self):
        relation = self._relation(self.alto, self.center)
        self.assertTrue(self.alto.is_distributor)
        self.assertTrue(self.center.is_showroom)
        relation.write(
            {"partner_id": self.atelier.id, "role_id": self.roles["designer"].id}
        )
        self.assertTrue(self.atelier.is_designer)
        self.assertFalse(self.atelier.is_showroom)

    def test_same_number_twice(self):
        self._relation(self.alto, self.center, account_number="A-1")
        same = (self.alto, self.center)
        self._refused(ExclusionViolation, *same, account_number="A-1")
        self._refused(ExclusionViolation, *same, account_number=" a-1 ")
        self._relation(*same, account_number="A-2")
        self._relation(*same)
        self._refused(ExclusionViolation, *same)
        self._refused(ExclusionViolation, *same, account_number="")

    def test_other_ends_roles_and_companies_may_have_the_number(self):
        number = {"account_number": "A-1"}
        self._relation(self.alto, self.center, company_id=self.here.id, **number)
        self._relation(self.mills, self.center, **number)
        self._relation(self.alto, self.atelier, **number)
        self._relation(self.alto, self.center, "designer", **number)
        self._relation(self.alto, self.center, company_id=self.there.id, **number)
        # for all companies is for these two as well
        self._refused(
            ExclusionViolation, self.alto, self.center, company_id=False, **number
        )

    def test_one_after_the_other(self):
        first = self._relation(self.alto, self.center)
        self._refused(
            ExclusionViolation, self.alto, self.center, date_from=self._day(1)
        )
        first.date_until = self.today
        second = self._relation(self.alto, self.center, date_from=self._day(1))
        self.assertEqual((first | second).mapped("state"), ["running", "future"])

    def test_archived_ones_do_not_count(self):
        first = self._relation(self.alto, self.center)
        first.active = False
        self._relation(self.alto, self.center)
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation):
            first.active = True
            first.flush_recordset()

    def test_message_says_what_to_do(self):
        self._relation(self.alto, self.center)
        manager = self._employee("manager", "trade_network.group_trade_manager")
        vals = {
            "distributor_id": self.alto.id,
            "partner_id": self.center.id,
            "role_id": self.roles["showroom"].id,
        }
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation) as raised,
        ):
            self._call(manager, self.env["trade.relation"], "create", vals)
        message = self.env["trade.relation"]._sql_error_to_message(raised.exception)
        self.assertIn("End the other relation first", message)

    def test_dates_and_itself(self):
        self._refused(
            CheckViolation,
            self.alto,
            self.center,
            date_from=self.today,
            date_until=self._day(-1),
        )
        self._refused(CheckViolation, self.alto, self.alto)

    def test_partner_of_another_company(self):
        self.center.company_id = self.there
        self._refused(UserError, self.alto, self.center)
        self._relation(self.alto, self.center, company_id=self.there.id)

    def test_states(self):
        by_state = {
            "future": self._relation(
                self.alto, self.center, date_from=self._day(1), account_number="1"
            ),
            "running": self._relation(
                self.alto,
                self.center,
                date_from=self.today,
                date_until=self.today,
                account_number="2",
            )
            | self._relation(self.alto, self.center),
            "ended": self._relation(
                self.alto, self.center, date_until=self._day(-1), account_number="3"
            ),
        }
        everything = self.env["trade.relation"].search(
            [("distributor_id", "=", self.alto.id)]
        )
        self.assertEqual(len(everything), 4)
        for state, relations in by_state.items():
            domain = [("distributor_id", "=", self.alto.id), ("state", "=", state)]
            with self.subTest(state=state):
                self.assertEqual(set(relations.mapped("state")), {state})
                self.assertEqual(self.env["trade.relation"].search(domain), relations)
                domain[1] = ("state", "!=", state)
                self.assertEqual(
                    self.env["trade.relation"].search(domain), everything - relations
                )

    def test_partners_and_distributors_of_a_day(self):
        self._relation(self.alto, self.center)
        self._relation(self.alto, self.atelier, date_until=self._day(-1))
        self._relation(self.alto, self.atelier, "designer", date_from=self._day(5))
        self._relation(self.mills, self.center, date_from=self._day(5))
        self.assertEqual(self.alto._trade_partners("showroom"), self.center)
        self.assertFalse(self.alto._trade_partners("designer"))
        self.assertEqual(
            self.alto._trade_partners("showroom", self._day(-1)),
            self.center | self.atelier,
        )
        self.assertEqual(
            self.alto._trade_partners("designer", self._day(5)), self.atelier
        )
        self.assertEqual(self.center._trade_distributors(), self.alto)
        self.assertEqual(
            self.center._trade_distributors(self._day(5)), self.alto | self.mills
        )
        self.mills.active = False
        self.assertEqual(self.center._trade_distributors(self._day(5)), self.alto)

    def test_company_stands_for_its_people_and_not_the_other_way(self):
        clerk, rep = self.env["res.partner"].create(
            [{"name": name, "parent_id": self.center.id} for name in ("Clerk", "Rep")]
        )
        self._relation(self.alto, self.center)
        self._relation(self.mills, rep, "sales_rep")
        self.assertEqual(clerk._trade_distributors(), self.alto)
        self.assertEqual(rep._trade_distributors(), self.alto | self.mills)
        self.assertEqual(self.center._trade_distributors(), self.alto)

    def test_helpers_keep_to_the_companies_of_the_user(self):
        relation = self._relation(self.alto, self.center, company_id=self.there.id)
        self.assertFalse(self.center._trade_distributors())
        center = self.center.with_context(allowed_company_ids=self.there.ids)
        self.assertEqual(center._trade_distributors(), self.alto)
        relation.company_id = False
        self.assertEqual(self.center._trade_distributors(), self.alto)
        employee = self._employee("plain")
        found = self.center.with_user(employee)._trade_distributors()
        self.assertEqual(found, self.alto)
        self.assertFalse(found.env.su)

    def test_gone_company_takes_its_relations_along(self):
        """Emptied, the field would open them to all companies."""
        self.env.cr.execute(
            "SELECT conname, confdeltype FROM pg_constraint WHERE conname IN"
            " ('trade_relation_company_id_fkey', 'trade_subscription_company_id_fkey')"
        )
        self.assertEqual([rule for _name, rule in self.env.cr.fetchall()], ["c", "c"])

    def test_changes_are_told(self):
        manager = self._employee("manager", "trade_network.group_trade_manager")
        relation = self._relation(self.alto, self.center, account_number="A-1")
        # what is new is not tracked yet
        self.env.flush_all()
        self.env.cr.precommit.run()
        relation.with_user(manager).account_number = "A-2"
        self.env.flush_all()
        self.env.cr.precommit.run()
        relation.invalidate_recordset(["message_ids"])
        values = relation.message_ids.sudo().tracking_value_ids
        self.assertEqual(values.mapped("old_value_char"), ["A-1"])
        self.assertEqual(values.mapped("new_value_char"), ["A-2"])

    def test_names(self):
        relation = self._relation(self.alto, self.center, account_number="A-17")
        self.assertEqual(relation.display_name, "Trade Alto – Trade Center")
        for text in ("A-17", "Trade Alto", "Trade Cent"):
            with self.subTest(text=text):
                found = self.env["trade.relation"].name_search(text)
                self.assertIn(relation.id, [each[0] for each in found])
