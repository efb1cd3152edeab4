"""Pages of posted data, for those whose business it is not."""

from odoo.tests import tagged

from .common_posted_pages import KINDS, PostedPagesCommon


@tagged("post_install", "-at_install")
class TestPostedShut(PostedPagesCommon):
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
