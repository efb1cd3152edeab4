"""All deliveries of a customer: the list, and the page of an order."""

from datetime import timedelta
from urllib.parse import quote

from odoo import fields
from odoo.tests import tagged

from .common_portal import PortalCommon

_UPS = "1Z999AA10123456784"


@tagged("post_install", "-at_install")
class TestPortalDeliveries(PortalCommon):
    def setUp(self):
        super().setUp()
        self._login(self.buyer)

    def _found(self, pickings, query=""):
        page = self._main(f"/my/deliveries{query}")
        return pickings.filtered(lambda one: f">{one.name}<" in page)

    def _shipped_in_parts(self, parts):
        order = self._order([(self.lamp, parts)])
        for number in range(parts):
            self._deliver(order, {self.lamp: 1}, ref=f"TRK{number:06}X")
            order.invalidate_recordset()
        return order

    def test_all_deliveries_with_their_parcels(self):
        order = self._order(
            [(self.lamp, 3)], partner_shipping_id=self.warehouse_berlin.id
        )
        done = self._deliver(order, {self.lamp: 1}, ref=_UPS)
        waiting = order.picking_ids - done
        foreign = self._order([(self.lamp, 1)], partner_id=self.other.id).picking_ids
        pickings = done | waiting | foreign
        self.assertEqual(self._found(pickings), done | waiting)
        page = self._main("/my/deliveries")
        for text in (_UPS, order.name, "Harbor Depot", "Preparation", "Shipped"):
            self.assertIn(text, page)
        self._login(self.stranger)
        self.assertEqual(self._found(pickings), foreign)
        self.assertFalse(self._found(pickings, f"?search={_UPS}"))
        self._login(self.colleague)
        self.assertEqual(self._found(pickings), done | waiting)

    def test_search_and_filters(self):
        first = self._order(
            [(self.lamp, 1)],
            partner_shipping_id=self.warehouse_berlin.id,
            client_order_ref="QUAY 5",
        )
        one = self._deliver(first, ref=_UPS)
        second = self._order([(self.chair, 1)], partner_shipping_id=self.customer.id)
        two = second.picking_ids
        two.date_deadline = fields.Datetime.now() - timedelta(days=2)
        both = one | two
        none = both.browse()
        for query, wanted in (
            (f"search={_UPS}", one),
            ("search=" + quote("1z999 aa1 0123456784"), one),
            ("search_in=number&search=quay", one),
            (f"search_in=number&search={second.name}", two),
            ("search_in=product&search=chair", two),
            ("search_in=ship_to&search=rostock", one),
            ("search_in=all&search=quay", one),
            ("search_in=all&search=chair", two),
            ("search_in=all&search=zebra", none),
            ("filterby=to_ship", two),
            ("filterby=on_way", one),
            ("filterby=delivered", none),
            ("filterby=late", two),
            ("filterby=trouble", none),
            ("filterby=returns", none),
            ("filterby=d30", one),
            ("sortby=order&groupby=order", both),
            ("sortby=ship_to&groupby=ship_to", both),
            ("sortby=status&groupby=status", both),
            ("sortby=x&groupby=y&filterby=z&search_in=w&page=-7", both),
            ("search=%25%00%5C%27", none),
        ):
            with self.subTest(query=query):
                self.assertEqual(self._found(both, f"?{query}"), wanted)
        one.parcel_ids.event_ids.create(
            {"parcel_id": one.parcel_ids.id, "kind": "delivered"}
        )
        self.assertEqual(self._found(both, "?filterby=delivered"), one)

    def test_worksheet(self):
        order = self._order([(self.lamp, 1)], client_order_ref="=HYPERLINK(1)")
        self._deliver(order, ref=_UPS)
        heads, row = self._sheet(f"/my/deliveries/xlsx?search={_UPS}")
        found = {head.value: cell for head, cell in zip(heads, row, strict=True)}
        self.assertEqual(found["Tracking Numbers"].value, _UPS)
        self.assertEqual(found["Order"].value, order.name)
        self.assertEqual(found["Your Reference"].data_type, "s")
        self._login(self.stranger)
        self.assertEqual(len(self._sheet("/my/deliveries/xlsx")), 1)

    def test_card_on_the_home_page(self):
        def count():
            values = self.make_jsonrpc_request(
                "/my/counters", {"counters": ["track_delivery_count"]}
            )
            return values["track_delivery_count"]

        self.assertIn("/my/deliveries", self._page("/my/home"))
        self.assertIn("no deliveries yet", self._page("/my/deliveries"))
        self.assertEqual(count(), 0)
        self._order([(self.lamp, 1)])
        self.assertEqual(count(), 1)

    def test_page_of_an_order_has_all_deliveries(self):
        order = self._shipped_in_parts(5)
        page = self._page(f"/my/orders/{order.id}")
        for picking in order.picking_ids:
            self.assertIn(picking.name, page)
        for parcel in order.parcel_ids:
            self.assertIn(parcel.name, page)

    def test_parcels_of_a_closed_order(self):
        order = self._order([(self.lamp, 1)])
        picking = self._deliver(order, ref=_UPS)
        self.env["stock.parcel.event"].create(
            {
                "parcel_id": picking.parcel_ids.id,
                "kind": "delivered",
                "place": "Front <b>desk</b>",
            }
        )
        order.action_lock()
        page = self._page(f"/my/orders/{order.id}")
        self.assertIn(_UPS, page)
        self.assertIn("Delivered", page)
        self.assertIn("Front &lt;b&gt;desk", page)

    def test_queries_of_an_order_do_not_grow_with_parcels(self):
        few = self._shipped_in_parts(2)
        many = self._shipped_in_parts(20)
        self.assertEqual(len(many.parcel_ids), 20)
        self.assertLessEqual(
            self._queries(f"/my/orders/{many.id}"),
            self._queries(f"/my/orders/{few.id}"),
        )

    def test_queries_of_the_list_do_not_grow(self):
        self._shipped_in_parts(2)
        few = self._queries("/my/deliveries")
        self._shipped_in_parts(20)
        self.assertLessEqual(self._queries("/my/deliveries"), few)
