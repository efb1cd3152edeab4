"""Stored summaries: filled by SQL and computed alike, and cheap to keep."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common_story import STORED, StoryCommon


@tagged("post_install", "-at_install")
class TestStoryStatus(StoryCommon):
    def _mixed(self):
        """Orders in every state there is."""
        orders = self.env["sale.order"]
        orders |= self._order([(self.lamp, 1)], confirm=False)
        orders |= self._order([(self.lamp, 1)])
        part = self._order([(self.lamp, 5), (self.chair, 1)])
        self._deliver(part, {self.lamp: 2})
        self._pay(self._invoice(part), 7)
        whole = self._order([(self.lamp, 5)])
        picking = self._deliver(whole)
        invoice = self._invoice(whole)
        self._pay(invoice)
        self._return(picking, {self.lamp: 5})
        self._pay(self._credit(invoice))
        coming = self._order([(self.chair, 2)])
        self._return(self._deliver(coming), {self.chair: 1}, receive=False)
        unpaid = self._order([(self.chair, 2)])
        self._invoice(unpaid)
        lost = self._order([(self.chair, 2)])
        lost.picking_ids.action_cancel()
        called_off = self._order([(self.lamp, 1)])
        called_off._action_cancel()
        both = self._order([(self.lamp, 1)]) | self._order([(self.chair, 1)])
        self._pay(self._invoice(both), 60)
        return orders | part | whole | coming | unpaid | lost | called_off | both

    def test_filled_by_sql_as_computed(self):
        orders = self._mixed()
        computed = self._stored(orders)
        self.assertGreaterEqual(len(set(computed.values())), 8, computed)
        self.env.cr.execute(
            """
            UPDATE sale_order SET track_payment = NULL, track_fulfilment = NULL,
                   track_return = NULL, track_promised_on = NULL, track_due_on = NULL
             WHERE id = ANY(%s)
            """,
            [orders.ids],
        )
        self.env.invalidate_all()
        self.env["sale.order"]._fill_track_status()
        self.assertEqual(self._stored(orders), computed)
        # and both are what the stories say
        for order, story in (
            self.env["sale.order"].browse(orders.ids)._stories().items()
        ):
            self.assertEqual(
                computed[order][:3], tuple(one.key for one in story.rollups)
            )

    def test_parcels_count_after_they_are_filled(self):
        order = self._order([(self.lamp, 1)])
        picking = self._deliver(order, ref="1Z999AA10123456784")
        picking.parcel_ids.event_ids = [Command.create({"kind": "delivered"})]
        self.assertEqual(self._stored(order)[order.id][1], "delivered")
        picking.parcel_ids.unlink()
        self.assertEqual(self._stored(order)[order.id][1], "shipped")

    def _queries(self, function, *args):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        function(*args)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_stories_take_as_many_queries_for_many(self):
        orders = self._mixed()
        self._queries(orders[:1]._stories)  # warm
        few = self._queries(orders[1:3]._stories)
        many = self._queries((orders | self._mixed())._stories)
        self.assertLessEqual(many, few + 2)
        self.assertLessEqual(many, 40)

    def test_writes_cost_a_few_statements_however_many_orders(self):
        """Summaries are kept for all orders of a flush together."""
        counts = []
        for count in (2, 12):
            orders = self.env["sale.order"].union(
                *(self._order([(self.lamp, 1)]) for _number in range(count))
            )
            fields = [orders._fields[name] for name in STORED]
            self.env.flush_all()
            for field in fields:
                self.env.add_to_compute(field, orders)
            counts.append(self._queries(orders.mapped, "id"))
        self.assertLessEqual(max(counts), 8, counts)
        self.assertEqual(counts[0], counts[1])

    def test_reservation_alone_costs_no_write_of_the_order(self):
        order = self._order([(self.lamp, 1)])
        stamp = order.write_date
        order.picking_ids.do_unreserve()
        order.picking_ids.action_assign()
        self.env.flush_all()
        self.assertEqual(order.write_date, stamp)

    def test_a_quotation_costs_one_statement(self):
        self._order([(self.lamp, 1)], confirm=False)
        orders = self.env["sale.order"].union(
            *(self._order([(self.lamp, 1)], confirm=False) for _number in range(3))
        )
        self.env.add_to_compute(orders._fields["track_payment"], orders)
        self.assertLessEqual(self._queries(lambda: None), 2)

    def test_who_may_not_read_an_order_gets_no_story(self):
        stranger = new_test_user(self.env, "track_stranger", "base.group_portal")
        order = self._order([(self.lamp, 1)])
        with self.assertRaises(AccessError):
            order.with_user(stranger)._stories()

    def test_lists_search_and_group(self):
        order = self._order([(self.lamp, 1)])
        found = self.env["sale.order"].search(
            [("track_fulfilment", "=", "waiting"), ("id", "=", order.id)]
        )
        self.assertEqual(found, order)
        groups = self.env["sale.order"]._read_group(
            [("id", "=", order.id)], ["track_payment", "track_fulfilment"], ["__count"]
        )
        self.assertEqual(groups, [("nothing", "waiting", 1)])
