"""What becomes of orders, for the tests of installing and removing."""

import re
from datetime import date, timedelta

import requests

TRADE_MANAGER = ("trade_network", "group_trade_manager")
STOCK_MANAGER = ("stock", "group_stock_manager")
NUMBER = "1Z999AA10123456784"


def parcels_of_an_order(site):
    """order_track: an order leaves in a parcel, which is followed, and is told of."""
    site.join(*STOCK_MANAGER)
    customer = site.create("res.partner", name="Tracker", email="t@example.com")
    goods = site.create(
        "product.product", name="Tracked", type="consu", list_price=10, taxes_id=[[5]]
    )
    line = {"product_id": goods, "product_uom_qty": 2}
    order = site.create("sale.order", partner_id=customer, order_line=[[0, 0, line]])
    site.call("sale.order", "action_confirm", [order])
    (picking,) = site.read("stock.picking", [["sale_id", "=", order]], "name")
    advice = {
        "order": picking["name"],
        "ref": "A-1",
        "parcels": [{"number": NUMBER, "items": [{"code": "Tracked", "quantity": 2}]}],
    }
    site.call("stock.picking", "record_dispatch_advice", advice)
    site.call("stock.picking", "button_validate", [picking["id"]])
    event = {"number": NUMBER, "kind": "in_transit", "at": "2026-01-02T03:04:05Z"}
    site.call("stock.parcel", "record_events", [event])
    site.call("sale.order", "action_track_page", [order])
    cron = ("ir.model.data", "check_object_reference", "order_track")
    cron_id = site.call(*cron, "ir_cron_notices")[1]
    site.call("ir.cron", "method_direct_trigger", [cron_id])
    (parcel,) = site.read("stock.parcel", [], "state", "line_ids")
    assert parcel["state"] == "in_transit" and parcel["line_ids"], parcel
    reps_and_mills(site, customer)
    return {}


def _named(site, name, module="order_track"):
    """Id of a record that came with an add-on."""
    names = ("ir.model.data", "check_object_reference", module, name)
    return site.call(*names)[1]


def reps_and_mills(site, customer):
    """A rep comes back to a customer; a mill posts for its showroom."""
    site.join(*TRADE_MANAGER)
    rep = site.create(
        "res.partner",
        name="Rory",
        trade_role_ids=[[4, _named(site, "role_sales_rep", "trade_network")]],
    )
    site.call("res.partner", "write", [customer], {"track_rep_ids": [[4, rep]]})
    site.create(
        "track.follow.up",
        rep_id=rep,
        partner_id=customer,
        due_on="2030-01-01",
        note="Call again",
    )
    mill, showroom = (
        site.create("res.partner", name=name, is_company=True, email="s@example.com")
        for name in ("Tracked Mill", "Tracked Loft")
    )
    site.create(
        "trade.relation",
        distributor_id=mill,
        partner_id=showroom,
        role_id=_named(site, "role_showroom", "trade_network"),
        account_number="D-1",
        date_from="2020-01-01",
    )
    site.create(
        "trade.subscription",
        service_id=_named(site, "service_inventory"),
        payer_id=mill,
        distributor_id=mill,
        date_from="2020-01-01",
    )
    desk = site.create("res.partner", name="Desk", parent_id=mill)
    user = site.create(
        "res.users",
        name="Desk",
        login="lifecycle_desk",
        password="lifecycle_desk",
        partner_id=desk,
        group_ids=[[6, 0, [_named(site, "group_portal", "base")]]],
    )
    _post_files(site)
    # who has posted is kept, and has no business here any more
    site.call("res.users", "write", [user], {"active": False, "group_ids": [[5]]})
    for cron in ("ir_cron_reserves", "ir_cron_reserve_notices"):
        site.call("ir.cron", "method_direct_trigger", [_named(site, cron)])
    wizard = site.create("track.key.new", name="ERP", distributor_id=mill)
    site.call("track.key.new", "action_create_key", [wizard])
    (reserve,) = site.read("track.reserve", [], "showroom_id", "state")
    assert reserve["showroom_id"][0] == showroom and reserve["state"] == "held"


def _post_files(site):
    """What the mill uploads in the portal, in two steps: look, then confirm."""
    portal = requests.Session()

    def send(page, path, files=None, **fields):
        text = portal.get(site.url + page, timeout=60).text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        fields["csrf_token"] = token.group(1)
        answer = portal.post(site.url + path, fields, files=files, timeout=60)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    login = "lifecycle_desk"
    send("/web/login", "/web/login", login=login, password=login)
    soon = date.today() + timedelta(days=1)
    for kind, *rows in (
        (
            "order",
            "external_ref,account_number,item_code,quantity",
            "o1,D-1,A,1",
            "o2,?,A,1",
        ),
        (
            "reserve",
            "external_ref,account_number,item_code,quantity,held_until",
            f"r1,D-1,A,1,{soon}",
        ),
        ("freight", "external_ref,account_number", "f1,D-1"),
        ("customer", "account_number,name,showroom", "C-1,Villa,D-1"),
        ("stock", "item_code,piece,on_hand", "A,R1,5"),
        ("mill_order", "name,item_code", "M1,A"),
        ("product", "item_code", "A"),
    ):
        file = {"file": (f"{kind}.csv", "\n".join(rows))}
        shown = send("/my/track/post", "/my/track/post", file, kind=kind, full="delta")
        page = shown.url.removeprefix(site.url)
        send(page, f"{page}/confirm")
