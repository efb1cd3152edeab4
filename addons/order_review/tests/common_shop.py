"""A visitor of the shop, who uses it by HTTP as a browser would."""

import re

from lxml import html

from odoo.tests import HttpCase

from .common import ReviewCommon


class ShopCommon(ReviewCommon, HttpCase):
    """The portal user of :class:`ReviewCommon` shops on the first website."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.env["delivery.carrier"].search([]).website_published = False
        cls.carrier = cls.env["delivery.carrier"].create(
            {
                "name": "Review Delivery",
                "product_id": cls.service.id,
                "fixed_price": 0.0,
                "website_published": True,
            }
        )
        (cls.display | cls.lamp | cls.service).website_id = False

    # === THE VISITOR === #

    def _login(self):
        """Log the portal user in."""
        self.authenticate(self.portal.login, self.portal.login)

    def _add(self, product, quantity=1):
        """Put a product into the cart, as the button of its page does.

        :return: the answer of the route
        """
        return self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": product.product_tmpl_id.id,
                "product_id": product.id,
                "quantity": quantity,
            },
        )

    def _change(self, line, quantity):
        """Change the quantity of a line, as the box in the cart does."""
        return self.make_jsonrpc_request(
            "/shop/cart/update",
            {
                "line_id": line.id,
                "product_id": line.product_id.id,
                "quantity": quantity,
            },
        )

    def _own_cart(self):
        """The newest order of the shop."""
        self.env.invalidate_all()
        return self.env["sale.order"].search(
            [("website_id", "=", self.website.id)], order="id desc", limit=1
        )

    def _fill_cart(self, *lines):
        """Log in, fill the cart and choose the delivery.

        :param lines: ``(product, quantity)``
        :return: the cart
        """
        self._login()
        for product, quantity in lines or [(self.display, 11)]:
            self._add(product, quantity)
        self.make_jsonrpc_request(
            "/shop/set_delivery_method", {"dm_id": str(self.carrier.id)}
        )
        return self._own_cart()

    # === PAGES === #

    def _page(self, url):
        """Load a page that must exist.

        :return: the parsed page
        """
        response = self.url_open(url)
        self.assertEqual(response.status_code, 200, url)
        return html.fromstring(response.text)

    def _text(self, element):
        """What a reader sees, in one line."""
        return re.sub(r"\s+", " ", element.text_content()).strip()

    def _box(self, page):
        """The text of the box of notices, or an empty string."""
        return " ".join(map(self._text, page.xpath("//*[@id='order_review_box']")))

    def _post(self, url, page, **data):
        """Send a form of a page, with its token against forgery."""
        token = page.xpath("//input[@name='csrf_token']/@value")[0]
        return self.url_open(url, data={"csrf_token": token, **data})

    # === DOORS === #

    def _rpc_error(self, route, params):
        """Call a route that must refuse.

        :return: ``(name of the error, its message)``
        """
        response = self.url_open(
            route,
            json={"id": 0, "jsonrpc": "2.0", "method": "call", "params": params},
        )
        error = response.json().get("error")
        self.assertTrue(error, f"{route} let through: {response.text[:200]}")
        return error["data"]["name"], error["data"]["message"]

    def _payment_params(self, order, provider="card", **params):
        provider = self._provider(provider)
        methods = provider.with_context(active_test=False).payment_method_ids
        return {
            "access_token": order._portal_ensure_token(),
            "provider_id": provider.id,
            "payment_method_id": methods[:1].id,
            "token_id": None,
            "amount": order.amount_total,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/shop/payment/validate",
            **params,
        }

    def _pay(self, order, provider="card", state="done", route=None, **params):
        """Pay through the route, let the provider answer, and come back.

        :return: the payment.transaction
        """
        self.make_jsonrpc_request(
            route or f"/shop/payment/transaction/{order.id}",
            self._payment_params(order, provider, **params),
        )
        self.env.invalidate_all()
        tx = order.transaction_ids.sorted("id")[-1:]
        getattr(tx, f"_set_{state}")()
        self.make_jsonrpc_request("/payment/status/poll", {})
        self.env.invalidate_all()
        return tx
