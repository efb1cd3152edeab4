"""What people did with an add-on before it is removed or upgraded.

A new add-on with models of its own, and a new migration, need a word here; the tests
say so by failing. A story speaks to the site as the web client does, and has to work
with the version before as well.
"""

import base64

from scripts.desk import modules

from . import sample_stories, track_stories

LONG_AGO = "2024-02-29 12:34:56"
REVIEW_MANAGER = ("order_review", "group_review_manager")
CUSTOMER_SERVICE = ("order_entry", "group_order_for_all")
PREBOOK_ADMIN = ("order_prebook", "group_admin")
FEED_MANAGER = ("distributor_feeds", "group_feed_manager")
TRADE_MANAGER = ("trade_network", "group_trade_manager")


def _confirmed(site, order):
    return site.read("sale.order", [["id", "=", order]], "state")[0]["state"] == "sale"


def product(site, name, **values):
    values = {"list_price": 10, "type": "consu", "taxes_id": [[5]], **values}
    return site.create("product.product", name=name, **values)


def quotation(site, product_id, quantity):
    """Make a quotation over one line, for a customer of its own."""
    line = {"product_id": product_id, "product_uom_qty": quantity}
    return site.create(
        "sale.order",
        partner_id=site.create("res.partner", name="Lifecycle"),
        order_line=[[0, 0, line]],
    )


def sell(site):
    """Confirm an order the plain way, as in any Odoo; return whether it is."""
    order = quotation(site, product(site, "Anything"), 1)
    site.call("sale.order", "action_confirm", [order])
    return _confirmed(site, order)


def tell(site, name):
    """Do what people do with the add-on and with those of ours it needs.

    :return: what :data:`MIGRATED` is to look at afterwards
    """
    told = {}
    for one in modules.closure([name]):
        if one in STORIES:
            told |= STORIES[one](site)
    return told


def reviewed_orders(site):
    """order_review: rules, an order that is held, one released, one corrected."""
    site.join(*REVIEW_MANAGER)
    display, lamp = product(site, "Display"), product(site, "Lamp")
    for product_id, values in (
        (display, {"kind": "max_quantity", "severity": "approve"}),
        (display, {"kind": "quota", "max_quantity": 1000}),
        (lamp, {"kind": "correction", "correction": "cap"}),
    ):
        values = {"max_quantity": 10, "product_ids": [[6, 0, [product_id]]], **values}
        site.create("sale.review.rule", name=values["kind"], **values)
    held, released = (quotation(site, display, 11) for _each in range(2))
    for order in (held, released):
        site.call("sale.order", "action_review_confirm", [order])
        assert not _confirmed(site, order)
    site.call("sale.order", "action_review_request", [held])
    site.call("sale.order", "action_review_decide", [released], reason="New shop")
    site.call("sale.order", "action_confirm", [released])
    corrected = quotation(site, lamp, 12)
    site.call("sale.order", "action_review_confirm", [corrected])
    assert _confirmed(site, released)
    assert _confirmed(site, corrected)
    site.call("sale.order", "write", [released], {"date_order": LONG_AGO})
    return {"held": held, "released": released, "corrected": corrected}


def many_ways_in(site):
    """order_entry: orders for somebody else and for many, lists, customers' codes."""
    admin = site.join(*CUSTOMER_SERVICE)
    member = site.create("res.partner", name="Member")
    site.create("order.representation", user_id=admin, partner_id=member)
    order = site.call("res.partner", "action_order_on_behalf", [member])["res_id"]
    assert site.read("sale.order", [["id", "=", order]], "on_behalf_of_id")
    site.send("/my/on-behalf", "/my/on-behalf/refuse", user_id=0)
    pen = product(site, "Pen", default_code="PEN")
    site.create(
        "product.customer.reference", partner_id=member, product_id=pen, code="P-1"
    )
    lines = [[0, 0, {"product_id": pen, "quantity": 3}]]
    site.create("sale.reorder.list", name="Monthly", line_ids=lines)
    site.send("/shop/quick_order/list", "/shop/quick_order/list", text="PEN;4")
    order_for_division(site, pen)
    return {}


def order_for_division(site, product_id):
    """order_entry: one order for two stores, each with a delivery of its own."""
    address = {"street": "1 Main", "city": "Ghent", "zip": "9000", "country_id": 20}
    head = site.create("res.partner", name="Head Office", **address)
    stores = [site.create("res.partner", name=name, **address) for name in "AB"]
    members = [[0, 0, {"partner_id": store}] for store in stores]
    division = site.create(
        "order.division", name="West", partner_id=head, member_ids=members
    )
    line = {"product_id": product_id, "division_qty": 2}
    order = site.create(
        "sale.order",
        partner_id=head,
        division_id=division,
        order_line=[[0, 0, line]],
    )
    site.call("sale.order", "action_confirm", [order])
    assert _confirmed(site, order)
    assert len(site.read("sale.order.recipient", [["order_id", "=", order]])) == 2


