from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.order_review.exceptions import ReviewError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # === BEFORE === #

    def _division_prepare_confirmation(self):
        """Plan anew and refuse what cannot be delivered, before the rules judge.

        :raise ReviewError: naming every problem of every order; doors behind which
            money was taken park the order then, as for a review rule
        """
        if not self:
            return
        self._division_sync()
        self._division_lock_budgets()
        reasons = {}
        for order in self:
            if problems := order._division_problems():
                reasons[order.id] = problems
        if reasons:
            parts = []
            for order in self.filtered(lambda order: order.id in reasons):
                parts.append(
                    self.env._("%(order)s cannot be confirmed:", order=order.name)
                )
                parts += [f"- {text}" for text in reasons[order.id]]
            raise ReviewError("\n".join(parts), reasons)

    # === AFTER === #

    def _division_freeze(self):
        """From now on the recipients stay as they are: later joiners get nothing."""
        orders = self.filtered(
            lambda order: order.division_id and order.state == "sale"
        )
        if not orders:
            return
        Recipient = self.env["sale.order.recipient"].sudo()
        Recipient.flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE sale_order_recipient
                   SET to_deliver = NOT COALESCE(is_skipped, FALSE),
                       to_reserve = FALSE, is_cancelled = FALSE,
                       asked = NULL, error = NULL, stock_reference_id = NULL,
                       write_date = %s, write_uid = %s
                 WHERE order_id = ANY(%s)
                """,
                fields.Datetime.now(),
                self.env.uid,
                orders.ids,
            )
        )
        Recipient.invalidate_model(flush=False)
        orders._division_trigger()

    def _division_launch(self):
        """Ask stock for what recipients have not been asked for yet.

        At once for a few recipients, in the background for many.
        """
        orders = self.filtered(lambda order: order.state == "sale").sudo()
        for order in orders:
            recipients = order.recipient_ids._gets_goods()
            recipients.filtered(lambda row: not row.to_deliver).to_deliver = True
            if recipients._is_deferred(len(recipients)):
                order._division_trigger()
                continue
            recipients._deliver()

    def _division_trigger(self):
        """Have the job in the background look for work."""
        cron = self.env.ref("order_entry.ir_cron_division_deliver").sudo()
        cron._trigger()

    def _division_tell_failure(self, recipients):
        """Say in the order for whom no delivery could be made, and why."""
        for row in recipients:
            self.message_post(
                body=self.env._(
                    "No delivery could be made for %(name)s: %(error)s",
                    name=row.name,
                    error=row.error,
                )
            )
