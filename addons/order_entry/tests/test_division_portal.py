import io

from openpyxl import load_workbook

from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common_division_shop import DivisionShopCommon

_LOG_XLSX = "odoo.addons.order_entry.controllers.order_division_xlsx"


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
        # core returns its refusal instead of raising it, and says so
        with self.assertLogs("odoo.http", "WARNING"):
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
