"""The customer's page of an order, when a sales rep looks at it."""

import re

from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from .rep_common import UPS, RepHttpCase


@tagged("post_install", "-at_install")
class TestRepOrderPage(RepHttpCase):
    def setUp(self):
        super().setUp()
        self.late = self._late_order(self.harbor)
        self._follow_up(self.ada, order_id=self.late.id)
        self._log_in(self.ada)

    def _quotation(self, **values):
        quotation = self._order_of(
            self.harbor,
            confirm=False,
            require_signature=True,
            require_payment=True,
            **values,
        )
        quotation.action_quotation_sent()
        return quotation

    def _content(self, page):
        """What the page says of the order, as text."""
        start = r'id="portal_sale_content"[^>]*>'
        found = re.search(rf'{start}(.*?id="total".*?</table>)', page, re.DOTALL)
        return re.sub(r"<[^>]+>|\s+", " ", found.group(1))

    def test_same_text_as_the_customers(self):
        self._deliver(self.late, ref=UPS)
        mine = self._page(f"/my/rep/orders/{self.late.id}")
        also_mine = self._page(f"/my/orders/{self.late.id}")
        self.assertTrue("Call about fabric" in mine, "Call about fabric")
        self._log_in(self.harbor_user)
        theirs = self._page(f"/my/orders/{self.late.id}")
        self.assertFalse("Call about fabric" in theirs, "Call about fabric")
        said = self._content(theirs)
        for text in ("Track Lamp", self.late.name, "Harbor Offices"):
            self.assertIn(text, said)
        self.assertEqual(self._content(mine).split(), said.split())
        self.assertEqual(self._content(also_mine).split(), said.split())

    def test_nothing_to_do_on_the_page(self):
        quotation = self._quotation()
        token = quotation._portal_ensure_token()
        for url in (
            f"/my/orders/{quotation.id}",
            f"/my/rep/orders/{quotation.id}",
            f"/my/orders/{quotation.id}?payment_amount=1000000",
            f"/my/orders/{quotation.id}?access_token={token}",
        ):
            page = self._page(url)
            for mark in (
                'data-bs-target="#modalaccept"',
                "/accept",
                "/decline",
                "/transaction",
                "o_portal_chatter",
                'name="o_payment_submit_button"',
            ):
                self.assertFalse(mark in page, f"{mark} on {url}")
            # pages repeat what is in their own address
            self.assertFalse(token in page and token not in url, url)
        self._log_in(self.harbor_user)
        page = self._page(f"/my/orders/{quotation.id}")
        for mark in ("#modalaccept", "/accept", "/decline", "o_portal_chatter", token):
            self.assertTrue(mark in page, mark)

    def test_nothing_done_by_the_routes(self):
        quotation = self._quotation()
        token = quotation._portal_ensure_token()
        url = f"/my/orders/{quotation.id}"
        for access_token in (None, token):
            answer = self.make_jsonrpc_request(
                f"{url}/accept",
                {"access_token": access_token, "name": "Ada", "signature": "R0lGOA=="},
            )
            self.assertIn("error", answer)
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    f"{url}/transaction",
                    {
                        "access_token": access_token,
                        "provider_id": 1,
                        "payment_method_id": 1,
                        "token_id": None,
                        "amount": 1,
                        "flow": "direct",
                        "tokenization_requested": False,
                        "landing_route": "/my",
                    },
                )
            self._post(
                f"{url}/decline?access_token={access_token or ''}", decline_message="x"
            )
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request(
                    "/mail/message/post",
                    {
                        "thread_model": "sale.order",
                        "thread_id": quotation.id,
                        "post_data": {"body": "x", "message_type": "comment"},
                    },
                )
        quotation.invalidate_recordset()
        self.assertEqual(quotation.state, "sent")
        self.assertFalse(quotation.signature)
        self.assertFalse(quotation.transaction_ids)
        response = self.url_open(
            f"/mail/view?model=sale.order&res_id={quotation.id}", allow_redirects=False
        )
        self.assertNotIn(token, response.headers.get("Location", ""))
        fetched = self.make_jsonrpc_request(
            "/mail/chatter_fetch",
            {"thread_model": "sale.order", "thread_id": quotation.id},
        )
        self.assertFalse(fetched["messages"])
        # the customer may
        self._log_in(self.harbor_user)
        self._post(f"{url}/decline", decline_message="Too dear")
        self.assertEqual(quotation.state, "cancel")

    def test_document_of_the_order(self):
        response = self.url_open(f"/my/orders/{self.late.id}?report_type=html")
        self.assertEqual(response.status_code, 200)
        self.assertIn("Track Lamp", response.text)
        picking = self._deliver(self.late, ref=UPS)
        self.env.flush_all()
        self.assertEqual(
            self.url_open(f"/my/picking/pdf/{picking.id}").status_code, 200
        )
