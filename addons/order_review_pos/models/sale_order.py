from odoo import models

from odoo.addons.order_review.exceptions import ReviewError

from .pos_order import SETTLING


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def load_sale_order_from_pos(self, config_id):
        """Override of `pos_sale` to refuse before money is taken.

        :raise ReviewError: when a rule holds the quotation
        """
        self.filtered(lambda order: order.state in ("draft", "sent"))._review_gate()
        return super().load_sale_order_from_pos(config_id)

    def action_confirm(self):
        """Override of `sale` to park what a register has settled in spite of a rule.

        It was loaded before the rule existed, or grew at the counter: the customer has
        paid and has left.
        """
        if not SETTLING.get():
            return super().action_confirm()
        for order in self:
            if order._review_held():
                order._review_park_settled()
                continue
            try:
                with self.env.cr.savepoint():
                    super(SaleOrder, order).action_confirm()
            except ReviewError as error:
                order._review_park_settled(str(error))
        return True

    def _review_may_correct(self):
        """Override of `order_review`: what was handed over is not changed any more."""
        if SETTLING.get():
            return self.browse()
        settled = self.sudo().filtered("order_line.pos_order_line_ids")
        return super()._review_may_correct() - settled.with_env(self.env)

    def _review_park_settled(self, reason=""):
        """Park an order that was paid at the counter, and tell the cashier."""
        self._review_park(reason=reason)
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "sticky": True,
                "title": self.env._("%(order)s is held", order=self.name),
                "message": self.env._(
                    "The payment is registered. The order breaks a review rule; a "
                    "Review manager has been asked to look at it."
                ),
            },
        )

    def _review_confirm_released(self):
        """Override of `order_review`: goods were handed over while it was held."""
        parked = self.filtered("review_parked_at")
        result = super()._review_confirm_released()
        released = parked.filtered(lambda order: order.state == "sale").sudo()
        settled = released.order_line.pos_order_line_ids.order_id
        settled.filtered(lambda order: order.state != "draft")._review_sync_again()
        return result
