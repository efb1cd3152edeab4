from odoo import models


class SaleOrder(models.Model):
    """What the customer hears of his prebooks, and what he may do himself."""

    _inherit = "sale.order"

    def _prebook_lines(self):
        """The prebook lines of an order in the order they stand there."""
        self.ensure_one()
        return self.order_line.filtered("is_prebook")

    def _prebook_lines_arrived(self):
        """Open prebook lines of which something is here: what the mail lists."""
        self.ensure_one()
        return self.order_line.filtered(
            lambda line: line.prebook_state == "draft" and line.prebook_qty_arrived
        )

    def _prebook_customer_may_check_out(self):
        """Whether the company lets customers check out their own prebooks."""
        self.ensure_one()
        return self.company_id.sudo().prebook_portal_checkout

    def _prebook_is_customer(self, user):
        """Whether a user belongs to the customer who placed this order."""
        self.ensure_one()
        return (
            user.share
            and not user._is_public()
            and self.partner_id.commercial_partner_id
            == user.sudo().partner_id.commercial_partner_id
        )

    def _prebook_tell_arrived(self):
        """Write to the customer, and ask the salesperson to check out."""
        self.ensure_one()
        template = self.env.ref(
            "order_prebook.mail_template_arrived", raise_if_not_found=False
        )
        if template:
            self.message_post_with_source(
                template,
                email_layout_xmlid=(
                    "mail.mail_notification_layout_with_responsible_signature"
                ),
                subtype_xmlid="mail.mt_comment",
            )
        kind = "order_prebook.mail_activity_type_arrived"
        if self.user_id and not self.activity_search([kind]):
            self.activity_schedule(
                kind,
                summary=self.env._("Prebooked goods are here: check them out"),
                user_id=self.user_id.id,
            )

    def _prebook_after_cancel(self):
        """Cancel orders of which nothing is left; have money given back by people."""
        for order in self:
            left = order.order_line.filtered(
                lambda line: (
                    not line.display_type
                    and not line.is_downpayment
                    and line.product_uom_qty
                    and line._can_be_invoiced_alone()
                )
            )
            if not left:
                order._action_cancel()
            if order.amount_paid and order.user_id:
                order.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.env._("A paid prebook was cancelled: refund it"),
                    user_id=order.user_id.id,
                )
