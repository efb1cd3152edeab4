from datetime import date

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..models.trade_subscription import OPEN_STATES
from .common import TradeCommon


@tagged("post_install", "-at_install")
class TestSubscription(TradeCommon):
    def _has(self, partner=None, distributor=None):
        return (partner or self.center)._has_trade_service(
            self.service.code, distributor
        )

    def test_states_day_by_day(self):
        subscription = self._subscription(
            self.center,
            date_from=date(2030, 3, 1),
            trial_until=date(2030, 3, 10),
            date_until=date(2030, 3, 20),
            grace_days=5,
        )
        self.assertEqual(subscription.access_until, date(2030, 3, 25))
        for day, state in (
            ("2030-02-28", "future"),
            ("2030-03-01", "trial"),
            ("2030-03-10", "trial"),
            ("2030-03-11", "running"),
            ("2030-03-20", "running"),
            ("2030-03-21", "grace"),
            ("2030-03-25", "grace"),
            ("2030-03-26", "ended"),
        ):
            subscription.invalidate_recordset(["state"])
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                self.assertEqual(subscription.state, state)
                domain = [("id", "=", subscription.id), ("state", "=", state)]
                self.assertEqual(subscription.search_count(domain), 1)
                domain[1] = ("state", "!=", state)
                self.assertEqual(subscription.search_count(domain), 0)
                self.assertEqual(self._has(), state in OPEN_STATES)

    def test_without_an_end(self):
        subscription = self._subscription(self.center, grace_days=5)
        self.assertFalse(subscription.access_until)
        with freeze_time("9000-01-01"):
            self.assertTrue(self._has())

    def test_whoever_pays_uses_it(self):
        subscription = self._subscription(self.alto)
        self.assertEqual(subscription.partner_ids, self.alto)
        given = self._subscription(self.alto, self.center, self.atelier)
        self.assertEqual(given.partner_ids, self.center | self.atelier)
        given.payer_id = self.mills
        self.assertEqual(given.partner_ids, self.center | self.atelier)
        given.partner_ids = False
        self.assertEqual(given.partner_ids, self.mills)
        with Form(self.env["trade.subscription"]) as form:
            form.service_id = self.service
            form.payer_id = self.mills
        self.assertEqual(form.record.partner_ids, self.mills)

    def test_paying_is_not_using(self):
        self._subscription(self.alto, self.center)
        self.assertTrue(self._has(self.center))
        self.assertFalse(self._has(self.alto))

    def test_company_stands_for_its_people_and_not_the_other_way(self):
        clerk = self.env["res.partner"].create(
            {"name": "Clerk", "parent_id": self.center.id}
        )
        subscription = self._subscription(self.alto, self.center)
        self.assertTrue(self._has(clerk))
        subscription.partner_ids = clerk
        self.assertTrue(self._has(clerk))
        self.assertFalse(self._has(self.center))

    def test_for_one_distributor(self):
        subscription = self._subscription(self.center, distributor_id=self.alto.id)
        self.assertTrue(self._has(distributor=self.alto))
        self.assertFalse(self._has(distributor=self.mills))
        self.assertTrue(self._has())
        desk = self.env["res.partner"].create(
            {"name": "Desk", "parent_id": self.alto.id}
        )
        self.assertTrue(self._has(distributor=desk))
        subscription.distributor_id = False
        self.assertTrue(self._has(distributor=self.mills))

    def test_other_services_archived_ones_and_companies(self):
        subscription = self._subscription(self.center)
        self.assertFalse(self.center._has_trade_service("trade_test_other"))
        subscription.active = False
        self.assertFalse(self._has())
        subscription.write({"active": True, "company_id": self.there.id})
        self.assertFalse(self._has())
        center = self.center.with_context(allowed_company_ids=self.there.ids)
        self.assertTrue(self._has(center))
        subscription.company_id = False
        self.assertTrue(self._has())

    def test_everybody_may_be_asked_about(self):
        """Pages ask for the visitor, who may not read subscriptions of others."""
        self._subscription(self.center)
        public = self.env.ref("base.public_user")
        self.assertTrue(self._has(self.center.with_user(public)))
        self.assertFalse(self._has(self.atelier.with_user(public)))

    def test_record_rule_with_a_state_follows_the_calendar(self):
        """What the comment in trade.period promises to other add-ons."""
        group = self.env.ref("trade_network.group_trade_user")
        self.env["ir.rule"].create(
            {
                "name": "Only of who may use the service",
                "model_id": self.env["ir.model"]._get_id("trade.relation"),
                "domain_force": "[('partner_id.trade_subscription_ids', 'any', "
                "[('service_id.code', '=', 'trade_test_stock'), "
                "('state', 'in', ('trial', 'running', 'grace'))])]",
                "groups": [Command.set(group.ids)],
            }
        )
        relation = self._relation(self.alto, self.center)
        user = self._employee("user", "trade_network.group_trade_user")
        self._subscription(
            self.center, date_from=date(2030, 3, 1), date_until=date(2030, 3, 20)
        )
        own = relation.with_user(user)
        for day, seen in (
            ("2030-02-28", 0),
            ("2030-03-01", 1),
            ("2030-03-20", 1),
            ("2030-03-21", 0),
        ):
            with self.subTest(day=day), freeze_time(f"{day} 12:00:00"):
                self.assertEqual(own.search_count([("id", "=", own.id)]), seen)

    def test_dates(self):
        for vals in (
            {"trial_until": self._day(-11)},
            {"trial_until": self._day(6), "date_until": self._day(5)},
        ):
            with (
                self.subTest(vals=vals),
                self.assertRaisesRegex(ValidationError, "between its first day"),
            ):
                self._subscription(self.center, **vals)
        for vals in (
            {"date_until": self._day(-11)},
            {"grace_days": -1},
            {"grace_days": 367},
            {"grace_days": 2**31 - 1, "date_until": self._day(1)},
        ):
            with (
                self.subTest(vals=vals),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
            ):
                self._subscription(self.center, **vals)

    def test_end_of_time(self):
        last = self._subscription(self.center, date_until=date.max, grace_days=9)
        self.assertEqual(last.access_until, date.max)

    def test_name(self):
        self.assertEqual(
            self._subscription(self.center).display_name, "Trade Stock – Trade Center"
        )
