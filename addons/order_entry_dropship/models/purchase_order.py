from odoo import api, fields, models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    division_recipient_id = fields.Many2one(
        "sale.order.recipient",
        compute="_compute_division_recipient_id",
        help="Who of a division order the vendor ships to.",
    )

    @api.depends("reference_ids")
    def _compute_division_recipient_id(self):
        Recipient = self.env["sale.order.recipient"].sudo()
        rows = Recipient.search([("stock_reference_id", "in", self.reference_ids.ids)])
        by_reference = {row.stock_reference_id: row for row in rows}
        for order in self:
            found = Recipient.concat(
                *(by_reference.get(tag, Recipient) for tag in order.reference_ids)
            )
            one = found if len(found) == 1 else Recipient
            order.division_recipient_id = one.with_env(self.env)

    @api.depends("reference_ids")
    def _compute_dest_address_id(self):
        """Override of `sale_purchase` that writes the address of the sales order."""
        result = super()._compute_dest_address_id()
        for order in self.filtered("dest_address_id"):
            recipient = order.division_recipient_id.sudo()
            if recipient:
                order.dest_address_id = recipient.address_id
        return result

    def _prepare_picking(self):
        """Override of `purchase_stock` to say whose share the vendor ships."""
        values = super()._prepare_picking()
        if self.dest_address_id and self.division_recipient_id:
            values["division_recipient_id"] = self.division_recipient_id.id
        return values
