"""What the pages of the shop say about stock, and what they cost."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import format_date

from .common import ShopCase


@tagged("post_install", "-at_install")
class TestPages(ShopCase):
    def _date(self, days):
        return format_date(self.env, self.today + timedelta(days=days))

    def _told(self, product):
        """What the page of a product says, and what its script is told."""
        page = self._page(product.website_url)
        info = self.make_jsonrpc_request(
            "/website_sale/get_combination_info",
            {
                "product_template_id": product.product_tmpl_id.id,
                "product_id": product.id,
                "combination": product.product_template_attribute_value_ids.ids,
                "add_qty": 1,
            },
        )
        text = self._text(page, "//div[contains(@class, 'o_product_promise')]")
        return text, info

    def test_product_page(self):
        product = self._product()
        self._stock(product, 24)
        self._offered(product, 50, quantity_more=True)
        text, info = self._told(product)
        self.assertEqual(
            text,
            f"24 in stock 50+ available, ready to ship from {self._date(3)}",
        )
        self.assertEqual(" ".join(info["promise"]["lines"]), text)
        self.assertNotIn("Borealis", text)
        self.website.stock_promise_names = True
        self.assertIn("Borealis IT", self._told(product)[0])

    def test_only_at_a_distributor(self):
        product = self._product(allow_out_of_stock_order=False)
        self._offered(product, 6)
        text, info = self._told(product)
        self.assertEqual(text, f"6 available, ready to ship from {self._date(3)}")
        self.assertEqual(info["free_qty"], 6)
        self.assertFalse(product._is_sold_out())
        self._login()
        self.assertFalse(self._add(product, 6)["notification_info"]["warning"])
        warning = self._add(product, 1)["notification_info"]["warning"]
        self.assertIn("only 6", warning)
        self.assertEqual(self._cart().order_line.product_uom_qty, 6)

    def test_stale_and_gone(self):
        product = self._product()
        offer = self._offered(product, 6)
        self.feed.data_at = fields.Datetime.now() - timedelta(hours=49)
        self.assertEqual(self._told(product)[0], "On request")
        self.feed.data_at = fields.Datetime.now()
        offer.quantity = 0
        self.assertEqual(self._told(product)[0], "On request")
        product.allow_out_of_stock_order = False
        self.assertEqual(self._told(product)[0], "", "core says so")
        tiles = self.website._tile_promises(product.product_tmpl_id)
        self.assertEqual(tiles[product.product_tmpl_id.id]["lines"], ["Out of stock"])
        self.assertTrue(product._is_sold_out())

    def test_variants_and_combos(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Length",
                "value_ids": [
                    Command.create({"name": name}) for name in ("1 m", "2 m")
                ],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Cable",
                "type": "consu",
                "is_storable": True,
                "is_published": True,
                "allow_out_of_stock_order": False,
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        short, long = template.product_variant_ids
        self._stock(short, 3)
        self._offered(long, 7)
        self.assertEqual(self._told(short)[1]["promise"]["lines"], ["3 in stock"])
        self.assertIn("7 available", self._told(long)[1]["promise"]["lines"][0])
        combo = self.env["product.combo"].create(
            {
                "name": "Cables",
                "combo_item_ids": [
                    Command.create({"product_id": one.id}) for one in (short, long)
                ],
            }
        )
        self.assertEqual(
            combo._get_max_quantity(self.website, self.env["sale.order"]), 7
        )

    def test_category_page(self):
        category = self.env["product.public.category"].create({"name": "Promised"})
        near = self._product("Near", public_categ_ids=[Command.set(category.ids)])
        far = self._product("Far", public_categ_ids=[Command.set(category.ids)])
        self._stock(near, 3)
        self._offered(far, 7)
        page = self._page(f"/shop/category/{category.id}")
        text = self._text(page, "//div[contains(@class, 'o_tile_promise')]")
        self.assertIn("3 in stock", text)
        self.assertIn("7 available", text)
        self.website.stock_promise = False
        page = self._page(f"/shop/category/{category.id}")
        self.assertFalse(page.xpath("//div[contains(@class, 'o_tile_promise')]"))

    def test_customers_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.env["res.lang"]._activate_lang("fr_FR")
        self.website.language_ids = self.env["res.lang"].search([])
        product = self._product()
        self._offered(product, 7)
        page = self._page(f"/fr{product.website_url}")
        day = format_date(self.env, self.today + timedelta(days=3), lang_code="fr_FR")
        text = self._text(page, "//div[contains(@class, 'o_product_promise')]")
        self.assertIn(day, text)
        self.assertNotIn(self._date(3), text)

    def test_switched_off(self):
        self.website.stock_promise = False
        product = self._product(allow_out_of_stock_order=False)
        self._offered(product, 7)
        text, info = self._told(product)
        self.assertFalse(text)
        self.assertIsNone(info["promise"])
        self.assertTrue(product._is_sold_out())

    def test_back_in_stock(self):
        product = self._product(allow_out_of_stock_order=False)
        offer = self._offered(product, 0)
        product.stock_notification_partner_ids = self.customer.partner_id
        self.assertTrue(product._is_sold_out())
        product._send_availability_email()
        self.assertTrue(product.stock_notification_partner_ids)
        offer.quantity = 4
        self.env.invalidate_all()
        product._send_availability_email()
        self.assertFalse(product.stock_notification_partner_ids)

    def test_other_companies_offers_stay_unseen(self):
        other = self.env["res.company"].create({"name": "Other"})
        product = self._product()
        self._offered(product, 7, account=self.account.copy({"company_id": other.id}))
        self.assertEqual(self._told(product)[0], "On request")

    def test_each_website_decides(self):
        other = self.env["website"].create({"name": "Quiet"})
        product = self._product(allow_out_of_stock_order=False)
        self._offered(product, 7)
        self.assertEqual(other._shop_promises(product), {})
        self.assertEqual(other._get_product_available_qty(product), 0)
        self.assertEqual(self.website._get_product_available_qty(product), 7)

    def test_queries_do_not_grow_with_products(self):
        category = self.env["product.public.category"].create({"name": "Promised"})

        def more(count):
            for _turn in range(count):
                product = self._product(
                    public_categ_ids=[Command.set(category.ids)],
                    allow_out_of_stock_order=False,
                )
                self._offered(product, 7)

        def count():
            url = f"/shop/category/{category.id}"
            self._page(url)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._page(url)
            return self.env.cr.sql_log_count - before

        more(4)
        few = count()
        more(12)
        self.assertLessEqual(count(), few + 1)
        self.website.stock_promise = False
        plain = count()
        self.website.stock_promise = True
        self.assertLessEqual(count(), plain + 8)
