from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Override: what is written to customers is not written to their reps."""
        operations = super()._mail_get_operation_for_mail_message_operation(
            message_operation
        )
        orders = self.sudo().sale_id._track_only_rep()
        theirs = self.filtered(lambda picking: picking.sudo().sale_id in orders)
        return operations | dict.fromkeys(theirs, "write")
