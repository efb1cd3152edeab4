from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _prebook_match(self, payments):
        """Pay invoices with what is left of payments made before.

        Core does it when an invoice is posted, but takes a payment for used up as soon
        as all invoices it has met are paid.

        :param payments: ``account.payment`` records
        """
        money = payments.filtered(
            lambda payment: payment.state in ("in_process", "paid")
        ).move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        for invoice in self:
            for line in money:
                if not line.reconciled and invoice.amount_residual:
                    invoice.js_assign_outstanding_line(line.id)
