"""What becomes of orders, for the tests of installing and removing."""

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
    return {}
