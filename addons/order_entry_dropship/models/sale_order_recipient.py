from odoo import models


class SaleOrderRecipient(models.Model):
    _inherit = "sale.order.recipient"

    def _get_purchases(self):
        """What is bought for these recipients alone.

        :rtype: purchase.order recordset
        """
        return (
            self.env["purchase.order"]
            .search(
                [
                    ("reference_ids", "in", self.stock_reference_id.ids),
                    ("state", "!=", "cancel"),
                ]
            )
            .filtered(lambda purchase: purchase.division_recipient_id in self)
        )

    def _call_off(self):
        """Override of `order_entry` to call off what vendors would ship."""
        result = super()._call_off()
        for purchase in self._get_purchases():
            if purchase.state in ("draft", "sent"):
                purchase.button_cancel()
                continue
            purchase.activity_schedule(
                "mail.mail_activity_data_warning",
                note=self.env._(
                    "%(name)s does not get this any more. Call the order off with the "
                    "vendor.",
                    name=purchase.division_recipient_id.name,
                ),
                user_id=purchase.user_id.id or self.env.uid,
            )
        return result

    def _send_to_new_address(self):
        """Override of `order_entry` to have vendors ship to the new address."""
        result = super()._send_to_new_address()
        for purchase in self._get_purchases():
            if not purchase.dest_address_id:
                continue
            purchase.dest_address_id = self.address_id
            if purchase.state == "purchase":
                purchase.activity_schedule(
                    "mail.mail_activity_data_warning",
                    note=self.env._(
                        "The goods for %(name)s go to another address now. Tell the "
                        "vendor.",
                        name=self.name,
                    ),
                    user_id=purchase.user_id.id or self.env.uid,
                )
        return result
