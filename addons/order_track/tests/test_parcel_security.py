"""Who reaches which parcels, by every way to read, and who changes what."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.trade_network.tests.crawl import EXPORT, CrawlMixin

from .common import TrackCommon
from .test_parcel import SECOND, UPS

READABLE = {
    "stock.parcel": ["display_name", "carrier_code", "state", "expected_on"],
    "stock.parcel.line": ["display_name", "quantity"],
    "stock.parcel.event": ["display_name", "kind", "at", "place", "note"],
    "track.link": ["display_name", "email", "state"],
    "track.notice": ["display_name", "email", "error"],
}
STAFF_ONLY = ("track.link", "track.notice")
GOODS = tuple(model for model in READABLE if model not in STAFF_ONLY)


@tagged("post_install", "-at_install")
class TestParcelSecurity(CrawlMixin, TrackCommon):
    """``own``: Harbor Offices, sold by ``track_seller``. ``other``: Bloom, sold by
    nobody's colleague. ``far``: another company sells to Harbor Offices.
    """

    readable = READABLE

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.there = cls.env["res.company"].create({"name": "Track There"})
        cls.bloom = cls.env["res.partner"].create(
            {"name": "Bloom", "email": "bloom@example.com"}
        )
        seller, every = "sales_team.group_sale_salesman", "_all_leads"
        cls.seller = cls._user("track_seller", seller)
        cls.colleague = cls._user("track_colleague", seller)
        cls.leads = cls._user("track_leads", seller + every)
        cls.stock = cls._user("track_stock", "stock.group_stock_user")
        cls.plain = cls._user("track_plain", "base.group_user")
        cls.far_user = cls._user(
            "track_far",
            f"{seller + every},stock.group_stock_user",
            company_id=cls.there.id,
            company_ids=[Command.set(cls.there.ids)],
        )
        cls.harbor_user = cls._portal("track_harbor", cls.customer)
        cls.bloom_user = cls._portal("track_bloom", cls.bloom)
        cls.nobody = new_test_user(cls.env, "track_nobody", "base.group_portal")
        cls.everything = {model: {} for model in READABLE}
        cls._tell("own", user_id=cls.seller.id)
        cls._tell("other", partner_id=cls.bloom.id, user_id=cls.colleague.id)
        far = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.there.id)], limit=1
        )
        cls.env["stock.quant"]._update_available_quantity(
            cls.lamp, far.lot_stock_id, 10
        )
        cls._tell("far", cls.there, user_id=False)

    @classmethod
    def _user(cls, login, groups, **values):
        return new_test_user(cls.env, login, f"{groups},{EXPORT}", **values)

    @classmethod
    def _portal(cls, login, partner):
        user = new_test_user(cls.env, login, "base.group_portal")
        user.partner_id.parent_id = partner
        return user

    @classmethod
    def _tell(cls, name, company=None, **values):
        """An order with a parcel of which all is known."""
        company = company or cls.company
        order = cls._order([(cls.lamp, 1)], company_id=company.id, **values)
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking.carrier_tracking_ref = UPS
        picking.button_validate()
        parcel = picking.parcel_ids
        event = cls.env["stock.parcel.event"].create(
            {"parcel_id": parcel.id, "kind": "in_transit"}
        )
        link = cls.env["track.link"]._of(order, "somebody@example.com")
        notice = cls.env["track.notice"].search([("order_id", "=", order.id)])
        for record in (parcel, parcel.line_ids, event, link, notice):
            record.ensure_one()
            cls.everything[record._name][name] = record.with_env(cls.env)

    def test_staff(self):
        for model in READABLE:
            for user, names in (
                (self.seller, {"own"}),
                (self.colleague, {"other"}),
                (self.leads, {"own", "other"}),
                (self.far_user, {"far"}),
            ):
                with self.subTest(model=model, user=user.login):
                    self.assertEqual(self._seen(user, model), names)
        for model in GOODS:
            self.assertEqual(self._seen(self.stock, model), {"own", "other"})
            self._assert_reads_nothing(self.plain, model)
        for model in STAFF_ONLY:
            self._assert_reads_nothing(self.stock, model)

    def test_customers(self):
        for model in GOODS:
            # as of orders: those of the company whose portal he uses
            self.assertEqual(self._seen(self.harbor_user, model), {"own"})
            self.assertEqual(self._seen(self.bloom_user, model), {"other"})
            self.assertEqual(self._seen(self.nobody, model), set())
        for model in STAFF_ONLY:
            self._assert_reads_nothing(self.harbor_user, model)

    def test_who_changes_what(self):
        parcel = self.everything["stock.parcel"]["own"]
        event = {"parcel_id": parcel.id, "kind": "delivered"}
        for user in (self.harbor_user, self.seller, self.leads, self.plain):
            for records, method, *args in (
                (parcel, "write", {"expected_on": "2030-01-01"}),
                (parcel, "unlink"),
                (parcel.browse(), "create", [{"picking_id": 1, "name": SECOND}]),
                (parcel.event_ids.browse(), "create", [event]),
                (parcel.event_ids, "unlink"),
                (parcel.line_ids, "write", {"quantity": 9}),
                (self.everything["track.link"]["own"], "write", {"email": "x"}),
                (self.everything["track.link"]["own"].browse(), "create", [{}]),
                (self.everything["track.notice"]["own"].browse(), "create", [{}]),
                (parcel.browse(), "record_events", []),
            ):
                with self.subTest(user=user.login, method=method, model=records._name):
                    with self.assertRaises(AccessError):
                        self._call(user, records, method, *args)

    def test_methods_of_orders(self):
        order = self.everything["stock.parcel"]["own"].order_id
        for method in ("action_track_page", "action_revoke_track_links"):
            with self.subTest(method), self.assertRaises(AccessError):
                self._call(self.colleague, order, method)
            with self.subTest(method), self.assertRaises(AccessError):
                self._call(self.bloom_user, order, method)
        url = self._call(self.seller, order, "action_track_page")["url"]
        self.assertIn("/track/", url)
        self._call(self.seller, order, "action_revoke_track_links")
        self.assertEqual(set(order.track_link_ids.mapped("state")), {"revoked"})

    def test_planted_defaults_reach_nothing(self):
        """What the caller's context says of fields is not taken for ours."""
        order = self._order([(self.lamp, 1)], user_id=self.seller.id)
        planted = {
            "default_expires_at": "2099-01-01",
            "default_email": "thief@example.com",
            "default_state": "sent",
        }
        self._call(self.seller, order, "action_track_page", context=planted)
        link = order.track_link_ids
        self.assertLess(link.expires_at.year, 2099)
        self.assertEqual(link.email, "harbor@example.com")
