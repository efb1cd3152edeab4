from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _has_to_be_signed(self):
        """Override of `sale`: no signature on what cannot be confirmed."""
        return super()._has_to_be_signed() and not self._review_is_held()

    def _has_to_be_paid(self):
        """Override of `sale`: no money for what cannot be confirmed."""
        # first, because the verdict says whether a payment is required at all
        held = self._review_is_held()
        return super()._has_to_be_paid() and not held

    def _review_is_held(self):
        """Whether the customer has to wait, or to change something, first."""
        self.ensure_one()
        return bool(self.review_parked_at or self._review_blockers())

    def _review_is_received(self):
        """Whether the customer has done his part: paid, announced it, or asked us."""
        self.ensure_one()
        return bool(self.review_parked_at) or (
            self.get_portal_last_transaction().state
            in ("pending", "authorized", "done")
        )

    def _review_in_language(self):
        """The order in the language its customer reads, where no page tells it."""
        self.ensure_one()
        return self.with_context(lang=self.partner_id.lang or self.env.lang)

    def _review_acknowledge(self, finding_id):
        """Record that the customer has read a warning; his access was checked before.

        :param str finding_id: what he was shown; nothing happens when it changed since
        """
        self.ensure_one()
        if not str(finding_id).isdecimal():
            return
        shown = self._review_findings().filtered(
            lambda finding: (
                finding.id == int(finding_id)
                and finding.is_open
                and finding.severity == "warn"
                and finding.kind != "payment"
            )
        )
        if shown:
            self.sudo()._review_decide(
                shown, self.env._("The customer has read the warning.")
            )

    # === RELEASED ORDERS === #

    def _review_is_due(self):
        """Whether money is required that is not there yet, held or not."""
        self.ensure_one()
        return bool(
            self.require_payment
            and self.amount_total > 0
            and not self._is_confirmation_amount_reached()
        )

    def _review_is_due_online(self):
        """Whether the customer sent the order from the shop and has still to pay it."""
        order_sudo = self.sudo()
        return (
            bool(order_sudo.website_id)
            and order_sudo._review_is_due()
            and not any(
                tx.state in ("pending", "authorized", "done")
                for tx in order_sudo.transaction_ids
            )
        )

    def _review_ask_payment(self):
        """Write to the customer of a released order that the money is awaited."""
        self.ensure_one()
        order_sudo = self.sudo()
        if any(tx.state == "pending" for tx in order_sudo.transaction_ids):
            # how to transfer the money is in the mail that was held back
            order_sudo._send_payment_succeeded_for_order_mail()
        else:
            order_sudo._send_order_notification_mail(
                self.env.ref(
                    "order_review.mail_template_order_released",
                    raise_if_not_found=False,
                )
            )
