from odoo import Command
from odoo.tests import tagged

from .common_division_shop import DivisionShopCommon
from .common_quick_order import QuickOrderCommon

LIST_URL = "/shop/quick_order/list"


@tagged("post_install", "-at_install")
class TestQuickOrderDivision(QuickOrderCommon, DivisionShopCommon):
    """In a cart for a division, a box says what each of three stores gets."""

    def setUp(self):
        super().setUp()
        self._login_as(self.manager)
        self._add_boxes((self.pen, "1"))
        self._choose(self.region)
        self.cart = self._own_cart()
        self.assertEqual(self._quantities(), {self.pen: (1, 3)})

    def _quantities(self):
        """``{product: (for each, in all)}`` of the cart."""
        self.env.invalidate_all()
        return {
            line.product_id: (line.division_qty, line.product_uom_qty)
            for line in self.cart.order_line
            if not line.is_delivery
        }

    def _rule_on(self, *products, **vals):
        products = self.env["product.product"].concat(*products)
        return self._rule(product_ids=[Command.set(products.ids)], **vals)

    def _told(self, *boxes):
        answer = self._add_boxes(*boxes)
        return [answer["boxes"][str(product.id)] for product, *_rest in boxes]

    def _row_text(self, product):
        return self._text(self._row(self._page(self.url), product))

    # === QUANTITIES === #

    def test_form(self):
        page = self._page(self.url)
        hint = self._text(page.xpath("//*[@role='note']")[0])
        self.assertIn("Region West", hint)
        self.assertIn("each of the 3 recipients", hint)
        row = self._row(page, self.cup)
        (label,) = row.xpath(f".//label[@for='quick_qty_{self.cup.id}']")
        self.assertIn("for each of 3 recipients", self._text(label))
        self.assertIn("× 3", self._text(row))
        page = self._send(**{f"qty_{self.pen.id}": "2", f"qty_{self.cup.id}": "4"})
        self.assertEqual(self._quantities(), {self.pen: (3, 9), self.cup: (4, 12)})
        self.assertIn("4 added for each of 3 recipients", self._tell(page, self.cup))
        self.assertIn(
            "3 Units for each, 9 in all in the cart",
            self._text(self._row(page, self.pen)),
        )
        (told,) = self._told((self.cup, "1"))
        self.assertEqual(told["added"], 1)
        self.assertEqual(told["in_cart"], "5 Units for each, 15 in all")
        self.assertEqual(self._quantities()[self.cup], (5, 15))

    def test_ordinary_cart_says_nothing_of_it(self):
        self._choose(self.region.browse())
        page = self._page(self.url)
        self.assertFalse(page.xpath("//*[@role='note']"))
        self.assertNotIn("recipients", self._text(page.xpath("//form")[0]))
        self._add_boxes((self.cup, "4"))
        self.assertEqual(self._quantities()[self.cup], (0, 4))

    def test_units(self):
        self.env["res.config.settings"].create({"group_uom": True}).execute()
        self.dozen.active = True
        self.bag.uom_ids = self.dozen
        (told,) = self._told((self.bag, "2", self.dozen))
        self.assertEqual(told["added"], 2)
        self.assertEqual(self._quantities()[self.bag], (2, 6))

    def test_pasted_list(self):
        url = LIST_URL
        page = self._page(url)
        self.assertIn("each of the 3 recipients", self._text(page))
        self._post(url, page, text="QP-1;2\nQC-1;4\nQC-1;1")
        made = self.env["sale.quick.list"].search([], limit=1)
        url = f"{LIST_URL}/{made.id}"
        page = self._page(url)
        self.assertIn("each of the 3 recipients", self._text(page))
        self._post(f"{url}/add", page)
        self.assertEqual(self._quantities(), {self.pen: (3, 9), self.cup: (5, 15)})
        self.env.invalidate_all()
        self.assertEqual([row["added"] for row in made.rows], [2, 4, 1])

    def test_reorder_list(self):
        """Saved from a division's cart and ordered again, it means the same."""
        self._add_boxes((self.cup, "4"))
        page = self._page("/my/reorder-lists")
        self._post("/my/reorder-lists/save", page, name="Monthly")
        saved = self.env["sale.reorder.list"].search([("name", "=", "Monthly")])
        self.assertEqual(saved.line_ids.mapped("quantity"), [1, 4])
        url = f"/my/reorder-lists/{saved.id}"
        page = self._page(url)
        self.assertIn("each of the 3 recipients", self._text(page))
        (box,) = page.xpath(f"//*[@id='quick_qty_{self.cup.id}']/@value")
        self.assertEqual(box, "4")
        self._send(url=url, **{f"qty_{self.cup.id}": box})
        self.assertEqual(self._quantities()[self.cup], (8, 24))

    # === STOCK === #

    def test_stock_is_checked_on_the_total(self):
        self.env["delivery.carrier"].create(
            {
                "name": "Fetch it",
                "delivery_type": "in_store",
                "product_id": self.service.id,
                "warehouse_ids": [Command.set(self.warehouse.ids)],
            }
        ).website_published = True
        self.assertTrue(self.website.in_store_dm_id)  # core does not look then
        ten = self._storable("Ten", 10, show_availability=True, available_threshold=50)
        two = self._storable("Two", 2)
        self.assertIn("10 Units left: 3 for each", self._row_text(ten))
        self.assertIn("Not enough for all 3 recipients", self._row_text(two))
        told = self._told((ten, "4"), (two, "1"), (self.cup, "1"))
        self.assertEqual([one["added"] for one in told], [3, 0, 1])
        self.assertIn("3 for each of the 3 recipients", told[0]["note"])
        self.assertIn("not enough in stock for all 3", told[1]["reason"])
        self.assertEqual(
            self._quantities(), {self.pen: (1, 3), ten: (3, 9), self.cup: (1, 3)}
        )
        (told,) = self._told((ten, "1"))
        self.assertEqual(told["added"], 0)
        self.assertEqual(self._quantities()[ten], (3, 9))
        answer = self._change(self.cart.order_line[1], 5)  # the box in the cart
        self.assertEqual(answer["quantity"], 3)

    def test_list_that_is_short(self):
        self._storable("Ten", 10, default_code="TEN")
        self._post(LIST_URL, self._page(LIST_URL), text="TEN;5")
        made = self.env["sale.quick.list"].search([], limit=1)
        url = f"{LIST_URL}/{made.id}"
        self._post(f"{url}/add", self._page(url))
        text = self.url_open(f"{url}/bad.csv").text
        self.assertEqual(text.splitlines()[1].split(",")[:2], ["TEN", "2"])

    # === LIMITS === #

    def test_limit_is_checked_on_the_total(self):
        self._rule_on(self.cup, max_quantity=10)
        self.assertIn(
            "At most 10 per order: 3 for each of 3 recipients",
            self._row_text(self.cup),
        )
        (told,) = self._told((self.cup, "4"))
        self.assertIn("For all 3 recipients together", told["reason"])
        self.assertIn("12", told["reason"])
        (told,) = self._told((self.cup, "3"))
        self.assertFalse(told["reason"])
        self.assertEqual(self._quantities()[self.cup], (3, 9))
        (told,) = self._told((self.cup, "1"))
        self.assertTrue(told["reason"])

    def test_limit_in_a_list_is_checked_on_the_total(self):
        self._rule_on(self.cup, max_quantity=10)
        self._post(LIST_URL, self._page(LIST_URL), text="QC-1;3\nQC-1;1")
        made = self.env["sale.quick.list"].search([], limit=1)
        self.assertEqual([row["status"] for row in made.rows], ["matched", "over"])

    def test_packs_are_checked_for_each(self):
        self._rule_on(self.cup, kind="multiple", multiple_quantity=6)
        self.assertIn("packs of 6, for each recipient", self._row_text(self.cup))
        (told,) = self._told((self.cup, "2"))  # six in all
        self.assertIn("For each recipient", told["reason"])
        (told,) = self._told((self.cup, "6"))
        self.assertFalse(told["reason"])

    def test_quota_of_the_customer_is_checked_on_the_total(self):
        self._rule_on(self.cup, kind="quota", max_quantity=20)
        self.assertRegex(
            self._row_text(self.cup),
            "20 of 20 left until .*: 6 for each of 3 recipients",
        )
        (told,) = self._told((self.cup, "7"))
        self.assertTrue(told["reason"])
        (told,) = self._told((self.cup, "6"))
        self.assertFalse(told["reason"])

    def test_quota_of_each_address_is_checked_for_each(self):
        self._rule_on(self.cup, kind="quota", quota_per="shipping", max_quantity=5)
        past = self._division_order(
            (self.cup, 2), division=self._division("One", self.stores[1])
        )
        past.action_confirm()
        self.assertIn(
            "3 of 5 left for the recipient who has least", self._row_text(self.cup)
        )
        (told,) = self._told((self.cup, "4"))
        self.assertIn("For each recipient", told["reason"])
        (told,) = self._told((self.cup, "3"))
        self.assertFalse(told["reason"])
        self.assertEqual(self._quantities()[self.cup], (3, 9))

    # === PRICES === #

    def test_price_by_the_total_quantity(self):
        self.env["res.config.settings"].create(
            {"group_product_pricelist": True}
        ).execute()
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Quick List",
                "selectable": True,
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.cup.id,
                            "compute_price": "fixed",
                            "fixed_price": price,
                            "min_quantity": quantity,
                        }
                    )
                    for quantity, price in ((0, 2.8), (3, 2.5), (30, 2.0))
                ],
            }
        )
        self.url_open(f"/shop/change_pricelist/{pricelist.id}")
        row = self._row(self._page(self.url), self.cup)
        (price,) = row.xpath(".//*[contains(@class, 'unit_price')]")
        self.assertIn("2.50", self._text(price))
        self.assertIn("from 30 in all", self._text(row))
        self._add_boxes((self.cup, "10"))
        self.env.invalidate_all()
        self.assertEqual(self.cart.order_line[-1:].price_unit, 2.0)

    def test_many_recipients_ask_no_more(self):
        """Limits are asked for all recipients at once."""
        self._rule_on(self.cup, kind="quota", quota_per="shipping", max_quantity=5)

        def statements():
            self._page(self.url)  # warm
            with self.assertQueryCount(10_000):  # counts, and refuses nothing
                before = self.env.cr.sql_log_count
                page = self._page(self.url)
            self.assertTrue(page.xpath(f"//*[@id='quick_qty_{self.cup.id}']"))
            return self.env.cr.sql_log_count - before

        few = statements()
        self.region.member_ids = [
            Command.create({"partner_id": store.id})
            for store in self._stores(30, "More")
        ]
        self.cart._division_sync()
        self.env.flush_all()
        self.assertEqual(self.cart.recipient_count, 33)
        self.assertLessEqual(statements(), few + 2)
