"""The cart: distributors are asked after its page is there."""

import time
from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import format_date

from odoo.addons.distributor_feeds import live
from odoo.addons.distributor_feeds.models.distributor_feed_health import DistributorFeed
from odoo.addons.distributor_feeds.rehearsal import API_MOODS, RehearsalDistributor
from odoo.addons.distributor_feeds.tests.live_servers import (
    never,
    raw_service,
    stock,
)
from odoo.addons.distributor_feeds.transport import Policy

from .common import ShopCase


@tagged("post_install", "-at_install")
class TestCart(ShopCase):
    def setUp(self):
        super().setUp()
        self.product = self._product(default_code="A1")
        self.offer = self._offered(self.product, 10)

    def _lines(self, page):
        return self._text(page, "//div[contains(@class, 'o_line_promise')]")

    def _asked(self):
        """What the page's script is told."""
        self.env.flush_all()
        answer = self.make_jsonrpc_request("/shop/cart/promises", {})
        self.env.invalidate_all()
        return answer

    def _date(self, days):
        return format_date(self.env, self.today + timedelta(days=days))

    def test_the_page_says_what_the_feed_knows(self):
        self._stock(self.product, 4)
        self._fill_cart((self.product, 6))
        self.assertEqual(
            self._lines(self._page("/shop/cart")),
            f"4 in stock the rest ready to ship on {self._date(3)}",
        )
        line = self._cart().order_line.filtered("promise_state")
        self.assertEqual(
            (line.promise_state, line.promise_qty, line.promise_wanted),
            ("from_distributor", 6, 6),
        )
        self.assertEqual(line.promise_date, self.today + timedelta(days=3))

    def test_the_page_asks_nobody(self):
        server = self._server(stock)
        self._service(server.url)
        self._fill_cart((self.product, 6))
        page = self._page("/shop/cart")
        self.assertTrue(page.xpath("//div[contains(@class, 'o_promise_check')]"))
        self.assertFalse(server.seen)

    def test_a_change_is_shown(self):
        server = self._server(lambda handler: stock(handler, quantity=4))
        self._service(server.url)
        cart = self._fill_cart((self.product, 6))
        answer = self._asked()
        line = cart.order_line.filtered(lambda one: one.product_id == self.product)
        self.assertIn("Only 4 of 6", answer["lines"][str(line.id)]["lines"][0])
        self.assertIn("The stock has changed", answer["changes"])
        self.assertIn("now only 4 of 6", answer["changes"])
        self.assertEqual(len(server.seen), 1)

    def test_nothing_to_say(self):
        server = self._server(lambda handler: stock(handler, quantity=8))
        self._service(server.url)
        self._login()
        self.assertEqual(self._asked(), {"lines": {}, "changes": ""})
        self._fill_cart((self.product, 6))
        self.assertEqual(self._asked()["changes"], "")

    def test_more_wanted_is_no_change_of_stock(self):
        self._fill_cart((self.product, 6))
        self._add(self.product, 7)
        line = self._cart().order_line.filtered("promise_state")
        self.assertEqual((line.promise_wanted, line.promise_qty), (13, 10))
        self.assertEqual(self._asked()["changes"], "")

    def test_whatever_a_service_does_the_cart_is_there(self):
        hanging = self.enterContext(raw_service(never))
        broken = self._server(lambda handler: handler.send(b"\0" * 2_000_000))
        for url in (hanging, broken.url, "http://127.0.0.1:9/stock"):
            account = self.account.copy()
            self._offered(self.product, 1, account=account)
            self._service(url, account=account)
        self.website.stock_promise_deadline = 0.5
        self._fill_cart((self.product, 6))
        for _turn in range(2):
            start = time.monotonic()
            answer = self._asked()
            self.assertLess(time.monotonic() - start, 2)
            self.assertEqual(len(answer["lines"]), 1)
            self.assertEqual(answer["changes"], "")

    def test_every_mood_of_a_distributor(self):
        rehearsal = self.enterContext(
            RehearsalDistributor(count=20, formats=("csv",), slow=3)
        )
        policy = Policy(allowed_hosts=("localhost",), ca_file=rehearsal.ca_file)
        self.enterContext(
            patch.object(DistributorFeed, "_policy", lambda _feed: policy)
        )
        self.website.stock_promise_deadline = 0.7
        product = self._product(default_code="RD0000003")
        self._offered(product, 1_000_000)
        service = self._service(
            rehearsal.api_url,
            secret=rehearsal.token,
            options=self.env["distributor.service"].default_get(["options"])["options"],
        )
        self._fill_cart((product, 900_000))
        line = self._cart().order_line.filtered(lambda one: one.product_id == product)
        memory = live.memory_of(self.env.cr.dbname)
        for mood in API_MOODS:
            with self.subTest(mood=mood):
                rehearsal.misbehave(api_mood=mood)
                memory.caches.forget(service.id)
                memory.breakers.record(service.id, True)
                start = time.monotonic()
                answer = self._asked()
                self.assertLess(time.monotonic() - start, 2)
                self.assertIn(str(line.id), answer["lines"])
                changed = "The stock has changed" in answer["changes"]
                self.assertEqual(changed, mood == "good")

    def test_switched_off(self):
        server = self._server(stock)
        self._service(server.url)
        self.website.stock_promise_live = False
        self._fill_cart((self.product, 6))
        self._asked()
        self.assertFalse(server.seen)
        check = self._page("/shop/cart").xpath(
            "//div[contains(@class, 'o_promise_check')]"
        )
        self.assertFalse(check[0].get("data-live"))
        self.website.stock_promise = False
        self.assertFalse(self._lines(self._page("/shop/cart")))
        self.assertEqual(self._asked(), {"lines": {}, "changes": ""})

    def test_a_combo_is_as_good_as_its_worst_part(self):
        near, far = self._product("Near"), self._product("Far")
        self._stock(near, 5)
        self._offered(far, 5)
        combos = self.env["product.combo"].create(
            [
                {
                    "name": one.name,
                    "combo_item_ids": [Command.create({"product_id": one.id})],
                }
                for one in (near, far)
            ]
        )
        pair = self.env["product.product"].create(
            {
                "name": "Pair",
                "type": "combo",
                "is_published": True,
                "combo_ids": [Command.set(combos.ids)],
            }
        )
        self._login()
        self.env.flush_all()
        self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": pair.product_tmpl_id.id,
                "product_id": pair.id,
                "quantity": 2,
                "linked_products": [
                    {
                        "product_template_id": item.product_id.product_tmpl_id.id,
                        "product_id": item.product_id.id,
                        "combo_item_id": item.id,
                        "parent_product_template_id": pair.product_tmpl_id.id,
                        "quantity": 2,
                        "product_custom_attribute_values": [],
                        "no_variant_attribute_value_ids": [],
                    }
                    for item in combos.combo_item_ids
                ],
            },
        )
        cart = self._cart()
        lines = {line.product_id: line.id for line in cart.order_line}
        words = cart._cart_words()
        self.assertEqual(words[lines[near]]["lines"], ["In stock"])
        self.assertEqual(words[lines[pair]], words[lines[far]])
        self.assertIn(self._date(3), self._lines(self._page("/shop/cart")))

    def test_packs_limit_what_goes_into_the_cart(self):
        self.product.allow_out_of_stock_order = False
        self.offer.write({"quantity": 25, "pack_qty": 10})
        self._login()
        warning = self._add(self.product, 13)["notification_info"]["warning"]
        self.assertIn("of 13 pieces only 10", warning)
        self.assertIn("Comes in packs: 20 can be had.", warning)
        self.assertEqual(self._cart().order_line.product_uom_qty, 10)

    def test_what_packs_can_be_had_is_said(self):
        self.offer.write({"quantity": 25, "pack_qty": 10})
        self._login()
        page = self._page(self.product.website_url)
        self.assertIn("From 10 pieces", self._text(page, "//*[@id='product_detail']"))
        self._add(self.product, 3)
        lines = self._lines(self._page("/shop/cart"))
        self.assertEqual(lines, "Comes in packs: 10 can be had")
        self._add(self.product, 7)
        lines = self._lines(self._page("/shop/cart"))
        self.assertEqual(lines, f"Ready to ship on {self._date(3)}")

    def test_queries_do_not_grow_with_lines(self):
        def fill(count):
            lines = []
            for _turn in range(count):
                product = self._product(allow_out_of_stock_order=False)
                self._offered(product, 7)
                lines.append((product, 2))
            self._fill_cart(*lines)

        def count():
            self._page("/shop/cart")
            before = self.env.cr.sql_log_count
            self._page("/shop/cart")
            return self.env.cr.sql_log_count - before

        def both():
            self.website.stock_promise = False
            plain = count()
            self.website.stock_promise = True
            return count() - plain

        fill(2)
        few = both()
        fill(8)
        self.assertLessEqual(both(), few + 1)
        self.assertLessEqual(few, 8)

    def test_in_the_browser(self):
        server = self._server(lambda handler: stock(handler, quantity=4))
        self._service(server.url)
        self._fill_cart((self.product, 6))
        self.env.flush_all()
        self.start_tour(
            "/shop/cart", "distributor_feeds_website_cart", login="promise_customer"
        )
        cart = self._cart()
        self.assertTrue(cart.promise_accepted_at)
