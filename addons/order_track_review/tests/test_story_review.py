from odoo.tests import tagged

from odoo.addons.order_review.tests.common import ReviewCommon


@tagged("post_install", "-at_install")
class TestStoryReview(ReviewCommon):
    def _steps(self, order, user=None):
        story = order.with_user(user or self.salesman_all)._stories()[order.id]
        return [(step.fact.kind, step.text) for step in story.steps]

    def _kinds(self, order):
        return [kind for kind, _text in self._steps(order)]

    def test_parked_then_released(self):
        rule = self._rule(severity="approve", message="Ask us for more than ten.")
        order = self._order()
        order._review_park()
        self.assertEqual(self._kinds(order), ["quoted", "placed", "held"])
        held_at = order.review_parked_at
        order.with_user(self.review_manager)._review_decide(
            order._review_findings(), "Known for years, and behind with payments"
        )
        order._review_confirm_released()
        self.assertEqual(order.state, "sale")
        self.assertFalse(order.review_parked_at)
        self.assertEqual(
            self._kinds(order), ["placed", "held", "released", "confirmed", "shipped"]
        )
        story = order._stories()[order.id]
        self.assertEqual(story.steps[0].fact.at, held_at)
        texts = " ".join(text for _kind, text in self._steps(order))
        self.assertNotIn("behind with payments", texts)
        self.assertNotIn(self.review_manager.name, texts)
        self.assertTrue(rule)

    def test_reason_is_the_one_for_customers_for_everybody(self):
        self._rule(severity="block", name="Internal name of a rule")
        order = self._order(partner_id=self.portal.partner_id.id)
        order._review_park()
        office = self._steps(order, self.salesman_all)
        customer = self._steps(order, self.portal)
        self.assertEqual(office, customer)
        held = dict(office)["held"]
        (finding,) = order._review_blockers()
        self.assertIn(finding.customer_message, held)

    def test_order_that_passes_has_neither(self):
        self._rule()
        order = self._order((self.display, 2))
        order.action_confirm()
        self.assertFalse({"held", "released"} & set(self._kinds(order)))

    def test_stories_of_many_take_no_more_queries(self):
        self._rule()
        counts = []
        for count in (2, 9):
            orders = self.env["sale.order"].union(
                *(self._order() for _number in range(count))
            )
            orders._review_park()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            orders._stories()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2, counts)
