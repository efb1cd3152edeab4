from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..models import quick_order_list_add
from .common_quick_order import QuickOrderCommon


@tagged("post_install", "-at_install")
class TestQuickOrderTour(QuickOrderCommon):
    """A marketing manager fills a quick-order page: five good boxes and a bad one."""

    browser_size = "1366x768"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tin, cls.flag, cls.lamps = cls.env["product.product"].create(
            [cls._quick_vals(f"Quick {name}") for name in ("Tin", "Flag", "Lamp")]
        )
        cls._rule(
            product_ids=[Command.set(cls.lamps.ids)],
            max_quantity=50,
            message="At most 50, we are short",
        )
        cls.env["res.config.settings"].create(
            {"group_product_pricelist": True}
        ).execute()
        cls.portal.partner_id.specific_property_product_pricelist = cls.env[
            "product.pricelist"
        ].create(
            {
                "name": "Quick List",
                "selectable": True,
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "0_product_variant",
                            "product_id": cls.pen.id,
                            "compute_price": "fixed",
                            "fixed_price": 1.5,
                            "min_quantity": 10,
                        }
                    )
                ],
            }
        )

    def test_order_form(self):
        self.start_tour(self.url, "order_entry_quick_order", login=self.portal.login)
        self.assertEqual(
            self._in_cart(),
            {
                self.pen: 12,
                self.cup: 2,
                self.bag: 2,
                self.tin: 2,
                self.flag: 2,
                self.lamps: 50,
            },
        )


@tagged("post_install", "-at_install")
class TestQuickOrderTourMobile(TestQuickOrderTour):
    """The same on a telephone."""

    browser_size = "390x844"
    touch_enabled = True


@tagged("post_install", "-at_install")
class TestQuickOrderListTour(QuickOrderCommon):
    """A list goes into the cart by itself, two rows per request."""

    browser_size = "1366x768"

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(quick_order_list_add, "PORTION", 2))
        self.twins = self.env["product.product"].create(
            [self._quick_vals(f"Twin {n}", default_code="TWIN") for n in "AB"]
        )
        self._login()
        page = self._page("/shop/quick_order/list")
        rows = [*["QP-1;1", "QC-1;2", "QB-1;3"] * 2, "TWIN;16", "NONE;1"]
        response = self._post("/shop/quick_order/list", page, text="\n".join(rows))
        self.list_url = "/shop/" + response.url.split("/shop/")[1]

    def test_list(self):
        self.start_tour(
            self.list_url, "order_entry_quick_list", login=self.portal.login
        )
        self.assertEqual(
            self._in_cart(), {self.pen: 2, self.cup: 4, self.bag: 6, self.twins[1]: 16}
        )

    def test_list_that_was_left_in_between(self):
        self._post(f"{self.list_url}/add", self._page(self.list_url))
        self.start_tour(
            self.list_url, "order_entry_quick_list_resume", login=self.portal.login
        )
        self.assertEqual(self._in_cart(), {self.pen: 2, self.cup: 4, self.bag: 6})


@tagged("post_install", "-at_install")
class TestQuickOrderListTourMobile(TestQuickOrderListTour):
    """The same on a telephone."""

    browser_size = "390x844"
    touch_enabled = True
