"""The back office in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import ReviewCommon


@tagged("post_install", "-at_install")
class TestBackOffice(ReviewCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule(severity="approve")

    def test_salesman_asks_and_manager_releases(self):
        order = self._order(
            name="REVIEW-TOUR",
            user_id=self.salesman.id,
        )
        self.env.flush_all()
        self.start_tour(
            "/odoo/held-orders", "order_review_salesman_asks", login="review_salesman"
        )
        self.assertEqual((order.state, order.review_state), ("draft", "waiting"))
        self.assertEqual(len(self._activities(order)), 1)
        self.start_tour(
            f"/odoo/sales/{order.id}",
            "order_review_manager_releases",
            login="review_manager",
        )
        self.assertEqual(order.state, "sale")
        self.assertRecordValues(
            order.review_decision_ids,
            [
                {
                    "user_id": self.review_manager.id,
                    "action": "release",
                    "reason": "They open a new shop",
                    "asked": 11,
                }
            ],
        )
        self.assertFalse(self._activities(order))

    def test_several_selected(self):
        small = self._order((self.display, 1), user_id=self.salesman.id)
        large = self._order(user_id=self.salesman.id)
        self.env.flush_all()
        self.start_tour(
            "/odoo/action-sale.action_quotations",
            "order_review_several_confirmed",
            login="review_salesman",
        )
        self.assertEqual((small.state, large.state), ("sale", "draft"))
