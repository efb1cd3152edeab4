import io

from openpyxl import load_workbook

from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.order_review.tests.common_shop import ShopCommon

from .common_division import DivisionCommon

_LOG = "odoo.addons.order_entry.controllers.order_division"
_LOG_XLSX = "odoo.addons.order_entry.controllers.order_division_xlsx"


class DivisionShopCommon(DivisionCommon, ShopCommon):
    def _login_as(self, user):
        self.authenticate(user.login, user.login)

    def _manager_cart(self, quantity=2):
        """The manager logs in and fills a cart.

        :return: the cart
        """
        self._login_as(self.manager)
        self._add(self.display, quantity)
        return self._own_cart()

    def _choose(self, division, **data):
        """Order the cart for a division, as the form in the cart does."""
        page = self._page("/shop/cart")
        return self._post(
            "/shop/division", page, division_id=division.id or "", **data
        )

    def _division_box(self):
        (box,) = self._page("/shop/cart").xpath("//*[@id='order_division_box']")
        return self._text(box)


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
        self.assertIn("3 recipients", box)
        self.assertIn("3 parcels", box)
        self.assertIn("6 units", box)
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
        error = self._rpc_error(
            f"/shop/payment/transaction/{cart.id}", self._payment_params(cart)
        )
        self.assertIn("Store 002", error[1])
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


@tagged("post_install", "-at_install")
class TestDivisionPortal(DivisionShopCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = []
        for number, store in enumerate(cls.stores[:2]):
            cls.members.append(
                new_test_user(
                    cls.env,
                    login=f"division_store_{number}",
                    password=f"division_store_{number}",
                    groups="base.group_portal",
                    partner_id=store.id,
                    name=store.name,
                )
            )
        cls.stranger = cls.portal
        cls.order = cls._division_order(partner_id=cls.manager.partner_id.id)
        cls.order.action_confirm()
        for row in cls.order.recipient_ids:
            row.picking_ids.carrier_tracking_ref = f"TRACK-{row.number}"

    def _rows(self):
        return self.order.recipient_ids.sorted("number")

    def test_member_sees_his_own_shipment(self):
        own, other = self._rows()[:2]
        self._login_as(self.members[0])
        text = self._text(self._page("/my/shipments"))
        self.assertIn("TRACK-1", text)
        self.assertNotIn("TRACK-2", text)
        page = self._text(self._page(f"/my/shipments/{own.id}"))
        self.assertIn("TRACK-1", page)
        self.assertIn("Review Display", page)
        response = self.url_open(f"/my/shipments/{other.id}", allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_member_finds_no_others(self):
        """Not by search, not by id, not by the page of the order."""
        self._login_as(self.members[0])
        own, other = self._rows()[:2]

        def call(method, *args, model="sale.order.recipient"):
            return self.make_jsonrpc_request(
                "/web/dataset/call_kw",
                {"model": model, "method": method, "args": args, "kwargs": {}},
            )

        self.assertEqual(call("search", []), own.ids)
        found = call("search", [], model="stock.picking")
        self.assertEqual(found, own.picking_ids.ids)
        response = self.url_open(
            f"/my/picking/pdf/{other.picking_ids.id}", allow_redirects=False
        )
        self.assertIn(response.status_code, (303, 403, 404))
        with (
            mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"),
            self.assertRaisesRegex(JsonRpcException, "AccessError"),
        ):
            call("read", other.ids, ["name"])
        page = self._text(self._page(f"/my/orders/{self.order.id}"))
        self.assertIn(own.picking_ids.name, page)
        self.assertNotIn(other.picking_ids.name, page)
        self.assertNotIn("Follow the", page)
        with self.assertLogs(_LOG_XLSX, "WARNING"):
            response = self.url_open(f"/division/{self.order.id}/recipients.xlsx")
        self.assertEqual(response.status_code, 403)

    def test_stranger_sees_nothing(self):
        self._login_as(self.stranger)
        self.assertNotIn("TRACK", self._text(self._page("/my/shipments")))
        with self.assertLogs(_LOG_XLSX, "WARNING"):
            response = self.url_open(f"/division/{self.order.id}/recipients.xlsx")
        self.assertEqual(response.status_code, 403)

    def test_manager_sees_all_of_them(self):
        self._login_as(self.manager)
        page = self._page(f"/my/orders/{self.order.id}")
        self.assertTrue(page.xpath("//*[@role='progressbar']"))
        text = self._text(self._page(f"/my/shipments?order={self.order.id}"))
        for number in (1, 2, 3):
            self.assertIn(f"TRACK-{number}", text)

    def test_planned_shipments_are_not_told(self):
        self._division_order((self.lamp, 1))
        self._login_as(self.members[1])
        rows = self.make_jsonrpc_request(
            "/web/dataset/call_kw",
            {
                "model": "sale.order.recipient",
                "method": "search",
                "args": [[]],
                "kwargs": {},
            },
        )
        self.assertEqual(rows, self._rows()[1].ids)

    def test_worksheet(self):
        """Who gets what and where it is; a name is no formula."""
        self._rows()[0].name = "=1+1"
        self._rows()[1].action_take_out()
        self._login_as(self.manager)
        response = self.url_open(f"/division/{self.order.id}/recipients.xlsx")
        self.assertEqual(response.status_code, 200)
        sheet = load_workbook(io.BytesIO(response.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        self.assertEqual(len(rows), 4)
        self.assertEqual(rows[0][-1], self.display.display_name)
        self.assertEqual(rows[1][1], "=1+1")
        self.assertEqual(sheet.cell(2, 2).data_type, "s")
        self.assertEqual([row[-1] for row in rows[1:]], [2, 0, 2])
        self.assertEqual(rows[1][4], "TRACK-1")
        self.assertEqual(rows[2][3], "Cancelled")
