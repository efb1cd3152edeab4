from odoo import fields, models


class SampleKitPut(models.TransientModel):
    """One click: the samples of a kit are on the order, or the order is a kit."""

    _name = "sample.kit.put"
    _description = "Put a Kit on an Order"

    order_id = fields.Many2one(
        "sample.order",
        required=True,
        ondelete="cascade",
        default=lambda self: self._default_order_id(),
    )
    kit_id = fields.Many2one("sample.kit", required=True, ondelete="cascade")

    def _default_order_id(self):
        context = self.env.context
        if context.get("active_model") != "sample.order":
            return False
        return context.get("active_id")

    def action_put(self):
        """Put the kit on the order.

        :raise UserError: if the order was sent
        """
        self.ensure_one()
        self.order_id.check_access("write")
        self.kit_id._put_on(self.order_id)
        return {"type": "ir.actions.act_window_close"}
