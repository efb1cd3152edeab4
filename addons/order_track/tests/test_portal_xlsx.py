"""The list of orders as a worksheet."""

from odoo.http import request
from odoo.tests import tagged

from ..controllers.portal_orders import CustomerPortal
from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalXlsx(PortalCommon):
    def setUp(self):
        super().setUp()
        self._login(self.buyer)

    def _texts(self, url="/my/orders/xlsx"):
        return [[cell.value for cell in row] for row in self._sheet(url)]

    def test_exactly_the_list(self):
        for number in range(90):
            self._quick_order(f"X-{number:03}")
        gone = self._quick_order("X-GONE")
        gone.state = "cancel"
        self._order([(self.lamp, 1)], partner_id=self.other.id)
        heads, *rows = self._texts()
        self.assertEqual(heads[:3], ["Number", "Your Reference", "Order Date"])
        self.assertEqual(len(rows), 90)
        rows = self._texts("/my/orders/xlsx?search=X-01&sortby=name")[1:]
        self.assertEqual(
            [row[0] for row in rows], [f"X-0{n}" for n in range(19, 9, -1)]
        )
        rows = self._texts("/my/orders/xlsx?filterby=cancelled&search=X")[1:]
        self.assertEqual([row[0] for row in rows], ["X-GONE"])

    def test_parcels_and_amounts(self):
        order = self._order(
            [(self.lamp, 2)], partner_shipping_id=self.warehouse_berlin.id
        )
        self._deliver(order, ref="1Z999AA10123456784,JD014600006228974011")
        heads, row = self._texts()
        found = dict(zip(heads, row, strict=True))
        self.assertEqual(
            found["Tracking Numbers"], "1Z999AA10123456784, JD014600006228974011"
        )
        self.assertEqual(found["Total"], order.amount_total)
        self.assertEqual(found["Currency"], order.currency_id.name)
        self.assertEqual(found["City"], "Rostock")
        self.assertEqual(found["Zip Code"], "18055")
        self.assertIn("Shipped", found["Status"])

    def test_formulas_are_text(self):
        for sign in "=+-@":
            self._quick_order(client_order_ref=f"{sign}1+1")
        self._quick_order(client_order_ref="\x01ctrl" + "y" * 40_000)
        cells = [row[1] for row in self._sheet("/my/orders/xlsx?sortby=name")[1:]]
        for cell in cells:
            self.assertEqual(cell.data_type, "s")
        self.assertEqual(
            {cell.value for cell in cells if len(cell.value) < 10},
            {"=1+1", "+1+1", "-1+1", "@1+1"},
        )

    def test_in_the_language_of_the_reader(self):
        german = self.env["res.lang"]._activate_lang("de_DE")
        if "website" in self.env:
            self.env["website"].search([]).language_ids += german
        self._quick_order()
        asked = []
        translate = CustomerPortal._track_order_columns

        def columns(controller, quotation_page):
            asked.append(request.env.lang)
            return translate(controller, quotation_page)

        self.patch(CustomerPortal, "_track_order_columns", columns)
        self._texts("/de/my/orders/xlsx")
        self.assertEqual(asked, ["de_DE"])

    def test_nothing_in_it(self):
        self.assertEqual(len(self._texts("/my/orders/xlsx?search=zebra")), 1)
        self.assertEqual(len(self._texts("/my/quotes/xlsx")), 1)

    def test_other_firms_orders_are_not_in_it(self):
        order = self._quick_order("SECRET-1")
        self._login(self.stranger)
        for query in ("", "?search=SECRET", "?filterby=cancelled", "?filterby=d30"):
            rows = self._texts(f"/my/orders/xlsx{query}")[1:]
            self.assertNotIn(order.name, [row[0] for row in rows])

    def test_queries_do_not_grow(self):
        for _number in range(10):
            self._quick_order()
        few = self._queries("/my/orders/xlsx")
        self.env["sale.order"].create(
            [
                {
                    "partner_id": self.customer.id,
                    "state": "sale",
                    "order_line": [self._line(self.service, 1)],
                }
                for _number in range(490)
            ]
        )
        self.assertLessEqual(self._queries("/my/orders/xlsx"), few)
