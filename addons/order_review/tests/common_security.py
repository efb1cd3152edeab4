"""Users of every role, and the models that not all of them may read."""

from odoo import Command

from .common import ReviewCommon

MODELS = (
    "sale.review.rule",
    "sale.review.finding",
    "sale.review.decision",
    "sale.review.correction",
    "sale.review.ledger",
    "sale.review.lock",
    "sale.review.decide",
)


class SecurityCommon(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer = cls._user("reviewer", "order_review.group_review_user")
        cls.sales_manager = cls._user("sales_manager", "sales_team.group_sale_manager")
        cls.stock = cls._user("stock", "stock.group_stock_user")
        cls.employee = cls._user("employee", "base.group_user")
        cls.rule = cls._rule(is_overridable=True)
        cls.own = cls._order(user_id=cls.salesman.id)
        cls.foreign = cls._order(user_id=cls.salesman_all.id)
        cls.portal_order = cls._order(
            partner_id=cls.portal.partner_id.id, user_id=cls.salesman_all.id
        )
        cls.env["sale.review.rule"].create(
            {
                "name": "Round",
                "kind": "correction",
                "correction": "round",
                "multiple_quantity": 4,
                "product_ids": [Command.set(cls.lamp.ids)],
            }
        )
        for order in (cls.own, cls.foreign):
            order.order_line = [cls._line(cls.lamp, 3)]
            order.with_user(cls.review_manager).action_review_decide("A fair")
            order._review_correct()
            order.order_line[0].product_uom_qty = 30
        cls.done = cls._order((cls.service, 1), user_id=cls.salesman_all.id)
        cls.done.action_confirm()
        cls.env.flush_all()
