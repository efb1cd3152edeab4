"""Orders that cost nothing any more: a gift card pays, no payment is made."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.order_review.exceptions import ReviewError
from odoo.addons.order_review.tests.doors import HttpDoorCase


@tagged("post_install", "-at_install")
class TestDoorsLoyalty(HttpDoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        program = cls.env["loyalty.program"].create(
            {
                "name": "Review gift cards",
                "program_type": "gift_card",
                "applies_on": "future",
                "trigger": "auto",
                "reward_ids": [
                    Command.create(
                        {
                            "reward_type": "discount",
                            "discount_mode": "per_point",
                            "discount": 1,
                            "discount_applicability": "order",
                        }
                    )
                ],
            }
        )
        cls.env["loyalty.generate.wizard"].with_context(active_id=program.id).create(
            {"coupon_qty": 10, "points_granted": 1000}
        ).generate_coupons()
        cls.cards = list(program.coupon_ids)

    def _quotation(self, quantity):
        order = self._cart((self.display, quantity))
        card = self.cards.pop()
        (reward,) = order._try_apply_code(card.code).values()
        order._apply_program_reward(reward, card)
        self.assertEqual(order.amount_total, 0)
        return order

    def test_order_paid_by_gift_card(self):
        held = self._check_door(lambda order: order._validate_order())
        self.assertFalse(held.invoice_ids)

    def test_points_stay_when_refused(self):
        self._rule()
        order = self._quotation(11)
        card = order.order_line.coupon_id
        points = card.points
        self._assert_refused(order.action_confirm)
        self.assertEqual(card.points, points)
        # no savepoint here: what was written before the refusal must be undone by it
        try:
            order.action_confirm()
        except ReviewError as error:
            self.assertIn(self.SENTENCE, str(error))
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(order.state, "draft")
        self.assertEqual(card.points, points)

    def test_reward_line_makes_no_room(self):
        """A line with a negative price is no negative quantity of the product."""
        self._rule()
        self._assert_refused(self._quotation(11).action_confirm)
