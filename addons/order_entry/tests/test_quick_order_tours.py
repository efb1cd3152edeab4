from odoo import Command
from odoo.tests import tagged

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
