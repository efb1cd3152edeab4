from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.delivery.models.delivery_carrier import DeliveryCarrier

from ..models.stock_parcel_hear import ParcelEvent
from .common import TrackCommon
from .test_parcel import SECOND, UPS


@tagged("post_install", "-at_install")
class TestHear(TrackCommon):
    """What carriers say: by RPC, and when they are asked."""

    def setUp(self):
        super().setUp()
        self.order = self._order([(self.lamp, 5)])
        self.parcel = self._deliver(self.order, ref=UPS).parcel_ids
        self.parcels = self.env["stock.parcel"]

    def _say(self, *events, user=None):
        return self._call(user or self.clerk, self.parcels, "record_events", [*events])

    def test_each_event_is_taken_once(self):
        at = datetime.now().astimezone().replace(microsecond=0)
        event = {
            "number": "1z 999 aa1 01 2345 6784",
            "kind": "in_transit",
            "at": at.isoformat(),
            "place": "Leipzig",
            "ref": "77",
            "expected_on": "2026-12-01",
        }
        self.assertEqual(self._say(event, event), ["taken", "known"])
        self.assertEqual(self._say(event), ["known"])
        self.assertEqual(self._say({**event, "number": "nobody's 123"}), ["unknown"])
        taken = self.parcel.event_ids
        self.assertEqual(taken.place, "Leipzig")
        self.assertEqual(taken.source, "carrier")
        self.assertEqual(self.parcel.state, "in_transit")
        self.assertEqual(self.parcel.expected_on, fields.Date.to_date("2026-12-01"))

    def test_what_cannot_be_read_says_where_and_takes_nothing(self):
        good = {"number": UPS, "kind": "in_transit", "at": "2026-01-02T03:04:05Z"}
        bad = [
            {**good, "at": "yesterday"},
            {**good, "at": "1899-12-31"},
            {**good, "at": "9999-12-31T23:59:59-14:00"},
            {**good, "at": 5},
            {**good, "kind": "vanished"},
            {**good, "kind": []},
            {**good, "parcel_id": 1},
            {**good, "expected_on": "soon"},
            {"number": UPS},
            "text",
            None,
        ]
        for event in bad:
            with self.subTest(event), self.assertRaisesRegex(UserError, "Event 2 "):
                self._say(good, event)
        self.assertFalse(self.parcel.event_ids)
        with self.assertRaisesRegex(UserError, "at most"):
            self._say(*[good] * 1001)

    def test_long_texts_are_cut(self):
        self._say(
            {
                "number": UPS,
                "kind": "exception",
                "at": "2026-01-02T03:04:05Z",
                "note": "<script>\n" * 1000,
            }
        )
        self.assertEqual(len(self.parcel.event_ids.note), 200)

    def test_only_the_inventory_records_events(self):
        salesman = new_test_user(
            self.env, "track_sales", "sales_team.group_sale_salesman_all_leads"
        )
        with self.assertRaises(AccessError):
            self._say(user=salesman)

    def test_carriers_are_asked(self):
        carrier = self._carrier()
        at = fields.Datetime.now() - timedelta(hours=1)
        asked = []

        def answer(method, parcels):
            asked.append((method, parcels))
            return [ParcelEvent(UPS, "out_for_delivery", at, "Berlin")]

        self._ask(answer)
        self._ask(answer)
        self.assertEqual(asked, [(carrier, self.parcel)] * 2)
        self.assertEqual(self.parcel.event_ids.mapped("kind"), ["out_for_delivery"])
        self.assertTrue(self.parcel.asked_at)
        self._ask(lambda method, parcels: [ParcelEvent(UPS, "delivered", at)])
        self._ask(answer)
        # what has arrived is not asked for any more
        self.assertEqual(len(asked), 2)

    @mute_logger("odoo.addons.order_track.models.delivery_carrier")
    def test_a_carrier_that_fails_stops_no_other(self):
        self._carrier()
        second = self._deliver(self._order([(self.lamp, 1)]), ref=SECOND)
        other = self.env.ref("delivery.delivery_local_delivery", False)
        other = other or second.carrier_id.search([], limit=1).copy()
        second.carrier_id = other

        def answer(method, parcels):
            if method != other:
                raise UserError(self.env._("The carrier's door is shut"))
            return [ParcelEvent(SECOND, "in_transit", fields.Datetime.now())]

        self._ask(answer)
        self.assertIn("door is shut", self.parcel.ask_error)
        self.assertEqual(second.parcel_ids.state, "in_transit")
        self._ask(lambda method, parcels: [])
        self.assertFalse(self.parcel.ask_error)

    def _carrier(self):
        carrier = self.env.ref("delivery.free_delivery_carrier")
        self.parcel.picking_id.carrier_id = carrier
        return carrier

    def _ask(self, answer):
        """Run the scheduled action with a connector that answers so."""
        name = "fixed_parcel_events"
        with patch.object(DeliveryCarrier, name, answer, create=True):
            self._cron("ir_cron_carriers")
