"""A customer of the shop, who uses it by HTTP as a browser would."""

import re

from lxml import html

from odoo import Command
from odoo.tests import HttpCase, new_test_user
from odoo.tools import mute_logger

from odoo.addons.distributor_feeds.tests.common_promise import PromiseCase


class ShopCase(PromiseCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.write(
            {
                "company_id": cls.env.company.id,
                "stock_promise": True,
                "stock_promise_live": True,
                "stock_promise_names": False,
            }
        )
        cls.env["delivery.carrier"].search([]).website_published = False
        freight = cls.env["product.product"].create(
            {"name": "Freight", "type": "service", "list_price": 0}
        )
        cls.carrier = cls.env["delivery.carrier"].create(
            {
                "name": "Promise Delivery",
                "product_id": freight.id,
                "fixed_price": 0.0,
                "website_published": True,
            }
        )
        cls.customer = new_test_user(
            cls.env,
            "promise_customer",
            groups="base.group_portal",
            email="customer@promise.example.com",
        )
        cls.customer.partner_id.write(
            {
                "street": "1 Long Street",
                "city": "Scranton",
                "zip": "18503",
                "phone": "+1 555 0100",
                "country_id": cls.env.ref("base.us").id,
                "state_id": cls.env.ref("base.state_us_39").id,
            }
        )
        cls.provider = cls._payment_provider()

    @classmethod
    def _payment_provider(cls):
        form = cls.env["ir.ui.view"].create(
            {"name": "Promise form", "type": "qweb", "arch": '<form action="#" />'}
        )
        method = cls.env.ref("payment.payment_method_unknown")
        provider = cls.env["payment.provider"].create(
            {
                "name": "Promise Card",
                "code": "none",
                "state": "test",
                "is_published": True,
                "redirect_form_view_id": form.id,
                "payment_method_ids": [Command.set(method.ids)],
            }
        )
        method.active = True
        return provider

    @classmethod
    def _product(cls, name="Cable", **values):
        return super()._product(
            name,
            **{"is_published": True, "list_price": 10.0, "website_id": False, **values},
        )

    def _login(self):
        self.authenticate("promise_customer", "promise_customer")

    def _add(self, product, quantity=1):
        """Put a product into the cart, as the button of its page does."""
        self.env.flush_all()
        return self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": product.product_tmpl_id.id,
                "product_id": product.id,
                "quantity": quantity,
            },
        )

    def _fill_cart(self, *lines):
        """Log in, fill the cart, choose the delivery.

        :param lines: ``(product, quantity)``
        :return: the cart
        """
        self._login()
        for product, quantity in lines:
            self._add(product, quantity)
        self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": str(self.carrier.id)}
        )
        return self._cart()

    def _cart(self):
        self.env.invalidate_all()
        return self.env["sale.order"].search(
            [("website_id", "=", self.website.id)], order="id desc", limit=1
        )

    def _page(self, url):
        """Load a page and return it parsed."""
        self.env.flush_all()
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200, url)
        self.env.invalidate_all()
        return html.fromstring(response.text)

    def _text(self, page, xpath):
        """What a reader sees of some elements, in one line."""
        found = " ".join(node.text_content() for node in page.xpath(xpath))
        return re.sub(r"\s+", " ", found).strip()

    def _gate(self, page):
        """The text of the box with the changes, or an empty one."""
        return self._text(page, "//div[contains(@class, 'alert-warning')][.//ul]")

    def _accept(self, page):
        """Press the button of the box with the changes."""
        form = page.xpath("//form[@action='/shop/cart/promises/accept']")[0]
        self.env.flush_all()
        response = self.url_open("/shop/cart/promises/accept", data=dict(form.fields))
        self.env.invalidate_all()
        return html.fromstring(response.text)

    def _pay(self, order, route=None):
        """Ask for a transaction, as the button of the payment page does.

        :return: the message of the refusal, or None
        """
        return self._refusal(
            route or f"/shop/payment/transaction/{order.id}",
            {
                "access_token": order._portal_ensure_token(),
                "provider_id": self.provider.id,
                "payment_method_id": self.provider.payment_method_ids[:1].id,
                "token_id": None,
                "amount": order.amount_total,
                "flow": "redirect",
                "tokenization_requested": False,
                "landing_route": "/shop/payment/validate",
            },
        )

    def _refusal(self, route, params):
        """Call a route and return the message of its refusal, None when it was fine."""
        self.env.flush_all()
        question = {"id": 0, "jsonrpc": "2.0", "method": "call", "params": params}
        with mute_logger("odoo.http"):
            answer = self.url_open(route, json=question).json()
        self.env.invalidate_all()
        return answer.get("error", {}).get("data", {}).get("message")