def booked_flowers(site):
    """order_prebook: a prebook that is on hold, one cancelled, a standing order."""
    site.join(*PREBOOK_ADMIN)
    tulip = product(site, "Tulip", is_storable=True)
    for action in ("action_prebook_hold", "action_prebook_cancel"):
        order = quotation(site, tulip, 10)
        (line,) = site.read("sale.order.line", [["order_id", "=", order]])
        site.call("sale.order.line", "write", [line["id"]], {"prebook_by_hand": True})
        site.call("sale.order", "action_confirm", [order])
        assert site.read("sale.order", [["id", "=", order]], "prebook_state")
        site.call("sale.order.line", action, [line["id"]])
    standing = site.create(
        "sale.standing.order",
        partner_id=site.create("res.partner", name="Florist"),
        line_ids=[[0, 0, {"product_id": tulip, "quantity": 5}]],
        skip_ids=[[0, 0, {"date_from": "2030-12-24"}]],
    )
    site.call("sale.standing.order", "action_start", [standing])
    return {}


def network_of_a_mill(site):
    """trade_network: a mill with a showroom that pays for a service, an own role."""
    site.join(*TRADE_MANAGER)
    mill, showroom = (
        site.create("res.partner", name=name) for name in ("Mill", "Loft")
    )
    role = site.create("trade.role", name="Fitter", code="fitter")
    site.call("res.partner", "write", [showroom], {"trade_role_ids": [[4, role]]})
    deals = {"distributor_id": mill, "partner_id": showroom}
    site.create("trade.relation", role_id=role, account_number="M-1", **deals)
    service = site.create("trade.service", name="Stock", code="stock_of_mills")
    site.create(
        "trade.subscription", service_id=service, payer_id=showroom, grace_days=5
    )
    (known,) = site.read("res.partner", [["id", "=", mill]], "is_distributor")
    assert known["is_distributor"]
    return {}


def lists_of_a_distributor(site):
    """distributor_feeds: a feed with a password, two files, a price nobody believes."""
    site.join(*FEED_MANAGER)
    distributor = site.create("res.partner", name="Northern Parts")
    account = site.create("distributor.account", distributor_id=distributor)
    columns = {"code": "sku", "mpn": "part", "manufacturer": "maker"}
    columns |= {"quantity": "stock", "price": "price"}
    profile = site.create(
        "distributor.feed.profile",
        name="Northern list",
        rule_ids=[
            [0, 0, {"target": target, "column": column}]
            for target, column in columns.items()
        ],
    )
    feed = site.create(
        "distributor.feed",
        name="Weekly list",
        account_id=account,
        profile_id=profile,
        password="secret",
    )
    bulb = product(site, "Bulb", manufacturer="Lumen", mpn="B-1")
    site.create(
        "distributor.match",
        account_id=account,
        code="N-2",
        product_id=product(site, "Cord"),
    )
    for price, stock in (("1.50", 7), ("99.00", 6)):
        _uploaded(site, feed, f"N-1,B-1,Lumen,4,{price}", f"N-2,C-2,Lumen,{stock},2.00")
    offers = site.read(
        "distributor.offer", [["account_id", "=", account]], "product_id"
    )
    assert len(offers) == 2 and all(offer["product_id"] for offer in offers)
    assert bulb in [offer["product_id"][0] for offer in offers]
    assert site.read("distributor.feed.reject", [["feed_id", "=", feed]])
    site.call("distributor.offer", "action_refuse_match", [offers[0]["id"]])
    pushed = site.create(
        "distributor.feed",
        name="Pushed",
        account_id=account,
        profile_id=profile,
        method="push",
    )
    new = site.create("distributor.feed.key.new", feed_id=pushed, name="Northern")
    site.call("distributor.feed.key.new", "action_create_key", [new])
    site.create(
        "distributor.service",
        name="Ask Northern",
        account_id=account,
        url="https://northern.example.com/stock",
    )
    return {}


def _uploaded(site, feed, *lines):
    """Upload a file and load it, as the scheduled action would."""
    text = "\n".join(["sku,part,maker,stock,price", *lines, ""])
    upload = site.create(
        "distributor.feed.upload",
        feed_id=feed,
        file=base64.b64encode(text.encode()).decode(),
        file_name="list.csv",
    )
    site.call("distributor.feed.upload", "action_load", [upload])
    cron = site.call(
        "ir.model.data", "check_object_reference", "distributor_feeds", "ir_cron_feeds"
    )[1]
    site.call("ir.cron", "method_direct_trigger", [cron])


# add-on: what makes data in each of its models
STORIES = {
    "distributor_feeds": lists_of_a_distributor,
    "order_entry": many_ways_in,
    "order_prebook": booked_flowers,
    "order_review": reviewed_orders,
    "order_track": track_stories.parcels_of_an_order,
    "sample_library": sample_stories.samples_of_a_mill,
    "trade_network": network_of_a_mill,
}


def confirmation_times(site, told):
    """order_review 19.0.1.1.0: confirmed orders, and only these, know since when."""
    orders = {
        order["id"]: order
        for order in site.read("sale.order", [], "date_order", "review_confirmed_at")
    }
    assert not orders[told["held"]]["review_confirmed_at"]
    assert orders[told["released"]]["review_confirmed_at"] == LONG_AGO
    corrected = orders[told["corrected"]]
    assert corrected["review_confirmed_at"] == corrected["date_order"]


# (add-on, version): what must be right after its migration to that version
MIGRATED = {("order_review", "19.0.1.1.0"): confirmation_times}
