"""Which orders count for which sample, and who reads that."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sample_library.tests.request_common import RequestCommon


@tagged("post_install", "-at_install")
class TestSampleSaleReport(RequestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chair, cls.table = cls.env["product.product"].create(
            [
                {"name": "Sample Chair", "standard_price": 4, "taxes_id": False},
                {"name": "Sample Table", "standard_price": 7, "taxes_id": False},
            ]
        )
        cls.item.product_id = cls.chair
        cls.now = fields.Datetime.now().replace(microsecond=0)

    def _ago(self, days):
        return self.now - timedelta(days=days)

    def _loan(self, tag, days, person=None):
        """A sample that was lent so many days ago; its row of the report."""
        return self._lend(self._copy(tag), person, lent_at=self._ago(days))

    def _sale(self, days, price=100, product=None, partner=None, confirm=True, **vals):
        order = self.env["sale.order"].create(
            {
                "partner_id": (partner or self.studio).id,
                **vals,
                "order_line": [
                    Command.create(
                        {
                            "product_id": (product or self.chair).id,
                            "price_unit": price,
                            "tax_ids": False,
                        }
                    )
                ],
            }
        )
        if confirm:
            # what holds orders back is another add-on's business
            order.write({"state": "sale"})
        order.date_order = self._ago(days)
        return order

    def _figures(self, groupby=(), user=None):
        measures = [
            "samples:sum",
            "won:sum",
            "rate:avg",
            "revenue:sum",
            "cost:sum",
            "cost_per_won:avg",
        ]
        groups = self._call(
            user or self.manager,
            self.env["sample.sale.report"],
            "formatted_read_group",
            [("product_id", "in", (self.chair | self.table).ids)],
            list(groupby),
            measures,
        )
        return [tuple(group[name] for name in measures) for group in groups]

    def test_won(self):
        """The firm orders what its designer had; all else does not count."""
        self._loan("SALE-WON", 20)
        self._sale(5)
        self._sale(5, product=self.table)
        self._sale(5, partner=self.atelier)
        self._sale(5, confirm=False)
        self._sale(25)
        self.assertEqual(self._figures(), [(1, 1, 100, 100, 0, 0)])

    def test_too_late(self):
        self._loan("SALE-LATE", 95)
        self._sale(1)
        self.assertEqual(self._figures()[0][:4], (1, 0, 0, 0))
        self.env["ir.config_parameter"].set_param("sample_library_sale.days", "120")
        self.assertEqual(self._figures()[0][:4], (1, 1, 100, 100))
        self.env["ir.config_parameter"].set_param("sample_library_sale.days", "many")
        self.assertEqual(self._figures()[0][:4], (1, 0, 0, 0))

    def test_last_sample_counts(self):
        """One order is one sample's: revenue adds up."""
        for number, days in enumerate((30, 20, 10)):
            self._loan(f"SALE-LAST-{number}", days)
        self._sale(15, price=60)
        self._sale(15, price=40)
        ((samples, won, rate, revenue, *_cost),) = self._figures()
        self.assertEqual((samples, won, revenue), (3, 1, 100))
        self.assertAlmostEqual(rate, 100 / 3, 2)

    def test_cost_per_won(self):
        """What all shipped pieces cost, by those that were won."""
        for number, person in enumerate((self.designer, self.other_designer)):
            order = self._order([(self.item, 3)], person_id=person.id, project=number)
            request = self._send(order)
            line = request.line_ids
            self._answer(request, {"line_id": line.id, "kind": "ship", "quantity": 3})
            request.entry_ids.answered_at = self._ago(10)
        self._sale(2, price=50)
        self.assertEqual(self._figures(), [(2, 1, 50, 50, 24, 24)])

    def test_currency(self):
        """Revenue is in the company's currency."""
        self._loan("SALE-MONEY", 10)
        currency = self.env["res.currency"].create({"name": "SMP", "symbol": "S"})
        currency.rate_ids = [Command.create({"name": "2020-01-01", "rate": 4})]
        pricelist = self.env["product.pricelist"].create(
            {"name": "Sample prices", "currency_id": currency.id}
        )
        self._sale(2, pricelist_id=pricelist.id)
        self.assertEqual(self._figures()[0][3], 25)

    def test_rights(self):
        """Clerks do not read what customers order, managers of others neither."""
        self._loan("SALE-RIGHT", 10)
        self._sale(2)
        there = self.env["res.company"].create({"name": "Sample There"})
        stranger = self._user(
            "stranger_manager",
            "sample_library.group_sample_manager",
            company_id=there.id,
            company_ids=there.ids,
        )
        self.assertEqual(self._figures(user=stranger)[0][0] or 0, 0)
        report = self.env["sample.sale.report"]
        self.assertFalse(self._call(stranger, report, "search", []))
        row = report.search([("product_id", "=", self.chair.id)])
        with self.assertRaises(AccessError):
            self._call(stranger, row, "read", ["revenue"])
        for user in (self.clerk, self._portal("sale_center", self.center)):
            for method, *args in (
                ("search", []),
                ("formatted_read_group", [], [], ["__count"]),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self._call(user, report, method, *args)

    def test_views(self):
        views = self._call(
            self.manager,
            self.env["sample.sale.report"],
            "get_views",
            [(False, mode) for mode in ("pivot", "graph", "list", "search")],
        )
        self.assertEqual(len(views["views"]), 4)
