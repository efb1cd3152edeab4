"""Showrooms hold goods in the portal, over real HTTP."""

import re

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_posted import PostedCommon


@tagged("post_install", "-at_install")
class TestPostedReservePages(PostedCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mills.track_reserve_days = 10
        cls._open_inventory(cls.mills, cls.mills, cls.center, cls.rep.partner_id)

    def setUp(self):
        super().setUp()
        self._post("stock", ["item_code,on_hand,unit", "LIN-1,10,yd"])
        self.stock = self._found("stock", "LIN-1")
        self.url = f"/my/track/stock/{self.stock.id}/hold"
        self.authenticate(self.clerk.login, self.clerk.login)

    def _press(self, url, **data):
        self.env.flush_all()
        data["csrf_token"] = http.Request.csrf_token(self)
        return self.url_open(url, data=data)

    def _hold(self, **data):
        values = {
            "quantity": "5",
            "sidemark": "Hotel Sun",
            "held_until": self._iso(5),
            "token": "form-1",
        }
        return self._press(self.url, **{**values, **data})

    def _reserves(self):
        self.env.invalidate_all()
        return self.env["track.reserve"].search(
            [("distributor_id", "=", self.mills.id)]
        )

    def test_hold(self):
        page = self.url_open(self.url).text
        self.assertIn("10 yd free", " ".join(page.split()))
        self.assertIn("At most 10 days", " ".join(page.split()))
        self.assertTrue(re.search(r'name="token" value="\w{32}"', page))
        answer = self._hold(quantity="2.5")
        self.assertEqual(answer.status_code, 200)
        reserve = self._reserves()
        self.assertTrue(answer.url.endswith(f"/my/track/reserves/{reserve.id}"))
        self.assertEqual(
            (reserve.quantity, reserve.sidemark, reserve.showroom_id),
            (2.5, "Hotel Sun", self.center),
        )
        self.assertIn("Hotel Sun", self.url_open("/my/track/reserves").text)

    def test_a_second_tap_holds_once(self):
        first, second = self._hold(), self._hold()
        self.assertEqual(first.url, second.url)
        self.assertEqual(len(self._reserves()), 1)
        self._hold(token="form-2", quantity="1")
        self.assertEqual(len(self._reserves()), 2)

    def test_what_was_typed_is_kept(self):
        for values, text in (
            ({"quantity": "11"}, "Only 10 yd"),
            ({"held_until": self._iso(40)}, "at most 10 days"),
            ({"held_until": "never"}, "Say what is held"),
            ({"quantity": "nan"}, "Say how much"),
            ({"quantity": "\0"}, "Say how much"),
            ({"account_number": "ATN"}, "no account of yours"),
            ({"sidemark": "Villa " + "x" * 300}, "longer than"),
        ):
            with self.subTest(values):
                answer = self._hold(**{"sidemark": "Villa <b>", **values})
                self.assertEqual(answer.status_code, 200)
                self.assertIn(text, answer.text)
                self.assertIn('value="Villa ', answer.text)
                self.assertNotIn("Villa <b>", answer.text)
                self.assertFalse(self._reserves())

    def test_extend_release(self):
        self._hold()
        reserve = self._reserves()
        url = f"/my/track/reserves/{reserve.id}"
        for _tap in range(2):
            answer = self._press(f"{url}/extend", held_until=self._iso(8))
            self.assertNotIn("alert-danger", answer.text)
        self.assertEqual(self._reserves().held_until, self._day(8))
        answer = self._press(f"{url}/extend", held_until=self._iso(30))
        self.assertIn("at most 10 days", answer.text)
        self.assertIn(f'value="{self._iso(30)}"', answer.text)
        for _tap in range(2):
            answer = self._press(f"{url}/release")
            self.assertNotIn("alert-danger", answer.text)
        self.assertEqual(self._reserves().state, "released")
        self.assertEqual(self.stock.free, 10)
        self.assertIn("not held any more", self._press(f"{url}/order").text)

    def test_order(self):
        self._hold()
        reserve = self._reserves()
        url = f"/my/track/reserves/{reserve.id}/order"
        first, second = (self._press(url, customer_po="PO-9") for _tap in range(2))
        order = self._reserves().order_id
        self.assertTrue(first.url.endswith(f"/my/track/orders/{order.id}"))
        self.assertEqual(first.url, second.url)
        self.assertEqual(
            len(self.env["track.order"].search([("customer_po", "=", "PO-9")])), 1
        )
        self.assertIn("Asked for in the portal of", first.text)
        # the distributor finds it, to take it into his own system
        self.authenticate(self.desk.login, self.desk.login)
        self.assertIn("PO-9", self.url_open("/my/track/orders?filterby=new").text)
        answer = self.url_open("/my/track/orders/json?filterby=new").json()
        (record,) = answer["records"]
        self.assertEqual(record["customer_po"], "PO-9")
        self.assertEqual(record["lines"][0]["item_code"], "LIN-1")
        answer = self.url_open("/my/track/reserves/json?filterby=new").json()
        self.assertEqual([one["sidemark"] for one in answer["records"]], ["Hotel Sun"])

    def test_get_changes_nothing_and_posts_need_a_token(self):
        self._hold()
        reserve = self._reserves()
        for what in ("extend", "release", "order"):
            url = f"/my/track/reserves/{reserve.id}/{what}"
            self.assertEqual(self.url_open(url).status_code, 405)
            with mute_logger("odoo.http"):
                self.assertEqual(self.url_open(url, data={"x": "1"}).status_code, 400)
        with mute_logger("odoo.http"):
            answer = self.url_open(self.url, data={"quantity": "1"})
        self.assertEqual(answer.status_code, 400)
        self.assertEqual((len(self._reserves()), reserve.state), (1, "held"))

    def test_who_only_reads_has_no_buttons(self):
        self._hold()
        reserve = self._reserves()
        self.authenticate(self.desk.login, self.desk.login)
        page = self.url_open(f"/my/track/reserves/{reserve.id}")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("/release", page.text)
        self.assertIn(
            "no reserve of yours",
            self._press(f"/my/track/reserves/{reserve.id}/release").text,
        )
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.assertEqual(self._reserves().state, "held")
