from odoo import Command
from odoo.tests import tagged

from .common_quick_order import QuickOrderCommon


@tagged("post_install", "-at_install")
class TestQuickOrderForm(QuickOrderCommon):
    """The order form as a browser without scripts uses it."""

    def setUp(self):
        super().setUp()
        self._login()

    def _fill(self, **quantities):
        """Send the form with a quantity each for ``pen``, ``cup``, ``bag``."""
        return self._send(
            **{f"qty_{self[name].id}": value for name, value in quantities.items()}
        )

    def __getitem__(self, name):
        return getattr(self, name)

    def test_all_filled_boxes_are_added_at_once(self):
        page = self._fill(pen="3", cup="", bag="2")
        self.assertEqual(self._in_cart(), {self.pen: 3, self.bag: 2})
        self.assertIn("3 added", self._tell(page, self.pen))
        self.assertFalse(self._tell(page, self.cup))
        self.assertIn("2 products were added", self._text(page))
        self.assertFalse(page.xpath("//*[@id='quick_order_errors']"))

    def test_bad_box_is_marked_and_the_good_ones_are_added(self):
        page = self._fill(pen="3", cup="many", bag="2")
        self.assertEqual(self._in_cart(), {self.pen: 3, self.bag: 2})
        (box,) = self._row(page, self.cup).xpath(".//input[@type='text']")
        self.assertEqual(box.get("value"), "many")
        self.assertEqual(box.get("aria-invalid"), "true")
        self.assertIn(f"quick_tell_{self.cup.id}", box.get("aria-describedby"))
        self.assertIn("is not a number", self._tell(page, self.cup))
        (link,) = page.xpath("//*[@role='alert'][@id='quick_order_errors']//a")
        self.assertEqual(link.get("href"), f"#{box.get('id')}")
        self.assertEqual(self._text(link), "Quick Cup")
        # what was added is not sent once more
        (box,) = self._row(page, self.pen).xpath(".//input[@type='text']")
        self.assertFalse(box.get("value"))
        self.assertFalse(box.get("aria-invalid"))

    def test_nothing_filled(self):
        page = self._fill(pen="", cup=" ")
        self.assertIn("All boxes are empty", self._text(page))
        self.assertFalse(self._own_cart().order_line)

    def test_hostile_quantities(self):
        for bad in (
            "0",
            "-1",
            "1e9",
            "NaN",
            "inf",
            "1,5",
            "1.5",
            "0x10",
            "٣",
            "1" * 20,
        ):
            page = self._fill(pen=bad, cup="1")
            self.assertTrue(self._tell(page, self.pen), bad)
            self.assertNotIn(self.pen, self._in_cart(), bad)
        self.assertEqual(self._in_cart(), {self.cup: 10})

    def test_no_decimal_comma_becomes_another_number(self):
        page = self._fill(pen="1,5")
        self.assertIn("“1,5” is not a number", self._tell(page, self.pen))
        self.assertFalse(self._own_cart().order_line)

    def test_decimals_where_the_unit_has_them(self):
        kilo = self.env.ref("uom.product_uom_kgm")
        self.pen.uom_id = kilo
        self._fill(pen="1.5", cup="1.5")
        self.assertEqual(self._in_cart(), {self.pen: 1.5})

    def test_products_that_cannot_be_had(self):
        other_site = self.env["website"].create({"name": "Other Site"})
        bad = self.env["product.product"].create(
            [
                self._quick_vals("Archived", active=False),
                self._quick_vals("Unpublished", is_published=False),
                self._quick_vals("Elsewhere", website_id=other_site.id),
                self._quick_vals("Not for Sale", sale_ok=False),
            ]
        )
        for product in bad:
            answer = self._add_boxes((product, "1"), (self.pen, "1"))
            self.assertIn(
                "cannot be ordered", answer["boxes"][str(product.id)]["reason"]
            )
        self.assertEqual(self._in_cart(), {self.pen: 4})
        page = self._page(self.url)
        for product in bad:
            self.assertFalse(page.xpath(f"//*[@id='quick_qty_{product.id}']"))

    def test_made_up_ids(self):
        page = self._send(qty_999999999="1", qty_x="1", uom_7="x", qty_="2")
        self.assertIn("could not be added", self._text(page))
        self.assertFalse(self._own_cart().order_line)

    def test_form_needs_its_token(self):
        with self.assertLogs("odoo.http", "WARNING"):
            response = self.url_open(self.url, data={f"qty_{self.pen.id}": "1"})
        self.assertEqual(response.status_code, 400)
        self.assertFalse(self._own_cart().order_line)

    def test_search_and_page_stay_after_sending(self):
        url = f"{self.url}?search=Quick+P"
        page = self._send(url=url, **{f"qty_{self.pen.id}": "bad"})
        self.assertTrue(page.xpath(f"//*[@id='quick_qty_{self.pen.id}']"))
        self.assertFalse(page.xpath(f"//*[@id='quick_qty_{self.bag.id}']"))
        links = " ".join(page.xpath("//a/@href[starts-with(., '/')]"))
        self.assertNotIn("qty_", links)
        self.assertNotIn("csrf", links)

    def test_other_categories_stay_as_they_are(self):
        self.category.quick_order = False
        page = self._page(self.url)
        self.assertFalse(page.xpath("//form[contains(@class, 'o_quick_order')]"))
        self.assertTrue(page.xpath("//*[@id='o_wsale_products_grid']"))

    def test_address_for_search_engines_is_that_of_the_category(self):
        canonical = "//link[@rel='canonical']/@href"
        with_form = self._page(self.url).xpath(canonical)
        self.category.quick_order = False
        self.assertEqual(with_form, self._page(self.url).xpath(canonical))
        self.assertTrue(with_form)

    def test_visitor_who_is_not_logged_in(self):
        self.authenticate(None, None)
        self._fill(pen="2")
        self.assertEqual(self._in_cart(), {self.pen: 2})

    def test_closed_shop(self):
        self.website.ecommerce_access = "logged_in"
        page = self._page(self.url)
        self.authenticate(None, None)
        with self.assertLogs("odoo.http", "WARNING"):  # the token is another visitor's
            response = self._post(self.url, page, **{f"qty_{self.pen.id}": "1"})
        self.assertNotIn("added", response.text)
        self.assertFalse(self._own_cart().order_line)
        answer = self._add_boxes((self.pen, "1"))
        self.assertEqual(answer["login"], "/web/login")
        self.assertFalse(self._own_cart().order_line)


