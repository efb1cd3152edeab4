from odoo import Command
from odoo.tests import tagged

from .common_division_shop import DivisionShopCommon
from .common_on_behalf import OnBehalfCommon

REORDER = "/my/orders/reorder"


@tagged("post_install", "-at_install")
class TestOnBehalfPricelists(OnBehalfCommon):
    """The pricelists to choose from are those of the customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.pricelist"].search([]).selectable = False
        cls.sale, cls.mine, cls.hers = (
            cls.env["product.pricelist"].create(
                {
                    "name": name,
                    "website_id": cls.website.id,
                    "selectable": selectable,
                    "sequence": sequence,
                    "item_ids": [
                        Command.create({"compute_price": "fixed", "fixed_price": price})
                    ],
                }
            )
            for sequence, (name, price, selectable) in enumerate(
                (
                    ("Sale for All", 5.55, True),
                    ("List of Pia", 7.77, False),
                    ("List of Mia", 3.33, False),
                )
            )
        )
        cls.placer.partner_id.specific_property_product_pricelist = cls.mine
        cls.member.specific_property_product_pricelist = cls.hers

    def _offered(self):
        """Names in the selector of the shop."""
        return {
            self._text(link)
            for link in self._page("/shop").xpath(
                "//a[contains(@href, '/shop/change_pricelist/')]"
            )
        }

    def _price(self, pricelist=None):
        """The price in the cart, after another pricelist was chosen."""
        if pricelist:
            self.url_open(f"/shop/change_pricelist/{pricelist.id}")
        self.env.invalidate_all()
        return self._own_cart().order_line.price_unit

    def test_selector(self):
        self._login()
        self.assertEqual(self._offered(), {"Sale for All", "List of Pia"})
        self._start()
        self.assertEqual(self._offered(), {"Sale for All", "List of Mia"})
        self._post("/my/on-behalf/end", self._token())
        self.assertEqual(self._offered(), {"Sale for All", "List of Pia"})

    def test_choosing(self):
        self._start()
        self._add(self.display, 1)
        self.assertEqual(self._price(), 3.33)
        self.assertEqual(self._price(self.mine), 3.33)
        self.assertEqual(self._price(self.sale), 5.55)
        self.assertEqual(self._price(self.mine), 5.55)
        self.assertEqual(self._price(self.hers), 3.33)
        # the page of a product takes a pricelist as well
        self.url_open(f"{self.display.website_url}?pricelist={self.mine.id}")
        self.assertEqual(self._price(), 3.33)

    def test_choosing_before_there_is_a_cart(self):
        self._start()
        self.url_open(f"/shop/change_pricelist/{self.mine.id}")
        self.assertIn("3.33", self._text(self._page(self.display.website_url)))
        self.url_open(f"/shop/change_pricelist/{self.sale.id}")
        self.assertIn("5.55", self._text(self._page(self.display.website_url)))
        self._add(self.display, 1)
        self.assertEqual(self._price(), 5.55)

    def test_pricelists_of_the_country(self):
        """Beside those of the visitor's country there is the customer's own."""
        belgium = self.env.ref("base.be")
        self.sale.country_group_ids = self.env["res.country.group"].create(
            {"name": "Near", "country_ids": [Command.set(belgium.ids)]}
        )
        website = self.registry["website"]
        self.patch(website, "_get_geoip_country_code", lambda self: belgium.code)
        self._start()
        self._add(self.display, 1)
        self.assertEqual(self._price(), 3.33)
        self.assertEqual(self._price(self.sale), 5.55)
        self.assertEqual(self._price(self.mine), 5.55)
        self.assertEqual(self._price(self.hers), 3.33)

    def test_promotion_code(self):
        self.sale.write({"selectable": False, "code": "SALE"})
        self._start()
        self._add(self.display, 1)
        self.url_open("/shop/pricelist?promo=SALE")
        self.assertEqual(self._price(), 5.55)
        self.url_open("/shop/pricelist?promo=")
        self.assertEqual(self._price(), 3.33)

    def test_what_was_chosen_for_another_ends_with_it(self):
        self._login()
        self._add(self.display, 1)
        own = self._own_cart()
        self._start()
        self._add(self.display, 1)
        self.url_open(f"/shop/change_pricelist/{self.sale.id}")
        self._post("/my/on-behalf/end", self._token())
        self.assertIn("7.77", self._text(self._page(self.display.website_url)))
        self.env.invalidate_all()
        self.assertEqual(own.order_line.price_unit, 7.77)

    def test_pricelist_that_is_not_of_this_shop(self):
        """Then it is the first of the shop: never that of the visitor."""
        self.hers.website_id = self.env["website"].create({"name": "Other"})
        self.mine.sequence = 99
        self._start()
        self.assertIn("5.55", self._text(self._page(self.display.website_url)))
        self._add(self.display, 1)
        self.assertEqual(self._price(), 5.55)


@tagged("post_install", "-at_install")
class TestOnBehalfHistory(OnBehalfCommon):
    """What is ordered again is what the customer ordered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hers = cls._past(cls.member, cls.display, 4)
        cls.mine = cls._past(cls.placer.partner_id, cls.lamp, 3)

    @classmethod
    def _past(cls, partner, product, quantity):
        order = cls._order(
            (product, quantity), partner_id=partner.id, website_id=cls.website.id
        )
        order.action_confirm()
        return order

    def _history(self):
        """``{name: quantity}`` that the sidebar of the cart offers."""
        page = self._page("/shop/cart")
        return {
            self._text(line.xpath(".//h6")[0]): line.xpath(".//input/@value")[0]
            for line in page.xpath("//*[contains(@class, 'quick_reorder_line ')]")
        }

    def test_sidebar_of_the_cart(self):
        self._login()
        self.assertEqual(self._history(), {"Review Lamp": "3"})
        self._start()
        self.assertEqual(self._history(), {"Review Display": "4"})
        self._past(self.member, self.display, 9)
        self.assertEqual(self._history(), {"Review Display": "9"})
        self._add(self.display, 1)  # in the cart: not offered
        self.assertEqual(self._history(), {})
        self._post("/my/on-behalf/end", self._token())
        self.assertEqual(self._history(), {"Review Lamp": "3"})

    def test_sidebar_leaves_out_what_is_not_sold(self):
        self._past(self.member, self.lamp, 2)
        self.lamp.is_published = False
        self._start()
        self.assertEqual(self._history(), {"Review Display": "4"})
        self.website.prevent_zero_price_sale = True
        self.display.list_price = 0
        self.assertEqual(self._history(), {})

    def test_sidebar_after_adding_from_it(self):
        """The part of the page that core loads anew is the customer's as well."""
        self._start()
        answer = self.make_jsonrpc_request(
            "/shop/cart/quick_add",
            {
                "product_template_id": self.display.product_tmpl_id.id,
                "product_id": self.display.id,
                "quantity": 4,
            },
        )
        self.assertNotIn("Review Lamp", str(answer))
        self.assertEqual(self._own_cart().on_behalf_of_id, self.member)

    def test_order_again(self):
        self.member.specific_property_product_pricelist = self.env[
            "product.pricelist"
        ].create(
            {
                "name": "List of Mia",
                "website_id": self.website.id,
                "item_ids": [
                    Command.create({"compute_price": "fixed", "fixed_price": 3.33})
                ],
            }
        )
        self._start()
        self.make_jsonrpc_request(REORDER, {"order_id": self.hers.id})
        cart = self._own_cart()
        self.assertEqual(cart.on_behalf_of_id, self.member)
        self.assertRecordValues(
            cart.order_line,
            [
                {
                    "product_id": self.display.id,
                    "product_uom_qty": 4,
                    "price_unit": 3.33,
                }
            ],
        )

    def test_orders_of_others_are_not_ordered_again(self):
        other = self._past(self.stranger, self.lamp, 1)
        draft = self._order(
            (self.lamp, 1), partner_id=self.member.id, website_id=self.website.id
        )
        self._start()
        for order, token in (
            (self.mine, None),
            (self.mine, self.mine._portal_ensure_token()),
            (other, other._portal_ensure_token()),
            (draft, None),
        ):
            with self.assertLogs("odoo.http", "WARNING"):
                name, message = self._rpc_error(
                    REORDER, {"order_id": order.id, "access_token": token}
                )
            self.assertEqual(name, "odoo.exceptions.ValidationError")
            self.assertIn("Mia Member", message)
        self.assertFalse(self._own_cart().on_behalf_of_id)
        for wrong in (0, 10**8, "x", [self.hers.id]):
            with self.assertLogs("odoo.http", "WARNING"):
                self._rpc_error(REORDER, {"order_id": wrong})

    def test_own_orders_again_without_representing(self):
        self._login()
        self.make_jsonrpc_request(REORDER, {"order_id": self.mine.id})
        self.assertEqual(self._own_cart().order_line.product_id, self.lamp)
        self.make_jsonrpc_request(REORDER, {"order_id": self.hers.id})
        self.env.invalidate_all()
        self.assertEqual(self._own_cart().order_line.product_id, self.lamp)


@tagged("post_install", "-at_install")
class TestDivisionReorder(DivisionShopCommon):
    def test_order_of_a_division_again(self):
        """What one store got, in a cart for one and in a cart for all."""
        self.display.is_published = self.lamp.is_published = True
        past = self._division_order(
            (self.display, 2), partner_id=self.manager.partner_id.id
        )
        past.action_confirm()
        self._login_as(self.manager)
        self.make_jsonrpc_request(REORDER, {"order_id": past.id})
        cart = self._own_cart()
        self.assertEqual(cart.order_line.product_uom_qty, 2)
        self._choose(self.region)
        self.make_jsonrpc_request(REORDER, {"order_id": past.id})
        self.env.invalidate_all()
        self.assertRecordValues(
            cart.order_line, [{"division_qty": 4, "product_uom_qty": 12}]
        )
