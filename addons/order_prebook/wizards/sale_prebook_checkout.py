from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class SalePrebookCheckout(models.TransientModel):
    """Dialog that checks out prebook lines, in part if need be."""

    _name = "sale.prebook.checkout"
    _description = "Check Out Prebooks"

    line_ids = fields.One2many("sale.prebook.checkout.line", "wizard_id")
    held_count = fields.Integer(readonly=True)

    @api.model
    def _for_lines(self, lines):
        """Create the dialog for open prebook lines; those on hold are left out.

        What has arrived is proposed, and all that is open where nothing has.
        """
        ready = lines.filtered(lambda line: not line.prebook_hold)
        if not ready:
            raise UserError(
                self.env._("These prebooks are on hold. Release the hold first.")
            )
        return self.create(
            {
                "held_count": len(lines) - len(ready),
                "line_ids": [
                    Command.create(
                        {
                            "line_id": line.id,
                            "quantity": line.prebook_qty_arrived
                            or line.prebook_qty_open,
                        }
                    )
                    for line in ready
                ],
            }
        )

    def action_take_arrived(self):
        """Set all quantities to what has arrived."""
        for line in self.line_ids:
            line.quantity = line.arrived
        return self._reopen()

    def action_take_open(self):
        """Set all quantities to what is open."""
        for line in self.line_ids:
            line.quantity = line.open
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check Out Prebooks"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_check_out(self):
        """Check out the quantities of the dialog; lines with zero are left open."""
        self.ensure_one()
        chosen = self.line_ids.filtered("quantity")
        chosen.line_id.prebook_check_out(
            {line.line_id.id: line.quantity for line in chosen}
        )
        return {"type": "ir.actions.act_window_close"}
