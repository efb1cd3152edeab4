from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import TrackCommon
from .test_parcel import SECOND, UPS

SPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
UBL = f"""<?xml version="1.0" encoding="UTF-8"?>
<DespatchAdvice xmlns="{SPACE}DespatchAdvice-2"
    xmlns:cac="{SPACE}CommonAggregateComponents-2"
    xmlns:cbc="{SPACE}CommonBasicComponents-2">
  <cbc:ID>ASN-1</cbc:ID>
  <cac:OrderReference><cbc:ID>ORDER</cbc:ID></cac:OrderReference>
  <cac:Shipment>
    <cbc:ID>1</cbc:ID>
    <cac:Delivery><cac:EstimatedDeliveryPeriod>
      <cbc:EndDate>2026-12-03</cbc:EndDate>
    </cac:EstimatedDeliveryPeriod></cac:Delivery>
    <cac:TransportHandlingUnit><cbc:ID>{UPS}</cbc:ID></cac:TransportHandlingUnit>
    <cac:TransportHandlingUnit><cbc:ID>{SECOND}</cbc:ID></cac:TransportHandlingUnit>
  </cac:Shipment>
  <cac:DespatchLine>
    <cbc:ID>1</cbc:ID>
    <cbc:DeliveredQuantity unitCode="C62">3</cbc:DeliveredQuantity>
    <cac:Item><cac:BuyersItemIdentification><cbc:ID>LAMP-1</cbc:ID>
    </cac:BuyersItemIdentification></cac:Item>
    <cac:Shipment><cbc:ID>1</cbc:ID><cac:TransportHandlingUnit>
      <cbc:ID>{UPS}</cbc:ID></cac:TransportHandlingUnit></cac:Shipment>
  </cac:DespatchLine>
  <cac:DespatchLine>
    <cbc:ID>2</cbc:ID>
    <cbc:DeliveredQuantity unitCode="C62">2</cbc:DeliveredQuantity>
    <cac:Item><cac:StandardItemIdentification><cbc:ID>4006381333931</cbc:ID>
    </cac:StandardItemIdentification></cac:Item>
    <cac:Shipment><cbc:ID>1</cbc:ID><cac:TransportHandlingUnit>
      <cbc:ID>{SECOND}</cbc:ID></cac:TransportHandlingUnit></cac:Shipment>
  </cac:DespatchLine>
</DespatchAdvice>
"""


@tagged("post_install", "-at_install")
class TestAdvice(TrackCommon):
    """Dispatch advices."""

    def setUp(self):
        super().setUp()
        self.lamp.default_code = "LAMP-1"
        self.chair.barcode = "4006381333931"
        self.order = self._order([(self.lamp, 5), (self.chair, 2)])
        self.advice = {
            "order": self.order.name,
            "ref": "ASN-9",
            "expected_on": "2026-12-01",
            "parcels": [
                {
                    "number": UPS,
                    "weight": 4.5,
                    "items": [{"code": "LAMP-1", "quantity": 5}],
                }
            ],
        }

    def _take(self, advice, user=None):
        pickings = self.env["stock.picking"]
        return self._call(
            user or self.clerk, pickings, "record_dispatch_advice", advice
        )

    def test_parcels_with_contents_and_a_day(self):
        self.assertEqual(self._take(self.advice), {"new": [UPS], "unknown": []})
        parcel = self.order.parcel_ids
        self.assertEqual(parcel.line_ids.product_id, self.lamp)
        self.assertEqual((parcel.line_ids.quantity, parcel.weight), (5, 4.5))
        self.assertEqual(parcel.expected_on, date(2026, 12, 1))
        self.assertEqual(parcel.state, "announced")
        self.assertEqual(parcel.event_ids.source, "advice")
        self.assertEqual(self._take(self.advice), {"new": [], "unknown": []})
        self.assertEqual(len(parcel.event_ids), 1)

    def test_ubl(self):
        self._take(UBL.replace("ORDER", self.order.picking_ids.name))
        parcels = self.order.parcel_ids.sorted("id")
        self.assertEqual(parcels.mapped("name"), [UPS, SECOND])
        self.assertEqual(parcels.line_ids.mapped("quantity"), [3, 2])
        self.assertEqual(parcels.line_ids.product_id, self.lamp | self.chair)
        self.assertEqual(set(parcels.mapped("expected_on")), {date(2026, 12, 3)})

    def test_items_that_are_not_on_the_order_are_named(self):
        self.advice["parcels"][0]["items"].append({"code": "SOFA", "quantity": 1})
        self.assertEqual(self._take(self.advice)["unknown"], ["SOFA"])

    def test_what_cannot_be_read_says_what_is_wrong(self):
        parcel = self.advice["parcels"][0]
        for words, advice in (
            ("names no order", {**self.advice, "order": ""}),
            ("names no order", {**self.advice, "parcels": []}),
            ("not a day", {**self.advice, "expected_on": "soon"}),
            ("another century", {**self.advice, "expected_on": "1899-01-01"}),
            (
                "is not a number",
                {**self.advice, "parcels": [{**parcel, "weight": "x"}]},
            ),
            ("no quantity", {**self.advice, "parcels": [{**parcel, "weight": -1}]}),
            ("no quantity", {**self.advice, "parcels": [{**parcel, "weight": "nan"}]}),
            ("as described", {"order": self.order.name}),
            ("as described", {**self.advice, "parcels": [5]}),
            ("too many", {**self.advice, "parcels": [parcel] * 501}),
            ("0 deliveries", {**self.advice, "order": "S99999"}),
            (
                "not a tracking number",
                {**self.advice, "parcels": [{**parcel, "number": "<b>"}]},
            ),
            ("well-formed", "text"),
            ("no XML", None),
            ("not a UBL", "<DespatchAdvice/>"),
            ("document type", f"<!DOCTYPE a [<!ENTITY b 'c'>]>{UBL[40:]}"),
            ("larger than 2 MB", UBL + " " * (2 << 20)),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self._take(advice)
        self.assertFalse(self.order.parcel_ids)

    def test_of_several_deliveries_the_open_one_is_meant(self):
        done = self._deliver(self.order, {self.lamp: 1})
        self._take(self.advice)
        self.assertTrue(self.order.parcel_ids)
        self.assertFalse(done.parcel_ids)
        last = self._deliver(self.order)
        # the same advice again is still known; a new one does not know where
        self.assertEqual(self._take(self.advice)["new"], [])
        self.advice["parcels"][0]["number"] = SECOND
        with self.assertRaisesRegex(UserError, "2 deliveries"):
            self._take(self.advice)
        self._take({**self.advice, "order": last.name})
        self.assertEqual(len(last.parcel_ids), 2)

    def test_only_the_inventory_records_advices(self):
        salesman = new_test_user(
            self.env, "track_seller", "sales_team.group_sale_salesman_all_leads"
        )
        with self.assertRaises(AccessError):
            self._take(self.advice, salesman)
