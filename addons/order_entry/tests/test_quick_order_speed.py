from unittest.mock import patch

from odoo import Command
from odoo.sql_db import Cursor
from odoo.tests import tagged

from .common_quick_order import QuickOrderCommon

LIST = "/shop/quick_order/list"


@tagged("post_install", "-at_install")
class TestQuickOrderSpeed(QuickOrderCommon):
    """As many statements for many products as for few."""

    def _queries(self, work):
        """Statements of one run of ``work``."""
        count = 0
        execute = Cursor.execute

        def counting(cursor, *args, **kwargs):
            nonlocal count
            count += 1
            return execute(cursor, *args, **kwargs)

        self.env.flush_all()
        self.env.invalidate_all()
        with patch.object(Cursor, "execute", counting):
            work()
        return count

    def _make(self, count):
        """A category of so many products, some of them with stock and tax.

        :return: ``(address of its page, the products)``
        """
        category = self.env["product.public.category"].create(
            {"name": f"Quick {count}", "quick_order": True}
        )
        tax = self.env["account.tax"].search([], limit=1)
        products = self.env["product.product"].create(
            [
                {
                    **self._product_vals(f"Speed {count}/{n}"),
                    "public_categ_ids": [Command.set(category.ids)],
                    "default_code": f"SP-{count}-{n}",
                    "is_storable": bool(n % 2),
                    "allow_out_of_stock_order": bool(n % 3),
                    "taxes_id": [Command.set(tax.ids if n % 4 else [])],
                }
                for n in range(count)
            ]
        )
        self._rule(
            kind="quota", max_quantity=50, product_ids=[Command.set(products.ids)]
        )
        self._rule(max_quantity=40, product_ids=[Command.set(products.ids)])
        return f"/shop/category/{category.id}", products

    def test_page_of_200_asks_no_more_than_page_of_20(self):
        self._login()
        self._add(self.pen, 1)
        counts = []
        for size in (20, 200):
            url, _products = self._make(size)
            for _warm_up in range(2):
                page = self._page(url)
            self.assertEqual(
                len(page.xpath("//input[starts-with(@id, 'quick_qty_')]")), size
            )
            counts.append(self._queries(lambda url=url: self._page(url)))
        self.assertLessEqual(counts[1], counts[0], counts)

    def test_adding_100_asks_little_more_than_adding_10(self):
        self._login()
        self._add(self.pen, 1)
        counts = []
        for size in (10, 100):
            _url, products = self._make(size)
            sold = products.filtered("allow_out_of_stock_order")
            boxes = [(product, "2") for product in sold]
            self._add_boxes(boxes[0])
            counts.append(self._queries(lambda boxes=boxes: self._add_boxes(*boxes)))
            self.assertEqual({self._in_cart()[product] for product in sold[1:]}, {2})
            self._own_cart().order_line.unlink()
            self._add(self.pen, 1)
        self.assertLessEqual(counts[1], counts[0] + 10, counts)

    def test_portion_of_80_rows_asks_little_more_than_one_of_8(self):
        """A list of new products, and the same list again: its lines are raised."""
        self._login()
        self._add(self.pen, 1)
        counts = {"new": [], "raised": []}
        for size in (8, 80):
            _url, products = self._make(size)
            products.allow_out_of_stock_order = True
            text = "\n".join(f"{code};2" for code in products.mapped("default_code"))
            for count in counts.values():
                page = self._page(LIST)
                url = self._post(LIST, page, text=text).url.split("/shop/")[1]
                # what was added before is in the way of neither
                work = f"/shop/{url}/portion"
                count.append(
                    self._queries(lambda work=work: self.make_jsonrpc_request(work, {}))
                )
            self.assertEqual({self._in_cart()[product] for product in products}, {4})
        for few, many in counts.values():
            self.assertLessEqual(many, few + 10, counts)
