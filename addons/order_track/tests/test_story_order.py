"""What orders tell, from facts that really happened."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .common_story import StoryCommon


@tagged("post_install", "-at_install")
class TestStoryOrder(StoryCommon):
    def test_quotation_is_no_order(self):
        order = self._order([(self.lamp, 2)], confirm=False)
        self.assertSummaries(order, "nothing", "nothing")
        (step,) = self._story(order).steps
        self.assertEqual((step.text, step.state), ("Quotation", "current"))

    def test_whole_life(self):
        order = self._order([(self.lamp, 5)])
        self.assertSummaries(order, "nothing", "waiting")
        self.assertEqual(self._kinds(order), ["placed", "confirmed", "shipped"])
        self._deliver(order, {self.lamp: 2})
        self.assertSummaries(order, "nothing", "partly_shipped")
        line = self._line(order)
        self.assertEqual((line.ordered, line.shipped, line.open), (5, 2, 3))
        self._deliver(order)
        self.assertSummaries(order, "nothing", "shipped")
        invoice = self._invoice(order)
        self.assertSummaries(order, "unpaid", "shipped")
        self._pay(invoice, 20)
        self.assertSummaries(order, "partly_paid", "shipped")
        self._pay(invoice)
        self.assertSummaries(order, "paid", "shipped")
        picking = order.picking_ids.filtered(
            lambda one: one.move_ids.quantity == 3 and one.state == "done"
        )
        back = self._return(picking, {self.lamp: 3}, receive=False)
        self.assertSummaries(order, "paid", "shipped", "expected")
        back.move_ids.picked = True
        back.button_validate()
        self.assertSummaries(order, "paid", "shipped", "partly_returned")
        credit = self._credit(invoice, 3)
        self.assertSummaries(order, "paid", "shipped", "partly_returned")
        self._pay(credit)
        self.assertSummaries(order, "partly_refunded", "shipped", "refunded")
        kinds = self._kinds(order)
        self.assertEqual(kinds[:4], ["placed", "confirmed", "shipped", "shipped"])
        self.assertCountEqual(
            kinds[4:],
            ["invoiced", "paid", "paid", "returned", "credited", "refunded"],
        )
        self.assertLess(kinds.index("credited"), kinds.index("refunded"))

    def test_paid_on_the_day_of_the_order(self):
        order = self._order([(self.lamp, 1)])
        self._pay(self._invoice(order))
        self.assertEqual(
            self._kinds(order), ["placed", "confirmed", "invoiced", "paid", "shipped"]
        )

    def test_cancelled_remainder_will_not_come(self):
        order = self._order([(self.lamp, 5), (self.chair, 1)])
        self._deliver(order, {self.lamp: 2})
        rest = order.picking_ids.filtered(lambda one: one.state != "done")
        rest.action_cancel()
        self.assertSummaries(order, "nothing", "shipped")
        lamps, chairs = (self._line(order, place) for place in (0, 1))
        self.assertEqual((lamps.shipped, lamps.open, lamps.cancelled), (2, 0, 3))
        self.assertEqual((chairs.open, chairs.cancelled), (0, 1))

    def test_less_is_ordered(self):
        order = self._order([(self.lamp, 5)])
        self._deliver(order, {self.lamp: 2})
        order.order_line.product_uom_qty = 2
        self.assertSummaries(order, "nothing", "shipped")
        order.order_line.product_uom_qty = 4
        self.assertSummaries(order, "nothing", "partly_shipped")
        self.assertEqual(self._line(order).open, 2)

    def test_cancelled_order(self):
        order = self._order([(self.lamp, 5)])
        order._action_cancel()
        self.assertSummaries(order, "nothing", "cancelled")
        self.assertEqual(self._kinds(order)[-1], "cancelled")
        self.assertTrue(self._story(order).steps[-1].fact.at)
        order.action_draft()
        self.assertSummaries(order, "nothing", "nothing")
        self.assertFalse(order.track_cancelled_at)

    def test_what_is_not_in_stock_is_back_ordered(self):
        rare = self._product("Track Rare", 5)
        self.env["stock.quant"]._update_available_quantity(
            rare, self.warehouse.lot_stock_id, -998
        )
        promised = fields.Datetime.now() + timedelta(days=6)
        order = self._order([(rare, 5)], commitment_date=promised)
        order.picking_ids.action_assign()
        line = self._line(order)
        self.assertEqual((line.open, line.backordered), (5, 3))
        self.assertEqual(line.expected.source, "transfer")
        self.assertEqual(line.expected.reference, order.picking_ids.name)
        told = self._story(order).lines[0]
        self.assertIn(("Back-ordered", "3 Units"), told.quantities)
        self.assertIn(order.picking_ids.name, told.source)

    def test_late_when_the_promised_day_is_over(self):
        order = self._order([(self.lamp, 1)])
        order.commitment_date = fields.Datetime.now() - timedelta(days=3)
        story = self._story(order)
        self.assertTrue(story.fulfilment.late)
        self.assertIn("late", story.fulfilment.text)
        late = [("track_promised_on", "<", "today"), ("id", "=", order.id)]
        self.assertTrue(self.env["sale.order"].search(late))
        self._deliver(order)
        self.assertFalse(self._story(order).fulfilment.late)
        self.assertFalse(self.env["sale.order"].search(late))

    def test_services_sections_and_charges(self):
        service = self.env["product.product"].create(
            {"name": "Track Service", "type": "service", "list_price": 50}
        )
        order = self._order(
            [(service, 3)],
            confirm=False,
        )
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "A section"}),
            Command.create(
                {"product_id": service.id, "name": "Freight", "is_delivery": True}
            ),
        ]
        order.action_confirm()
        self.assertSummaries(order, "nothing", "nothing")
        order.order_line[:1].qty_delivered = 1
        (line,) = self._story(order).lines
        self.assertFalse(line.facts.goods)
        self.assertEqual((line.facts.shipped, line.facts.open), (1, 2))

    def test_units_are_converted(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self._order([(self.lamp, 1)], confirm=False)
        order.order_line.product_uom_id = dozen
        order.action_confirm()
        self._deliver(order, {self.lamp: 6})
        line = self._line(order)
        self.assertEqual((line.ordered, line.shipped, line.open), (1, 0.5, 0.5))
        self.assertSummaries(order, "nothing", "partly_shipped")

    def test_several_steps_in_the_warehouse(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._order([(self.lamp, 4)])
        self.assertSummaries(order, "nothing", "waiting")
        self.assertEqual(self._line(order).open, 4)
        self._deliver(order)  # picks
        self.assertSummaries(order, "nothing", "waiting")
        self.assertEqual(self._line(order).open, 4)
        self.assertEqual(
            self._kinds(order), ["placed", "confirmed", "picked", "shipped"]
        )
        self._deliver(order)
        self.assertSummaries(order, "nothing", "shipped")
        self.assertEqual(self._line(order).open, 0)

    def test_parcels_are_steps(self):
        order = self._order([(self.lamp, 2)])
        picking = self._deliver(order, ref="1Z999AA10123456784, 1Z12345E1512345676")
        self.assertSummaries(order, "nothing", "shipped")
        story = self._story(order)
        shipped = [step for step in story.steps if step.fact.kind == "shipped"]
        self.assertEqual(len(shipped), 2)
        self.assertIn("1Z999AA10123456784", shipped[0].text + shipped[1].text)
        self.assertTrue(all(step.fact.link for step in shipped))
        for parcel, state in zip(
            picking.parcel_ids, ("partly_delivered", "delivered"), strict=True
        ):
            parcel.event_ids = [
                Command.create({"kind": "delivered", "place": "Berlin"})
            ]
            self.assertSummaries(order, "nothing", state)
        last = self._story(order).steps[-1]
        self.assertEqual((last.fact.kind, last.state), ("delivered", "current"))
        self.assertIn("Berlin", last.text)

    def test_kits_need_all_their_components(self):
        order = self._order([(self.chair, 2)])
        seat, leg = self._product("Track Seat", 1), self._product("Track Leg", 1)
        move = order.order_line.move_ids
        # what mrp does when a kit is sold: moves of components, none of the kit
        move.product_id = seat
        move.sale_line_id = order.order_line
        legs = move.copy({"product_id": leg.id, "product_uom_qty": 8})
        legs._action_confirm(merge=False)
        self.assertEqual(self._line(order).open, 2)
        self._deliver(order, {seat: 2, leg: 4})
        line = self._line(order)
        self.assertEqual((line.ordered, line.open), (2, 2))
        self.assertEqual(order.track_fulfilment, "waiting")
        self._deliver(order)
        order.order_line.qty_delivered = 2
        self.assertEqual(self._line(order).open, 0)
        self.assertEqual(order.track_fulfilment, "shipped")

    def test_replaced_goods_are_not_what_was_ordered(self):
        order = self._order([(self.lamp, 10)])
        first = self._deliver(order, {self.lamp: 5})
        back = self._return(first, {self.lamp: 5}, refund=False)
        again = self._return(back, {self.lamp: 5}, refund=False)
        self.assertEqual(again.location_dest_id.usage, "customer")
        self.assertSummaries(order, "nothing", "partly_shipped", "returned")
        line = self._line(order)
        self.assertEqual((line.shipped, line.open, line.returned), (5, 5, 5))
