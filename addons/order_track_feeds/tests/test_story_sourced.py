from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from odoo.addons.order_track.tests.common_story import StoryCommon


@tagged("post_install", "-at_install")
class TestStorySourced(StoryCommon):
    """Orders whose goods are bought when they are sold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create({"name": "Secret Lamps Ltd"})
        cls.dropship = cls.env.ref("stock_dropshipping.route_drop_shipping")
        cls.on_order = cls.env.ref("stock.route_warehouse0_mto")
        cls.on_order.active = True
        cls.direct = cls._bought("Straight Lamp", cls.dropship)
        buy = cls.warehouse.buy_pull_id.route_id
        cls.made = cls._bought("Ordered Lamp", cls.on_order | buy)
        cls.portal = new_test_user(cls.env, "track_sourced", "base.group_portal")

    @classmethod
    def _bought(cls, name, routes):
        return cls._product(
            name,
            50,
            route_ids=[Command.set(routes.ids)],
            seller_ids=[Command.create({"partner_id": cls.vendor.id, "price": 20})],
        )

    def _purchases(self, order):
        return order.stock_reference_ids.purchase_ids

    def _buy(self, order, days=9):
        """Confirm what is to be bought for an order, to come in some days."""
        purchases = self._purchases(order)
        self.assertTrue(purchases)
        purchases.order_line.date_planned = fields.Datetime.now() + timedelta(days)
        purchases.button_confirm()
        return purchases

    def test_dropshipped_order_tells_its_story(self):
        order = self._order([(self.direct, 3)])
        self.assertNotIn("sourced", self._kinds(order))
        purchase = self._buy(order)
        story = self._story(order)
        self.assertEqual(
            [step.fact.kind for step in story.steps],
            ["placed", "confirmed", "sourced", "shipped"],
        )
        sourced = story.steps[2]
        self.assertEqual(sourced.text, "Ordered for you from the supplier")
        self.assertEqual(sourced.fact.at, purchase.date_approve)
        (line,) = story.lines
        self.assertEqual(line.facts.open, 3)
        self.assertEqual(line.source, "Supplier")
        self.assertEqual(
            line.facts.expected.on, purchase.order_line.date_planned.date()
        )
        picking = self._deliver(order, ref="1Z12345E0205271688")
        parcel = self.env["stock.parcel"].search([("picking_id", "=", picking.id)])
        parcel.event_ids = [
            Command.create({"kind": "delivered", "at": fields.Datetime.now()})
        ]
        self.assertEqual(
            self._kinds(order),
            ["placed", "confirmed", "sourced", "shipped", "delivered"],
        )
        line = self._line(order)
        self.assertFalse(line.expected)
        self.assertNotIn("vendor", [date.source for date in line.dates])

    def test_bought_for_the_warehouse(self):
        self.warehouse.delivery_steps = "pick_pack_ship"
        order = self._order([(self.made, 2)])
        self._buy(order, days=12)
        story = self._story(order)
        self.assertIn("sourced", [step.fact.kind for step in story.steps])
        self.assertEqual(story.lines[0].source, "Supplier")

    def test_same_for_everybody_and_nobody_is_named(self):
        self.portal.partner_id.parent_id = self.customer
        order = self._order([(self.direct, 3)])
        purchase = self._buy(order)
        told = {
            user: [
                (step.text, step.source, step.fact.reference)
                for step in self._story(order, user).steps
            ]
            for user in (self.portal, self.env.user)
        }
        self.assertEqual(told[self.portal], told[self.env.user])
        page = str(order.with_user(self.portal).sudo().track_story)
        self.assertIn("Ordered for you from the supplier", page)
        for secret in (self.vendor.name, purchase.name):
            self.assertNotIn(secret, page)

    def test_cancelled_purchase_is_not_told(self):
        order = self._order([(self.direct, 1)])
        self._buy(order).button_cancel()
        self.assertNotIn("sourced", self._kinds(order))
        self.assertNotIn("vendor", [date.source for date in self._line(order).dates])

    def test_bought_for_another_order(self):
        first, other = (self._order([(self.direct, 1)]) for _order in range(2))
        self._buy(first)
        self.assertEqual(
            "sourced" in self._kinds(other),
            bool(self._purchases(first) & self._purchases(other)),
        )
        stock = self._order([(self.lamp, 1)])
        self.assertNotIn("sourced", self._kinds(stock))

    def test_stories_of_many_take_no_more_queries(self):
        counts = []
        for count in (1, 30):
            orders = self.env["sale.order"].union(
                *(self._order([(self.direct, 1)]) for _number in range(count))
            )
            for purchase in orders.stock_reference_ids.purchase_ids:
                if purchase.state == "draft":
                    purchase.button_confirm()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            stories = orders._stories()
            counts.append(self.cr.sql_log_count - before)
            for story in stories.values():
                self.assertIn("sourced", [step.fact.kind for step in story.steps])
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
