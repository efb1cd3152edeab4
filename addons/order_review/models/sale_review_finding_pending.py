from odoo import api, models
from odoo.tools import SQL

from ..const_sql import id_array


class SaleReviewFinding(models.Model):
    _inherit = "sale.review.finding"

    def _is_pending(self):
        """Whether confirming the order mends this by itself: an announced correction.

        It holds no staff, but a customer signs and pays what he can see: he has the
        correction made first.
        """
        self.ensure_one()
        return bool((self.details or {}).get("pending"))

    def _is_releasable(self):
        """Whether anybody at all may let it pass, with the right to do so.

        Not a hard block, and no rule that could not be checked: nobody knows what a
        decision would cover.
        """
        self.ensure_one()
        if (self.details or {}).get("error"):
            return False
        return self.severity != "block" or self.rule_id.sudo().is_overridable

    @api.depends("details")
    def _compute_messages(self):
        """Override to tell staff that there is nothing to do."""
        result = super()._compute_messages()
        for finding in self:
            if finding._is_pending():
                finding.message = self.env._(
                    "%(change)s This is done on confirmation.", change=finding.message
                )
        return result

    def _read_tried_corrections(self, order_ids):
        """Corrections that were tried and could not be made.

        :param order_ids: ids of the orders
        :return: set of ``(order id, rule id, subject, asked, allowed)``
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT order_id, rule_id, COALESCE(subject, ''), asked, allowed
                  FROM sale_review_finding
                 WHERE order_id = ANY(%s) AND kind = 'correction'
                   AND severity != 'inform' AND decision_id IS NULL
                """,
                id_array(order_ids),
            )
        )
        return {(*row[:3], float(row[3] or 0), float(row[4] or 0)) for row in rows}
