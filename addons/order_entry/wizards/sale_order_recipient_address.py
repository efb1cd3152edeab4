from odoo import fields, models


class SaleOrderRecipientAddress(models.TransientModel):
    """Asks where the goods of one recipient shall go instead."""

    _name = "sale.order.recipient.address"
    _description = "Another Address for a Recipient"

    recipient_id = fields.Many2one(
        "sale.order.recipient", required=True, readonly=True, ondelete="cascade"
    )
    address = fields.Text(related="recipient_id.address", string="So Far")
    address_id = fields.Many2one("res.partner", string="New Address", required=True)

    def action_replace(self):
        self.ensure_one()
        self.address_id.check_access("read")
        self.recipient_id._replace_address(self.address_id)
        return {"type": "ir.actions.act_window_close"}
