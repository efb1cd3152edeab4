"""The list of orders in the portal: search, filters, groups, pages, rights."""

from datetime import timedelta
from urllib.parse import quote

from odoo import fields
from odoo.tests import tagged

from .common_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalOrders(PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lamp.default_code = "LMP-77_A"
        cls.first = cls._order(
            [(cls.lamp, 2)],
            client_order_ref="PO 100% Quay",
            partner_shipping_id=cls.warehouse_berlin.id,
        )
        cls.second = cls._order(
            [(cls.chair, 1)],
            client_order_ref="PO-200",
            partner_shipping_id=cls.customer.id,
        )
        cls.foreign = cls._order([(cls.lamp, 1)], partner_id=cls.other.id)
        cls.orders = cls.first | cls.second | cls.foreign

    def setUp(self):
        super().setUp()
        self._login(self.buyer)

    def _search(self, text, where="all"):
        url = f"/my/orders?search_in={where}&search={quote(text)}"
        return self._listed(url, self.orders)

    def test_own_orders_with_what_matters(self):
        self._deliver(self.first, ref="1Z999AA10123456784,JD014600006228974011")
        page = self._main()
        for text in (
            "PO 100% Quay",
            "Harbor Depot",
            "Rostock",
            "1Z999AA10123456784",
            "Waiting to be shipped",
            "Shipped",
        ):
            self.assertIn(text, page)
        self.assertEqual(
            self._listed("/my/orders", self.orders), self.first | self.second
        )
        self.assertNotIn("access_token", page)

    def test_three_parcels_and_how_many_more(self):
        self._deliver(
            self.first,
            ref="1Z999AA10123456784,JD014600006228974011,00340434161094042557",
        )
        page = self._main()
        self.assertIn("1Z999AA10123456784", page)
        self.assertNotIn("00340434161094042557", page)
        self.assertRegex(page, r">\+1</a>|>\+<t?.*?1</a>|\+1")

    def test_search_by_each_thing(self):
        self._deliver(self.first, ref="1Z999AA10123456784")
        for where, text, wanted in (
            ("number", self.first.name, self.first),
            ("number", self.first.name[-4:].lower(), self.first),
            ("reference", "100% q", self.first),
            ("reference", "PO-2", self.second),
            ("product", "mp-77_a", self.first),
            ("product", "Track Chair", self.second),
            ("tracking", "1z 999 AA1 01 2345 6784", self.first),
            ("tracking", "AA1012345", self.first),
            ("ship_to", "depot", self.first),
            ("ship_to", "rostock", self.first),
            ("ship_to", "18055", self.first),
            ("ship_to", "8055", self.orders.browse()),
            ("product", self.first.name, self.orders.browse()),
        ):
            with self.subTest(where=where, text=text):
                self.assertEqual(self._search(text, where), wanted)
                if wanted:
                    self.assertIn(wanted, self._search(text))

    def test_signs_of_patterns_are_text(self):
        for text in ("%", "_", "\\", "100%", "77_", "77xA"):
            with self.subTest(text=text):
                self.assertLessEqual(self._search(text), self.first)

    def test_orders_of_others_are_not_found(self):
        self._deliver(self.foreign, ref="1Z999AA10123456784")
        for where, text in (
            ("number", self.foreign.name),
            ("tracking", "1Z999AA10123456784"),
            ("ship_to", "Lakeside"),
            ("all", self.foreign.name),
            ("all", "1Z999AA10123456784"),
        ):
            with self.subTest(where=where):
                self.assertFalse(self._search(text, where))
        self._login(self.stranger)
        self.assertEqual(self._listed("/my/orders", self.orders), self.foreign)
        for text in (self.first.name, "PO-200", "Rostock", "Track Chair"):
            self.assertFalse(self._search(text))
        for filterby in ("open", "cancelled", "late", "unpaid", "d30"):
            found = self._listed(f"/my/orders?filterby={filterby}", self.orders)
            self.assertLessEqual(found, self.foreign)
        response = self.url_open(f"/my/orders/{self.first.id}")
        self.assertNotIn("PO 100% Quay", response.text)

    def test_colleague_sees_orders_of_the_firm(self):
        self._login(self.colleague)
        self.assertEqual(
            self._listed("/my/orders", self.orders), self.first | self.second
        )
        self.assertEqual(self._search("Rostock"), self.first)

    def test_filters(self):
        self._deliver(self.first)
        self.second.commitment_date = fields.Datetime.now() - timedelta(days=3)
        third = self._order([(self.chair, 4)])
        self._deliver(third, {self.chair: 1})
        gone = self._order([(self.chair, 1)])
        gone._action_cancel()
        orders = self.first | self.second | third | gone
        for filterby, wanted in (
            ("all", self.first | self.second | third),
            ("open", self.second | third),
            ("to_ship", self.second),
            ("part", third),
            ("shipped", self.first),
            ("late", self.second),
            ("cancelled", gone),
            ("returned", orders.browse()),
            ("unpaid", orders.browse()),
            ("d30", self.first | self.second | third),
            ("nonsense", self.first | self.second | third),
        ):
            with self.subTest(filterby=filterby):
                self.assertEqual(
                    self._listed(f"/my/orders?filterby={filterby}", orders), wanted
                )
        self.first.date_order -= timedelta(days=60)
        self.assertNotIn(self.first, self._listed("/my/orders?filterby=d30", orders))
        self.assertIn(self.first, self._listed("/my/orders?filterby=d90", orders))

    def test_unpaid_and_returned(self):
        invoice = self.second._create_invoices()
        invoice.action_post()
        orders = self.first | self.second
        self.assertEqual(
            self._listed("/my/orders?filterby=unpaid", orders), self.second
        )
        picking = self._deliver(self.first)
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 1
        back = wizard._create_return()
        back.move_ids.quantity = 1
        back.move_ids.picked = True
        back.button_validate()
        self.assertEqual(
            self._listed("/my/orders?filterby=returned", orders), self.first
        )

    def test_filters_tell_how_many(self):
        page = self._page()
        self.assertIn("To be Shipped (2)", page)
        self.assertIn("Cancelled (0)", page)
        page = self._page("/my/orders?search=PO-200")
        self.assertIn("To be Shipped (1)", page)

    def test_sorting_and_groups(self):
        for sortby in ("date", "name", "status", "ship_to", "total", "x"):
            for groupby in ("none", "status", "month", "ship_to", "x"):
                with self.subTest(sortby=sortby, groupby=groupby):
                    url = f"/my/orders?sortby={sortby}&groupby={groupby}"
                    found = self._listed(url, self.orders)
                    self.assertEqual(found, self.first | self.second)
        page = self._main("/my/orders?sortby=total")
        chair, lamp = (
            page.index(f"/my/orders/{o.id}") for o in (self.second, self.first)
        )
        self.assertLess(chair, lamp)
        page = self._main("/my/orders?groupby=ship_to")
        self.assertEqual(page.count("o_track_group"), 2)
        self.assertLess(
            page.index("Depot</th>"), page.index(f"/my/orders/{self.first.id}")
        )

    def test_pages_keep_all_arguments(self):
        for number in range(80):
            self._quick_order(f"KEEP-{number:03}")
        url = (
            "/my/orders?search_in=number&search=KEEP&filterby=d30&sortby=name"
            "&groupby=month"
        )
        self._quick_order("KEEP-080")
        page = self._page(url)
        self.assertIn("KEEP-080", page)
        self.assertNotIn("KEEP-000", page)
        self.assertIn("1–80", page.replace("&ndash;", "–"))
        links = [
            part.split('"')[0].replace("&amp;", "&")
            for part in page.split('href="')
            if part.startswith("/my/orders/page/2")
        ]
        for part in ("search_in=number", "search=KEEP", "filterby=d30", "sortby=name"):
            self.assertIn(part, links[0])
        second = self._page(links[0])
        self.assertIn("KEEP-000", second)
        self.assertNotIn("KEEP-080", second)
        self.assertIn("KEEP-080", self._page("/my/orders/page/999?search=KEEP-080"))

    def test_nothing_found(self):
        page = self._main("/my/orders?search=zebra&filterby=late&sortby=name")
        self.assertIn("Nothing here has", page)
        self.assertIn("zebra", page)
        self.assertIn('href="/my/orders?sortby=name"', page)
        self.assertIn("Nothing here fits", self._main("/my/orders?filterby=late"))
        self.orders._action_cancel()
        self.assertIn("no sales orders", self._page("/my/orders"))

    def test_hostile_addresses(self):
        texts = (
            "x" * 10_000,
            "%" * 500,
            "'; DROP TABLE sale_order; --",
            '"><script>alert(1)</script>',
            "\\",
            "🪑🚚 é",
            "a\x00b",
            "\ud800".encode("utf-8", "surrogatepass"),
            "{{7*7}} %(x)s %s",
        )
        for text in texts:
            for where in (
                "all",
                "product",
                "tracking",
                "ship_to",
                "number",
                "nonsense",
            ):
                url = f"/my/orders?search={quote(text)}&search_in={where}"
                page = self._page(url)
                self.assertNotIn("<script>alert(1)", page)
        for url in (
            "/my/orders?page=-1",
            "/my/orders?page=%C2%B2",
            "/my/orders?page=99999999999999999999999",
            "/my/orders/page/99999999999999999999",
            "/my/orders?sortby=id;--&filterby=%00&groupby=partner_id",
            "/my/orders?date_begin=x&date_end=y",
            "/my/orders?date_begin=2020-01-01&date_end=2999-01-01",
            "/my/orders?search=1&search=2&quotation_page=1",
            "/my/quotes?search=%25&sortby=status&filterby=late",
        ):
            with self.subTest(url=url):
                self._page(url)

    def test_quotations(self):
        quotation = self._order([(self.lamp, 1)], confirm=False, client_order_ref="Q-7")
        self.assertFalse(self._listed("/my/quotes", quotation))
        quotation.state = "sent"
        self.assertTrue(self._listed("/my/quotes", quotation))
        self.assertTrue(self._listed("/my/quotes?search=q-7", quotation))
        self.assertFalse(self._listed("/my/quotes?search=q-8", quotation))
        self.assertIn("Q-7", self._main("/my/quotes?groupby=ship_to&sortby=total"))

    def test_reading_writes_nothing(self):
        """No link has a token: core would write one for each order."""
        self._page()
        self.orders.access_token = False
        self._page()
        self.env.invalidate_all()
        self.assertEqual(set(self.orders.mapped("access_token")), {False})

    def test_queries_do_not_grow(self):
        self._deliver(self.first, ref="1Z999AA10123456784,ABC012345")
        for number in range(3):
            self._quick_order(f"FEW-{number}")
        few = self._queries("/my/orders")
        few_found = self._queries("/my/orders?search=e&groupby=ship_to")
        for number in range(73):
            self._quick_order(f"MANY-{number}")
        for number in range(4):
            order = self._order([(self.lamp, 1)])
            self._deliver(order, ref=f"1Z999AA10{number}23456784,ABC{number}12345")
        self.assertLessEqual(self._queries("/my/orders"), few)
        self.assertLessEqual(
            self._queries("/my/orders?search=e&groupby=ship_to"), few_found
        )
