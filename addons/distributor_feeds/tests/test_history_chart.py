"""Stock and price of each day, from what runs overwrote."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common_match import A, MatchCase


@tagged("post_install", "-at_install")
class TestHistoryChart(MatchCase):
    def setUp(self):
        super().setUp()
        self.env.user.tz = "UTC"
        self.product = self._product(manufacturer="Acme", mpn="KB-1")
        self.today = fields.Date.today()
        self.first = self._load(A)
        self._load(A.replace("A1;5", "A1;7"))
        self._load(A.replace("A1;5", "A1;9"))
        self._load(A.replace("A1;5;10", "A1;9;12"))
        self.offer = self._offer("A1")
        self._at([(9, "08:00"), (9, "23:30"), (4, "12:00")])

    def _at(self, moments):
        """Date the first run twelve days back, and each later one as given."""
        history = self.env["distributor.offer.history"].search(
            [("offer_id", "=", self.offer.id)], order="id"
        )
        for entry, (days, clock) in zip(history, moments, strict=True):
            entry.at = f"{self.today - timedelta(days=days)} {clock}:00"
        self.first.started_at = f"{self.today - timedelta(days=12)} 09:00:00"
        self.env.flush_all()

    def _days(self, field, **context):
        """Return ``{days ago: value}`` of the offer's chart."""
        context = {"tz": "UTC", "trend_product_ids": self.product.ids, **context}
        trend = self.env["distributor.offer.trend"].with_context(**context)
        groups = trend._read_group([], ["date:day"], [f"{field}:avg", "__count"])
        self.assertTrue(all(count == 1 for _day, _value, count in groups))
        return {(self.today - day).days: value for day, value, _count in groups}

    def test_each_day_ends_with_the_last_value(self):
        stock = self._days("quantity")
        self.assertEqual(
            stock,
            {**dict.fromkeys((12, 11, 10), 5), **dict.fromkeys(range(10), 9)},
        )
        price = self._days("price")
        self.assertEqual([price[day] for day in (12, 9, 5, 4, 0)], [10, 10, 10, 12, 12])

    def test_days_are_those_of_the_reader(self):
        # 23:30 UTC is the next day in Tokyo, which UTC+9 never leaves.
        stock = self._days("quantity", tz="Asia/Tokyo")
        self.assertEqual([stock[day] for day in (10, 9, 8)], [5, 7, 9])

    def test_an_offer_that_never_changed(self):
        self._load(A.replace("A1", "B1"))
        offer = self._offer("B1")
        stock = self._days("quantity", trend_product_ids=[], trend_offer_ids=offer.ids)
        self.assertEqual(stock, {0: 5})

    def test_a_year_is_enough(self):
        self._at([(900, "08:00"), (800, "08:00"), (700, "08:00")])
        self.first.started_at = "2001-01-01 00:00:00"
        self.env.flush_all()
        stock = self._days("quantity")
        self.assertEqual((len(stock), max(stock)), (366, 365))

    def test_prices_are_in_the_companys_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", euro.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "rate": 0.5, "name": "2020-01-01"}
        )
        self.env.cr.execute(
            "UPDATE distributor_offer SET currency_id = %s WHERE id = %s",
            (euro.id, self.offer.id),
        )
        self.env.invalidate_all()
        price = self._days("price")
        self.assertEqual((price[5], price[0]), (10, 24))

    def test_nothing_is_shown_unasked(self):
        self.assertFalse(self.env["distributor.offer.trend"].search([]))

    def test_records_have_ids_of_their_own(self):
        trend = self.env["distributor.offer.trend"].with_context(
            trend_product_ids=self.product.ids
        )
        days = trend.search([])
        self.assertEqual(len(set(days.ids)), 13)
        self.assertEqual(set(days.mapped("offer_label")), {"Borealis IT · A1"})
