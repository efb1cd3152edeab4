from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TrackCommon

UPS = "1Z999AA10123456784"
SECOND = "1Z12345E1512345676"


@tagged("post_install", "-at_install")
class TestParcel(TrackCommon):
    def setUp(self):
        super().setUp()
        self.order = self._order([(self.lamp, 5), (self.chair, 2)])

    def _event(self, parcel, kind, hours=0, **values):
        return self.env["stock.parcel.event"].create(
            {
                "parcel_id": parcel.id,
                "kind": kind,
                "at": fields.Datetime.now() + timedelta(hours=hours),
                **values,
            }
        )

    def test_numbers_on_a_transfer_become_parcels(self):
        picking = self._deliver(self.order, ref=f"1z 999 aa1 01 2345 6784,{SECOND}")
        parcels = picking.parcel_ids.sorted("id")
        self.assertEqual(parcels.mapped("name"), [UPS, SECOND])
        self.assertEqual(set(parcels.mapped("carrier_code")), {"ups"})
        self.assertEqual(parcels.order_id, self.order)
        self.assertEqual(self.order.parcel_count, 2)
        self.assertIn(UPS, parcels.sorted("id")[:1].tracking_url)
        self.assertEqual(set(parcels.mapped("state")), {"shipped"})
        # each number has its own link where core made one of both
        self.assertEqual(
            [name for name, _url in picking.get_multiple_carrier_tracking()],
            [UPS, SECOND],
        )

    def test_the_only_parcel_holds_all_of_the_transfer(self):
        picking = self._deliver(self.order, {self.lamp: 3}, ref=UPS)
        content = picking.parcel_ids.line_ids
        self.assertEqual(content.product_id, self.lamp)
        self.assertEqual(content.quantity, 3)

    def test_of_several_parcels_nobody_knows_the_contents(self):
        picking = self._deliver(self.order, ref=f"{UPS}, {SECOND}")
        self.assertFalse(picking.parcel_ids.line_ids)

    def test_a_number_taken_out_takes_its_parcel_along(self):
        picking = self.order.picking_ids
        picking.carrier_tracking_ref = f"{UPS},{SECOND}"
        first = picking.parcel_ids.sorted("id")[:1]
        self._event(first, "picked_up")
        picking.carrier_tracking_ref = False
        # of one something is known
        self.assertEqual(picking.parcel_ids, first)

    def test_a_parcel_that_was_typed_stays(self):
        picking = self.order.picking_ids
        parcel = self.env["stock.parcel"].create(
            {"picking_id": picking.id, "name": UPS}
        )
        picking.carrier_tracking_ref = SECOND
        self.assertEqual(len(picking.parcel_ids), 2)
        picking.carrier_tracking_ref = False
        self.assertEqual(picking.parcel_ids, parcel)

    def test_steps_in_the_warehouse_have_no_parcels(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._order([(self.lamp, 1)])
        picking = order.picking_ids.filtered(
            lambda one: one.location_dest_id.usage == "internal"
        )
        picking.carrier_tracking_ref = UPS
        self.assertTrue(picking)
        self.assertFalse(order.parcel_ids)

    def test_numbers_that_are_none(self):
        picking = self.order.picking_ids
        picking.carrier_tracking_ref = "<script>alert(1)</script>"
        self.assertFalse(picking.parcel_ids)
        picking.carrier_tracking_ref = "9" * 10_000
        self.assertFalse(picking.parcel_ids)
        for text in ("<b>1234567</b>", "\N{GRINNING FACE}" * 9, "1" * 41, "x"):
            with self.assertRaisesRegex(ValidationError, "not a tracking number"):
                self.env["stock.parcel"].create(
                    {"picking_id": picking.id, "name": text}
                )

    def test_numbers_of_small_carriers_are_kept_as_they_are(self):
        carrier = self.env.ref("delivery.free_delivery_carrier")
        carrier.tracking_url = "https://vans.example/<shipmenttrackingnumber>"
        picking = self.order.picking_ids
        picking.carrier_id = carrier
        picking.carrier_tracking_ref = "van 7/123"
        self.assertEqual(picking.parcel_ids.name, "VAN 7/123")
        self.assertFalse(picking.parcel_ids.carrier_code)
        self.assertEqual(
            picking.parcel_ids.tracking_url, "https://vans.example/VAN%207%2F123"
        )
        carrier.tracking_url = "javascript:alert('<shipmenttrackingnumber>')"
        self.assertFalse(picking.parcel_ids.tracking_url)

    def test_the_delivery_method_says_whose_number_it_is(self):
        carrier = self.env.ref("delivery.free_delivery_carrier").copy()
        picking = self.order.picking_ids
        for name, code in (("FedEx Ground", "fedex"), ("DHL Paket", "dhl_parcel_de")):
            carrier.name = name
            picking.carrier_id = carrier
            # right for either of them
            picking.carrier_tracking_ref = "201298452277"
            self.assertEqual(picking.parcel_ids.carrier_code, code)
            picking.carrier_tracking_ref = False

    @mute_logger("odoo.sql_db")
    def test_a_number_stands_once_on_a_transfer(self):
        picking = self.order.picking_ids
        picking.carrier_tracking_ref = f"{UPS};{UPS}"
        self.assertEqual(len(picking.parcel_ids), 1)
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.env["stock.parcel"].create({"picking_id": picking.id, "name": UPS})

    def test_the_state_follows_the_events(self):
        parcel = self._deliver(self.order, ref=UPS).parcel_ids
        self._event(parcel, "in_transit", -30)
        self.assertEqual(parcel.state, "in_transit")
        self._event(parcel, "out_for_delivery", -3)
        self._event(parcel, "picked_up", -40)
        self.assertEqual(parcel.state, "out_for_delivery")
        arrived = self._event(parcel, "delivered", -1)
        # a scan that was sent late takes nothing away
        self._event(parcel, "in_transit")
        self.assertEqual(parcel.state, "delivered")
        self.assertEqual(parcel.delivered_at, arrived.at)
        self.assertLess(parcel.shipped_at, arrived.at)
        self._event(parcel, "returned", 1)
        self.assertEqual(parcel.state, "returned")
        self.assertFalse(parcel.delivered_at)

    def test_an_advice_that_comes_late_takes_nothing_back(self):
        self.order.picking_ids.carrier_tracking_ref = UPS
        parcel = self.order.parcel_ids
        self.assertEqual(parcel.state, "announced")
        self._event(parcel, "picked_up", -5)
        self._event(parcel, "announced")
        self.assertEqual(parcel.state, "in_transit")

    def test_events_are_not_changed(self):
        parcel = self._deliver(self.order, ref=UPS).parcel_ids
        event = self._event(parcel, "in_transit")
        with self.assertRaisesRegex(UserError, "not changed"):
            event.with_user(self.clerk).kind = "delivered"

    def test_late_is_what_was_expected_before_today(self):
        today = fields.Date.context_today(self.order)
        order = self._order(
            [(self.lamp, 1)], commitment_date=fields.Datetime.now() - timedelta(days=3)
        )
        parcel = self._deliver(order, ref=UPS).parcel_ids
        late = [("is_late", "=", True), ("id", "=", parcel.id)]
        self.assertTrue(parcel.is_late)
        self.assertTrue(self.env["stock.parcel"].search(late))
        parcel.expected_on = today
        self.assertFalse(parcel.is_late)
        self.assertFalse(self.env["stock.parcel"].search(late))
        parcel.expected_on = today - timedelta(days=1)
        self._event(parcel, "delivered")
        self.assertFalse(parcel.is_late)

    def test_what_comes_back_is_a_parcel_too(self):
        picking = self._deliver(self.order, ref=UPS)
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 1
        back = wizard._create_return()
        back.carrier_tracking_ref = SECOND
        self.assertTrue(back.parcel_ids.is_return)
        self.assertFalse(picking.parcel_ids.is_return)
        self.assertFalse(
            self.env["track.notice"].search([("picking_id", "=", back.id)])
        )

    def test_contents_are_of_the_same_transfer(self):
        parcel = self._deliver(self.order, ref=UPS).parcel_ids
        other = self._order([(self.lamp, 1)])
        with self.assertRaisesRegex(ValidationError, "not on the transfer"):
            self.env["stock.parcel.line"].create(
                {"parcel_id": parcel.id, "move_id": other.picking_ids.move_ids.id}
            )
