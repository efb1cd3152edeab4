"""What two distributors posted, and how their readers open its pages."""

import io
import re

import openpyxl

from odoo import http
from odoo.tests import HttpCase, new_test_user

from .common_posted import PostedCommon

KINDS = {
    "orders": "track.order",
    "reserves": "track.reserve",
    "stock": "track.stock",
    "mill-orders": "track.mill.order",
    "freight": "track.freight",
    "products": "track.product",
    "customers": "track.customer",
}
NUMBER = "1Z999AA10123456784"


class PostedPagesCommon(PostedCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._open_inventory(cls.mills, cls.mills, cls.center, cls.rep.partner_id)
        cls.employee = new_test_user(
            cls.env, "pp_staff", "base.group_user,trade_network.group_trade_user"
        )
        cls.buyer = new_test_user(cls.env, "pp_buyer", "base.group_portal")

    def setUp(self):
        super().setUp()
        late, soon = self._iso(-3), self._iso(5)
        sun = f"o1,SO-1,DC14,Hotel Sun,PO-77,{self._iso(-9)},partial"
        self._post(
            "order",
            [
                "external_ref,name,account_number,sidemark,customer_po,ordered_on,status,"
                "item_code,quantity,shipped,back_ordered,expected_on,rep",
                f"{sun},LIN-1,5,3,2,{late},R-5",
                f"{sun},LIN-2,4,4,0,,R-5",
                f"o2,SO-2,DC14,Villa Moon,,{self._iso(-2)},open,LIN-1,1,0,0,{soon},",
                f"o3,SO-3,ATN,Zebra Secret,,{self._iso(-2)},open,LIN-9,1,0,0,,",
            ],
        )
        self._post(
            "freight",
            [
                "external_ref,name,account_number,order_ref,tracking_number,carrier,"
                "shipped_on,status,rep",
                f"f1,FR-1,DC14,SO-1,{NUMBER},UPS,{self._iso(-4)},in_transit,R-5",
            ],
        )
        self._post(
            "reserve",
            [
                "external_ref,name,account_number,item_code,quantity,sidemark,held_until",
                f"r1,R-1,DC14,LIN-1,5,Hotel Sun,{self._iso(2)}",
                f"r2,R-2,ATN,LIN-1,5,Zebra Secret,{self._iso(2)}",
            ],
        )
        self._post(
            "stock", ["item_code,on_hand,unit,dye_lot,piece", "LIN-1,10,yd,L7,P1"]
        )
        self._post(
            "mill_order",
            ["name,item_code,quantity,due_on", f"M-1,LIN-1,50,{late}"],
        )
        self._post("product", ["item_code,pattern,price", "LIN-1,Waves,12.5"])
        self._post("customer", ["account_number,name,showroom", "C-1,Sunny,DC14"])
        self._post(
            "order",
            ["external_ref,name,account_number,sidemark,item_code,quantity",
             "a1,AL-1,A-1014,Hotel Sun,X,1"],
            user=self.other_desk,
        )  # fmt: skip
        self.order = self._found("order", "o1")
        self.foreign = self._found("order", "o3")
        self.reserve = self._found("reserve", "r1")
        self.stock = self._found("stock", "LIN-1")

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _page(self, url):
        self.env.flush_all()
        self.env.invalidate_all()
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200, url)
        return answer.text

    def _sheet(self, url):
        self.env.flush_all()
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200, url)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        return list(book.active.iter_rows(values_only=True))

    def _press(self, url, **data):
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data)

    def _total(self, page):
        found = re.search(r"of\s+(\d+)\s", page[page.index("o_track_search") :])
        return int(found[1]) if found else 0
