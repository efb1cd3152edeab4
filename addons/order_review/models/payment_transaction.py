from odoo import models
from odoo.tools import str2bool

from ..exceptions import ReviewError


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _post_process(self):
        """Override of `sale`, `delivery` and `website_sale_collect` to hold orders.

        The customer has paid or promised to, so nothing may be raised: an order that
        breaks a rule is parked, and the payment is processed to its end.
        """
        engaged = self.filtered(lambda tx: tx.state in _ENGAGED)
        engaged._review_park_held()
        if not engaged.filtered(lambda tx: tx.provider_id.custom_mode in _CONFIRMING):
            return super()._post_process()
        try:
            with self.env.cr.savepoint():
                return super()._post_process()
        except ReviewError:
            # an override of action_confirm changed the order before it was judged
            engaged.sale_order_ids.filtered(
                lambda order: order.state in ("draft", "sent")
            )._review_park()
        return super()._post_process()

    def _review_park_held(self):
        """Park the orders of these transactions that may not be confirmed."""
        if not self.env["sale.review.rule"]._get_book():
            return
        for tx in self.filtered(lambda tx: tx.operation != "validation"):
            orders = tx.sale_order_ids.filtered(
                lambda order: order.state in ("draft", "sent")
            )
            held = orders._review_held()
            if tx.state == "pending" and tx.provider_id.custom_mode not in _CONFIRMING:
                # an announced transfer: that it is not paid yet is no reason to ask
                # staff, core keeps the quotation open until the money is there
                held = held.filtered(
                    lambda order: any(
                        finding.is_open and finding.kind != "payment"
                        for finding in order.review_finding_ids
                    )
                )
            held._review_park()
            (orders - held)._review_unpark()

    def _check_amount_and_confirm_order(self):
        """Override of `sale` to leave out the orders that are held."""
        confirmed = self.env["sale.order"]
        for tx in self:
            orders = tx.sale_order_ids.filtered(
                lambda order: order.state in ("draft", "sent")
            )
            if orders.filtered("review_parked_at"):
                continue
            try:
                with self.env.cr.savepoint():
                    confirmed |= super(
                        PaymentTransaction, tx
                    )._check_amount_and_confirm_order()
            except ReviewError:
                orders._review_held()
                orders._review_park()
        return confirmed

    def _review_invoice_released(self):
        """Invoice orders that were held when their payment was processed.

        Does what `sale` does for a confirmed payment: invoice, post, reconcile with
        the payment that was booked then, and send.
        """
        automatic = str2bool(
            self.env["ir.config_parameter"].sudo().get_param("sale.automatic_invoice")
        )
        done = self.filtered(lambda tx: tx.state == "done")
        if not automatic or not done:
            return
        done._invoice_sale_orders()
        for tx in done:
            tx.invoice_ids.filtered(lambda move: move.state == "draft").action_post()
            if tx.payment_id:
                account = tx.payment_id.destination_account_id
                (tx.payment_id.move_id.line_ids + tx.invoice_ids.line_ids).filtered(
                    lambda line, account=account: line.account_id == account
                    and not line.reconciled
                ).reconcile()
        done._send_invoice()


#: States in which the customer has done his part.
_ENGAGED = ("pending", "authorized", "done")

#: Payment methods that confirm the order while nothing is paid.
_CONFIRMING = ("cash_on_delivery", "on_site")
