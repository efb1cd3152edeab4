from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .common_division_shop import DivisionShopCommon

_LOG = "odoo.addons.order_entry.controllers.order_division"


@tagged("post_install", "-at_install")
class TestDivisionShop(DivisionShopCommon):
    def test_cart_for_a_division(self):
        """Quantities are per recipient; totals, recipients and amount are shown."""
        cart = self._manager_cart()
        self.assertEqual(self._choose(self.region).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(cart.division_id, self.region)
        self.assertEqual(cart.order_line.product_uom_qty, 6)
        box = self._division_box()
        self.assertIn("Recipients: 3", box)
        self.assertIn("parcels: 3", box)
        self.assertIn("units in all: 6", box)
        self.assertIn("60.00", box)
        self.assertIn("Store 002", box)
        page = self._page("/shop/cart")
        (value,) = set(
            page.xpath(f"//input[@data-line-id='{cart.order_line.id}']/@value")
        )
        self.assertEqual(value, "2")
        self._add(self.display, 1)
        self.env.invalidate_all()
        self.assertEqual(cart.order_line.product_uom_qty, 9)
        answer = self._change(cart.order_line, 5)
        self.assertEqual(answer["quantity"], 5)
        self.env.invalidate_all()
        self.assertEqual(cart.order_line.product_uom_qty, 15)
        self._add(self.lamp, 1)
        self.env.invalidate_all()
        self.assertEqual(cart.order_line[-1:].product_uom_qty, 3)
        self._choose(self.region.browse())
        self.env.invalidate_all()
        self.assertFalse(cart.recipient_ids)
        self.assertEqual(cart.order_line.mapped("product_uom_qty"), [5, 1])

    def test_the_first_managers_find_the_box(self):
        """Nobody is asked for while nobody manages anything; then at once."""

        def is_there():
            page = self._page("/shop/cart")
            return bool(page.xpath("//*[@id='order_division_box']"))

        self.env["order.division"].search([]).manager_ids = False
        self._manager_cart()
        self.assertFalse(is_there())
        self.region.manager_ids = self.manager
        self.assertTrue(is_there())
        self.region.active = False
        self.assertFalse(is_there())
        self.region.active = True
        self.assertTrue(is_there())
        self.region.manager_ids = False
        self.assertFalse(is_there())
        self.manager.order_division_ids = self.region
        self.assertTrue(is_there())

    def test_pay_and_deliver(self):
        cart = self._manager_cart()
        self._choose(self.region)
        self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": str(self.carrier.id)}
        )
        self.env.invalidate_all()
        self._pay(cart)
        self.assertEqual(cart.state, "sale")
        self.assertEqual(self._shares(cart), self._everybody(display=2))

    def test_delivery_is_paid_for_each_parcel(self):
        self.service.list_price = 4.0
        self.carrier.fixed_price = 4.0
        self._manager_cart()
        self._choose(self.region)
        self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": str(self.carrier.id)}
        )
        cart = self._own_cart()
        self.assertEqual(cart.amount_delivery, 12.0)

    def test_only_managed_divisions(self):
        """Another division's id is answered with 403 and written to the log."""
        other = self._division("Region East", self._stores(2, "East"))
        cart = self._manager_cart()
        page = self._page("/shop/cart")
        self.assertNotIn("Region East", self._division_box())
        for value in (other.id, 0, 10**9):
            with self.subTest(value), self.assertLogs(_LOG, "WARNING") as log:
                response = self._post("/shop/division", page, division_id=value)
                self.assertEqual(response.status_code, 403)
            self.assertIn(self.manager.login, log.output[0])
        response = self._post("/shop/division", page, division_id="x'--")
        self.assertEqual(response.status_code, 404)
        self.env.invalidate_all()
        self.assertFalse(cart.division_id)
        self._login_as(self.portal)
        self._add(self.display, 1)
        self.assertFalse(
            self._page("/shop/cart").xpath("//*[@id='order_division_box']")
        )
        page = self._page("/shop/cart")
        with self.assertLogs(_LOG, "WARNING"):
            response = self._post("/shop/division", page, division_id=self.region.id)
        self.assertEqual(response.status_code, 403)

    def test_parts_of_a_managed_division(self):
        part = self._division("Downtown", self.stores[:1], parent_id=self.region.id)
        cart = self._manager_cart()
        self._choose(part)
        self.env.invalidate_all()
        self.assertEqual(cart.order_line.product_uom_qty, 2)

    def test_consent_in_the_cart(self):
        self.stores[1].street = False
        cart = self._manager_cart()
        self._choose(self.region)
        self.env.invalidate_all()
        self.assertIn("To solve: Nothing can be sent to", self._division_box())
        self.assertFalse(cart._is_cart_ready())
        with self.assertLogs("odoo.http", "WARNING"):
            _name, message = self._rpc_error(
                f"/shop/payment/transaction/{cart.id}", self._payment_params(cart)
            )
        self.assertIn("Store 002", message)
        page = self._page("/shop/cart")
        self._post("/shop/division/consent", page, skip="1")
        self.env.invalidate_all()
        skipped = cart.recipient_ids.filtered("is_skipped")
        self.assertEqual(skipped.partner_id, self.stores[1])
        self.assertEqual(skipped.skipped_by_id, self.manager)
        self.assertEqual(cart.order_line.product_uom_qty, 4)
        self._post("/shop/division/consent", page)
        self.env.invalidate_all()
        self.assertFalse(cart.recipient_ids.filtered("is_skipped"))

    def test_nonsense_for_a_division_is_not_found(self):
        cart = self._manager_cart()
        page = self._page("/shop/cart")
        for nonsense in ("²", "-1", "1.5", "all"):
            answer = self._post("/shop/division", page, division_id=nonsense)
            self.assertEqual(answer.status_code, 404, nonsense)
        self.env.invalidate_all()
        self.assertFalse(cart.division_id)
        self.assertEqual(self.url_open("/my/shipments?order=²").status_code, 200)

    def test_portal_user_cannot_choose_by_rpc(self):
        cart = self._manager_cart()
        for model, method, args in (
            ("sale.order", "write", [cart.ids, {"division_id": self.region.id}]),
            ("sale.order", "action_division_skip", [cart.ids]),
            ("sale.order", "action_division_retry", [cart.ids]),
            ("order.division", "write", [self.region.ids, {"name": "Mine"}]),
            ("order.division.member", "unlink", [self.region.member_ids.ids]),
        ):
            with (
                self.subTest(f"{model}.{method}"),
                mute_logger("odoo.http"),
                self.assertRaisesRegex(JsonRpcException, "AccessError"),
            ):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw",
                    {"model": model, "method": method, "args": args, "kwargs": {}},
                )

    def test_pick_up_is_not_offered(self):
        pickup = self.env["delivery.carrier"].create(
            {
                "name": "Fetch it",
                "delivery_type": "in_store",
                "product_id": self.service.id,
                "warehouse_ids": [(6, 0, self.warehouse.ids)],
            }
        )
        pickup.website_published = True
        cart = self._manager_cart()
        self.assertIn(pickup, cart._get_delivery_methods())
        self._choose(self.region)
        self.env.invalidate_all()
        self.assertNotIn(pickup, cart._get_delivery_methods())
        self.assertIn(self.carrier, cart._get_delivery_methods())
        self.assertFalse(pickup.rate_shipment(cart)["success"])

    def test_stock_is_shared_out_evenly(self):
        """Ten are left: three for each of three stores, and one stays."""
        self.website.in_store_dm_id.unlink()
        self.display.write({"is_storable": True, "allow_out_of_stock_order": False})
        self.env["stock.quant"]._update_available_quantity(
            self.display, self.warehouse.lot_stock_id, 10
        )
        self.website.warehouse_id = self.warehouse
        cart = self._manager_cart(1)
        self._choose(self.region)
        self.env.invalidate_all()
        answer = self._change(cart.order_line, 8)
        self.env.invalidate_all()
        self.assertEqual(cart.order_line.product_uom_qty, 9)
        self.assertEqual(answer["quantity"], 3)
