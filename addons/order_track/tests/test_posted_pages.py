"""What distributors posted, read in the portal over real HTTP."""

import io
import re

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged

from .common_posted import PostedCommon
from .test_story_doors import visible_text

KINDS = {
    "orders": "track.order",
    "reserves": "track.reserve",
    "stock": "track.stock",
    "mill-orders": "track.mill.order",
    "freight": "track.freight",
    "products": "track.product",
    "customers": "track.customer",
}
NUMBER = "1Z999AA10123456784"


@tagged("post_install", "-at_install")
class TestPostedPages(PostedCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._open_inventory(cls.mills, cls.mills, cls.center, cls.rep.partner_id)
        cls.employee = new_test_user(
            cls.env, "pp_staff", "base.group_user,trade_network.group_trade_user"
        )
        cls.buyer = new_test_user(cls.env, "pp_buyer", "base.group_portal")

    def setUp(self):
        super().setUp()
        late, soon = self._iso(-3), self._iso(5)
        self._post(
            "order",
            [
                "external_ref,name,account_number,sidemark,customer_po,ordered_on,status,"
                "item_code,quantity,shipped,back_ordered,expected_on,rep",
                f"o1,SO-1,DC14,Hotel Sun,PO-77,{self._iso(-9)},partial,LIN-1,5,3,2,{late},R-5",
                f"o1,SO-1,DC14,Hotel Sun,PO-77,{self._iso(-9)},partial,LIN-2,4,4,0,,R-5",
                f"o2,SO-2,DC14,Villa Moon,,{self._iso(-2)},open,LIN-1,1,0,0,{soon},",
                f"o3,SO-3,ATN,Zebra Secret,,{self._iso(-2)},open,LIN-9,1,0,0,,",
            ],
        )
        self._post(
            "freight",
            [
                "external_ref,name,account_number,order_ref,tracking_number,carrier,"
                "shipped_on,status,rep",
                f"f1,FR-1,DC14,SO-1,{NUMBER},UPS,{self._iso(-4)},in_transit,R-5",
            ],
        )
        self._post(
            "reserve",
            [
                "external_ref,name,account_number,item_code,quantity,sidemark,held_until",
                f"r1,R-1,DC14,LIN-1,5,Hotel Sun,{self._iso(2)}",
                f"r2,R-2,ATN,LIN-1,5,Zebra Secret,{self._iso(2)}",
            ],
        )
        self._post(
            "stock", ["item_code,on_hand,unit,dye_lot,piece", "LIN-1,10,yd,L7,P1"]
        )
        self._post(
            "mill_order",
            ["name,item_code,quantity,due_on", f"M-1,LIN-1,50,{late}"],
        )
        self._post("product", ["item_code,pattern,price", "LIN-1,Waves,12.5"])
        self._post("customer", ["account_number,name,showroom", "C-1,Sunny,DC14"])
        self._post(
            "order",
            ["external_ref,name,account_number,sidemark,item_code,quantity",
             "a1,AL-1,A-1014,Hotel Sun,X,1"],
            user=self.other_desk,
        )  # fmt: skip
        self.order = self._found("order", "o1")
        self.foreign = self._found("order", "o3")
        self.reserve = self._found("reserve", "r1")
        self.stock = self._found("stock", "LIN-1")

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _page(self, url):
        self.env.flush_all()
        self.env.invalidate_all()
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200, url)
        return answer.text

    def _sheet(self, url):
        import openpyxl

        self.env.flush_all()
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200, url)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        return list(book.active.iter_rows(values_only=True))

    def _press(self, url, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data)

    def _total(self, page):
        found = re.search(r"of\s+(\d+)\s", page[page.index("o_track_search") :])
        return int(found[1]) if found else 0

    # === HOME AND LISTS === #

    def test_counters_are_those_of_the_lists(self):
        for user in (self.clerk, self.rep, self.desk):
            self._login(user)
            home = self._page("/my/track")
            counts = dict(re.findall(r'data-kind="([\w-]+)">\s*(\d+)', home))
            self.assertTrue(counts, user.login)
            for kind, count in counts.items():
                with self.subTest(user=user.login, kind=kind):
                    self.assertEqual(
                        int(count), self._total(self._page(f"/my/track/{kind}"))
                    )

    def test_one_search_over_all(self):
        self._login(self.clerk)
        page = self._page("/my/track?search=hotel")
        for text in ("SO-1", "AL-1", "LIN-1", self.mills.name, self.alto.name):
            self.assertIn(text, page)
        self.assertIn("Posted", page)
        self.assertNotIn("SO-2", page)
        for text, found in (
            ("PO-77", "SO-1"), ("so-2", "SO-2"), ("waves", "Waves"), ("A-1014", "AL-1"),
            ("1Z 999 AA1 01 2345 6784", "SO-1"), ("LIN-2", "SO-1"), ("L7", "LIN-1"),
        ):  # fmt: skip
            with self.subTest(text):
                self.assertIn(found, self._page(f"/my/track?search={text}"))

    def test_filters_and_groups(self):
        self._login(self.clerk)
        for address, there, gone in (
            ("orders?filterby=late", "SO-1", "SO-2"),
            ("orders?filterby=back_ordered", "SO-1", "SO-2"),
            ("orders?sortby=client&groupby=distributor", "AL-1", "SO-3"),
            (f"orders?distributor={self.alto.id}", "AL-1", "SO-1"),
            ("mill-orders?filterby=late", "M-1", "M-2"),
            ("freight?filterby=moving", NUMBER, "FR-2"),
            ("reserves?filterby=soon", "Ends in 2 days", "Zebra"),
        ):
            with self.subTest(address):
                page = self._page(f"/my/track/{address}")
                page = page[page.index("o_track_search") :]
                self.assertIn(there, page)
                self.assertNotIn(gone, page)

    def test_master_login(self):
        self._login(self.desk)
        page = self._page("/my/track/orders")
        for text in ("SO-1", "SO-3", self.center.name, self.atelier.name):
            self.assertIn(text, page)
        self.assertNotIn("AL-1", page)
        page = self._page(f"/my/track/orders?showroom={self.atelier.id}")
        self.assertIn("SO-3", page)
        self.assertNotIn("SO-1", page)
        rows = self._sheet("/my/track/orders/xlsx")
        self.assertEqual({row[0] for row in rows[1:]}, {"SO-1", "SO-2", "SO-3"})

    def test_many_rows_need_no_more_queries(self):
        self._login(self.clerk)
        rows = [
            f"n{number},N-{number},DC14,LIN-1,1,{self._iso(-5)},{NUMBER}"
            for number in range(80)
        ]
        counts = []
        for some in (rows[:5], rows):
            self._post(
                "order",
                ["external_ref,name,account_number,item_code,quantity,ordered_on,"
                 "tracking_numbers", *some],
            )  # fmt: skip
            self._post(
                "stock",
                ["item_code,on_hand", *(row.split(",")[1] + ",3" for row in some)],
            )
            for kind in ("orders", "stock"):
                self._page(f"/my/track/{kind}")
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                self.assertEqual(self.url_open(f"/my/track/{kind}").status_code, 200)
                counts.append((kind, self.cr.sql_log_count - before))
        self.assertEqual(counts[:2], counts[2:])

    # === ONE ORDER === #

    def test_same_words_at_every_door(self):
        (self.desk | self.clerk | self.rep | self.employee).write(
            {"tz": "America/New_York", "lang": "en_US"}
        )
        self.env.flush_all()
        seen = {
            "staff": self.order.with_user(self.employee).read(["track_story"])[0][
                "track_story"
            ]
        }
        for user in (self.clerk, self.rep, self.desk):
            self._login(user)
            seen[user.login] = self._page(f"/my/track/orders/{self.order.id}")
        texts = {name: visible_text(page) for name, page in seen.items()}
        staff = texts["staff"]
        self.assertEqual(len(staff["o_track_lines"]), 2)
        self.assertIn("Partly shipped, late", staff["o_track_rollups"][1])
        self.assertTrue(any(NUMBER in step for step in staff["o_track_steps"]))
        for name, text in texts.items():
            with self.subTest(door=name):
                self.assertEqual(text, staff)

    def test_order_page(self):
        self._login(self.clerk)
        page = self._page(f"/my/track/orders/{self.order.id}")
        self.assertIn("As told by", page)
        self.assertIn("ups.com", page)
        for text in ("Hotel Sun", "PO-77", "Back-ordered", "FR-1", "Not told here"):
            self.assertIn(text, page)

    # === WHO SEES NOTHING === #

    def _assert_sees_nothing(self, user):
        """No route of ours shows the user any of the showroom's."""
        self._login(user)
        for path in (
            f"orders/{self.order.id}",
            f"reserves/{self.reserve.id}",
            f"stock/{self.stock.id}/hold",
        ):
            if user == self.neighbour and path.startswith("stock"):
                continue
            self.assertEqual(self.url_open(f"/my/track/{path}").status_code, 404, path)
        for what in ("extend", "release", "order"):
            answer = self._press(f"/my/track/reserves/{self.reserve.id}/{what}")
            self.assertEqual(answer.status_code, 404)
        for kind in KINDS:
            for url in (f"/my/track/{kind}?search=hotel&filterby=all",
                        f"/my/track/{kind}"):  # fmt: skip
                answer = self.url_open(url)
                self.assertIn(answer.status_code, (200, 404))
                for text in ("SO-1", "M-1", "FR-1", "Sunny", f"orders/{self.order.id}"):
                    self.assertNotIn(text, answer.text, f"{user.login} {url}")
            answer = self.url_open(f"/my/track/{kind}/xlsx?search=hotel&filterby=all")
            if answer.status_code == 200:
                self.assertEqual(
                    len(
                        self._sheet(f"/my/track/{kind}/xlsx?search=hotel&filterby=all")
                    ),
                    1,
                )
        home = self.url_open("/my/track?search=hotel+sun").text
        self.assertNotIn("SO-1", home)
        for kind in ("orders", "reserves"):
            answer = self.url_open(f"/my/track/{kind}/json?filterby=all")
            self.assertNotIn("Hotel Sun", answer.text)

    def test_another_showroom(self):
        self._assert_sees_nothing(self.neighbour)
        self.assertEqual(
            self.url_open(f"/my/track/stock/{self.stock.id}/hold").status_code, 404
        )

    def test_rep_without_a_relation(self):
        self._assert_sees_nothing(self._portal_user("pp_rep_alone", role="sales_rep"))

    def test_relation_that_ended_yesterday(self):
        self.env["trade.relation"].search(
            [
                ("partner_id", "=", self.center.id),
                ("distributor_id", "=", self.mills.id),
            ]
        ).date_until = self._day(-1)
        self.env.flush_all()
        self._login(self.clerk)
        for path in (f"orders/{self.order.id}", f"reserves/{self.reserve.id}",
                     f"stock/{self.stock.id}/hold"):  # fmt: skip
            self.assertEqual(self.url_open(f"/my/track/{path}").status_code, 404)
        page = self._page("/my/track?search=hotel")
        self.assertNotIn("SO-1", page)
        self.assertIn("AL-1", page)

    def test_another_distributor(self):
        self._login(self.other_desk)
        for path in (f"orders/{self.order.id}", f"reserves/{self.reserve.id}",
                     f"stock/{self.stock.id}/hold"):  # fmt: skip
            self.assertEqual(self.url_open(f"/my/track/{path}").status_code, 404)
        self.assertNotIn("SO-1", self._page("/my/track?search=hotel"))
        rows = self._sheet("/my/track/orders/xlsx")
        self.assertEqual([row[0] for row in rows[1:]], ["AL-1"])
        # a showroom's id in the address gives nothing away either
        page = self._page(f"/my/track/orders?showroom={self.atelier.id}")
        self.assertNotIn("SO-3", page)

    def test_customers_of_the_shop_have_no_pages(self):
        self._assert_sees_nothing(self.buyer)
        self.assertEqual(self.url_open("/my/track").status_code, 404)
        self.assertNotIn("/my/track", self._page("/my/home"))

    def test_stock_needs_a_subscription(self):
        self._login(self.neighbour)
        for kind in ("stock", "mill-orders"):
            page = self._page(f"/my/track/{kind}")
            self.assertIn("Needs a subscription", page)
            self.assertIn(self.mills.name, page)
            self.assertNotIn("LIN-1", page)
            self.assertEqual(len(self._sheet(f"/my/track/{kind}/xlsx")), 1)
        self.assertIn("Needs a", self._page("/my/track"))
        self._login(self.clerk)
        page = self._page("/my/track/stock")
        self.assertIn("LIN-1", page)
        # of the other distributor she has none
        self.assertIn("Needs a subscription", page)

    def test_hostile_addresses(self):
        self._login(self.clerk)
        for text in ("x" * 10_000, "%00", "a%00b", "%F0%9F%98%80", "%25_%5C", "'\"<b>",
                     "%ED%A0%80"):  # fmt: skip
            self._page(f"/my/track?search={text}")
            for kind in KINDS:
                self._page(f"/my/track/{kind}?search={text}&search_in={text}")
        for arguments in ("sortby=nope", "groupby=nope", "filterby=nope", "page=-1",
                          "page=1e9", "distributor=-1", "distributor=abc",
                          "showroom=99999999999999", "distributor=%C2%B2"):  # fmt: skip
            for kind in KINDS:
                self._page(f"/my/track/{kind}?{arguments}")
        for path in ("orders/page/99999999", "orders/page/0"):
            self._page(f"/my/track/{path}")
        for path in ("orders/0", f"orders/{2**40}", "nothing", "reserves/0"):
            self.assertEqual(self.url_open(f"/my/track/{path}").status_code, 404)
