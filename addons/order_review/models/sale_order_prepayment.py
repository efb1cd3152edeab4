from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    review_payment_percent = fields.Float(
        compute="_compute_review_state",
        store=True,
        precompute=True,
        readonly=True,
        copy=False,
        string="Paid First (%)",
        help="Part of the total that review rules ask to be paid before the order is "
        "confirmed.",
    )

    def _compute_review_state(self):
        """Override to give orders that do not exist yet a percentage, too."""
        new = self.browse(order_id for order_id in self._ids if not order_id)
        new.filtered(lambda order: not order._origin).review_payment_percent = 0.0
        return super()._compute_review_state()

    def _review_values(self, findings):
        """Override to have the part paid first that payment rules ask for."""
        values = super()._review_values(findings)
        percents = dict.fromkeys(values, 0.0)
        asked = [
            finding
            for finding in findings
            if finding.kind == "payment"
            and finding.severity != "inform"
            and not finding.decision_id
        ]
        if asked:
            by_rule = {
                rule.id: rule.payment_percent
                for rule in self.env["sale.review.rule"]._get_book().rules
            }
            for finding in asked:
                percents[finding.order_id] = max(
                    by_rule[finding.rule_id], percents[finding.order_id]
                )
        for order in self._review_paid_as_asked(percents):
            percents[order.id] = order.review_payment_percent
        for order_id, percent in percents.items():
            values[order_id]["review_payment_percent"] = percent
        return values

    def _review_paid_as_asked(self, percents):
        """Orders that were paid as asked: they keep saying what was asked for."""
        if not self.env["sale.review.rule"]._get_book().masks["payment"]:
            return self.browse()
        return self.filtered(
            lambda order: (
                not percents[order.id]
                and order.review_payment_percent
                and order.sudo().amount_paid
            )
        )

    @api.depends("review_payment_percent")
    def _compute_require_payment(self):
        """Override of `sale` to require what review rules ask for."""
        result = super()._compute_require_payment()
        self.filtered("review_payment_percent").require_payment = True
        return result

    @api.depends("review_payment_percent")
    def _compute_prepayment_percent(self):
        """Override of `sale` to require what review rules ask for."""
        result = super()._compute_prepayment_percent()
        for order in self.filtered("review_payment_percent"):
            order.prepayment_percent = min(order.review_payment_percent / 100.0, 1.0)
        return result

    def _review_is_paid_first(self):
        """Whether a rule asks for money before this order may be confirmed."""
        return any(
            finding.kind == "payment" and finding.is_open
            for finding in self._review_findings()
        )

    def _review_check_payment(self, provider, amount):
        """Refuse a payment that does not meet what a rule asks to be paid first.

        :param provider: ``payment.provider`` record
        :param float amount: what the customer is about to pay
        :raise ValidationError: for a promise to pay, or too small a part
        """
        self.ensure_one()
        if not self._review_is_paid_first():
            return
        if provider._review_is_promise():
            raise ValidationError(
                self.env._(
                    "This order must be paid before it is confirmed. Choose a payment "
                    "method that pays at once."
                )
            )
        required = self._get_prepayment_required_amount()
        if self.currency_id.compare_amounts(self.amount_paid + amount, required) < 0:
            raise ValidationError(
                self.env._(
                    "At least %(amount)s must be paid before this order is confirmed.",
                    amount=self.currency_id.format(required - self.amount_paid),
                )
            )