@tagged("post_install", "-at_install")
class TestQuickOrderRows(QuickOrderCommon):
    """What the rows show."""

    def setUp(self):
        super().setUp()
        self._login()

    def test_variants_have_a_box_each_and_choices_a_link(self):
        size = self.env["product.attribute"].create(
            {
                "name": "Size",
                "value_ids": [Command.create({"name": n}) for n in ("S", "M")],
            }
        )
        engraving = self.env["product.attribute"].create(
            {
                "name": "Engraving",
                "create_variant": "no_variant",
                "value_ids": [Command.create({"name": n}) for n in ("None", "Name")],
            }
        )
        shirt, ring = self.env["product.template"].create(
            [
                {
                    **self._quick_vals(name),
                    "attribute_line_ids": [
                        Command.create(
                            {
                                "attribute_id": attribute.id,
                                "value_ids": [Command.set(attribute.value_ids.ids)],
                            }
                        )
                    ],
                }
                for name, attribute in (("Shirt", size), ("Ring", engraving))
            ]
        )
        page = self._page(self.url)
        self.assertEqual(len(shirt.product_variant_ids), 2)
        for variant in shirt.product_variant_ids:
            self.assertTrue(page.xpath(f"//*[@id='quick_qty_{variant.id}']"))
        row = self._row(page, ring.product_variant_id)
        self.assertFalse(row.xpath(".//input"))
        self.assertIn("Choose options", self._text(row))
        answer = self._add_boxes((ring.product_variant_id, "1"))
        (told,) = answer["boxes"].values()
        self.assertIn("Choose the options", told["reason"])

    def test_price_of_this_customer_by_quantity(self):
        self.env["res.config.settings"].create(
            {"group_product_pricelist": True}
        ).execute()
        self.portal.partner_id.specific_property_product_pricelist = self.env[
            "product.pricelist"
        ].create(
            {
                "name": "Quick List",
                "selectable": True,
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": self.pen.id,
                            "compute_price": "fixed",
                            "fixed_price": price,
                            "min_quantity": quantity,
                        }
                    )
                    for quantity, price in ((0, 1.8), (10, 1.5))
                ],
            }
        )
        text = self._text(self._row(self._page(self.url), self.pen))
        self.assertRegex(text, r"1\.80.*from 10: .*1\.50")
        self._add_boxes((self.pen, "10"))
        self.assertEqual(self._own_cart().order_line.price_unit, 1.5)

    def test_stock(self):
        few = self._storable("Few", 3, show_availability=True)
        none = self._storable("None", 0)
        page = self._page(self.url)
        self.assertIn("3 Units left", self._text(self._row(page, few)))
        self.assertIn("Out of stock", self._text(self._row(page, none)))

    def test_limit_and_what_is_in_the_cart(self):
        self._rule(product_ids=[Command.set(self.pen.ids)], max_quantity=50)
        self._add_boxes((self.pen, "4"))
        text = self._text(self._row(self._page(self.url), self.pen))
        self.assertIn("At most 50 per order", text)
        self.assertIn("4 Units in the cart", text)

    def test_what_is_left_of_a_quota(self):
        self._rule(
            kind="quota", product_ids=[Command.set(self.pen.ids)], max_quantity=20
        )
        self.assertIn(
            "20 of 20 left", self._text(self._row(self._page(self.url), self.pen))
        )
