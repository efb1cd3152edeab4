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
        self.filtered(lambda tx: tx.state in _ENGAGED)._review_park_held()
        at_once = self.filtered(
            lambda tx: (
                tx.state == "pending" and tx.provider_id.custom_mode in _CONFIRMING
            )
        )
        for tx in at_once:
            try:
                with self.env.cr.savepoint():
                    super(PaymentTransaction, tx)._post_process()
            except ReviewError as error:
                # an override of action_confirm changed the order before it was judged
                tx._review_park_refused(error)
                super(PaymentTransaction, tx)._post_process()
        return super(PaymentTransaction, self - at_once)._post_process()

    def _review_park_refused(self, error):
        """Park the open orders of a payment that the gate refused after all."""
        orders = self.sale_order_ids.filtered(
            lambda order: order.state in ("draft", "sent")
        )
        orders._review_held()
        orders._review_park(reason=str(error))

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
                        for finding in order.sudo().review_finding_ids
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
            except ReviewError as error:
                tx._review_park_refused(error)
        return confirmed

    def _review_lets_confirm(self, order):
        """Whether these payments of a released order are enough to confirm it.

        As in core: a payment that is only announced confirms nothing, unless it is
        made on delivery or in the store.

        :param order: one ``sale.order`` record
        :rtype: bool
        """
        engaged = self.filtered(lambda tx: tx.state in _ENGAGED)
        if not engaged:
            given_up = any(tx.state == "cancel" for tx in self)
            return not (given_up and order._review_is_due())
        if any(
            tx.state == "pending" and tx.provider_id.custom_mode in _CONFIRMING
            for tx in engaged
        ):
            return True
        paid = any(tx.state != "pending" for tx in engaged)
        return paid and order._is_confirmation_amount_reached()

    def _review_invoice_released(self):
        """Invoice orders that were held when their payment was processed.

        Does what `sale` does for a confirmed payment: invoice, post, reconcile with
        the payment that was booked then, and send.
        """
        get_param = self.env["ir.config_parameter"].sudo().get_param
        done = self.filtered(lambda tx: tx.state == "done")
        if not str2bool(get_param("sale.automatic_invoice")) or not done:
            return
        done._invoice_sale_orders()
        for tx in done:
            tx.invoice_ids.filtered(lambda move: move.state == "draft").action_post()
            if tx.payment_id:
                account = tx.payment_id.destination_account_id
                (tx.payment_id.move_id.line_ids + tx.invoice_ids.line_ids).filtered(
                    lambda line, account=account: (
                        line.account_id == account and not line.reconciled
                    )
                ).reconcile()
        cron = self.env.ref("sale.send_invoice_cron", raise_if_not_found=False)
        if cron and str2bool(get_param("sale.async_emails")):
            cron._trigger()
        else:
            done._send_invoice()


#: States in which the customer has done his part.
_ENGAGED = ("pending", "authorized", "done")

#: Payment methods that confirm the order while nothing is paid.
_CONFIRMING = ("cash_on_delivery", "on_site")
