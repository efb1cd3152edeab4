"""Standing orders: the right days, once, and changes for those to come."""

from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import PrebookCommon

# a Monday
TODAY = "2031-03-03 08:00:00"


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestStanding(PrebookCommon):
    def _standing(self, start=True, **vals):
        """Ten tulips every day, made three days ahead: four orders from today on."""
        standing = self.env["sale.standing.order"].create(
            {
                "partner_id": self.customer.id,
                "user_id": self.users["sales"].id,
                "rhythm": "daily",
                "date_start": date(2031, 3, 3),
                "days_ahead": 3,
                "line_ids": [
                    Command.create({"product_id": self.tulip.id, "quantity": 10})
                ],
                **vals,
            }
        )
        if start:
            standing.action_start()
        return standing

    def _cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "order_prebook.ir_cron_standing_orders"
            ).method_direct_trigger()

    def _orders(self, standing):
        return self.env["sale.order"].search(
            [("standing_order_id", "=", standing.id)], order="commitment_date"
        )

    def _days(self, standing):
        return [f"{one.commitment_date:%d}" for one in self._orders(standing)]

    def test_prebooks_are_made_ahead(self):
        standing = self._standing()
        orders = self._orders(standing)
        self.assertEqual(self._days(standing), ["03", "04", "05", "06"])
        self.assertEqual(set(orders.mapped("prebook_state")), {"draft"})
        self.assertRecordValues(
            orders[0],
            [
                {
                    "partner_id": self.customer.id,
                    "user_id": self.users["sales"].id,
                    "origin": standing.name,
                    "state": "sale",
                }
            ],
        )
        self.assertFalse(orders.picking_ids)

    def test_made_by_a_salesperson(self):
        standing = self._standing(start=False)
        standing.with_user(self.users["sales"]).action_start()
        self.assertEqual(len(self._orders(standing)), 4)

    def test_nothing_is_made_twice(self):
        standing = self._standing()
        standing.action_start()
        self._cron()
        self.assertEqual(len(self._orders(standing)), 4)
        with freeze_time("2031-03-04 08:00:00"):
            self._cron()
        self.assertEqual(self._days(standing), ["03", "04", "05", "06", "07"])

    def test_what_somebody_removed_does_not_return(self):
        standing = self._standing()
        orders = self._orders(standing)
        orders._action_cancel()
        orders[0].unlink()
        self._cron()
        self.assertEqual(len(self._orders(standing)), 3)

    def test_database_keeps_two_hosts_apart(self):
        standing = self._standing()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.env["sale.standing.date"].create(
                {"standing_order_id": standing.id, "date": "2031-03-04"}
            )

    def test_change_applies_to_what_is_not_made(self):
        standing = self._standing()
        standing.line_ids.quantity = 25
        with freeze_time("2031-03-04 08:00:00"):
            self._cron()
        quantities = self._orders(standing).order_line.mapped("product_uom_qty")
        self.assertEqual(quantities, [10, 10, 10, 10, 25])

    def test_paused_and_archived(self):
        standing = self._standing()
        standing.action_pause()
        archived = self._standing()
        archived.active = False
        with freeze_time("2031-03-05 08:00:00"):
            self._cron()
        self.assertEqual(len(self._orders(standing)), 4)
        self.assertEqual(len(self._orders(archived)), 4)

    def test_end_and_days_left_out(self):
        standing = self._standing(
            date_end=date(2031, 3, 5),
            skip_ids=[Command.create({"date_from": date(2031, 3, 4)})],
        )
        self.assertEqual(self._days(standing), ["03", "05"])

    def test_days_before_a_prebook(self):
        self.env.company.prebook_min_days = 2
        standing = self._standing()
        self.assertEqual(self._days(standing), ["05", "06"])

    def test_today_is_where_the_goods_go(self):
        """23:30 UTC on the 3rd is the 4th in Tokyo; noon there is 03:00 UTC."""
        self.customer.tz = "Asia/Tokyo"
        with freeze_time("2031-03-03 23:30:00"):
            standing = self._standing(days_ahead=0, date_start=date(2031, 3, 1))
        self.assertEqual(
            self._orders(standing).commitment_date,
            fields.Datetime.to_datetime("2031-03-04 03:00:00"),
        )

    def test_units(self):
        standing = self._standing(
            days_ahead=0,
            line_ids=[
                Command.create(
                    {
                        "product_id": self.tulip.id,
                        "quantity": 3,
                        "uom_id": self.dozen.id,
                    }
                )
            ],
        )
        self.assertRecordValues(
            self._orders(standing).order_line,
            [{"product_uom_qty": 3, "product_uom_id": self.dozen.id}],
        )

    def test_what_cannot_be_confirmed_is_shown(self):
        refusal = UserError("The gate is closed")

        def refuse(order):
            raise refusal

        standing = self._standing(start=False, days_ahead=1)
        with patch.object(self.registry["sale.order"], "action_confirm", refuse):
            standing.action_start()
        orders = self._orders(standing)
        self.assertEqual(orders.mapped("state"), ["draft", "draft"])
        self.assertEqual(
            standing.date_ids.mapped("problem"), ["The gate is closed"] * 2
        )
        self.assertEqual(orders.activity_ids.user_id, self.users["sales"])

    def test_preview(self):
        form = Form(self.env["sale.standing.order"].with_user(self.users["sales"]))
        form.rhythm = "weekly"
        form.mon, form.thu = False, True
        self.assertTrue(form.preview.startswith("Thu 6 Mar 2031\nThu 13 Mar 2031"))
        standing = self._standing(days_ahead=0)
        self.assertTrue(standing.preview.startswith("Mon 3 Mar 2031 (made)\nTue"))

    def test_bad_input(self):
        for vals, text in (
            ({"rhythm": "weekly", "mon": False}, "one day of the week"),
            ({"date_end": date(2031, 3, 2)}, "before the first"),
            (
                {"skip_ids": [Command.create({"date_from": "2031-03-09",
                                              "date_to": "2031-03-08"})]},
                "before the first",
            ),
        ):  # fmt: skip
            with self.subTest(**vals), self.assertRaisesRegex(ValidationError, text):
                self._standing(start=False, **vals)
        for quantity in (0, -1, float("nan"), float("inf")):
            with self.subTest(quantity=quantity), self.assertRaises(ValidationError):
                self._standing(
                    start=False,
                    line_ids=[
                        Command.create(
                            {"product_id": self.tulip.id, "quantity": quantity}
                        )
                    ],
                )
        for field, value in (
            ("interval", 0),
            ("interval", -3),
            ("days_ahead", -1),
            ("days_ahead", 10000),
            ("month_day", 32),
        ):
            with (
                self.subTest(field=field, value=value),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
            ):
                self._standing(start=False, **{field: value})

    def test_unit_of_another_kind(self):
        with self.assertRaisesRegex(ValidationError, "is not sold in"):
            self._standing(
                start=False,
                line_ids=[
                    Command.create(
                        {
                            "product_id": self.tulip.id,
                            "quantity": 1,
                            "uom_id": self.env.ref("uom.product_uom_kgm").id,
                        }
                    )
                ],
            )

    def test_nothing_to_deliver(self):
        with self.assertRaisesRegex(UserError, "add products first"):
            self._standing(line_ids=[])
