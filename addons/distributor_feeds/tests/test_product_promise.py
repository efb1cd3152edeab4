"""From own stock and offers to what may be promised."""

from datetime import date, datetime, timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .common_promise import PromiseCase


@tagged("post_install", "-at_install")
class TestProductPromise(PromiseCase):
    def _promise(self, product, wanted=1.0, **values):
        return product._promises({product.id: wanted}, **values).get(product.id)

    def test_own_stock_first_then_distributors(self):
        product = self._product()
        self._stock(product, 4)
        self._offered(product, 50, quantity_more=True)
        told = self._promise(product, 10)
        self.assertEqual(told.own, 4)
        self.assertEqual(told.most.quantity, 54)
        self.assertTrue(told.more)
        self.assertEqual(told.promise.state, "from_distributor")
        self.assertEqual(told.promise.date, self.today + timedelta(days=3))
        self.assertEqual(self._promise(product, 4).promise.state, "in_stock")
        self.assertEqual(self._promise(product, own=False).most.quantity, 50)

    def test_account_says_how_far_it_is_trusted(self):
        product = self._product()
        self._offered(product, 10)
        self.account.safety_qty = 8
        self.assertEqual(self._promise(product, 5).promise.quantity, 2)
        self.account.write({"safety_qty": 0, "lead_days": 5})
        self.assertEqual(
            self._promise(product).promise.date, self.today + timedelta(days=5)
        )
        self.account.active = False
        self.assertEqual(self._promise(product).promise.state, "unavailable")

    def test_stale_figures_decay(self):
        product = self._product()
        offer = self._offered(product, 10)
        self.feed.data_at = fields.Datetime.now() - timedelta(hours=47)
        self.assertEqual(self._promise(product).promise.state, "from_distributor")
        self.assertAlmostEqual(self._promise(product).age_hours, 47, delta=0.1)
        self.feed.data_at = fields.Datetime.now() - timedelta(hours=49)
        self.assertEqual(self._promise(product).promise.state, "on_request")
        self.feed.data_at = fields.Datetime.now()
        offer.behind_since = fields.Datetime.now() - timedelta(hours=49)
        self.assertEqual(self._promise(product).promise.state, "on_request")
        offer.write({"behind_since": False, "stock_feed_id": False})
        self.assertEqual(self._promise(product).promise.state, "on_request")

    def test_goods_on_their_way(self):
        product = self._product()
        offer = self._offered(
            product, 0, incoming_qty=7, incoming_date=self.today + timedelta(days=10)
        )
        told = self._promise(product, 5).promise
        self.assertEqual((told.state, told.quantity), ("incoming", 5))
        self.assertEqual(told.date, self.today + timedelta(days=13))
        offer.end_of_life = True
        self.assertEqual(self._promise(product, 5).promise.state, "unavailable")

    def test_packs_leave_no_rest(self):
        product = self._product()
        offer = self._offered(product, 25, pack_qty=10, min_qty=1)
        self.assertEqual(self._promise(product, 3).promise.state, "on_request")
        self.assertEqual(self._promise(product, 20).promise.quantity, 20)
        offer.write({"pack_qty": 1})
        self.assertEqual(self._promise(product, 3).promise.quantity, 3)

    def test_other_companies_offers(self):
        other = self.env["res.company"].create({"name": "Other"})
        product = self._product()
        account = self.account.copy({"company_id": other.id})
        self._offered(product, 10, account=account)
        self.assertEqual(self._promise(product).promise.state, "unavailable")
        self.assertEqual(self._promise(product, company=other).most.quantity, 10)
        account.company_id = False
        self.assertEqual(self._promise(product).most.quantity, 10)

    def test_stock_of_one_warehouse(self):
        product = self._product()
        north = self.env["stock.warehouse"].create({"name": "North", "code": "NRT"})
        self._stock(product, 4)
        self._stock(product, 6, warehouse=north)
        self.assertEqual(self._promise(product).own, 10)
        self.assertEqual(self._promise(product, warehouse=north).own, 6)

    def test_goods_that_nobody_counts(self):
        product = self._product(is_storable=False)
        self.assertIsNone(self._promise(product))
        self._offered(product, 5)
        self.assertEqual(self._promise(product).most.quantity, 5)

    def test_working_days_of_the_company(self):
        calendar = self._open_days(range(5), "Europe/Vienna")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Monday off",
                "calendar_id": calendar.id,
                "date_from": datetime(2031, 3, 9, 23),
                "date_to": datetime(2031, 3, 10, 22),
            }
        )
        product = self._product()
        self._offered(product, 5)
        self.account.lead_days = 2
        with freeze_time("2031-03-06 12:00:00"):  # a Thursday
            self.feed.data_at = fields.Datetime.now()
            self.assertEqual(self._promise(product).promise.date, date(2031, 3, 11))
        with freeze_time("2031-03-06 23:30:00"):  # Friday in Vienna
            self.feed.data_at = fields.Datetime.now()
            self.assertEqual(self._promise(product).promise.date, date(2031, 3, 12))

    def test_queries_do_not_grow(self):
        products = self.env["product.product"].create(
            [{"name": f"P{n}", "type": "consu", "is_storable": True} for n in range(60)]
        )
        for product in products:
            self._offered(product, 5)

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(some._promises()), len(some))
            return self.env.cr.sql_log_count - before

        count(products[:2])
        self.assertEqual(count(products), count(products[:2]))
