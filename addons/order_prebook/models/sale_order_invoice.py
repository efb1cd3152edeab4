from odoo import models
from odoo.fields import Command
from odoo.tools import str2bool


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _force_lines_to_invoice_policy_order(self):
        """Override of `sale`: automatic invoices leave out what is not checked out.

        That method sets the quantities to invoice itself; payments and free orders use
        it.
        """
        result = super()._force_lines_to_invoice_policy_order()
        self.order_line.filtered(
            lambda line: line.state == "sale"
        )._prebook_limit_to_invoice()
        return result

    def _get_invoiceable_lines(self, final=False):
        """Override of `sale`: no invoice of charges or discounts alone.

        While a prebook is open, they wait for the goods they belong to. What somebody
        may have written into the quantities to invoice does not count.
        """
        self.sudo().order_line._prebook_limit_to_invoice()
        lines = super()._get_invoiceable_lines(final=final)
        if self.prebook_state == "draft" and not any(
            line.qty_to_invoice > 0
            and not line.display_type
            and not line.is_downpayment
            and line._can_be_invoiced_alone()
            for line in lines
        ):
            return lines.browse()
        return lines

    def _generate_downpayment_invoices(self):
        """Override of `sale`: advance payments on open prebooks are not invoiced.

        The money stays on the customer's account, and pays the invoice that comes with
        the check-out.
        """
        open_orders = self.filtered(lambda order: order.prebook_state == "draft")
        invoices = super(SaleOrder, self - open_orders)._generate_downpayment_invoices()
        for order in open_orders:
            amount = min(order.amount_paid, order._prebook_amount_released())
            if order.currency_id.compare_amounts(amount, 0) > 0:
                invoices |= order._prebook_down_payment(amount)
        return invoices

    def _prebook_down_payment(self, amount):
        """Invoice an amount of this order in advance.

        :param float amount: in the currency of the order, taxes included
        """
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(self.ids)],
                "advance_payment_method": "fixed",
                "fixed_amount": amount,
            }
        )
        return wizard._create_invoices(self)

    def _prebook_amount_released(self):
        """What may be invoiced of an order all in all, less what is invoiced.

        :return: in the currency of the order, taxes included
        """
        self.ensure_one()
        kept = sum(
            line.price_total * line.prebook_qty_open / line.product_uom_qty
            for line in self.order_line
            if line.prebook_state == "draft" and line.product_uom_qty
        )
        share = self._prebook_released_share()
        discounts = sum(
            line.price_total for line in self.order_line if line._prebook_is_discount()
        )
        amount = self.amount_total - kept - discounts * (1 - share)
        return max(self.currency_id.round(amount - self._prebook_amount_invoiced()), 0)

    def _prebook_amount_invoiced(self):
        """What drafts and posted invoices of an order ask for, in its currency."""
        return sum(
            sign * invoice.amount_total
            for invoice in self.invoice_ids
            if invoice.state != "cancel"
            for sign in [-1 if invoice.move_type == "out_refund" else 1]
        )

    def _prebook_released_share(self):
        """How much of the goods of this order is checked out, from 0 to 1 by price."""
        self.ensure_one()
        total = released = 0.0
        for line in self.order_line:
            if line.display_type or line.is_downpayment or line.price_subtotal <= 0:
                continue
            if not line._can_be_invoiced_alone():
                continue
            total += line.price_subtotal
            part = 1.0
            if line.prebook_state == "draft":
                part -= line.prebook_qty_open / line.product_uom_qty
            released += line.price_subtotal * part
        return released / total if total else 0.0

    def _prebook_invoice_checked_out(self):
        """Invoice what was checked out of paid orders, where payments are invoiced.

        Where invoices follow payments automatically, the payment came before the
        check-out, so this is the moment.
        """
        if not str2bool(
            self.env["ir.config_parameter"].sudo().get_param("sale.automatic_invoice")
        ):
            return
        paid = self.filtered(
            lambda order: (
                order.currency_id.compare_amounts(order.amount_paid, 0) > 0
                and order._is_paid()
            )
        )
        for order in paid:
            order._force_lines_to_invoice_policy_order()
            invoices = order.with_context(
                raise_if_nothing_to_invoice=False
            )._create_invoices(final=True)
            transactions = order.transaction_ids.filtered(
                lambda tx: tx.state in ("authorized", "done")
            )
            links = [Command.link(invoice.id) for invoice in invoices]
            for transaction in transactions:
                transaction.invoice_ids = links
                transaction.payment_id.invoice_ids = links
            invoices.action_post()
            invoices._prebook_match(transactions.payment_id)
