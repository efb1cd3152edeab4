from odoo import models


class SaleReviewFinding(models.Model):
    _inherit = "sale.review.finding"

    def _get_fact(self):
        """Override of `order_review` to say whose share breaks the rule."""
        fact = super()._get_fact()
        details = self.details or {}
        if not details.get("recipients"):
            return fact
        if details["recipients"] == 1:
            return self.env._(
                "%(fact)s (share of %(name)s)", fact=fact, name=details["recipient"]
            )
        return self.env._(
            "%(fact)s (share of %(name)s, and %(count)s more)",
            fact=fact,
            name=details["recipient"],
            count=details["recipients"] - 1,
        )
