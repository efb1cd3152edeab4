from unittest.mock import patch

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tests import tagged

from .common_shop import ShopCommon

#: Queries that rules may add to a page.
_EXTRA = 5


@tagged("post_install", "-at_install")
class TestShopSpeed(ShopCommon):
    """Pages of the shop ask the database little more than without rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.products = cls.env["product.product"].create(
            [cls._product_vals(f"Review Product {i}") for i in range(20)]
        )

    def _count(self, url):
        """Queries of one load of a page, after the caches were filled."""
        count = 0
        execute = Cursor.execute

        def counting(cursor, *args, **kwargs):
            nonlocal count
            count += 1
            return execute(cursor, *args, **kwargs)

        for _warm_up in range(2):
            self._page(url)
        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", counting):
            self._page(url)
        return count

    def _cart_of(self, size):
        order = self._cart(
            *((product, 2) for product in self.products[:size]),
            partner_id=self.portal.partner_id.id,
        )
        order.ordering_user_id = self.portal
        self._login()
        self._page("/shop/cart")
        return order

    def _make_rules(self, **vals):
        """Twenty rules that twenty lines break, of the kinds a shop would have."""
        kinds = (
            {"kind": "max_quantity", "max_quantity": 1},
            {"kind": "quota", "max_quantity": 1},
            {"kind": "multiple", "multiple_quantity": 5},
            {"kind": "product_hold"},
        )
        for i, product in enumerate(self.products):
            self._rule(
                **{
                    **kinds[i % len(kinds)],
                    "product_ids": [Command.set(product.ids)],
                    **vals,
                }
            )
        self.env.flush_all()

    def test_cart_that_breaks_nothing(self):
        order = self._cart_of(20)
        bare = self._count("/shop/cart")
        self._make_rules(kind="max_quantity", max_quantity=9)
        self.assertFalse(order.review_finding_ids)
        self.assertLessEqual(self._count("/shop/cart"), bare + _EXTRA)

    def test_cart_that_breaks_twenty_rules(self):
        order = self._cart_of(20)
        bare = self._count("/shop/cart")
        self._make_rules()
        order._review_touch()
        self.assertEqual(len(order.review_finding_ids), 20)
        self.env.flush_all()
        self.assertLessEqual(self._count("/shop/cart"), bare + _EXTRA)

    def test_no_query_per_line(self):
        self._make_rules()
        small = self._cart_of(4)
        few = self._count("/shop/cart")
        small.unlink()
        self._cart_of(20)
        self.assertLessEqual(self._count("/shop/cart"), few + 1)

    def test_no_query_without_a_rule(self):
        """Nothing of the review reads anything while no rule is active."""
        self._cart_of(20)
        asked = []
        execute = Cursor.execute

        def spying(cursor, query, *args, **kwargs):
            asked.append(str(getattr(query, "code", query)))
            return execute(cursor, query, *args, **kwargs)

        for url in ("/shop/cart", "/shop", self.display.website_url):
            self._page(url)
            asked.clear()
            with patch.object(Cursor, "execute", spying):
                self._page(url)
            self.assertTrue(asked)
            self.assertFalse([one for one in asked if "sale_review_" in one], url)

    def test_shop_and_product_page(self):
        self._cart_of(1)
        bare = {
            url: self._count(url) for url in ("/shop", self.products[0].website_url)
        }
        self._make_rules()
        for url, count in bare.items():
            self.assertLessEqual(self._count(url), count + _EXTRA, url)
