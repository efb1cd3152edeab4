"""Reserves of showrooms and reps: held, warned of, ended, ordered."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common_posted import PostedCommon


@tagged("post_install", "-at_install")
class TestPostedReserve(PostedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mills.track_reserve_days = 10
        cls._open_inventory(cls.mills, cls.mills, cls.center)
        cls.clerk.partner_id.email = "clerk@example.com"

    def setUp(self):
        super().setUp()
        self._post("stock", ["item_code,on_hand,reserved,unit", "LIN-1,10,2,yd"])
        self.stock = self._found("stock", "LIN-1")

    def _hold(self, quantity=5, user=None, until=5, **kwargs):
        values = {"item_code": "lin-1", "sidemark": "Hotel Sun", **kwargs}
        found = self._call(
            user or self.clerk,
            self.env["track.reserve"],
            "hold_item",
            distributor_id=values.pop("distributor_id", self.mills.id),
            quantity=quantity,
            held_until=self._iso(until),
            **values,
        )
        return self.env["track.reserve"].browse(found)

    def _free(self):
        self.stock.invalidate_recordset()
        return self.stock.free

    def test_hold(self):
        reserve = self._hold()
        self.assertEqual(
            (reserve.state, reserve.item_code, reserve.unit, reserve.origin),
            ("held", "LIN-1", "yd", "portal"),
        )
        self.assertEqual(
            (reserve.showroom_id, reserve.account_number, reserve.requested_by_id),
            (self.center, "DC14", self.clerk),
        )
        self.assertEqual((self._free(), self.stock.portal_held), (3, 5))

    def test_not_more_than_free(self):
        self._hold(8)
        with self.assertRaisesRegex(UserError, "Only 0 yd of LIN-1 are free"):
            self._hold(0.5)
        self.assertEqual(self._free(), 0)

    def test_who_may_not_see_stock_is_told_no_figure(self):
        with self.assertRaisesRegex(UserError, "^Not so much of it is free.$"):
            self._hold(9, user=self.neighbour)
        self.assertEqual(self._hold(1, user=self.neighbour).showroom_id, self.atelier)

    def test_limits(self):
        for values in (
            {"until": 11}, {"until": -1}, {"quantity": 0}, {"quantity": -1},
            {"quantity": float("nan")}, {"quantity": float("inf")},
            {"quantity": "many"}, {"sidemark": ""}, {"item_code": " "},
            {"sidemark": "x" * 251}, {"sidemark": ["x"]},
        ):  # fmt: skip
            with self.subTest(values), self.assertRaises(UserError):
                self._hold(**values)
        self.assertEqual(self._hold(until=10).held_until, self._day(10))

    def test_what_is_no_stock_can_be_held(self):
        reserve = self._hold(1000, item_code="UNKNOWN")
        self.assertFalse(reserve.stock_id)
        # as soon as its stock is known, it counts
        self._post("stock", ["item_code,on_hand", "UNKNOWN,1500"])
        self.assertEqual(self._found("stock", "UNKNOWN").free, 500)

    def test_accounts_of_others(self):
        for user, number in (
            (self.clerk, "ATN"), (self.clerk, "TR-1"), (self.clerk, "?"),
            (self.rep, "DC14"),
        ):  # fmt: skip
            with self.subTest(number), self.assertRaises(AccessError):
                self._hold(user=user, account_number=number)
        for user in (self.designer, self.desk, self.other_desk):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._hold(user=user)
        with self.assertRaises(AccessError):
            self._hold(distributor_id=self.env.company.partner_id.id)

    def test_reps_hold_for_their_customers(self):
        self._post("customer", ["account_number,name,showroom,rep", "C-1,One,DC14,R-5"])
        reserve = self._hold(1, user=self.rep, account_number="c-1")
        self.assertEqual(
            (reserve.showroom_id, reserve.rep_id), (self.center, self.rep.partner_id)
        )
        self.assertEqual(self._hold(1, user=self.rep).account_number, "R-5")

    def test_a_callers_defaults_do_not_count(self):
        reserves = self.env["track.reserve"].with_user(self.clerk)
        found = reserves.with_context(
            default_order_id=1, default_state="converted", default_dye_lot="x"
        ).hold_item(self.mills.id, "LIN-1", 1, self._iso(1), "Client")
        reserve = self.env["track.reserve"].browse(found)
        self.assertFalse(reserve.order_id or reserve.dye_lot)
        self.assertEqual(reserve.state, "held")

    def test_release_and_extend(self):
        reserve = self._hold()
        self._call(self.clerk, reserve, "action_extend", self._iso(9))
        self.assertEqual(reserve.held_until, self._day(9))
        for days in (8, 11):
            with self.assertRaises(UserError):
                self._call(self.clerk, reserve, "action_extend", self._iso(days))
        self._call(self.clerk, reserve, "action_release")
        self.assertEqual((reserve.state, self._free()), ("released", 8))
        with self.assertRaises(UserError):
            self._call(self.clerk, reserve, "action_release")

    def test_reserves_of_others(self):
        reserve = self._hold()
        for user in (self.neighbour, self.rep, self.designer, self.desk,
                     self.other_desk):  # fmt: skip
            for method, *args in (
                ("action_release",), ("action_extend", self._iso(9)),
                ("action_convert",),
            ):  # fmt: skip
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self._call(user, reserve, method, *args)
        self.assertEqual(reserve.state, "held")

    def test_what_was_posted_is_changed_by_the_distributor(self):
        self._post(
            "reserve",
            ["external_ref,account_number,item_code,quantity,held_until",
             f"R1,DC14,LIN-1,2,{self._iso(3)}"],
        )  # fmt: skip
        reserve = self._found("reserve", "R1")
        with self.assertRaises(UserError):
            self._call(self.clerk, reserve, "action_release")

    def test_convert_keeps_the_hold(self):
        reserve = self._hold()
        order = self.env["track.order"].browse(
            self._call(self.clerk, reserve, "action_convert", customer_po="PO-9")
        )
        self.assertEqual(
            (order.status, order.origin, order.customer_po, order.showroom_id),
            ("requested", "portal", "PO-9", self.center),
        )
        self.assertEqual(
            (order.line_ids.item_code, order.line_ids.quantity), ("LIN-1", 5)
        )
        self.assertEqual((reserve.state, reserve.order_id), ("converted", order))
        self.env["track.stock"]._count_held(self.mills.id)
        self.assertEqual(self._free(), 3)
        # the distributor takes it over: from then on his figures count
        self._post(
            "order",
            ["external_ref,account_number,status,item_code,quantity",
             f"{order.external_ref},DC14,open,LIN-1,5"],
        )  # fmt: skip
        self.assertEqual((order.status, self._free()), ("open", 8))

    def test_a_later_posting_updates(self):
        reserve = self._hold()
        self._post(
            "reserve",
            ["external_ref,account_number,item_code,quantity,held_until",
             f"{reserve.external_ref},DC14,LIN-1,4,{self._iso(6)}"],
        )  # fmt: skip
        self.assertEqual((reserve.quantity, reserve.origin), (4, "portal"))
        # the distributor counts it himself from now on
        self.assertEqual(self._free(), 8)

    def test_a_posting_does_not_hold_again_what_was_given_back(self):
        reserve = self._hold()
        self._call(self.clerk, reserve, "action_release")
        rows = ["external_ref,account_number,item_code,quantity,state",
                f"{reserve.external_ref},DC14,LIN-1,5,held"]  # fmt: skip
        self._post("reserve", rows)
        self.assertEqual(reserve.state, "released")
        self.assertEqual(self._post("reserve", rows).unchanged, 1)

    def _cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("order_track.ir_cron_reserves").method_direct_trigger()
        self.env.invalidate_all()

    def _notices(self, reserve):
        return self.env["track.reserve.notice"].search(
            [("reserve_id", "=", reserve.id)], order="id"
        )

    def test_warned_and_ended_once_each(self):
        self.mills.track_reserve_warn_days = 2
        reserve = self._hold(until=5)
        self._cron()
        self.assertFalse(self._notices(reserve))
        with freeze_time(f"{self._day(3)} 08:00:00"):
            self._cron()
            self._cron()
        warning = self._notices(reserve)
        self.assertEqual(
            (warning.kind, warning.email), ("warning", "clerk@example.com")
        )
        self.assertEqual((reserve.state, self._free()), ("held", 3))
        with freeze_time(f"{self._day(5)} 23:00:00"):
            self._cron()
        self.assertEqual(reserve.state, "held")
        with freeze_time(f"{self._day(6)} 00:10:00"):
            self._cron()
            self._cron()
        self.assertEqual((reserve.state, self._free()), ("expired", 8))
        self.assertEqual(self._notices(reserve).mapped("kind"), ["warning", "expired"])

    def test_extended_it_is_warned_of_anew(self):
        reserve = self._hold(until=1)
        self._cron()
        self._call(self.clerk, reserve, "action_extend", self._iso(2))
        self._cron()
        self.assertEqual(len(self._notices(reserve)), 2)

    def test_the_mail(self):
        reserve = self._hold(until=1)
        self._cron()
        notice = self._notices(reserve)
        notice._make_mail()
        self.assertEqual(notice.mail_id.email_to, "clerk@example.com", notice.error)
        self.assertIn("LIN-1", notice.mail_id.subject)
        self.assertIn("Hotel Sun", notice.mail_id.body_html)

    def test_old_reserves_of_a_first_file_are_over(self):
        self._post(
            "reserve",
            ["external_ref,account_number,item_code,quantity,held_until",
             f"OLD,DC14,LIN-1,1,{self._iso(-3)}"],
        )  # fmt: skip
        reserve = self._found("reserve", "OLD")
        self.assertEqual(reserve.state, "expired")
        self._cron()
        self.assertFalse(self._notices(reserve))

    def test_the_database_computes_what_is_free(self):
        self.env.cr.execute(
            "UPDATE track_stock SET on_hand = 100 WHERE id = %s RETURNING free",
            (self.stock.id,),
        )
        self.assertEqual(self.env.cr.fetchone(), (98,))
        self.assertTrue(fields.Date.today())
