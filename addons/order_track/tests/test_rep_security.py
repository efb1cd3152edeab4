"""What a sales rep reaches, by every way: his customers, and nothing else."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.trade_network.tests.crawl import CrawlMixin

from .rep_common import RepMixin

READABLE = {
    "res.partner": ["display_name", "email", "phone", "city"],
    "sale.order": ["display_name", "amount_total", "state"],
    "sale.order.line": ["display_name", "product_uom_qty"],
    "stock.picking": ["display_name", "state"],
    "stock.parcel": ["display_name", "state"],
    "stock.parcel.line": ["display_name", "quantity"],
    "stock.parcel.event": ["display_name", "kind"],
    "track.follow.up": ["display_name", "note", "due_on"],
}
SECRETS = ("access_token", "margin", "margin_percent", "purchase_price")


@tagged("post_install", "-at_install")
class TestRepSecurity(CrawlMixin, RepMixin):
    readable = READABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.env["res.company"].create({"name": "Track There"})
        cls.everything = {model: {} for model in READABLE}
        cls._tell("ada", cls.harbor, cls.ada)
        cls._tell("ben", cls.bloom, cls.ben)
        cls._tell("agency", cls.cove, cls.ada)
        cls.cart = cls._order_of(cls.harbor, confirm=False)

    @classmethod
    def _tell(cls, name, partner, rep):
        order = cls._order_of(partner)
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking.carrier_tracking_ref = "1Z12345E0205271688"
        picking.button_validate()
        event = cls.env["stock.parcel.event"].create(
            {"parcel_id": picking.parcel_ids.id, "kind": "in_transit"}
        )
        follow_up = cls._follow_up(rep, order_id=order.id)
        for record in (
            partner,
            order,
            order.order_line,
            picking,
            picking.parcel_ids,
            picking.parcel_ids.line_ids,
            event,
            follow_up,
        ):
            record.ensure_one()
            cls.everything[record._name][name] = record.with_env(cls.env)

    def test_reps_reach_their_own(self):
        for model in READABLE:
            for user, names in (
                (self.ada, {"ada", "agency"}),
                (self.ben, {"ben"}),
            ):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self._seen(user, model), names)

    def test_customers_reach_no_more_than_before(self):
        for model in READABLE:
            if model == "track.follow.up":
                self._assert_follow_ups_shut(self.harbor_user)
            elif model != "stock.picking":
                self.assertEqual(self._seen(self.harbor_user, model), {"ada"})

    def _assert_follow_ups_shut(self, user):
        for method, args in (("search", ([],)), ("create", ([{}],))):
            with self.assertRaises(AccessError):
                self._call(user, self.env["track.follow.up"], method, *args)

    def test_contacts_and_their_orders(self):
        order = self._order_of(self.desk)
        for record in (self.desk, order, order.order_line, order.picking_ids):
            self.assertTrue(self._call(self.ada, record, "read", ["display_name"]))
            with self.assertRaises(AccessError):
                self._call(self.ben, record, "read", ["display_name"])

    def test_no_carts(self):
        domain = [("id", "=", self.cart.id)]
        self.assertFalse(self._call(self.ada, self.env["sale.order"], "search", domain))
        for record in (self.cart, self.cart.order_line):
            with self.assertRaises(AccessError):
                self._call(self.ada, record, "read", ["display_name"])
        self.cart.state = "sent"
        self.assertTrue(self._call(self.ada, self.cart, "read", ["display_name"]))

    def test_other_companies_stay_shut(self):
        order = self._order_of(self.harbor, confirm=False, company_id=self.there.id)
        order.action_confirm()
        for record in (order, order.order_line, order.picking_ids):
            with self.assertRaises(AccessError):
                self._call(self.ada, record, "read", ["display_name"])
        with self.assertRaises(AccessError):
            self._call(
                self.ada,
                self.env["track.follow.up"],
                "create",
                [{"order_id": order.id, "due_on": "2030-01-01", "note": "x"}],
            )

    def test_rep_who_is_a_customer_too(self):
        """He sees what he bought as before, and his customers besides."""
        shop = self.env["res.partner"].create({"name": "Shop", "is_company": True})
        both = self._rep("track_both", parent_id=shop.id)
        bought = self._order_of(shop)
        quote = self._order_of(shop, confirm=False)
        seen = self._call(both, self.env["sale.order"], "search", [])
        self.assertEqual(set(seen), {bought.id, quote.id})
        self.bloom.track_rep_ids = both.partner_id
        sold = self.everything["sale.order"]["ben"]
        seen = self._call(both, self.env["sale.order"], "search", [])
        self.assertEqual(set(seen), {bought.id, quote.id, sold.id})
        self.assertFalse(self._call(self.ben, self.env["sale.order"], "search", []))

    def test_rights_end_with_the_role_and_with_the_customer(self):
        order = self.everything["sale.order"]["ada"]
        follow_up = self.everything["track.follow.up"]["ada"]
        self.harbor.track_rep_ids = self.ben.partner_id
        for record in (order, follow_up, self.harbor):
            with self.assertRaises(AccessError):
                self._call(self.ada, record, "read", ["display_name"])
        with self.assertRaises(AccessError):
            # the new rep has not his colleague's notes
            self._call(self.ben, follow_up, "read", ["note"])
        self.assertTrue(self._call(self.ben, order, "read", ["name"]))
        self.ben.partner_id.trade_role_ids = False
        with self.assertRaises(AccessError):
            self._call(self.ben, order, "read", ["name"])

    def test_reps_change_nothing(self):
        order = self.everything["sale.order"]["ada"]
        for record, method, *args in (
            (order, "write", {"client_order_ref": "x"}),
            (order, "unlink"),
            (order, "action_cancel"),
            (order, "action_lock"),
            (order.order_line, "write", {"product_uom_qty": 9}),
            (self.harbor, "write", {"phone": "1"}),
            (self.harbor, "write", {"track_rep_ids": [Command.clear()]}),
            (self.env["res.partner"], "create", [{"name": "x"}]),
            (self.env["sale.order"], "create", [{"partner_id": self.harbor.id}]),
            (order.picking_ids, "write", {"note": "x"}),
            (order.parcel_ids, "write", {"expected_on": "2030-01-01"}),
            (order.parcel_ids, "unlink"),
            (order, "action_revoke_track_links"),
        ):
            with self.subTest(model=record._name, method=method):
                with self.assertRaises(AccessError):
                    self._call(self.ada, record, method, *args)

    def test_secrets(self):
        """No token, which signs and pays; no cost; not who else is a rep."""
        order = self.everything["sale.order"]["ada"]
        order._portal_ensure_token()
        for name in SECRETS:
            if name in order._fields:
                for method, *args in (
                    ("read", [name]),
                    ("export_data", [name]),
                    ("web_read", {name: {}}),
                    ("formatted_read_group", [], [name], ["__count"]),
                    ("search", [(name, "!=", False)]),
                ):
                    with (
                        self.subTest(name, method=method),
                        self.assertRaises(UserError),
                    ):
                        target = (
                            self.env["sale.order"]
                            if method in ("search", "formatted_read_group")
                            else order
                        )
                        self._call(self.ada, target, method, *args)
        with self.assertRaises(AccessError):
            self._call(self.ada, self.harbor, "read", ["track_rep_ids"])
        with self.assertRaises(AccessError):
            self._call(
                self.ada,
                self.env["res.partner"],
                "search",
                [("track_rep_ids", "!=", False)],
            )
        visible = self._call(self.ada, self.env["sale.order"], "fields_get")
        self.assertFalse(set(SECRETS) & set(visible))
        url = self._call(self.ada, order, "get_portal_url")
        self.assertNotIn(order.access_token, url)
        # the customer has his links as before
        url = self._call(self.harbor_user, order, "get_portal_url")
        self.assertIn(order.access_token, url)
        with self.assertRaises(AccessError):
            self._call(self.ben, order, "get_portal_url")

    def test_messages_are_between_customer_and_seller(self):
        order = self.everything["sale.order"]["ada"]
        message = order.message_post(
            body="Sign here: token",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        self.assertTrue(self._call(self.harbor_user, message, "read", ["body"]))
        with self.assertRaises(AccessError):
            self._call(self.ada, message, "read", ["body"])
        found = self._call(
            self.ada, message.browse(), "search", [("res_id", "=", order.id)]
        )
        self.assertNotIn(message.id, found)
        with self.assertRaises(AccessError):
            self._call(self.ada, order, "message_post", body="x")
