"""100 products into a cart: one request of ours against 100 of core's.

Claims: at least 3.5 times as fast as 100 calls of core's ``_cart_add``, and, over HTTP,
at least 10 times as fast as 100 requests to ``/shop/cart/add``. The carts must be equal,
line by line and in total, before anything is timed.
"""

import re
import time
from unittest.mock import patch

import requests

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import HttpCase

from odoo.addons.website_sale.tests.common import MockRequest

from ._measure import Sample, claim, measure

NEEDS_HTTP = True
PRODUCTS = 100
ROUNDS = 3
LOGIN = "bench_quick"


def run(env, site=None):
    _in_process(env)
    if site:
        _over_http(site)


def _make(env):
    """Products and a shopper.

    :return: ``(products, partner)``
    """
    products = env["product.product"].create(
        [
            {
                "name": f"Quick {n}",
                "default_code": f"BQ-{n}",
                "list_price": 5 + n,
                "is_published": True,
            }
            for n in range(PRODUCTS)
        ]
    )
    partner = env["res.partner"].create(
        {
            "name": "Quick Shopper",
            "email": "quick@example.com",
            "country_id": env.ref("base.us").id,
        }
    )
    return products, partner


def _content(order):
    """What must be equal, whoever filled the cart."""
    return order.amount_total, [
        (
            line.product_id.id,
            line.product_uom_qty,
            line.name,
            line.price_unit,
            line.tax_ids.ids,
            line.price_total,
        )
        for line in order.order_line
    ]


# === IN ONE PROCESS === #


def _in_process(env):
    from odoo.addons.order_entry.quick import Wanted

    website = env["website"].search([], limit=1)
    products, partner = _make(env)
    wanted = [Wanted(str(product.id), product.id, 2.0) for product in products]
    carts = []

    def new_cart():
        carts.append(
            env["sale.order"].create(
                {
                    "partner_id": partner.id,
                    "website_id": website.id,
                    "company_id": website.company_id.id,
                }
            )
        )

    def ours():
        carts[-1]._cart_add_many(wanted)

    def peer():
        cart = carts[-1]
        for product in products:
            cart._cart_add(product.id, 2.0)

    with (
        patch.object(HttpCase, "http_port", return_value=None),
        MockRequest(env, website=website),
    ):
        contents = []
        for work in (ours, peer):  # equal first, and warm
            new_cart()
            work()
            env.flush_all()
            contents.append(_content(carts[-1]))
        if contents[0] != contents[1]:
            raise AssertionError("the carts differ")
        samples = {ours: Sample(), peer: Sample()}
        for _round in range(ROUNDS):
            for work, sample in samples.items():
                measure(env, work, sample, before=new_cart)
    print(f"  ours {samples[ours].describe()}\n  core {samples[peer].describe()}")
    ratio = samples[peer].median / samples[ours].median
    claim(
        "quick_add",
        f"{1000 * samples[ours].median:.0f}ms",
        f"{1000 * samples[peer].median:.0f}ms",
        ratio,
        ratio >= 3.5,
    )


# === OVER HTTP === #


def _over_http(site):
    with Registry(site["database"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        products, partner = _make(env)
        env["res.users"].with_context(no_reset_password=True).create(
            {
                "login": LOGIN,
                "password": LOGIN,
                "partner_id": partner.id,
                "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
            }
        )
        pairs = [(p.id, p.product_tmpl_id.id) for p in products]
    http, url = _log_in(site["url"]), site["url"]

    def call(path, **params):
        answer = http.post(
            f"{url}{path}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=300,
        ).json()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("result")

    def ours():
        boxes = [
            {"key": str(product), "product_id": product, "quantity": "2"}
            for product, _template in pairs
        ]
        return call("/shop/quick_order/add", boxes=boxes)["cart_quantity"]

    def peer():
        for product, template in pairs:
            answer = call(
                "/shop/cart/add",
                product_id=product,
                product_template_id=template,
                quantity=2,
            )
        return answer["cart_quantity"]

    samples = {ours: Sample(), peer: Sample()}
    contents = {}
    for round_ in range(ROUNDS + 1):
        for work, sample in samples.items():
            call("/shop/cart/clear")
            start = time.perf_counter()
            quantity = work()
            seconds = time.perf_counter() - start
            if quantity != 2 * PRODUCTS:
                raise AssertionError(f"{quantity} pieces in the cart")
            if round_:  # the first one warms up, and is compared
                sample.seconds.append(seconds)
            else:
                contents[work] = _stored(site)
    if contents[ours] != contents[peer]:
        raise AssertionError("the carts differ")
    ratio = samples[peer].median / samples[ours].median
    claim(
        "quick_add_http",
        f"{1000 * samples[ours].median:.0f}ms",
        f"{1000 * samples[peer].median:.0f}ms",
        ratio,
        ratio >= 10,
    )


def _stored(site):
    """The cart of the shopper as it is stored."""
    with Registry(site["database"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        order = env["sale.order"].search(
            [("partner_id.email", "=", "quick@example.com")], order="id desc", limit=1
        )
        return _content(order)


def _log_in(url):
    http = requests.Session()
    page = http.get(f"{url}/web/login", timeout=300).text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
    http.post(
        f"{url}/web/login",
        data={"login": LOGIN, "password": LOGIN, "csrf_token": token},
        timeout=300,
    ).raise_for_status()
    return http
