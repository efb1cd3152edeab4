"""Who sees stock, who sees prices, who decides; and nobody another company's."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_match import A, MatchCase

FEED = "distributor_feeds.group_feed_user"
MANAGER = "distributor_feeds.group_feed_manager"
PURCHASE = "purchase.group_purchase_user"
SALES = "sales_team.group_sale_salesman"


@tagged("post_install", "-at_install")
class TestOfferRights(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product = cls._product(manufacturer="Acme", mpn="KB-1")
        cls.company = cls.env["res.company"].create({"name": "Elsewhere"})

    def setUp(self):
        super().setUp()
        self._load(
            A,
            "A2;70+;8.00;Keyboard;Acme;KB-1;;",
            "A3;3;;Keyboard;Acme;KB-1;;",
        )

    def _as(self, *groups, **values):
        return (
            self.env["distributor.offer"]
            .with_user(
                self._user(
                    "_".join(group.split(".")[1] for group in groups), *groups, **values
                )
            )
            .search([("account_id", "=", self.account.id)])
        )

    def test_who_sees_offers(self):
        for group in (FEED, MANAGER, PURCHASE, SALES):
            self.assertEqual(
                self._as(group).mapped("stock_text"), ["5", "70+", "3"], group
            )
        for group in ("base.group_user", "base.group_portal", "base.group_public"):
            with self.assertRaises(AccessError):
                self._as(group)

    def test_who_sees_prices(self):
        for group in (FEED, MANAGER, PURCHASE):
            self.assertEqual(self._as(group)[0].read(["price"])[0]["price"], 10)
        offer = self._as(SALES)[0]
        for name in ("price", "price_breaks", "price_breaks_text", "company_price"):
            with self.assertRaises(AccessError):
                offer.read([name])
            self.assertNotIn(name, offer.fields_get())

    def test_nobody_writes(self):
        for group in (FEED, MANAGER, PURCHASE, SALES):
            offer = self._as(group)[0]
            for call in (
                lambda offer=offer: offer.write({"product_id": False}),
                lambda offer=offer: offer.unlink(),
                lambda offer=offer: offer.copy(),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_another_company_sees_nothing(self):
        own = {"company_id": self.company.id, "company_ids": [(6, 0, self.company.ids)]}
        offers = self._as(FEED, MANAGER, **own)
        self.assertFalse(offers)
        ours = self.env["distributor.offer"].search(
            [("account_id", "=", self.account.id)]
        )
        codes = {
            "account_id": self.account.id,
            "code": "A1",
            "product_id": self.product.id,
        }
        match = self.env["distributor.match"].create(codes)
        refusal = self.env["distributor.match.refusal"].create(codes)
        for record in (ours[0], match, refusal):
            with self.assertRaises(AccessError):
                record.with_user(offers.env.user).read(["code"])
        with self.assertRaises(AccessError):
            ours.with_user(offers.env.user).action_match(self.product.id)
        with self.assertRaises(AccessError):
            ours.with_user(offers.env.user).action_refuse_match()
        trend = self.env["distributor.offer.trend"].with_context(
            trend_offer_ids=ours.ids
        )
        self.assertFalse(trend.with_user(offers.env.user).search([]))

    def test_who_reads_what_is_remembered(self):
        codes = {
            "account_id": self.account.id,
            "code": "A1",
            "product_id": self.product.id,
        }
        for model in ("distributor.match", "distributor.match.refusal"):
            record = self.env[model].create(codes)
            user = self._user(f"f_{model}", FEED)
            self.assertEqual(record.with_user(user).read(["code"])[0]["code"], "A1")
            for group in (PURCHASE, SALES, "base.group_portal"):
                other = self._user(f"{group}_{model}", group)
                with self.assertRaises(AccessError):
                    record.with_user(other).read(["code"])

    def test_nobody_reads_the_queue(self):
        user = self._user("boss", MANAGER, "base.group_system")
        with self.assertRaises(AccessError):
            self.env["distributor.match.queue"].with_user(user).search([])

    def _product_as(self, group):
        user = self._user(f"product_{group}", group)
        return self.product.with_user(user)

    def test_the_product_page_sorts_by_price(self):
        self.assertEqual(
            self.product.action_view_offers()["domain"][0][2], self.product.ids
        )
        product = self._product_as(PURCHASE)
        self.assertEqual(product.ranked_offer_ids.mapped("code"), ["A2", "A1", "A3"])
        self.assertEqual((product.offer_best_price, product.offer_stock), (8, 78))
        template = product.product_tmpl_id
        self.assertEqual(template.ranked_offer_ids, product.ranked_offer_ids)
        self.assertEqual(template.offer_best_price, 8)

    def test_sellers_see_stock_without_an_order_of_prices(self):
        product = self._product_as(SALES)
        self.assertEqual(product.ranked_offer_ids.mapped("quantity"), [70, 5, 3])
        self.assertEqual(product.offer_stock, 78)
        with self.assertRaises(AccessError):
            product.read(["offer_best_price"])

    def test_employees_open_the_product_page_without_it(self):
        user = self._user("employee", "base.group_user")
        views = (
            self.env["product.template"].with_user(user).get_views([(False, "form")])
        )
        self.assertNotIn("ranked_offer_ids", views["views"]["form"]["arch"])
        for group in (FEED, PURCHASE, SALES):
            user = self._user(f"views_{group}", group)
            for model in ("product.template", "product.product"):
                views = self.env[model].with_user(user).get_views([(False, "form")])
                arch = views["views"]["form"]["arch"]
                self.assertIn("ranked_offer_ids", arch)
                self.assertEqual("offer_best_price" in arch, group != SALES)

    def test_old_offers_count_for_nothing(self):
        self.env.cr.execute(
            "UPDATE distributor_offer SET behind_since = now() WHERE code = 'A2'"
        )
        self.env.invalidate_all()
        self.assertEqual(
            self.product.ranked_offer_ids.mapped("code"), ["A1", "A3", "A2"]
        )
        self.assertEqual(
            (self.product.offer_best_price, self.product.offer_stock), (10, 8)
        )
        offers = self.env["distributor.offer"]
        mine = [("account_id", "=", self.account.id)]
        self.assertEqual(
            offers.search([*mine, ("is_stale", "=", True)]).mapped("code"), ["A2"]
        )
        self.feed.data_at = "2020-01-01 00:00:00"
        self.assertFalse(offers.search([*mine, ("is_stale", "=", False)]))
        self.env.invalidate_all()
        self.assertTrue(all(offers.search(mine).mapped("is_stale")))

    def test_the_price_for_a_quantity(self):
        self.env.cr.execute(
            "UPDATE distributor_offer SET price_breaks = '[[10, 7.5], [100, 6]]' "
            "WHERE code = 'A2'"
        )
        self.env.invalidate_all()
        offer = self._offer("A2")
        for quantity, price in ((0, 8), ("9", 8), (10, 7.5), ("250", 6), ("many", 8)):
            self.assertEqual(
                offer.with_context(offer_quantity=quantity).company_price, price
            )
        self.assertEqual(offer.price_breaks_text, "10: 7.50 · 100: 6.00")
        self.assertIn(offer, offer.search([("for_quantity", "=", 25)]))
