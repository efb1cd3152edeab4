from odoo import fields, models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    review_is_on = fields.Boolean(
        compute="_compute_review_is_on",
        help="Whether there is a rule at all; without one the form is as in Odoo.",
    )

    def _compute_review_is_on(self):
        self.review_is_on = bool(self.env["sale.review.rule"]._get_book())

    def review_confirm_each(self):
        """Confirm the orders that pass; say which ones do not, and why.

        For programs: unlike ``action_confirm``, which confirms all of them or none,
        one held order does not stop the others.  Nothing of an order that is held is
        changed.

        :return: ``{"confirmed": [order id], "held": [{"id": order id, "name": its
            number, "reasons": [text]}]}``; every order is in one of the two
        :rtype: dict
        :raise AccessError: when the user may not write one of the orders; then none is
            confirmed
        """
        self.check_access("write")
        confirmed, held = [], []
        for order in self:
            try:
                with self.env.cr.savepoint():
                    order.action_confirm()
                confirmed.append(order.id)
            except UserError as error:
                reasons = getattr(error, "reasons", {}).get(order.id)
                held.append(
                    {
                        "id": order.id,
                        "name": order.name,
                        "reasons": reasons or [str(error)],
                    }
                )
        return {"confirmed": confirmed, "held": held}
