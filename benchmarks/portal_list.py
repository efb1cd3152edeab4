"""Core's /my/orders on a small database against ours on a large one, over HTTP.

Ours has N sale orders, each with a line, a delivery and a parcel; the customer has 5,000
of them. Core alone has 200 orders of one customer. Either page shows 80 orders. Claims:
our list, and a search by a tracking number, take at most 1.2 times what core's list
takes. Searches by the other things are printed beside them.
"""

import os
import statistics
from urllib.parse import quote

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import Registry

from ._measure import claim
from ._sample_data import bulk, tidy
from .cart_page import LOGIN, Shopper, _queries

NEEDS_HTTP = True
NEEDS_CORE = True
ORDERS = int(os.environ.get("N") or 1_000_000)
OWN = min(5000, ORDERS // 2)
CORE = 200
CUSTOMERS = 1000
ROUNDS = 25
MOST = 1.2


def run(env, site=None, core=None):
    for place, count, own in ((site, ORDERS, OWN), (core, CORE, CORE)):
        with Registry(place["database"]).cursor() as cr:
            _make(api.Environment(cr, SUPERUSER_ID, {}), count, own)
    print(f"  {ORDERS:,} orders, {OWN:,} of the customer; core {CORE}")
    ours, theirs = Reader(site), Reader(core)
    number = _number(OWN // 2)
    peer = "/my/orders"
    for name, path, wanted in (
        ("portal_list", "/my/orders", 80),
        ("portal_list_tracking", f"/my/orders?search_in=tracking&search={number}", 1),
    ):
        ours.check(path, wanted)
        theirs.check(peer, 80)
        mine, his = _compare(ours, path, theirs, peer)
        claim(
            name,
            f"{1000 * mine:.0f}ms",
            f"{1000 * his:.0f}ms",
            mine / his,
            mine <= MOST * his,
        )
    for where, text, wanted in (
        ("number", f"B{OWN // 2:08}", 1),
        ("reference", f"PO-{OWN - 1}", 1),
        ("product", "BENCH-SKU", 80),
        ("ship_to", "Rostock", 80),
        ("all", f"B{OWN // 2:08}", 1),
        ("all", number, 1),
    ):
        path = f"/my/orders?search_in={where}&search={quote(text)}"
        ours.check(path, wanted)
        print(f"  search in {where}: {1000 * _median(ours, path):.0f} ms")
    for path in (
        "/my/orders?filterby=late",
        "/my/orders?groupby=ship_to",
        "/my/deliveries",
    ):
        print(f"  {path}: {1000 * _median(ours, path):.0f} ms")
    print(
        f"  queries: ours {_queries(ours, '/my/orders'):.0f}, "
        f"core {_queries(theirs, '/my/orders'):.0f}"
    )


class Reader(Shopper):
    """A logged-in customer who buys nothing."""

    def __init__(self, place):
        super().__init__(place, [])

    def check(self, path, wanted):
        """Whether a page shows as many orders as it should.

        :param int wanted: links to orders
        """
        page = self.http.get(f"{self.url}{path}", timeout=120).text
        shown = len(set(_links(page)))
        if shown != wanted:
            raise AssertionError(f"{path}: {shown} orders")


def _links(page):
    for part in page.split('href="/my/orders/')[1:]:
        digits = part.split('"')[0].split("?")[0]
        if digits.isdigit():
            yield digits


def _compare(ours, path, theirs, peer):
    """Medians of two pages, asked for in turns."""
    mine, his = [], []
    for _warm in range(3):
        ours.get(path)
        theirs.get(peer)
    for _round in range(ROUNDS):
        mine.append(ours.get(path))
        his.append(theirs.get(peer))
    return statistics.median(mine), statistics.median(his)


def _median(reader, path):
    reader.get(path)
    return statistics.median(reader.get(path) for _round in range(9))


def _number(order):
    return f"BENCH{order:09}"


def _make(env, count, own):
    """Orders of many customers, the first ones of the reader; committed."""
    customer, *others = env["res.partner"].create(
        [
            {
                "name": f"Bench {n}",
                "email": f"bench{n}@example.com",
                "city": "Rostock",
                "zip": "18055",
                "country_id": env.ref("base.de").id,
            }
            for n in range(CUSTOMERS)
        ]
    )
    env["res.users"].with_context(no_reset_password=True).create(
        {
            "login": LOGIN,
            "password": LOGIN,
            "partner_id": customer.id,
            "group_ids": [Command.set(env.ref("base.group_portal").ids)],
        }
    )
    product = env["product.product"].create(
        {"name": "Bench Lamp", "default_code": "BENCH-SKU", "is_storable": True}
    )
    order = env["sale.order"].create(
        {
            "partner_id": customer.id,
            "order_line": [Command.create({"product_id": product.id})],
        }
    )
    order.action_confirm()
    picking = order.picking_ids
    partners = [customer.id, *(one.id for one in others)]
    whose = f"CASE WHEN n < {own} THEN {customer.id} ELSE (%(partners)s)[2 + n %% {len(others)}] END"
    env.flush_all()
    first = {}

    def copy(record, **changes):
        first[record._name] = _copy(
            env, record, count, {"partners": partners, **first_ids()}, changes
        )

    def first_ids():
        return {name.replace(".", "_"): value for name, value in first.items()}

    copy(
        order,
        name="'B' || lpad(n::text, 8, '0')",
        client_order_ref="'PO-' || n",
        partner_id=whose,
        partner_invoice_id=whose,
        partner_shipping_id=whose,
        date_order="now() AT TIME ZONE 'UTC' - n * interval '1 minute'",
        access_token="NULL",
    )
    copy(order.order_line, order_id="%(sale_order)s + n", order_partner_id=whose)
    copy(
        picking,
        name="'BENCH/' || n",
        partner_id=whose,
        sale_id="%(sale_order)s + n",
    )
    if "stock.parcel" in env:
        parcel = env["stock.parcel"].create(
            {"picking_id": picking.id, "name": _number(999_999_999)}
        )
        env.flush_all()
        copy(
            parcel,
            name="'BENCH' || lpad(n::text, 9, '0')",
            picking_id="%(stock_picking)s + n",
            order_id="%(sale_order)s + n",
        )
        tidy(env, "stock_parcel")
    order._action_cancel()
    tidy(env, "sale_order", "sale_order_line", "stock_picking", "res_partner")


def _copy(env, record, count, known, changes):
    """Copies of one record, by SQL; their ids follow each other.

    :param dict changes: SQL per column, in which ``n`` counts from nought
    :return: id of the first copy
    :rtype: int
    """
    cr, table = env.cr, record._table
    cr.execute(
        """
        SELECT column_name FROM information_schema.columns
         WHERE table_name = %s AND column_name != 'id'
        """,
        [table],
    )
    columns = [name for (name,) in cr.fetchall()]
    cr.execute(f"SELECT max(id) + 1 FROM {table}")
    (first,) = cr.fetchone()
    values = ", ".join(changes.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    with bulk(env, table):
        cr.execute(
            f"""
            INSERT INTO {table} (id, {names})
            SELECT {first} + n, {values}
              FROM {table} t, generate_series(0, {count - 1}) n WHERE t.id = %(template)s
            """,
            {**known, "template": record.id},
        )
    cr.execute(
        "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count]
    )
    return first
