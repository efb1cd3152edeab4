"""The shop's pages with the gate installed and rules on, against core alone.

Two servers on two databases with the same products and a cart of 20 lines. Claim for
/shop and /shop/cart: at most 1.15 times core's time, at most 5 more queries, and not one
query more for a cart of 20 lines than for one of 5 beyond what core itself adds.
"""

import re
import statistics
import time
from contextlib import contextmanager

import requests

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from ._measure import claim

NEEDS_HTTP = True
NEEDS_CORE = True
ROUNDS = 25
LINES = 20
LOGIN = "bench"


def run(env, site=None, core=None):
    products = {}
    for place in (site, core):
        with _environment(place) as own:
            products[place["url"]] = _make_shop(own)
    shoppers = {}
    for name, place in (("ours", site), ("core", core)):
        shoppers[name] = Shopper(place, products[place["url"]])
    for path in ("/shop", "/shop/cart"):
        _compare(path, shoppers)
    few = {name: _queries(shopper, "/shop/cart") for name, shopper in shoppers.items()}
    for shopper in shoppers.values():
        shopper.fill(5)
    small = {
        name: _queries(shopper, "/shop/cart") for name, shopper in shoppers.items()
    }
    ours, theirs = few["ours"] - small["ours"], few["core"] - small["core"]
    claim("cart_page_per_line", f"{ours}q", f"{theirs}q", ours - theirs, ours <= theirs)


def _compare(path, shoppers):
    seconds = {name: [] for name in shoppers}
    for shopper in shoppers.values():
        for _warm in range(3):
            shopper.get(path)
    for _round in range(ROUNDS):
        for name, shopper in shoppers.items():
            seconds[name].append(shopper.get(path))
    ours, theirs = (statistics.median(seconds[name]) for name in ("ours", "core"))
    more = _queries(shoppers["ours"], path) - _queries(shoppers["core"], path)
    label = path.strip("/").replace("/", "_")
    claim(
        f"cart_page_{label}",
        f"{1000 * ours:.0f}ms",
        f"{1000 * theirs:.0f}ms",
        ours / theirs,
        ours <= 1.15 * theirs,
    )
    claim(f"cart_page_{label}_queries", f"+{more}", "+5", more, more <= 5)


def _queries(shopper, path):
    """Median of the queries of a page, read from the server's request log."""
    counts = []
    for _round in range(5):
        size = shopper.log_size()
        shopper.get(path)
        counts.append(shopper.logged_queries(path, size))
    return statistics.median(counts)


@contextmanager
def _environment(place):
    with Registry(place["database"]).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})


def _make_shop(env):
    """The same shop in either database; rules only where there is a gate.

    :return: ids of products and their templates
    """
    products = env["product.product"].create(
        [
            {"name": f"Bench {n}", "list_price": 5 + n, "is_published": True}
            for n in range(60)
        ]
    )
    partner = env["res.partner"].create(
        {
            "name": "Bench Shopper",
            "email": "bench@example.com",
            "street": "1 Way",
            "city": "Albany",
            "zip": "12207",
            "phone": "+1 518 555 0100",
            "country_id": env.ref("base.us").id,
            "state_id": env.ref("base.state_us_27").id,
        }
    )
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "login": LOGIN,
            "password": LOGIN,
            "partner_id": partner.id,
            "group_ids": [(6, 0, env.ref("base.group_portal").ids)],
        }
    )
    if "sale.review.rule" in env:
        _make_rules(env, products)
    return [(p.id, p.product_tmpl_id.id) for p in products[:LINES]]


def _make_rules(env, products):
    # every kind holds for the first five products: small and large carts meet them all
    env["sale.review.rule"].create(
        [
            *(
                {
                    "name": f"At most {50 + n}",
                    "kind": "max_quantity",
                    "max_quantity": 50 + n,
                    "product_ids": [(6, 0, product.ids)],
                }
                for n, product in enumerate(products[:10])
            ),
            {
                "name": "Quota",
                "kind": "quota",
                "max_quantity": 30,
                "product_ids": [(6, 0, products[2:7].ids)],
            },
            {"name": "Large", "kind": "amount", "amount_max": 5000, "severity": "warn"},
            {
                "name": "Two at least",
                "kind": "multiple",
                "min_quantity": 2,
                "product_ids": [(6, 0, products[3:5].ids)],
            },
        ]
    )


class Shopper:
    """A logged-in visitor with a cart, on one server."""

    def __init__(self, place, products):
        self.url, self.log, self.products = place["url"], place["log"], products
        self.lines = 0
        self.http = requests.Session()
        page = self.http.get(f"{self.url}/web/login", timeout=120).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        answer = self.http.post(
            f"{self.url}/web/login",
            data={"login": LOGIN, "password": LOGIN, "csrf_token": token},
            timeout=120,
        )
        answer.raise_for_status()
        self.fill(LINES)

    def fill(self, lines):
        """Have one piece of each of the first products in the cart, and no more."""
        for product, template in self.products[self.lines : lines]:
            self._call(
                "/shop/cart/add",
                product_id=product,
                product_template_id=template,
                quantity=1,
            )
        if lines < self.lines:
            page = self.http.get(f"{self.url}/shop/cart", timeout=120).text
            found = dict.fromkeys(re.findall(r'data-line-id="(\d+)"', page))
            for line in list(found)[lines:]:
                self._call("/shop/cart/update", line_id=int(line), quantity=0)
        self.lines = lines

    def _call(self, path, **params):
        answer = self.http.post(
            f"{self.url}{path}",
            json={"jsonrpc": "2.0", "method": "call", "params": params},
            timeout=120,
        ).json()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("result")

    def get(self, path):
        start = time.perf_counter()
        answer = self.http.get(f"{self.url}{path}", timeout=120)
        seconds = time.perf_counter() - start
        answer.raise_for_status()
        return seconds

    def log_size(self):
        with open(self.log, "rb") as handle:
            return handle.seek(0, 2)

    def logged_queries(self, path, size):
        """Queries of the request just made; the log ends with count and times."""
        pattern = re.compile(
            rf'"GET {re.escape(path)} HTTP/1\.1" 200 - (\d+) '.encode()
        )
        for _try in range(50):
            with open(self.log, "rb") as handle:
                handle.seek(size)
                if found := pattern.findall(handle.read()):
                    return int(found[-1])
            time.sleep(0.1)
        raise RuntimeError(f"{path} is not in {self.log}")
